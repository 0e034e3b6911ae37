"""Acknowledgements: where it stands with the word of an agency that it has seen a record."""

from enum import StrEnum

from app.domain.incident_kinds import Label


class AcknowledgementStatus(StrEnum):
    """Where it stands with the acknowledgement of one agency."""

    ACKNOWLEDGED = "acknowledged"
    ESCALATED = "escalated"  # the owner's commander is told
    MOOT = "moot"  # the record ended, or is no longer for the agency
    OVERDUE = "overdue"  # the silent agency's own commander is told
    WAITING = "waiting"


class SilenceTold(StrEnum):
    """Whose commander is told of a silence."""

    OWNER = "owner"
    SILENT_AGENCY = "silent_agency"


S = AcknowledgementStatus
ESCALATION_TOLD: dict[str, Label] = {
    SilenceTold.OWNER: ("Pemilik catatan", "The owner of the record"),
    SilenceTold.SILENT_AGENCY: ("Lembaga yang belum mengonfirmasi", "The silent agency itself"),
}
ACKNOWLEDGEMENT_STATUSES: dict[str, Label] = {
    S.ACKNOWLEDGED: ("Dikonfirmasi", "Acknowledged"),
    S.ESCALATED: ("Terlambat, komandan pemilik diberi tahu", "Overdue, the owner's commander is told"),
    S.MOOT: ("Tidak diperlukan lagi", "No longer needed"),
    S.OVERDUE: ("Terlambat, komandan sendiri diberi tahu", "Overdue, its own commander is told"),
    S.WAITING: ("Menunggu", "Waiting"),
}
