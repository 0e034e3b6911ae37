"""The relay: what it sends to the message servers of agencies, under which subject, and how it stands."""

import re
from dataclasses import dataclass
from enum import StrEnum

from app.domain.announcements import AnnouncedChange, Announcement
from app.domain.incident_kinds import Label

ROOT = "siaga"
# In the place of a region. What has gone has none: where it is by now, its reader may not know.
GONE = "gone"
NO_REGION = "none"
REGION = re.compile(r"[0-9]{2}(\.[0-9]{2,4}){0,3}")  # its dots are levels of the subject


class RelayState(StrEnum):
    """How the relay to an agency stands."""

    FAILED = "failed"
    NO_ACCOUNT = "no_account"
    NO_SERVER = "no_server"
    NO_STREAM = "no_stream"
    RELAYING = "relaying"
    REFUSED = "refused"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Message:
    """An announcement, and where it goes; sent again, it has the same identity."""

    announcement: Announcement
    subject: str

    @property
    def identity(self) -> str:
        """One entry may tell of several records: those that name one which was marked anew."""
        told = self.announcement
        return f"{told.position}/{told.type}/{told.id}"


def message(agency: str, told: Announcement, region: str | None) -> Message:
    """What the agency is sent."""
    if told.change is AnnouncedChange.GONE:
        place = GONE
    else:
        place = region if region and REGION.fullmatch(region) else NO_REGION
    return Message(told, f"{ROOT}.{agency}.{told.type}.{place}")


def subjects_of(agency: str) -> str:
    """All subjects under which an agency is sent something."""
    return f"{ROOT}.{agency}.>"


RELAY_STATES: dict[str, Label] = {
    RelayState.FAILED: ("Gagal, dicoba lagi", "Failed, tried again"),
    RelayState.NO_ACCOUNT: ("Akun integrasi tidak berlaku", "The integration's account does not count"),
    RelayState.NO_SERVER: ("Peladen tidak terhubung", "The server cannot be reached"),
    RelayState.NO_STREAM: ("Stream tidak ada", "There is no such stream"),
    RelayState.REFUSED: ("Ditolak peladen", "The server refuses"),
    RelayState.RELAYING: ("Meneruskan", "Relaying"),
    RelayState.WAITING: ("Belum dimulai", "Not begun yet"),
}
