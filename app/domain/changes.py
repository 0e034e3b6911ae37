"""The one rule of the change feed: what an entry of the ledger is to somebody who follows it."""

from enum import StrEnum

from app.domain.incident_kinds import Label
from app.domain.permissions import Permission


class RecordType(StrEnum):
    """What agencies share, as the feed names it."""

    ASSISTANCE_ANSWER = "assistance_answer"
    ASSISTANCE_REQUEST = "assistance_request"
    DEPLOYMENT = "deployment"
    ELECTION = "election"
    GUARD_PATTERN = "guard_pattern"
    INCIDENT = "incident"
    PATROL = "patrol"
    PATROL_PLAN = "patrol_plan"
    READINESS_ORDER = "readiness_order"
    POSTURE_ACTIVATION = "posture_activation"
    POSTURE_PLAN = "posture_plan"
    SITE = "site"
    THREAT_LEVEL = "threat_level"
    THREAT_LEVEL_PROPOSAL = "threat_level_proposal"
    UNIT_STRENGTH = "unit_strength"


class ChangeKind(StrEnum):
    """What has become of a record."""

    CHANGED = "changed"
    ERASED = "erased"
    GONE = "gone"


def told_as(*, before: bool, after: bool, now: bool) -> ChangeKind | None:
    """What an entry is told as: do its marking before and after, and the record's present one, show it?

    Nothing where another entry tells it: the one that took the record away, or the one that brought it.
    """
    if after and now:
        return ChangeKind.CHANGED
    if before and not after:
        return ChangeKind.GONE
    return None


def summed_up(last: ChangeKind, *, is_erased: bool) -> ChangeKind:
    """What all that happened to a record is told as: who keeps it must hear of an erasure among it."""
    return ChangeKind.ERASED if is_erased and last is ChangeKind.CHANGED else last


class StreamEnd(StrEnum):
    """Why a stream says goodbye: the names of problems, where there is one of that kind."""

    FORBIDDEN = "forbidden"
    SHUTDOWN = "shutdown"
    SNAPSHOT_REQUIRED = "snapshot-required"
    TOO_SLOW = "too-slow"
    UNAUTHENTICATED = "unauthenticated"
    UNAVAILABLE = "unavailable"


# Of these subjects of a record its readers are told. Holds and orders to open it have readers of their own.
# Requests and breaches of personal data, grants that break the glass, accounts, commits of the access log and
# what the service says of itself are of no `RecordType`: of them nobody is told.
TOLD_PARTS = (
    "acknowledgement",
    "acknowledgement_request",
    "deployment_check_in",
    "erasure",
    "incident_attachment",
    "incident_custody",
    "incident_link",
    "incident_note",
    "incident_party",
    "patrol_plan_stop",
    "patrol_stop",
    "referral",
    "site_assessment",
)
TOLD_SUBJECTS = (*map(str, RecordType), *TOLD_PARTS)

# What a record of each type is read with.
READ_WITH: dict[RecordType, Permission] = {
    RecordType.ASSISTANCE_ANSWER: Permission.ASSISTANCE_READ,
    RecordType.ASSISTANCE_REQUEST: Permission.ASSISTANCE_READ,
    RecordType.DEPLOYMENT: Permission.DEPLOYMENTS_READ,
    RecordType.ELECTION: Permission.REFERENCE_READ,
    RecordType.GUARD_PATTERN: Permission.DEPLOYMENTS_READ,
    RecordType.INCIDENT: Permission.INCIDENTS_READ,
    RecordType.PATROL: Permission.PATROLS_READ,
    RecordType.PATROL_PLAN: Permission.PATROLS_READ,
    RecordType.READINESS_ORDER: Permission.READINESS_READ,
    RecordType.POSTURE_ACTIVATION: Permission.POSTURE_READ,
    RecordType.POSTURE_PLAN: Permission.POSTURE_READ,
    RecordType.SITE: Permission.SITES_READ,
    RecordType.THREAT_LEVEL: Permission.THREAT_LEVELS_READ,
    RecordType.THREAT_LEVEL_PROPOSAL: Permission.THREAT_LEVELS_READ,
    RecordType.UNIT_STRENGTH: Permission.DEPLOYMENTS_READ,
}

CHANGE_KINDS: dict[str, Label] = {
    ChangeKind.CHANGED: ("Berubah", "Changed"),
    ChangeKind.ERASED: ("Data dihapus", "Data were erased"),
    ChangeKind.GONE: ("Tidak lagi untuk Anda", "No longer for you"),
}
RECORD_TYPES: dict[str, Label] = {
    RecordType.ASSISTANCE_ANSWER: ("Jawaban permintaan bantuan", "Answer to a request for assistance"),
    RecordType.ASSISTANCE_REQUEST: ("Permintaan bantuan", "Request for assistance"),
    RecordType.DEPLOYMENT: ("Penugasan", "Deployment"),
    RecordType.ELECTION: ("Pemilihan", "Election"),
    RecordType.GUARD_PATTERN: ("Pola pengamanan", "Guard pattern"),
    RecordType.INCIDENT: ("Kejadian", "Incident"),
    RecordType.PATROL: ("Patroli", "Patrol"),
    RecordType.PATROL_PLAN: ("Rencana patroli", "Plan of patrols"),
    RecordType.READINESS_ORDER: ("Perintah kesiagaan", "Readiness order"),
    RecordType.POSTURE_ACTIVATION: ("Pelaksanaan rencana kesiapan", "Activation of a posture plan"),
    RecordType.POSTURE_PLAN: ("Rencana kesiapan", "Posture plan"),
    RecordType.SITE: ("Lokasi", "Site"),
    RecordType.THREAT_LEVEL: ("Tingkat ancaman", "Threat level"),
    RecordType.THREAT_LEVEL_PROPOSAL: ("Usulan tingkat ancaman", "Proposed threat level"),
    RecordType.UNIT_STRENGTH: ("Kekuatan satuan", "Unit strength"),
}
STREAM_ENDS: dict[str, Label] = {
    StreamEnd.FORBIDDEN: ("Izin telah dicabut", "A permission was taken away"),
    StreamEnd.SHUTDOWN: ("Layanan dihentikan; sambungkan lagi", "The service ends; connect again"),
    StreamEnd.SNAPSHOT_REQUIRED: (
        "Hak akses berubah; ambil snapshot",
        "Rights have changed; take a snapshot",
    ),
    StreamEnd.TOO_SLOW: ("Terlalu lambat membaca", "It was read too slowly"),
    StreamEnd.UNAUTHENTICATED: ("Token tidak berlaku lagi", "The token does not count any more"),
    StreamEnd.UNAVAILABLE: ("Layanan belum dapat menjawab", "The service cannot answer now"),
}
