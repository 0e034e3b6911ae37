"""The clocks of data protection: what a person may ask, what became of it, and who is told of a breach.

Articles are those of UU 27/2022: 6 (correction), 7 (access), 8 (erasure), 11 and 41 (restriction), 30 and 32
(within 3 x 24 hours), 46 (a breach is told in writing within 3 x 24 hours).
"""

from datetime import timedelta
from enum import StrEnum

from app.domain.incident_kinds import Label
from app.domain.sharing import Classification, Marking, Tlp

CLOCK = timedelta(hours=3 * 24)
OVERDUE_RULE = "Batas 3x24 jam terlewati / the limit of 3x24 hours has passed."


class RequestKind(StrEnum):
    """What a person asks for."""

    ACCESS = "access"
    CORRECTION = "correction"
    ERASURE = "erasure"
    RESTRICTION = "restriction"


class RequestStatus(StrEnum):
    """What has become of a request."""

    RECEIVED = "received"
    VERIFIED = "verified"  # that the person is who they say
    FULFILLED = "fulfilled"
    LIFTED = "lifted"  # a restriction that was fulfilled has ended
    REFUSED = "refused"


class Told(StrEnum):
    """Who is told of a breach."""

    AUTHORITY = "authority"
    PERSONS = "persons"
    PUBLIC = "public"


REQUEST_STEPS: dict[RequestStatus, frozenset[RequestStatus]] = {
    RequestStatus.RECEIVED: frozenset({RequestStatus.REFUSED, RequestStatus.VERIFIED}),
    RequestStatus.VERIFIED: frozenset({RequestStatus.FULFILLED, RequestStatus.REFUSED}),
    RequestStatus.FULFILLED: frozenset({RequestStatus.LIFTED}),
    RequestStatus.LIFTED: frozenset(),
    RequestStatus.REFUSED: frozenset(),
}
ENDED = frozenset({RequestStatus.FULFILLED, RequestStatus.LIFTED, RequestStatus.REFUSED})

BREACH_TOLD: dict[str, Label] = {
    Told.AUTHORITY: ("Lembaga pelindungan data pribadi", "The data protection authority"),
    Told.PERSONS: ("Subjek data pribadi", "The persons concerned"),
    Told.PUBLIC: ("Masyarakat", "The public"),
}
REQUEST_KINDS: dict[str, Label] = {
    RequestKind.ACCESS: ("Akses dan salinan data (Pasal 7)", "Access and a copy (article 7)"),
    RequestKind.CORRECTION: ("Perbaikan data (Pasal 6)", "Correction (article 6)"),
    RequestKind.ERASURE: ("Penghapusan data (Pasal 8)", "Erasure (article 8)"),
    RequestKind.RESTRICTION: (
        "Pembatasan pemrosesan (Pasal 11 dan 41)",
        "Restriction of processing (articles 11 and 41)",
    ),
}
REQUEST_STATUSES: dict[str, Label] = {
    RequestStatus.RECEIVED: ("Diterima", "Received"),
    RequestStatus.VERIFIED: ("Identitas terverifikasi", "Identity verified"),
    RequestStatus.FULFILLED: ("Dipenuhi", "Fulfilled"),
    RequestStatus.LIFTED: ("Pembatasan diakhiri", "Restriction ended"),
    RequestStatus.REFUSED: ("Ditolak", "Refused"),
}


def own_marking(agency: str, exercise: str) -> Marking:
    """How an agency's own papers on data protection are marked: for its cleared people only."""
    return Marking(agency, Tlp.AMBER_STRICT, Classification.TERBATAS, exercise=exercise)
