"""Mirrors: a copy of a whole log, each tile proven, that only ever grows."""

import contextlib
from collections.abc import Callable
from pathlib import Path

from siaga_verify.checkpoints import Checkpoint, Trust, open_checkpoint
from siaga_verify.refusals import Misconduct, Unproven
from siaga_verify.sources import Directory, Mirror, Missing, Store, open_source
from siaga_verify.tiles import Log
from siaga_verify.verdicts import Verdict

Progress = Callable[[int, int], None]


def open_log(source: Store, trust: Trust) -> Log:
    """The log at a place, at its checkpoint there."""
    return Log(source, open_checkpoint(source.checkpoint(), trust))


def check_log(where: str, trust: Trust, progress: Progress) -> Verdict:
    """Proves every tile and every entry of a log."""
    log = open_log(open_source(where), trust)
    prove_all(log, progress)
    return told("The log {origin} is whole: {size} entries, root {root}.", log.checkpoint)


def prove_all(log: Log, progress: Progress) -> None:
    """Walks the whole log."""
    for count in log.walk():
        progress(count, log.checkpoint.size)


def mirror(url: str, directory: Path, trust: Trust, progress: Progress) -> Verdict:
    """Brings a copy up to date; refuses a log that is not the one that was copied before, only longer."""
    local, remote = Directory(directory), open_source(url)
    content = remote.checkpoint()
    newest = open_checkpoint(content, trust)
    with contextlib.suppress(Missing):
        known = open_checkpoint(local.checkpoint(), Trust(trust.keys))
        refuse_another(known, newest, remote, lambda: local.write(f"conflict-{newest.size}", content))
    prove_all(Log(Mirror(remote, local), newest), progress)
    local.write("checkpoint", content)
    return told("The copy of {origin} is whole: {size} entries, root {root}.", newest)


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
