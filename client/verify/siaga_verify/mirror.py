"""Mirrors: a copy of a whole log, each tile proven, that only ever grows."""

import contextlib
from collections.abc import Callable
from pathlib import Path

from siaga_verify.checkpoints import Checkpoint, Trust, open_checkpoint
from siaga_verify.notes import LARGEST_NOTE
from siaga_verify.refusals import Misconduct, Unproven, Unreachable
from siaga_verify.sources import Directory, Mirror, Missing, Store, open_source
from siaga_verify.tiles import Log
from siaga_verify.verdicts import Verdict

Progress = Callable[[int, int], None]


def newest_of(source: Store, trust: Trust) -> tuple[bytes, Checkpoint]:
    """The newest checkpoint; where a quorum is asked for, the newest that has one."""
    content = source.checkpoint()
    try:
        return content, open_checkpoint(content, trust)
    except Unproven:
        if not trust.quorum:
            raise
        with contextlib.suppress(Unreachable):
            content = source.fetch("cosigned", LARGEST_NOTE)
            return content, open_checkpoint(content, trust)
        raise


def open_log(source: Store, trust: Trust) -> Log:
    """The log at a place, at its checkpoint there."""
    return Log(source, newest_of(source, trust)[1])


def check_log(where: str, trust: Trust, progress: Progress) -> Verdict:
    """Proves every tile and every entry of a log."""
    with open_source(where) as source:
        log = open_log(source, trust)
        prove_all(log, progress)
    return told("The log {origin} is whole: {size} entries, root {root}.", log.checkpoint)


def prove_all(log: Log, progress: Progress) -> None:
    """Walks the whole log."""
    for count in log.walk():
        progress(count, log.checkpoint.size)


def mirror(url: str, directory: Path, trust: Trust, progress: Progress) -> Verdict:
    """Brings a copy up to date; refuses a log that is not the one that was copied before, only longer."""
    with open_source(url) as remote:
        return told(
            "The copy of {origin} is whole: {size} entries, root {root}.",
            copied(remote, Directory(directory), trust, progress),
        )


def copied(remote: Store, local: Directory, trust: Trust, progress: Progress) -> Checkpoint:
    """The checkpoint up to which the directory now is a copy."""
    content, newest = newest_of(remote, trust)
    with contextlib.suppress(Missing):
        known = open_checkpoint(local.checkpoint(), Trust(trust.keys))
        refuse_another(known, newest, remote, lambda: local.write(f"conflict-{newest.size}", content))
    prove_all(Log(Mirror(remote, local), newest), progress)
    local.write("checkpoint", content)
    return newest


def refuse_another(
    known: Checkpoint, newest: Checkpoint, remote: Store, keep_evidence: Callable[[], None]
) -> None:
    """Raises unless the log only grew; asks the address alone, so that the copy stays as it was."""
    if newest.size < known.size:
        raise Unproven(
            "The address shows {size} entries, the copy has {known}: it is behind, or was cut.",
            size=newest.size,
            known=known.size,
        )
    if Log(remote, newest).root_at(known.size) != known.root:
        keep_evidence()
        raise Misconduct(  # both are signed, and no log can have both
            "The log was changed: at {size} entries it now has another root than it signed before.",
            size=known.size,
        )


def told(text: str, checkpoint: Checkpoint) -> Verdict:
    """The verdict about a checkpoint."""
    return Verdict(text, origin=checkpoint.origin, size=checkpoint.size, root=checkpoint.root.hex())
