"""Posture plans: prepare, read, list, change."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import col

from app.change import Change
from app.database import Session
from app.domain.actors import Actor, ancestry
from app.domain.errors import Forbidden, Invalid
from app.domain.posture import MeasureKind
from app.domain.references import make_reference
from app.models.posture import PosturePlanRow
from app.schemas.pages import Rendered
from app.schemas.posture_plans import (
    Measure,
    PosturePlan,
    PosturePlanChange,
    PosturePlanCreate,
    PosturePlanPage,
)
from app.services import deployment_rules, past, records
from app.services.reference import require_region

ONLY_OWNER = "Only the agency that has made a plan changes it."
Expected = frozenset[int] | None


async def read(session: Session, actor: Actor, plan_id: UUID) -> PosturePlan:
    """One plan."""
    row = await records.get(session, actor, PosturePlanRow, plan_id)
    return PosturePlan.of(row.model_dump())


async def read_then(session: Session, actor: Actor, plan_id: UUID, moment: datetime) -> Rendered:
    """The same as it stood at a moment."""
    return past.rendered(await past.record(session, actor, PosturePlanRow, plan_id, moment))


async def search(
    session: Session,
    actor: Actor,
    region: str | None,
    in_use: bool | None,  # noqa: FBT001 - a filter
    cursor: str | None,
    limit: int,
) -> PosturePlanPage:
    """The plans that the actor may see: those that a level of this region brings to life; newest first."""
    row = PosturePlanRow
    asked: list[Any] = []
    if region:
        asked.append(col(row.region_code).in_(ancestry(region)))
    if in_use is not None:
        asked.append(col(row.in_use).is_(in_use))
    rows, following = await records.newest(session, actor, row, asked, cursor, limit)
    for each in rows:
        session.saw(actor, "posture_plan", each)
    return PosturePlanPage(items=[PosturePlan.of(each.model_dump()) for each in rows], next=following)


async def prepare(session: Session, actor: Actor, new: PosturePlanCreate) -> Change:
    """A new plan of the actor's agency."""
    await require_region(session, new.region_code)
    await _require_measures(session, actor, new.measures)
    change = Change(actor)
    values = {
        **new.model_dump(mode="json"),
        "reference": make_reference("Z"),
        "owner_agency": actor.agency,
        "exercise": actor.exercise,
        "created_at": change.at,
        "updated_at": change.at,
    }
    marking = await records.check_marking(session, actor, values, {})
    records.require_area(actor, new.region_code)
    change.answer = PosturePlan.of(change.create(PosturePlanRow, "posture_plan.prepared", marking, values))
    return change


async def change(
    session: Session, actor: Actor, plan_id: UUID, wanted: PosturePlanChange, expected: Expected
) -> Change:
    """New values for some fields, by the owner."""
    row = await records.get(session, actor, PosturePlanRow, plan_id, expected)
    asked = wanted.model_dump(mode="json", exclude_unset=True)
    if not asked:
        raise Invalid("The body names nothing to change.")
    if actor.agency != row.owner_agency:
        raise Forbidden(ONLY_OWNER)
    after = {**row.model_dump(), **asked}
    if "region_code" in asked:
        await require_region(session, after["region_code"])
    records.require_area(actor, after["region_code"])
    if "measures" in asked:
        await _require_measures(session, actor, wanted.measures)
    marking = await records.check_marking(session, actor, after, {})
    made = Change(actor)
    of = records.subject(row, marking)
    changed = made.update(row, "posture_plan.changed", of, {**asked, "updated_at": made.at})
    made.answer = PosturePlan.of(changed)
    return made


async def _require_measures(session: Session, actor: Actor, measures: list[Measure]) -> None:
    """Raise where a measure names what there is not, by its place in the list."""
    for place, measure in enumerate(measures):
        if measure.kind is not MeasureKind.DEPLOYMENT:
            continue
        at = f"/measures/{place}"
        await deployment_rules.require_home(session, actor, measure.home_unit, f"{at}/home_unit")
        if measure.region_code:
            await require_region(session, measure.region_code, f"{at}/region_code")
