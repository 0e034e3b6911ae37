"""Plans of patrols: make, read, list, change, and their stops."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_
from sqlmodel import col
from uuid_utils.compat import uuid7

from app.change import Change, Subject
from app.database import Session
from app.domain.actors import Actor
from app.domain.errors import Invalid
from app.domain.patrols import Weekday
from app.domain.references import make_reference
from app.models.patrols import PatrolPlanRow, PatrolPlanStopRow
from app.schemas.pages import Rendered
from app.schemas.patrol_plans import (
    PatrolPlan,
    PatrolPlanChange,
    PatrolPlanCreate,
    PatrolPlanPage,
    PatrolPlanStop,
    PatrolPlanStopPage,
)
from app.services import links, past, records
from app.services import patrol_rules as rules
from app.services.reference import require_region

WINDOW = "The last day does not come before the first."
Expected = frozenset[int] | None


async def read(session: Session, actor: Actor, plan_id: UUID) -> PatrolPlan:
    """One plan."""
    row = await records.get(session, actor, PatrolPlanRow, plan_id)
    return PatrolPlan.of(row.model_dump())


async def read_then(session: Session, actor: Actor, plan_id: UUID, moment: datetime) -> Rendered:
    """The same as it stood at a moment."""
    return past.rendered(await past.record(session, actor, PatrolPlanRow, plan_id, moment))


async def search(
    session: Session,
    actor: Actor,
    region: str | None,
    unit: str | None,
    in_use: bool | None,  # noqa: FBT001 - a query parameter
    cursor: str | None,
    limit: int,
) -> PatrolPlanPage:
    """The plans that the actor may see, newest first."""
    code = col(PatrolPlanRow.region_code)
    asked: list[Any] = []
    if region:
        asked.append(or_(code == region, code.startswith(f"{region}.")))
    if unit:
        asked.append(col(PatrolPlanRow.unit) == unit)
    if in_use is not None:
        asked.append(col(PatrolPlanRow.in_use).is_(in_use))
    rows, following = await records.newest(session, actor, PatrolPlanRow, asked, cursor, limit)
    for row in rows:
        session.saw(actor, "patrol_plan", row)
    return PatrolPlanPage(items=[PatrolPlan.of(row.model_dump()) for row in rows], next=following)


async def stops(
    session: Session, actor: Actor, plan_id: UUID, cursor: str | None, limit: int
) -> PatrolPlanStopPage:
    """The stops of the plan as it stands now."""
    plan = await records.get(session, actor, PatrolPlanRow, plan_id)
    # Their ids rise in their order, for they were made one after another.
    rows, following = await records.part_rows(session, PatrolPlanStopRow, current(plan), cursor, limit)
    answers = [PatrolPlanStop.of(row.model_dump()) for row in rows]
    return PatrolPlanStopPage(items=await links.without_hidden(session, actor, answers), next=following)


def current(plan: PatrolPlanRow) -> Any:
    """Which stops are those of a plan as it stands."""
    row = PatrolPlanStopRow
    return (col(row.plan_id) == plan.id) & (col(row.edition) == plan.edition)


async def create(session: Session, actor: Actor, new: PatrolPlanCreate) -> Change:
    """A new plan for a unit of the actor's agency."""
    await require_region(session, new.region_code)
    await rules.require_own_unit(session, actor, new.unit)
    change = Change(actor)
    rows = await rules.stop_rows(session, actor, change, new.region_code, new.stops)
    values = {
        **new.model_dump(exclude={"stops", "weekdays"}),
        "id": uuid7(),
        "weekdays": _in_order(new.weekdays),
        "in_use": True,
        "edition": 1,
        "stop_count": len(rows),
        "reference": make_reference("L"),
        "owner_agency": actor.agency,
        "exercise": actor.exercise,
        "created_at": change.at,
        "updated_at": change.at,
    }
    _check_window(values)
    marking = await records.check_marking(session, actor, values, {})
    records.require_area(actor, new.region_code)
    plan = change.create(PatrolPlanRow, "patrol_plan.made", marking, values)
    _add_stops(change, plan, Subject("patrol_plan", plan["id"], marking, marking), rows)
    change.answer = PatrolPlan.of(plan)
    return change


async def change(
    session: Session, actor: Actor, plan_id: UUID, wanted: PatrolPlanChange, expected: Expected
) -> Change:
    """New values for some fields, by the owner; new stops take the place of all that were there."""
    row = await records.get(session, actor, PatrolPlanRow, plan_id, expected)
    asked = wanted.model_dump(exclude_unset=True, exclude={"stops", "weekdays"})
    if not wanted.model_fields_set:
        raise Invalid("The body names nothing to change.")
    rules.require_owner(actor, row)
    if "unit" in asked:
        await rules.require_own_unit(session, actor, wanted.unit)
    if "weekdays" in wanted.model_fields_set:
        asked["weekdays"] = _in_order(wanted.weekdays)
    made = Change(actor)
    rows: list[dict[str, Any]] = []
    if "stops" in wanted.model_fields_set:
        rows = await rules.stop_rows(session, actor, made, row.region_code, wanted.stops)
        asked |= {"edition": row.edition + 1, "stop_count": len(rows)}
    _check_window({**row.model_dump(), **asked})
    marking = await records.check_marking(session, actor, {**row.model_dump(), **asked}, {})
    of = records.subject(row, marking)
    changed = made.update(row, "patrol_plan.changed", of, {**asked, "updated_at": made.at})
    _add_stops(made, changed, of, rows)
    made.answer = PatrolPlan.of(changed)
    return made


def _add_stops(
    change: Change, plan: Mapping[str, Any], of: Subject, rows: Sequence[Mapping[str, Any]]
) -> None:
    for each in rows:
        values = {**each, "plan_id": plan["id"], "edition": plan["edition"], "created_at": change.at}
        change.create_part(PatrolPlanStopRow, "patrol_plan.stop_added", of, values)


def _check_window(values: Mapping[str, Any]) -> None:
    first, last = values["first_on"], values["last_on"]
    if first and last and last < first:
        raise Invalid.field("/last_on", WINDOW, "window")


def _in_order(days: Sequence[Weekday]) -> list[str]:
    return [str(day) for day in Weekday if day in days]
