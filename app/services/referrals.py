"""Referrals: a violation goes to the authority that is competent, and each step starts the next clock."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from app.change import Change
from app.database import Session
from app.domain.actors import Actor
from app.domain.errors import Conflict, Invalid, NotFound
from app.domain.referral_rules import BOUND, CLOCKS, steps
from app.domain.referrals import ReferralStatus, ViolationKind
from app.domain.relations import Act
from app.domain.working_days import WIB, ends_at
from app.models.incidents import IncidentRow
from app.models.referrals import ReferralRow
from app.schemas import referrals as schemas
from app.services import incident_rules as rules
from app.services import records, versions

CLOCK_SKEW = timedelta(minutes=5)
STILL_TO_COME = "This time is still to come."
BEFORE_THE_LAST = "The step before was later than this."
KNOWN_LATER = "It was received before anybody knew of it."
OPEN_ALREADY = "A referral of this kind is open already."


async def listed(
    session: Session, actor: Actor, incident_id: UUID, cursor: str | None, limit: int
) -> schemas.ReferralPage:
    """The referrals of an incident."""
    await rules.get(session, actor, incident_id)
    of = col(ReferralRow.incident_id) == incident_id
    rows, following = await records.part_rows(session, ReferralRow, of, cursor, limit)
    return schemas.ReferralPage(items=[schemas.Referral.of(row.model_dump()) for row in rows], next=following)


async def read(session: Session, actor: Actor, incident_id: UUID, referral_id: UUID) -> schemas.Referral:
    """One referral, with the clock that runs."""
    await rules.get(session, actor, incident_id)
    return schemas.Referral.of((await _row(session, incident_id, referral_id)).model_dump())


async def _row(session: Session, incident_id: UUID, referral_id: UUID) -> ReferralRow:
    row = await session.get(ReferralRow, referral_id)
    if row is None or row.incident_id != incident_id:
        raise NotFound
    return row


async def refer(session: Session, actor: Actor, incident_id: UUID, new: schemas.ReferralCreate) -> Change:
    """A violation in an incident; its first clock runs from when it was received."""
    row = await rules.get(session, actor, incident_id)
    change = Change(actor)
    received_at = new.received_at or change.at
    if received_at > change.at + CLOCK_SKEW:
        raise Invalid.field("/received_at", STILL_TO_COME, "future")
    if new.known_on and new.known_on > received_at.astimezone(WIB).date():
        raise Invalid.field("/known_on", KNOWN_LATER, "order")
    rules.require(actor, row, Act.REFER)
    rules.require_impartial(actor, row)
    await _require_none_open(session, row, new.violation_kind)
    values = {
        **new.model_dump(),
        **entered(ReferralStatus.STUDY, received_at, None),
        "incident_id": row.id,
        "received_at": received_at,
        "agency": actor.agency,
        "role": actor.role,
        "account": actor.account,
        "created_at": change.at,
        "updated_at": change.at,
    }
    made = change.create_part(ReferralRow, "incident.referred", records.subject(row), values)
    change.rests_on(row)
    change.answer = schemas.Referral.of(made)
    return change


def _require_mover(actor: Actor, row: IncidentRow, referral: ReferralRow) -> None:
    """Raise unless the agency may refer, or is of the kind that the running clock binds, in its area."""
    if referral.must_act and BOUND.get(actor.agency_kind) == referral.must_act:
        records.require_area(actor, row.region_code)
    else:
        rules.require(actor, row, Act.REFER)
    rules.require_impartial(actor, row)


async def _require_none_open(session: Session, row: IncidentRow, kind: ViolationKind) -> None:
    query = select(ReferralRow.id).where(
        ReferralRow.incident_id == row.id,
        ReferralRow.violation_kind == kind,
        col(ReferralRow.ended_at).is_(None),
    )
    if (await session.exec(query)).first():
        raise Conflict(OPEN_ALREADY)


def entered(status: ReferralStatus, at: datetime, clock_began_at: datetime | None) -> dict[str, Any]:
    """The columns of a referral that comes to a status: the clock before stops, its own starts.

    An extension counts on from the moment at which the clock that it extends began.
    """
    clock = CLOCKS.get(status)
    began_at = clock_began_at if clock and clock.extends and clock_began_at else at
    return {
        "status": status,
        "entered_at": at,
        "clock_began_at": began_at if clock else None,
        "due_at": ends_at(began_at, clock.length, clock.unit) if clock else None,
        "must_act": clock.must_act if clock else None,
        "overdue_at": None,
        "ended_at": at if status is ReferralStatus.ENDED else None,
    }


async def step(
    session: Session,
    actor: Actor,
    incident_id: UUID,
    referral_id: UUID,
    wanted: schemas.ReferralStep,
    expected: frozenset[int] | None,
) -> Change:
    """The next status; `at` says when that was, for it is often told afterwards."""
    row = await rules.get(session, actor, incident_id)
    referral = await _row(session, incident_id, referral_id)
    versions.require(referral, expected)
    change = Change(actor, wanted.reason)
    at = wanted.at or max(change.at, referral.entered_at)
    if at > change.at + CLOCK_SKEW:
        raise Invalid.field("/at", STILL_TO_COME, "future")
    if at < referral.entered_at:
        raise Invalid.field("/at", BEFORE_THE_LAST, "order")
    _require_mover(actor, row, referral)
    possible = steps(ViolationKind(referral.violation_kind))[ReferralStatus(referral.status)]
    if wanted.to not in possible:
        raise records.no_such_step(referral.status, wanted.to, possible)
    values = {**entered(wanted.to, at, referral.clock_began_at), "updated_at": change.at}
    done = change.update(referral, "incident.referral_stepped", records.subject(row), values)
    change.rests_on(row)
    change.answer = schemas.Referral.of(done)
    return change
