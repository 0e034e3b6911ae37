"""Within what time an agency says that it has seen a record, and who is told if it does not.

No law names these times: they are this service's defaults until the agencies agree on others.
"""

from dataclasses import dataclass
from datetime import timedelta

from app.domain.acknowledgements import AcknowledgementStatus, SilenceTold
from app.domain.permissions import Role
from app.domain.vocabularies import Severity

OVERDUE_RULE = "Batas waktu konfirmasi terlewati / the time to acknowledge has passed."
ESCALATED_RULE = (
    "Belum juga dikonfirmasi; komandan pemilik diberi tahu / still silent; the owner's commander is told."
)
MOOT_RULE = (
    "Tidak perlu dikonfirmasi lagi: catatan berakhir atau tidak lagi untuk lembaga itu / "
    "no longer to be acknowledged: the record has ended, or is no longer for that agency."
)
SHORTEST = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Escalation:
    """Who is told, once so many times the allowed time has passed."""

    status: AcknowledgementStatus
    told: SilenceTold
    role: Role
    after: int


ESCALATIONS = (  # in this order
    Escalation(AcknowledgementStatus.OVERDUE, SilenceTold.SILENT_AGENCY, Role.COMMANDER, 1),
    Escalation(AcknowledgementStatus.ESCALATED, SilenceTold.OWNER, Role.COMMANDER, 2),
)
ROLE_TOLD: dict[AcknowledgementStatus, Role] = {each.status: each.role for each in ESCALATIONS}

# The longest time that may be given; whoever asks may give a shorter one.
BY_SEVERITY: dict[str, timedelta] = {
    Severity.EXTREME: timedelta(minutes=5),
    Severity.SEVERE: timedelta(minutes=15),
    Severity.MODERATE: timedelta(hours=1),
    Severity.UNKNOWN: timedelta(hours=1),  # nobody has judged it yet
    Severity.MINOR: timedelta(hours=4),
}
BY_LEVEL: dict[int, timedelta] = {
    5: timedelta(minutes=5),
    4: timedelta(minutes=15),
    3: timedelta(hours=1),
    2: timedelta(hours=4),
    1: timedelta(hours=24),
}
