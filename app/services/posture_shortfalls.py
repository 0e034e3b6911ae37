"""Why measures of a posture plan cannot be carried out as they were planned, when a level comes."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from app.database import Session
from app.domain.patrols import TimeZone, local_day
from app.domain.posture import PATROL_PLAN, MeasureKind, Shortfall, shortfall
from app.domain.sharing import Classification, Marking, reaches
from app.models.patrols import PatrolPlanRow
from app.services import bookings
from app.services.reference import partners
from app.services.visibility import marking_of


@dataclass(frozen=True, slots=True)
class Moment:
    """When a measure is looked at, and for the readers of what marking."""

    marking: Marking
    now: datetime


async def found(session: Session, measure: Mapping[str, Any], at: Moment) -> dict[str, Any] | None:
    """What is short for a measure; None where nothing is."""
    look = LOOKS.get(MeasureKind(measure["kind"]))
    short = await look(session, measure, at) if look else None
    return {"reason": short[0], "asked": short[1], "available": short[2]} if short else None


Short = tuple[Shortfall, int, int] | None


async def _deployment(session: Session, measure: Mapping[str, Any], at: Moment) -> Short:
    unit, asked, exercise = measure["home_unit"], measure["strength_planned"], at.marking.exercise
    window = (at.now, at.now + timedelta(hours=measure["hours"]))
    stated = await bookings.stated(session, unit, exercise)
    promised = await bookings.promised(session, unit, exercise, window)
    short = shortfall(asked, stated[0].strength if stated else None, promised)
    return (short[0], asked, short[1]) if short else None


async def _assistance(session: Session, measure: Mapping[str, Any], at: Moment) -> Short:
    """In agencies that were to be asked."""
    asked, left = len(measure["addressed"]), len(await partners(session, measure["addressed"]))
    return (Shortfall.NO_PARTNER, asked, left) if left < asked else None


async def _patrol(session: Session, measure: Mapping[str, Any], at: Moment) -> Short:
    """In patrols. Of a plan that is hidden from some who read this, nothing else is told."""
    query = select(PatrolPlanRow).where(col(PatrolPlanRow.id) == UUID(measure[PATROL_PLAN]))
    plan = (await session.exec(query)).one()
    if not _shows_to_all(marking_of(plan), at.marking):
        return Shortfall.PLAN_HIDDEN, 1, 0
    day = local_day(at.now, TimeZone(plan.time_zone)) + timedelta(days=measure["in_days"])
    is_over = plan.last_on is not None and plan.last_on < day
    return (Shortfall.PLAN_OUT_OF_USE, 1, 0) if is_over or not plan.in_use else None


def _shows_to_all(of: Marking, readers: Marking) -> bool:
    """Whether all people of an agency who see its own activation see another record, too."""
    secrets = list(Classification)
    is_open = secrets.index(of.classification) <= secrets.index(readers.classification)
    return is_open and reaches(of, readers.owner_agency, frozenset())


LOOKS: dict[MeasureKind, Callable[[Session, Mapping[str, Any], Moment], Awaitable[Short]]] = {
    MeasureKind.ASSISTANCE: _assistance,
    MeasureKind.DEPLOYMENT: _deployment,
    MeasureKind.PATROL: _patrol,
}
