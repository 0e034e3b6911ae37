"""Patrols: make one of a plan, read, list, mark, step."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_
from sqlmodel import col, select
from uuid_utils.compat import uuid7

from app.change import Change, Subject
from app.database import Session
from app.domain.actors import Actor
from app.domain.errors import Conflict, Invalid
from app.domain.patrols import PATROL_STEPS, PatrolStatus, TimeZone, planned_start, weekday
from app.domain.references import make_reference
from app.domain.sharing import Marking, may_see
from app.models.patrols import PatrolPlanRow, PatrolPlanStopRow, PatrolRow, PatrolStopRow
from app.schemas.pages import Rendered
from app.schemas.patrols import Patrol, PatrolChange, PatrolCreate, PatrolPage, PatrolStep
from app.services import externals, links, past, patrol_plans, records
from app.services import patrol_rules as rules
from app.services.visibility import visible

EARLIEST_START = timedelta(days=1)
NOT_THAT_DAY = "The plan has no patrol on that day."
OUT_OF_USE = "The plan is out of use."
THERE_IS_ONE = "{reference} is the patrol of that day."
TOO_EARLY = "This is more than a day before the planned start."
BEFORE_THE_START = "The patrol had not started by then."
BEFORE_THE_LAST = "A stop was put on record later than that."
Expected = frozenset[int] | None
COPIED = ("grace_minutes", "name", "region_code", "stop_count", "unit")
MARKING = ("audience", "classification", "recipients", "tlp")


@dataclass(frozen=True, slots=True)
class PatrolFilter:
    """What a duty officer asks for; None asks for everything."""

    region: str | None = None
    unit: str | None = None
    status: Sequence[str] | None = None
    on_date: date | None = None
    plan: UUID | None = None
    reference: str | None = None


async def read(session: Session, actor: Actor, patrol_id: UUID) -> Patrol:
    """One patrol."""
    row = await records.get(session, actor, PatrolRow, patrol_id)
    return await links.own(session, actor, Patrol.of(row.model_dump()))


async def read_then(session: Session, actor: Actor, patrol_id: UUID, moment: datetime) -> Rendered:
    """The same as it stood at a moment."""
    return past.rendered(await past.record(session, actor, PatrolRow, patrol_id, moment))


async def search(
    session: Session, actor: Actor, wanted: PatrolFilter, cursor: str | None, limit: int
) -> PatrolPage:
    """The patrols that the actor may see, newest first."""
    asked = _conditions(wanted, actor)
    rows, following = await records.newest(session, actor, PatrolRow, asked, cursor, limit)
    for row in rows:
        session.saw(actor, "patrol", row)
    answers = [Patrol.of(row.model_dump()) for row in rows]
    return PatrolPage(items=await links.without_hidden(session, actor, answers), next=following)


def _conditions(wanted: PatrolFilter, actor: Actor) -> list[Any]:
    """What the query must hold for, for each thing that was asked."""
    row = PatrolRow
    code = col(row.region_code)
    asked: list[tuple[Any, Callable[[Any], Any]]] = [
        (wanted.region, lambda region: or_(code == region, code.startswith(f"{region}."))),
        (wanted.unit, lambda unit: col(row.unit) == unit),
        (wanted.status, col(row.status).in_),
        (wanted.on_date, lambda day: col(row.on_date) == day),
        (wanted.reference, lambda reference: col(row.reference) == reference),
        # Asking for what one may not see finds nothing, or the answer would tell of the link.
        (
            wanted.plan,
            lambda plan: (
                (col(row.plan_id) == plan)
                & select(PatrolPlanRow.id)
                .where(col(PatrolPlanRow.id) == plan, visible(PatrolPlanRow, actor))
                .exists()
            ),
        ),
    ]
    return [condition(value) for value, condition in asked if value]


async def create(
    session: Session, actor: Actor, plan_id: UUID, new: PatrolCreate, expected: Expected
) -> Change:
    """A run of a plan, with the stops that the plan has now."""
    plan = await records.get(session, actor, PatrolPlanRow, plan_id, expected)
    rules.require_owner(actor, plan)
    _check_day(plan, new.on_date)
    change = Change(actor)
    start = planned_start(new.on_date, plan.start_time, TimeZone(plan.time_zone))
    marked = {name: getattr(plan, name) for name in MARKING}
    values = {
        **{name: getattr(plan, name) for name in COPIED},
        **marked | new.model_dump(exclude_unset=True, include=set(MARKING)),
        "id": uuid7(),
        "plan_id": plan.id,
        "plan_version": plan.version,
        "on_date": new.on_date,
        "starts_at": start,
        "status": PatrolStatus.PLANNED,
        "reference": make_reference("K"),
        "owner_agency": actor.agency,
        "exercise": actor.exercise,
        "created_at": change.at,
        "updated_at": change.at,
    }
    marking = await records.check_marking(session, actor, values, {})
    values["view"] = await _only_one(session, actor, values, marking)
    change.rests_on(plan)
    made = change.create(PatrolRow, "patrol.planned", marking, values)
    await _copy_stops(session, change, plan, made, marking)
    change.answer = await links.own(session, actor, Patrol.of(made))
    return change


def _check_day(plan: PatrolPlanRow, on: date) -> None:
    if not plan.in_use:
        raise Conflict(OUT_OF_USE)
    outside = (plan.first_on and on < plan.first_on) or (plan.last_on and on > plan.last_on)
    if outside or weekday(on) not in plan.weekdays:
        raise Invalid.field("/on_date", NOT_THAT_DAY, "day")


async def _only_one(session: Session, actor: Actor, values: Mapping[str, Any], marking: Marking) -> str:
    """Who sees the patrol, as its column has it; raises where they see another one of the plan and the day.

    One that is hidden is no hindrance, or the refusal would tell of it.
    """
    if not may_see(actor, marking):
        raise Invalid.field("/classification", "You would lose sight of it.", "marking")
    view = externals.seen_by(marking)
    query = select(PatrolRow.reference).where(
        col(PatrolRow.plan_id) == values["plan_id"],
        col(PatrolRow.on_date) == values["on_date"],
        col(PatrolRow.view) == view,
        col(PatrolRow.status) != PatrolStatus.CANCELLED,
        col(PatrolRow.id) != values["id"],
    )
    if there := (await session.exec(query)).first():
        raise Conflict(THERE_IS_ONE, reference=there)
    return view


async def _copy_stops(
    session: Session, change: Change, plan: PatrolPlanRow, made: Mapping[str, Any], marking: Marking
) -> None:
    query = (
        select(PatrolPlanStopRow).where(patrol_plans.current(plan)).order_by(col(PatrolPlanStopRow.number))
    )
    of = Subject("patrol", made["id"], marking, marking)
    for stop in (await session.exec(query)).all():
        due = made["starts_at"] + timedelta(minutes=stop.minute)
        values = {
            "patrol_id": made["id"],
            **stop.model_dump(include={"number", "site_id", "name", "region_code", "longitude", "latitude"}),
            "due_at": due,
            "overdue_at": due + timedelta(minutes=plan.grace_minutes),
            "created_at": change.at,
            "updated_at": change.at,
        }
        change.create_part(PatrolStopRow, "patrol.stop_planned", of, values)


async def change(
    session: Session, actor: Actor, patrol_id: UUID, wanted: PatrolChange, expected: Expected
) -> Change:
    """Another marking, by the owner."""
    row = await records.get(session, actor, PatrolRow, patrol_id, expected)
    asked = wanted.model_dump(exclude_unset=True)
    if not asked:
        raise Invalid("The body names nothing to change.")
    rules.require_owner(actor, row)
    after = {**row.model_dump(), **asked}
    marking = await records.check_marking(session, actor, after, {})
    view = externals.seen_by(marking)
    if view != row.view and row.status != PatrolStatus.CANCELLED:
        view = await _only_one(session, actor, after, marking)
    made = Change(actor)
    values = {**asked, "view": view, "updated_at": made.at}
    changed = made.update(row, "patrol.changed", records.subject(row, marking), values)
    made.answer = await links.own(session, actor, Patrol.of(changed))
    return made


async def step(
    session: Session, actor: Actor, patrol_id: UUID, wanted: PatrolStep, expected: Expected
) -> Change:
    """The next status, if the lifecycle has such a step and the time of it can be."""
    row = await records.get(session, actor, PatrolRow, patrol_id, expected)
    rules.require_owner(actor, row)
    status = PatrolStatus(row.status)
    if wanted.to not in PATROL_STEPS[status]:
        raise records.no_such_step(status, wanted.to, PATROL_STEPS[status])
    change = Change(actor, wanted.reason)
    at = wanted.at or change.at
    rules.require_past(at, change, "/at")
    if wanted.to is PatrolStatus.UNDER_WAY:
        if at < row.starts_at - EARLIEST_START:
            raise Invalid.field("/at", TOO_EARLY, "window")
        values: dict[str, Any] = {"started_at": at}
    else:
        await _check_end(session, row, at)
        values = {"ended_at": at}
    values |= {"status": wanted.to, "updated_at": change.at}
    changed = change.update(row, "patrol.stepped", records.subject(row), values)
    change.answer = await links.own(session, actor, Patrol.of(changed))
    return change


async def _check_end(session: Session, row: PatrolRow, at: datetime) -> None:
    """Raise where the end comes before the start, or before what was put on record last."""
    if row.started_at is None:
        return
    if at < row.started_at:
        raise Invalid.field("/at", BEFORE_THE_START, "window")
    query = select(func.max(PatrolStopRow.occurred_at)).where(col(PatrolStopRow.patrol_id) == row.id)
    last = (await session.exec(query)).one()
    if last is not None and at < last:
        raise Invalid.field("/at", BEFORE_THE_LAST, "window")
