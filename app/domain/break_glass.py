"""Breaking the glass: which hidden record may be read in an emergency, how long, and who reviews it."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from app.domain.conditions import Every, Names, Not, OneOf
from app.domain.incident_kinds import Label
from app.domain.sharing import OF_A_PARTNER, SAME_WORLD, Marking, Tlp

MOST_MINUTES = 60
TRIES_A_DAY = 5
REVIEW_WITHIN = timedelta(hours=72)

# Never RED, never another exercise, never a record about one's own agency; label and clearance do not matter.
OPENABLE = Every(
    OF_A_PARTNER,
    SAME_WORLD,
    OneOf("tlp", tuple(tlp for tlp in Tlp if tlp is not Tlp.RED)),
    Not(Names("about_agencies", "agency")),
)

# The kinds of record that tell of what happens, by the letter of their reference; and their address by id.
OPENABLE_KINDS = {
    "A": "assistance_request",
    "D": "deployment",
    "I": "incident",
    "P": "threat_level_proposal",
    "S": "site",
    "T": "threat_level",
    "Y": "posture_activation",
    "Z": "posture_plan",
}
WHERE_TO_READ = {
    "assistance_request": "/assistance-requests/{record_id}",
    "deployment": "/deployments/{record_id}",
    "incident": "/incidents/{record_id}",
    "posture_activation": "/posture-activations/{record_id}",
    "posture_plan": "/posture-plans/{record_id}",
    "site": "/sites/{record_id}",
    "threat_level": "/threat-levels/{record_id}",
    "threat_level_proposal": "/threat-levels/proposals/{record_id}",
}


@dataclass(frozen=True, slots=True)
class Sealed(Marking):
    """A record behind glass: its marking, and whose conduct it is about."""

    about_agencies: tuple[str, ...] = ()


class Review(StrEnum):
    """What the owner says of it; a contested grant ends at once."""

    APPROVED = "approved"
    CONTESTED = "contested"
    OVERDUE = "overdue"  # never stored: pending past its time
    PENDING = "pending"


REVIEWS: dict[str, Label] = {
    Review.APPROVED: ("Disetujui pemilik", "Approved by the owner"),
    Review.CONTESTED: ("Dipersoalkan pemilik", "Contested by the owner"),
    Review.OVERDUE: ("Tinjauan lewat waktu", "Review overdue"),
    Review.PENDING: ("Menunggu tinjauan pemilik", "Waiting for the owner's review"),
}


class ReviewDecision(StrEnum):
    """How the owner decides."""

    APPROVE = "approve"
    CONTEST = "contest"


DECIDED = {ReviewDecision.APPROVE: Review.APPROVED, ReviewDecision.CONTEST: Review.CONTESTED}
