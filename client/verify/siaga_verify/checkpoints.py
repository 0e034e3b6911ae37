"""Checkpoints (c2sp.org/tlog-checkpoint): size and root together, from one signed note."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from siaga_verify.encoding import decimal, hash_from
from siaga_verify.notes import Note, VerifierKey, cosigned_at, is_key_name, read_note, signer_of
from siaga_verify.refusals import Malformed, Unproven
from siaga_verify.tree import EMPTY_ROOT

LINES = 3


@dataclass(frozen=True)
class Trust:
    """Whose word counts: the log's keys, witnesses, and how many of these must have cosigned."""

    keys: Sequence[VerifierKey]
    witnesses: Sequence[VerifierKey] = ()
    quorum: int = 0

    def __post_init__(self) -> None:
        if not self.keys:
            raise Malformed("Say which key of the log you trust.")
        if len({key.name for key in self.keys}) > 1:
            raise Malformed("The keys are of different logs.")
        publics = [key.public for key in self.witnesses]
        # One key under two names is one witness, and the log cannot witness itself.
        if len(set(publics)) != len(publics) or {key.public for key in self.keys} & set(publics):
            raise Malformed("The same key counts twice.")
        if not 0 <= self.quorum <= len(self.witnesses):
            raise Malformed("The quorum is larger than the number of witnesses.")

    @property
    def origin(self) -> str:
        """The name of the log."""
        return self.keys[0].name


@dataclass(frozen=True)
class Checkpoint:
    """How large the log was and what it held then; trusted only as `open_checkpoint` gives it."""

    origin: str
    size: int
    root: bytes
    note: Note
    cosigned: Mapping[str, int] = field(default_factory=dict)


def read_checkpoint(note: Note) -> Checkpoint:
    """What the text of a note says; nobody has looked at the signatures."""
    lines = note.text[:-1].split("\n")
    if len(lines) != LINES or not is_key_name(lines[0]):
        raise Malformed("The text is not that of a checkpoint: origin, size and root, each on a line.")
    checkpoint = Checkpoint(lines[0], decimal(lines[1]), hash_from(lines[2]), note)
    if checkpoint.size == 0 and checkpoint.root != EMPTY_ROOT:
        raise Malformed("The root of an empty log is another one.")
    return checkpoint


def open_checkpoint(content: bytes, trust: Trust) -> Checkpoint:
    """The checkpoint, once the log has signed it and enough witnesses have cosigned it."""
    note = read_note(content)
    checkpoint = read_checkpoint(note)
    signer_of(note, trust.keys)
    if checkpoint.origin != trust.origin:
        raise Unproven(
            "It is of the log {other}, not of {origin}.", other=checkpoint.origin, origin=trust.origin
        )
    times = {each.name: cosigned_at(note, each) for each in trust.witnesses}
    cosigned = {name: at for name, at in times.items() if at is not None}
    if len(cosigned) < trust.quorum:
        raise Unproven(
            "{count} of the witnesses you trust have cosigned it; you ask for {quorum}.",
            count=len(cosigned),
            quorum=trust.quorum,
        )
    return Checkpoint(checkpoint.origin, checkpoint.size, checkpoint.root, note, cosigned)
