"""What a write's answer says of its place in the ledger: position, receipt, whether it is signed already."""

import base64
import re
from dataclasses import dataclass
from datetime import datetime

from app.change import Change, plain
from app.formats import notes
from app.tree.signer import Signer

LONGEST_SECONDS = 30
WAIT = re.compile(r'(?:^|[,;])\s*wait\s*=\s*"?([0-9]{1,9})"?\s*(?:$|[,;])')


@dataclass(frozen=True, slots=True)
class Written:
    """The place of a change in the ledger: its first entry, and how many there are."""

    position: int
    entries: int
    leaf: bytes | None
    at: datetime

    @classmethod
    def of(cls, change: Change, position: int) -> "Written | None":
        """What the lane has just written; None where a change has no entry."""
        if not change.entries:
            return None
        return cls(position, len(change.entries), change.leaf, change.entries[0].at)


def headers(signer: Signer, written: Written) -> dict[str, str]:
    """Position and receipt; no receipt while it is not sure that this tree is the one that was signed."""
    said = {"Siaga-Ledger-Position": str(written.position)}
    if written.leaf and signer.trusted:
        note = notes.receipt(signer.keys.present, written.position, written.leaf, plain(written.at))
        said["Siaga-Receipt"] = base64.b64encode(note.encode()).decode()
    return said


def wanted_wait(prefer: str | None) -> int | None:
    """How many seconds the caller would wait (RFC 7240 §4.3), half a minute at most."""
    found = WAIT.search(prefer.lower()) if prefer else None
    return min(int(found[1]), LONGEST_SECONDS) if found else None


async def waited(signer: Signer, written: Written, prefer: str | None) -> dict[str, str]:
    """Wait for the signed tree over a change where that is preferred; says so where it came in time."""
    seconds = wanted_wait(prefer)
    if seconds is None or not await signer.wait_for(written.position + written.entries, seconds):
        return {}
    return {"Preference-Applied": f"wait={seconds}"}
