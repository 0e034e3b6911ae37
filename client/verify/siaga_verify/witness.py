"""A witness (c2sp.org/tlog-witness): cosigns checkpoints of logs that only grew, and remembers the last."""

import contextlib
import hashlib
import json
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from siaga_verify.checkpoints import Checkpoint, read_checkpoint
from siaga_verify.encoding import as_number, as_object, as_octets, as_utf8, decimal, read_json
from siaga_verify.notes import LARGEST_NOTE, WITNESS, VerifierKey, cosign, is_key_name, read_note, signer_of
from siaga_verify.proofs import hashes_from
from siaga_verify.refusals import Malformed, Refusal, Unproven, Unreachable
from siaga_verify.sources import read_file, write_file, write_lasting
from siaga_verify.tree import check_consistency

try:
    import fcntl
except ImportError:  # Windows: what is checked is checked there too, but nobody witnesses
    fcntl = None  # type: ignore[assignment]

FORMAT = "siaga-witness/v1"
LARGEST_STATE = 16_777_216
LARGEST_REQUEST = LARGEST_NOTE + 8_192
MOST_EVIDENCE = 100
SEED_BYTES = 32
TEXT = "text/plain; charset=utf-8"
SIZE = "text/x.tlog.size"

Answer = tuple[int, str, bytes]


class Refused(Exception):  # noqa: N818 - an answer of the protocol
    """The request is answered with this status."""

    def __init__(self, status: int, text: str, kind: str = TEXT) -> None:
        super().__init__(text)
        self.answer: Answer = (status, kind, f"{text}\n".encode())


@dataclass(frozen=True)
class Identity:
    """The name and key of a witness."""

    private: Ed25519PrivateKey
    public: VerifierKey


def read_identity(path: Path, name: str) -> Identity:
    """The key of a witness from its file, which nobody else may read."""
    if not is_key_name(name):
        raise Malformed("A witness cannot be called so: no spaces and no +.")
    try:
        if path.stat().st_mode & 0o077:
            raise Unproven("{path} can be read by others; give it the mode 600.", path=path)
        seed = bytes.fromhex(as_utf8(read_file(path, 256)).strip())
        private = Ed25519PrivateKey.from_private_bytes(seed)
    except FileNotFoundError:
        raise Unreachable("{path} is missing.", path=path) from None
    except ValueError:
        raise Malformed("{path} holds no key: 64 hex digits are expected.", path=path) from None
    return Identity(private, VerifierKey(name, WITNESS, private.public_key().public_bytes_raw()))


def make_identity(key_file: Path, state_file: Path, name: str) -> Identity:
    """A new key and an empty memory; neither replaces one that is there."""
    if state_file.exists():
        raise Unproven("{path} is there already: a witness never starts anew.", path=state_file)
    if not key_file.exists():
        key_file.parent.mkdir(parents=True, exist_ok=True)
        write_file(key_file, os.urandom(SEED_BYTES).hex().encode() + b"\n", 0o600)
    identity = read_identity(key_file, name)
    state_file.parent.mkdir(parents=True, exist_ok=True)
    write_lasting(state_file, _written(str(identity.public), {}))
    return identity


def _written(key: str, logs: dict[str, Any]) -> bytes:
    told = {"format": FORMAT, "key": key, "logs": logs}
    return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


class Memory:
    """The last checkpoint of each log that was cosigned: on the disk before anybody gets the cosignature."""

    def __init__(self, path: Path, identity: Identity) -> None:
        self._path = path
        self._key = str(identity.public)
        if fcntl is None:
            raise Unproven("A witness needs a system on which a file can be locked, such as Linux.")
        self._lock = path.with_name(path.name + ".lock").open("w")
        try:
            self._logs = self._read()
        except BaseException:
            self.close()
            raise

    def _read(self) -> dict[str, Any]:
        path = self._path
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Unproven("Another witness works with {path}.", path=path) from None
        # Without its memory it would cosign a fork: it does not start.
        try:
            told = as_object(read_json(as_utf8(read_file(path, LARGEST_STATE))))
        except FileNotFoundError:
            raise Unproven(
                "{path} is missing: a witness that lost its memory must not go on under its key.", path=path
            ) from None
        if told.get("format") != FORMAT:
            raise Malformed("The file is not in the format {format}.", format=FORMAT)
        if told.get("key") != self._key:
            raise Unproven("{path} belongs to another key.", path=path)
        logs = as_object(told.get("logs"))
        for each in logs.values():
            as_number(as_object(each).get("size"))
            as_number(each.get("at"))
            read_checkpoint(read_note(as_octets(each.get("note"))))
        return logs

    def last(self, origin: str) -> Checkpoint | None:
        """The last checkpoint of a log that was cosigned."""
        if origin not in self._logs:
            return None
        return read_checkpoint(read_note(self._logs[origin]["note"].encode()))

    def last_at(self, origin: str) -> int:
        """When that was, in seconds since 1970."""
        return int(self._logs[origin]["at"]) if origin in self._logs else 0

    def note(self, origin: str) -> bytes | None:
        """The note with the cosignature."""
        return self._logs[origin]["note"].encode() if origin in self._logs else None

    def remember(self, checkpoint: Checkpoint, note: bytes, at: int) -> None:
        """On the disk when this returns; raises OSError where it is not."""
        logs = {
            **self._logs,
            checkpoint.origin: {"size": checkpoint.size, "at": at, "note": note.decode()},
        }
        write_lasting(self._path, _written(self._key, logs))
        self._logs = logs

    def keep_evidence(self, body: bytes) -> None:
        """A request that the log signed and that contradicts what it signed before."""
        folder = self._path.with_name(self._path.name + ".evidence")
        with contextlib.suppress(OSError):
            folder.mkdir(exist_ok=True)
            if len(list(folder.iterdir())) < MOST_EVIDENCE:
                write_file(folder / hashlib.sha256(body).hexdigest(), body)

    def close(self) -> None:
        """Let another one start."""
        self._lock.close()


class Witness:
    """Answers `add-checkpoint` for the logs it knows."""

    def __init__(
        self,
        identity: Identity,
        memory: Memory,
        keys: Sequence[VerifierKey],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._identity = identity
        self._memory = memory
        self._keys = keys
        self._clock = clock
        self._turn = threading.Lock()

    def answer(self, body: bytes) -> Answer:
        """The answer to a request: status, content type, content."""
        try:
            with self._refusals():
                old, proof, content = parts_of(body)
                note = read_note(content)
                checkpoint = read_checkpoint(note)
            self._check_signature(checkpoint)
            refuse_shrinking(old, checkpoint.size)
            # Comparing with the memory and changing it is one step: else two requests could roll it back.
            with self._turn:
                self._check_growth(old, proof, checkpoint, body)
                return self._remembered(checkpoint)
        except Refused as refused:
            return refused.answer

    @staticmethod
    @contextlib.contextmanager
    def _refusals() -> Iterator[None]:
        try:
            yield
        except Refusal as refusal:
            raise Refused(400, str(refusal)) from None

    def _check_signature(self, checkpoint: Checkpoint) -> None:
        keys = [each for each in self._keys if each.name == checkpoint.origin]
        if not keys:
            raise Refused(404, "This log is not known here.")
        try:
            signer_of(checkpoint.note, keys)
        except Refusal as refusal:
            raise Refused(403, str(refusal)) from None

    def _check_growth(self, old: int, proof: Sequence[bytes], checkpoint: Checkpoint, body: bytes) -> None:
        last = self._memory.last(checkpoint.origin)
        known = last.size if last else 0
        if last and known == checkpoint.size and last.root != checkpoint.root:
            self._memory.keep_evidence(body)
            raise Refused(422, "The log signed another root for this size before.")
        if old != known:
            raise Refused(409, str(known), SIZE)
        if proof and not known:
            raise Refused(422, "From nothing there is nothing to prove.")
        try:
            if last and known:
                check_consistency(known, checkpoint.size, last.root, checkpoint.root, proof)
        except Refusal as refusal:
            self._memory.keep_evidence(body)
            raise Refused(422, str(refusal)) from None

    def _remembered(self, checkpoint: Checkpoint) -> Answer:
        at = int(self._clock())
        if at < self._memory.last_at(checkpoint.origin):
            raise Refused(503, "The clock of this witness went backwards.")
        line = str(cosign(self._identity.private, self._identity.public, checkpoint.note.text, at))
        signed = "".join(str(each) for each in checkpoint.note.signatures if each.name == checkpoint.origin)
        try:
            self._memory.remember(checkpoint, f"{checkpoint.note.text}\n{signed}{line}".encode(), at)
        except OSError:
            raise Refused(503, "The memory of this witness cannot be written.") from None
        return 200, TEXT, line.encode()

    def monitor(self, name: str) -> Answer:
        """The last checkpoint of a log, asked for by the hash of its origin."""
        for key in self._keys:
            if hashlib.sha256(key.name.encode()).hexdigest() == name and (
                note := self._memory.note(key.name)
            ):
                return 200, TEXT, note
        return 404, TEXT, b"Nothing was cosigned for this log.\n"


def refuse_shrinking(old: int, size: int) -> None:
    """A log only grows."""
    if old > size:
        raise Refused(400, "The old size is larger than the checkpoint's.")


def parts_of(body: bytes) -> tuple[int, Sequence[bytes], bytes]:
    """Old size, proof and checkpoint of a request."""
    head, parted, checkpoint = body.partition(b"\n\n")
    lines = as_utf8(head).split("\n")
    if not parted or not lines[0].startswith("old "):
        raise Malformed("The request is not: old size, proof, an empty line, checkpoint.")
    return decimal(lines[0].removeprefix("old ")), hashes_from(list(lines[1:])), checkpoint
