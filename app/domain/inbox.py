"""What can wait for an account, and where it acts on it."""

from enum import StrEnum

from app.domain.incident_kinds import Label


class InboxKind(StrEnum):
    """Why something waits."""

    ACKNOWLEDGEMENT = "acknowledgement"
    ACKNOWLEDGEMENT_ESCALATED = "acknowledgement_escalated"
    ACKNOWLEDGEMENT_OVERDUE = "acknowledgement_overdue"
    ADMINISTRATOR = "administrator"
    APPROVAL = "approval"
    ASSIGNMENT = "assignment"
    BREACH = "breach"
    BREACH_OVERDUE = "breach_overdue"
    BREAK_GLASS = "break_glass"
    CUSTODY = "custody"
    DATA_REQUEST = "data_request"
    DATA_REQUEST_OVERDUE = "data_request_overdue"
    HAND_OVER = "hand_over"
    NOTICE = "notice"
    POSTURE = "posture"
    RED_MEMBERSHIP = "red_membership"
    REFERRAL_OVERDUE = "referral_overdue"
    RESET_ASKED = "reset_asked"
    RESET_DECISION = "reset_decision"


INBOX_KINDS: dict[str, Label] = {
    InboxKind.ACKNOWLEDGEMENT: ("Catatan menunggu konfirmasi lembaga Anda", "Record to be acknowledged"),
    InboxKind.ACKNOWLEDGEMENT_ESCALATED: (
        "Lembaga lain belum mengonfirmasi catatan Anda",
        "Record of yours that another agency has not acknowledged",
    ),
    InboxKind.ACKNOWLEDGEMENT_OVERDUE: (
        "Konfirmasi lembaga Anda terlambat",
        "Acknowledgement of your agency, overdue",
    ),
    InboxKind.ADMINISTRATOR: ("Administrator menunggu kepastian lembaga", "Administrator to be confirmed"),
    InboxKind.APPROVAL: ("Usulan tingkat ancaman menunggu persetujuan", "Proposed threat level to approve"),
    InboxKind.ASSIGNMENT: ("Kejadian ditugaskan, belum ditanggapi", "Assignment without a response"),
    InboxKind.BREACH: ("Kegagalan pelindungan data, dalam 3x24 jam", "Breach, within 3x24 hours"),
    InboxKind.BREACH_OVERDUE: ("Kegagalan pelindungan data, terlambat", "Breach, overdue"),
    InboxKind.BREAK_GLASS: ("Akses darurat menunggu tinjauan", "Broken glass to be reviewed"),
    InboxKind.CUSTODY: ("Barang bukti diserahkan, belum diterima", "Evidence handed over, not yet received"),
    InboxKind.DATA_REQUEST: ("Permintaan subjek data, dalam 3x24 jam", "Data request, within 3x24 hours"),
    InboxKind.DATA_REQUEST_OVERDUE: ("Permintaan subjek data, terlambat", "Data request, overdue"),
    InboxKind.HAND_OVER: ("Serah terima kejadian ditawarkan", "Incident offered for hand-over"),
    InboxKind.NOTICE: ("Pemberitahuan lembaga Anda, tujuh hari", "Notice of your agency, for seven days"),
    InboxKind.POSTURE: ("Rancangan kesiapan menunggu keputusan", "Drafts of a posture plan to decide"),
    InboxKind.RED_MEMBERSHIP: (
        "Penerima RED menunggu dipastikan setelah penyetelan ulang",
        "Recipient of RED to be confirmed after a reset",
    ),
    InboxKind.REFERRAL_OVERDUE: ("Rujukan pelanggaran, lewat tenggat", "Referral past a statutory time"),
    InboxKind.RESET_ASKED: ("Kata sandi Anda diminta disetel ulang", "A reset of your password is asked for"),
    InboxKind.RESET_DECISION: ("Penyetelan ulang menunggu keputusan", "Reset of a password to be decided"),
}
# Where records of a type are, for kinds that are about several types.
COLLECTIONS = {"incident": "incidents", "threat_level": "threat-levels"}
# The path below /api/v1 where the account acts; any entry of its agency on the record answers an assignment.
WHERE_TO_ACT: dict[InboxKind, str] = {
    InboxKind.ACKNOWLEDGEMENT: "/{collection}/{record_id}/acknowledgements",
    InboxKind.ACKNOWLEDGEMENT_ESCALATED: "/{collection}/{record_id}/acknowledgements",
    InboxKind.ACKNOWLEDGEMENT_OVERDUE: "/{collection}/{record_id}/acknowledgements",
    InboxKind.ADMINISTRATOR: "/accounts/{record_id}/confirmation",
    InboxKind.APPROVAL: "/threat-levels/proposals/{record_id}/decision",
    InboxKind.ASSIGNMENT: "/incidents/{record_id}/notes",
    InboxKind.BREACH: "/personal-data/breaches/{record_id}/notifications",
    InboxKind.BREACH_OVERDUE: "/personal-data/breaches/{record_id}/notifications",
    InboxKind.BREAK_GLASS: "/break-glass/{record_id}/review",
    InboxKind.CUSTODY: "/incidents/{record_id}/attachments/{subject_id}/custody",
    InboxKind.DATA_REQUEST: "/personal-data/requests/{record_id}/steps",
    InboxKind.DATA_REQUEST_OVERDUE: "/personal-data/requests/{record_id}/steps",
    InboxKind.HAND_OVER: "/incidents/{record_id}/hand-over",
    InboxKind.NOTICE: "/posture-activations/{record_id}",
    InboxKind.POSTURE: "/posture-activations/{record_id}",
    InboxKind.RED_MEMBERSHIP: "/red-memberships/{reference}/confirmation",
    InboxKind.REFERRAL_OVERDUE: "/incidents/{record_id}/referrals/{subject_id}",
    InboxKind.RESET_ASKED: "/me/reset/objection",
    InboxKind.RESET_DECISION: "/accounts/{record_id}/reset/decision",
}
