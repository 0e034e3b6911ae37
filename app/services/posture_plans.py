"""Posture plans: prepare, read, list, change."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import col

from app.change import Change
from app.database import Session
from app.domain.actors import Actor, ancestry
from app.domain.errors import Forbidden, Invalid
from app.domain.posture import apart
from app.domain.references import make_reference
from app.models.posture import PosturePlanRow
from app.schemas.pages import Rendered
from app.schemas.posture_measures import Measure
from app.schemas.posture_plans import PosturePlan, PosturePlanChange, PosturePlanCreate, PosturePlanPage
from app.services import links, past, records
from app.services import posture_rules as rules
from app.services.reference import require_region

ONLY_OWNER = "Only the agency that has made a plan changes it."
Expected = frozenset[int] | None


async def read(session: Session, actor: Actor, plan_id: UUID) -> PosturePlan:
    """One plan."""
    row = await records.get(session, actor, PosturePlanRow, plan_id)
    return await links.own(session, actor, PosturePlan.of(row.model_dump()))


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
    answers = [PosturePlan.of(each.model_dump()) for each in rows]
    return PosturePlanPage(items=await links.without_hidden(session, actor, answers), next=following)


async def prepare(session: Session, actor: Actor, new: PosturePlanCreate) -> Change:
    """A new plan of the actor's agency."""
    await require_region(session, new.region_code)
    await rules.require_measures(session, actor, new.measures)
    change = Change(actor)
    given = {**new.model_dump(mode="json", exclude={"measures"}), **_stored(new.measures)}
    rules.require_askable(new.tlp, given["measures"])
    values = {
        **given,
        "reference": make_reference("Z"),
        "owner_agency": actor.agency,
        "exercise": actor.exercise,
        "created_at": change.at,
        "updated_at": change.at,
    }
    marking = await records.check_marking(session, actor, values, {})
    records.require_area(actor, new.region_code)
    made = change.create(PosturePlanRow, "posture_plan.prepared", marking, values)
    change.answer = await links.own(session, actor, PosturePlan.of(made))
    return change


def _stored(measures: Sequence[Measure]) -> dict[str, Any]:
    """The measures as columns, with all that was left out in them: who carries them out needs it."""
    stored, patrol_plan_ids = apart([each.model_dump(mode="json") for each in measures])
    return {"measures": stored, "patrol_plan_ids": patrol_plan_ids}


async def change(
    session: Session, actor: Actor, plan_id: UUID, wanted: PosturePlanChange, expected: Expected
) -> Change:
    """New values for some fields, by the owner."""
    row = await records.get(session, actor, PosturePlanRow, plan_id, expected)
    asked = wanted.model_dump(mode="json", exclude_unset=True)
    if "measures" in asked:
        asked |= _stored(wanted.measures)
    if not asked:
        raise Invalid("The body names nothing to change.")
    if actor.agency != row.owner_agency:
        raise Forbidden(ONLY_OWNER)
    after = {**row.model_dump(), **asked}
    if "region_code" in asked:
        await require_region(session, after["region_code"])
    records.require_area(actor, after["region_code"])
    if "measures" in asked:
        await rules.require_measures(session, actor, wanted.measures)
    rules.require_askable(after["tlp"], after["measures"] or ())
    marking = await records.check_marking(session, actor, after, {})
    made = Change(actor)
    of = records.subject(row, marking)
    changed = made.update(row, "posture_plan.changed", of, {**asked, "updated_at": made.at})
    made.answer = await links.own(session, actor, PosturePlan.of(changed))
    return made
