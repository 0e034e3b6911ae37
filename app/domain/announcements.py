"""What other systems are told unasked: that a record changed or went, and nothing of what it says."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from app.domain.changes import ChangeKind, RecordType


class AnnouncedChange(StrEnum):
    """What has become of a record, without the reason."""

    CHANGED = "changed"
    GONE = "gone"


# An erasure is a change to whoever hears of it here: what is to be forgotten, the change feed tells.
ANNOUNCED_AS: dict[ChangeKind, AnnouncedChange] = {
    ChangeKind.CHANGED: AnnouncedChange.CHANGED,
    ChangeKind.ERASED: AnnouncedChange.CHANGED,
    ChangeKind.GONE: AnnouncedChange.GONE,
}


@dataclass(frozen=True, slots=True)
class Announcement:
    """One entry of the ledger as one reader hears of it; nobody hears the version of what has gone."""

    position: int
    type: RecordType
    id: UUID
    version: int | None
    change: AnnouncedChange

    def content(self) -> dict[str, str | int | None]:
        """All that a message says."""
        return {
            "position": self.position,
            "type": str(self.type),
            "id": str(self.id),
            "version": self.version,
            "change": str(self.change),
        }
