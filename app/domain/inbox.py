"""What can wait for an account, and where it acts on it."""

from enum import StrEnum

from app.domain.incident_kinds import Label


class InboxKind(StrEnum):
    """Why something waits."""

    APPROVAL = "approval"
    ASSIGNMENT = "assignment"
    CUSTODY = "custody"
    HAND_OVER = "hand_over"


INBOX_KINDS: dict[str, Label] = {
    InboxKind.APPROVAL: ("Usulan tingkat ancaman menunggu persetujuan", "Proposed threat level to approve"),
    InboxKind.ASSIGNMENT: ("Kejadian ditugaskan, belum ditanggapi", "Assignment without a response"),
    InboxKind.CUSTODY: ("Barang bukti diserahkan, belum diterima", "Evidence handed over, not yet received"),
    InboxKind.HAND_OVER: ("Serah terima kejadian ditawarkan", "Incident offered for hand-over"),
}
# The path below /api/v1 where the account acts; any entry of its agency on the record answers an assignment.
WHERE_TO_ACT: dict[InboxKind, str] = {
    InboxKind.APPROVAL: "/threat-levels/proposals/{record_id}/decision",
    InboxKind.ASSIGNMENT: "/incidents/{record_id}/notes",
    InboxKind.CUSTODY: "/incidents/{record_id}/attachments/{subject_id}/custody",
    InboxKind.HAND_OVER: "/incidents/{record_id}/hand-over",
}
