"""What waits in the inbox for an acknowledgement, and who is told of silences and of late referrals."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Select, func, or_, select, text

from app.domain.acknowledgement_rules import ROLE_TOLD
from app.domain.acknowledgements import AcknowledgementStatus
from app.domain.actors import Actor
from app.domain.inbox import InboxKind
from app.domain.lifecycle import ENDING_STEPS
from app.domain.permissions import Permission, Role
from app.domain.referral_rules import BOUND, OVERDUE_ROLE
from app.domain.threat_levels import ThreatStatus
from app.models.acknowledgements import AcknowledgementRow
from app.models.incidents import IncidentRow
from app.models.referrals import ReferralRow
from app.models.threat_levels import ThreatLevelRow
from app.services.inbox_waits import LEDGER, level_title, waits
from app.services.visibility import visible

ASKED = AcknowledgementRow.__table__  # type: ignore[attr-defined]
INCIDENT = IncidentRow.__table__  # type: ignore[attr-defined]
LEVEL = ThreatLevelRow.__table__  # type: ignore[attr-defined]
REFERRAL = ReferralRow.__table__  # type: ignore[attr-defined]
# As the partial indexes have them.
IS_OPEN = text("acknowledgement.ended_at IS NULL")
IS_ESCALATED = text("acknowledgement.status = 'escalated'")
IS_LATE = text("referral.overdue_at IS NOT NULL")

A = AcknowledgementStatus
Waiting = Callable[[Actor], Select[Any]]


def _goes_on(record: Any) -> Any:
    """Whether there is still something to acknowledge."""
    if record is LEVEL:
        return LEVEL.c.status == ThreatStatus.IN_FORCE
    return INCIDENT.c.status.not_in(sorted(ENDING_STEPS))


def _told_of(record: Any, asked: Any, since: Any) -> Select[Any]:
    title = level_title(record.c) if record is LEVEL else None
    return waits(record, asked.c.id, since.scalar_subquery(), title).join_from(
        record, asked, asked.c.record_id == record.c.id
    )


def _since(action: str | None, subject: Any) -> Select[Any]:
    """The entry of this action on a part, or the one that made it."""
    entry = LEDGER.alias().c
    if action is None:
        return select(func.min(entry.position)).where(entry.subject_id == subject)
    return select(func.max(entry.position)).where(entry.subject_id == subject, entry.action == action)


def of_agency(record: Any, action: str | None, statuses: Sequence[AcknowledgementStatus]) -> Waiting:
    """What the actor's own agency has not acknowledged."""

    def waiting(actor: Actor) -> Select[Any]:
        since = _since(action and f"{record.name}.{action}", ASKED.c.id)
        return _told_of(record, ASKED, since).where(
            ASKED.c.agency == actor.agency,
            IS_OPEN,
            ASKED.c.status.in_(statuses),
            _goes_on(record),
            visible(record.c, actor),
        )

    return waiting


def of_others(record: Any) -> Waiting:
    """What others have not acknowledged, though their own commanders were told, of the actor's agency."""

    def waiting(actor: Actor) -> Select[Any]:
        since = _since(f"{record.name}.acknowledgement_escalated", ASKED.c.id)
        # Not by the owner's index: an agency owns many records, and few silences are escalated at a time.
        owner = func.coalesce(record.c.owner_agency, "")
        return _told_of(record, ASKED, since).where(
            owner == actor.agency, IS_ESCALATED, _goes_on(record), visible(record.c, actor)
        )

    return waiting


def late_referrals(actor: Actor) -> Select[Any]:
    """Referrals past a statutory time: for the owner, who referred them, and whom the clock binds."""
    concerned = [INCIDENT.c.owner_agency == actor.agency, REFERRAL.c.agency == actor.agency]
    if bound := BOUND.get(actor.agency_kind):
        concerned.append(REFERRAL.c.must_act == bound)
    since = _since("incident.referral_overdue", REFERRAL.c.id)
    return (
        waits(INCIDENT, REFERRAL.c.id, since.scalar_subquery())
        .join_from(INCIDENT, REFERRAL, REFERRAL.c.incident_id == INCIDENT.c.id)
        .where(IS_LATE, or_(*concerned), visible(INCIDENT.c, actor))
    )


Told = tuple[InboxKind, Permission, Waiting, Role | None]
K, P = InboxKind, Permission


def _silences(record: Any, permission: Permission) -> list[Told]:
    overdue, escalated = ROLE_TOLD[A.OVERDUE], ROLE_TOLD[A.ESCALATED]
    told = of_agency(record, "acknowledgement_overdue", (A.OVERDUE, A.ESCALATED))
    return [
        (K.ACKNOWLEDGEMENT, permission, of_agency(record, None, (A.WAITING, A.OVERDUE, A.ESCALATED)), None),
        (K.ACKNOWLEDGEMENT_ESCALATED, permission, of_others(record), escalated),
        (K.ACKNOWLEDGEMENT_OVERDUE, permission, told, overdue),
    ]


SOURCES: tuple[Told, ...] = (
    *_silences(INCIDENT, P.INCIDENTS_WRITE),
    *_silences(LEVEL, P.THREAT_LEVELS_WRITE),
    (K.REFERRAL_OVERDUE, P.INCIDENTS_WRITE, late_referrals, OVERDUE_ROLE),
)
