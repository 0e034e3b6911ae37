"""What can wait for an account, and where it acts on it."""

from enum import StrEnum

from app.domain.incident_kinds import Label


class InboxKind(StrEnum):
    """Why something waits."""

    ASSIGNMENT = "assignment"
    BREAK_GLASS = "break_glass"
    CUSTODY = "custody"
    HAND_OVER = "hand_over"


INBOX_KINDS: dict[str, Label] = {
    InboxKind.ASSIGNMENT: ("Penugasan belum ditanggapi", "Assignment without a response"),
    InboxKind.BREAK_GLASS: ("Akses darurat menunggu tinjauan", "Broken glass to be reviewed"),
    InboxKind.CUSTODY: ("Bukti diserahkan, belum diterima", "Evidence handed over, not yet received"),
    InboxKind.HAND_OVER: ("Pengalihan kejadian ditawarkan", "Incident offered for hand-over"),
}
# The path below /api/v1 where the account acts; any entry of its agency on the record answers an assignment.
WHERE_TO_ACT: dict[InboxKind, str] = {
    InboxKind.ASSIGNMENT: "/incidents/{record_id}/notes",
    InboxKind.BREAK_GLASS: "/break-glass/{record_id}/review",
    InboxKind.CUSTODY: "/incidents/{record_id}/attachments/{subject_id}/custody",
    InboxKind.HAND_OVER: "/incidents/{record_id}/hand-over",
}
