"""Strength present over time: of one deployment, and of a region, as the ledger says that it was stated."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, null, or_, select

from app.database import Session
from app.domain import timelines
from app.domain.actors import Actor
from app.domain.deployments import HOLDING
from app.domain.errors import Invalid
from app.lists import seconds_of
from app.models.deployments import DeploymentRow
from app.models.ledger import LedgerDisclosureRow, LedgerRow
from app.schemas.strength_timelines import StrengthPoint, StrengthTimeline
from app.services import records
from app.services.reference import within
from app.services.visibility import visible

DEPLOYMENT = DeploymentRow.__table__  # type: ignore[attr-defined]
LEDGER = LedgerRow.__table__  # type: ignore[attr-defined]
SAID = LedgerDisclosureRow.__table__  # type: ignore[attr-defined]
PRESENT = SAID.c.fields[("/strength_present", 1)].as_integer()
HOLDS = SAID.c.fields[("/status", 1)].as_string().in_(HOLDING)
REGION = SAID.c.fields[("/region_code", 1)].as_string()
LAST = timelines.MOST_POINTS - 1
TOO_MANY = "More than {limit} changes: ask for a shorter time."


async def of_deployment(
    session: Session, actor: Actor, deployment_id: UUID, start: datetime | None, end: datetime | None
) -> StrengthTimeline:
    """One deployment; times in which it was marked so that the actor may not see it read null."""
    row = await records.get(session, actor, DeploymentRow, deployment_id)
    begin, until = timelines.window(start, end, datetime.now(UTC), row.created_at)
    value = case((~visible(LEDGER.c, actor), null()), (HOLDS, PRESENT), else_=0)
    order = LEDGER.c.version
    said = (
        _said(until, value.label("present"), func.lead(LEDGER.c.at).over(order_by=order).label("until"))
        .add_columns(func.lag(value).over(order_by=order).label("before"))
        .where(LEDGER.c.record_id == row.id)
        .subquery()
    ).c
    query = (
        select(said.at, said.present)
        .where(
            or_(said.until.is_(None), said.until > begin),
            or_(said.at <= begin, said.version == 1, said.present.is_distinct_from(said.before)),
        )
        .order_by(said.version)
        .limit(timelines.MOST_POINTS + 1)
    )
    found = (await (await session.connection()).execute(query)).all()
    if len(found) > timelines.MOST_POINTS:
        raise Invalid.field("to", TOO_MANY, "points", limit=timelines.MOST_POINTS)
    return _told([(max(each.at, begin), each.present) for each in found], None)


async def of_region(
    session: Session, actor: Actor, region: str | None, start: datetime | None, end: datetime | None
) -> StrengthTimeline:
    """All deployments that the actor may see now, each as long as it was marked so that the actor might."""
    begin, until = timelines.window(start, end, datetime.now(UTC))
    steps = _steps(actor, region, begin, until)
    found = await _differences(
        session, steps, case((steps.at <= begin, literal(begin, steps.at.type)), else_=steps.at)
    )
    width = None
    if len(found) > timelines.MOST_POINTS:
        width = timelines.width(begin, until)
        whole = begin.replace(microsecond=0)
        since = seconds_of(steps.at) - int(whole.timestamp())
        number = case((steps.at <= begin, 0), else_=(since + width) // width)
        ends = {0: begin, **{each: whole + each * timedelta(seconds=width) for each in range(1, LAST + 1)}}
        intervals = await _differences(session, steps, number)
        found = [(min(ends[each], until), change) for each, change in intervals]
    return _told(list(timelines.totals(found, begin)), width)


def _said(until: datetime, *columns: Any) -> Select[Any]:
    """What entries say of deployments, up to a moment."""
    return (
        select(LEDGER.c.at, LEDGER.c.version, *columns)
        .join(SAID, SAID.c.position == LEDGER.c.position)
        .where(LEDGER.c.subject_type == DEPLOYMENT.name, LEDGER.c.at <= until)
    )


def _steps(actor: Actor, region: str | None, begin: datetime, until: datetime) -> Any:
    """By how much each entry changes the total; entries before the window are its ground."""
    counts = and_(visible(LEDGER.c, actor), HOLDS, within(REGION, region))
    value = case((counts, PRESENT), else_=0)
    before = func.lag(value).over(partition_by=LEDGER.c.subject_id, order_by=LEDGER.c.version)
    said = (
        _said(until, (value - func.coalesce(before, 0)).label("change"))
        .join(DEPLOYMENT, DEPLOYMENT.c.id == LEDGER.c.record_id)
        .where(visible(DEPLOYMENT.c, actor))
        .subquery("said")
    )
    return select(said.c.at, said.c.change).where(said.c.change != 0).subquery("step").c


async def _differences(session: Session, steps: Any, moment: ColumnElement[Any]) -> Sequence[Any]:
    grouped = select(moment.label("moment"), steps.change).subquery("grouped").c
    query = (
        select(grouped.moment, func.sum(grouped.change))
        .group_by(grouped.moment)
        .order_by(grouped.moment)
        .limit(timelines.MOST_POINTS + 1)
    )
    return [(at, int(change)) for at, change in (await (await session.connection()).execute(query)).all()]


def _told(points: Sequence[tuple[datetime, int | None]], width: int | None) -> StrengthTimeline:
    items = [StrengthPoint(at=at, strength_present=present) for at, present in points]
    return StrengthTimeline(scope="visible_to_you", step_seconds=width, items=items)
