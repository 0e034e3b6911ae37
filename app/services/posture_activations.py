"""What a threat level makes of posture plans: the system drafts, a person decides each draft."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from app.change import Change
from app.database import Session, holds_code
from app.domain.actors import Actor
from app.domain.errors import Conflict, Forbidden, Invalid
from app.domain.posture import (
    ACTIVATION_RULE,
    ActivationStatus,
    DraftDecision,
    DraftState,
    MeasureKind,
    shortfall,
)
from app.domain.references import make_reference
from app.domain.sharing import EVERY_PARTNER, NAMED_AGENCIES, Classification, Marking, Tlp, labels
from app.domain.threat_levels import ThreatStatus
from app.models.posture import PostureActivationRow, PosturePlanRow
from app.models.threat_levels import ThreatLevelRow
from app.schemas.deployments import DeploymentCreate
from app.schemas.pages import Rendered
from app.schemas.posture_activations import DraftDecided, PostureActivation, PostureActivationPage
from app.services import bookings, deployments, links, past, records
from app.services.accounts import SYSTEM

AT_ONCE = 100
ONLY_OWNER = "Only the agency whose plan it is decides its drafts."
NO_SUCH_DRAFT = "There is no draft with this number."
DECIDED = "This draft is decided already: {state}."
CARRIES_NOTHING = "Only the deployment of a unit takes this."
Expected = frozenset[int] | None


async def due(session: Session, now: datetime) -> list[Change]:
    """One change for each plan that a level in force answers and has not been drafted for."""
    changes = []
    for plan, level in (await session.exec(_answered().limit(AT_ONCE))).all():
        changes.append(await _activation(session, plan, level, now))
    return changes


def _answered() -> Any:
    """Plans and the levels that bring them to life: which rise to the plan's level, not those that stay."""
    plan, level, before, known = PosturePlanRow, ThreatLevelRow, aliased(ThreatLevelRow), PostureActivationRow
    is_around = or_(
        col(plan.region_code) == col(level.region_code),
        col(plan.region_code).like(col(level.region_code) + ".%"),
    )
    # Who made the plan may know of the level; RED goes to named accounts, not to agencies.
    reaches = or_(
        col(level.tlp).in_(labels(EVERY_PARTNER)),
        col(level.tlp).in_(NAMED_AGENCIES)
        & or_(
            col(level.owner_agency) == col(plan.owner_agency),
            holds_code(level.audience, plan.owner_agency),
        ),
    )
    stood_already = select(before.id).where(before.id == col(level.supersedes), before.level >= plan.level)
    drafted = select(known.id).where(known.plan_id == plan.id, known.threat_level_id == level.id)
    return select(plan, level).where(
        col(level.status) == ThreatStatus.IN_FORCE,
        col(plan.in_use).is_(True),
        col(plan.measures).is_not(None),
        plan.exercise == level.exercise,
        level.level >= plan.level,
        or_(col(plan.category).is_(None), col(plan.category) == col(level.category)),
        is_around,
        reaches,
        ~stood_already.exists(),
        ~drafted.exists(),
    )


async def _activation(session: Session, plan: PosturePlanRow, level: ThreatLevelRow, now: datetime) -> Change:
    """Drafts for the plan's own agency: what reaches others of it is what a person makes of it."""
    change = Change(SYSTEM, ACTIVATION_RULE, now)
    drafts = [
        {
            "number": number,
            "measure": measure,
            "state": DraftState.WAITING,
            "shortfall": await _shortfall(session, plan.exercise, measure, now),
            "reason": None,
            "decided_at": None,
        }
        for number, measure in enumerate(plan.measures or (), 1)
    ]
    secret = max(
        map(Classification, (plan.classification, level.classification)), key=list(Classification).index
    )
    marking = Marking(plan.owner_agency, Tlp.AMBER_STRICT, secret, exercise=plan.exercise)
    values = {
        "reference": make_reference("Y"),
        "owner_agency": plan.owner_agency,
        "tlp": marking.tlp,
        "classification": marking.classification,
        "audience": [],
        "recipients": [],
        "exercise": plan.exercise,
        "plan_id": plan.id,
        "plan_name": plan.name,
        "threat_level_id": level.id,
        "region_code": plan.region_code,
        "category": level.category,
        "level": level.level,
        "status": ActivationStatus.OPEN,
        "drafts": drafts,
        "deployment_ids": [],
        "created_at": now,
        "updated_at": now,
    }
    change.create(PostureActivationRow, "posture_activation.drafted", marking, values)
    return change


async def _shortfall(
    session: Session, exercise: str, measure: Mapping[str, Any], now: datetime
) -> dict[str, Any] | None:
    if measure["kind"] != MeasureKind.DEPLOYMENT:
        return None
    unit, asked = measure["home_unit"], measure["strength_planned"]
    window = (now, now + timedelta(hours=measure["hours"]))
    found = await bookings.stated(session, unit, exercise)
    promised = await bookings.promised(session, unit, exercise, window)
    short = shortfall(asked, found[0].strength if found else None, promised)
    return {"reason": short[0], "asked": asked, "available": short[1]} if short else None


async def read(session: Session, actor: Actor, activation_id: UUID) -> PostureActivation:
    """One activation."""
    row = await records.get(session, actor, PostureActivationRow, activation_id)
    return await links.own(session, actor, PostureActivation.of(row.model_dump()))


async def read_then(session: Session, actor: Actor, activation_id: UUID, moment: datetime) -> Rendered:
    """The same as it stood at a moment."""
    return past.rendered(await past.record(session, actor, PostureActivationRow, activation_id, moment))


async def search(
    session: Session,
    actor: Actor,
    status: ActivationStatus | None,
    cursor: str | None,
    limit: int,
) -> PostureActivationPage:
    """The activations that the actor may see, newest first."""
    asked = [col(PostureActivationRow.status) == status] if status else []
    rows, following = await records.newest(session, actor, PostureActivationRow, asked, cursor, limit)
    for row in rows:
        session.saw(actor, "posture_activation", row)
    answers = [PostureActivation.of(row.model_dump()) for row in rows]
    items = await links.without_hidden(session, actor, answers)
    return PostureActivationPage(items=items, next=following)


async def decide(
    session: Session, actor: Actor, activation_id: UUID, number: int, wanted: DraftDecided, expected: Expected
) -> Change:
    """A person's decision on one draft; what is carried out is requested at once, or nothing is."""
    row = await records.get(session, actor, PostureActivationRow, activation_id, expected)
    if actor.agency != row.owner_agency:
        raise Forbidden(ONLY_OWNER)
    records.require_area(actor, row.region_code)
    drafts = [dict(each) for each in row.drafts or ()]
    if not 1 <= number <= len(drafts):
        raise Invalid.field("/number", NO_SUCH_DRAFT, "unknown")
    draft = drafts[number - 1]
    if draft["state"] != DraftState.WAITING:
        raise Conflict(DECIDED, state=draft["state"])
    change = Change(actor, wanted.reason)
    made = await _carried_out(session, actor, row, draft["measure"], wanted, change.at)
    is_done = wanted.decision is DraftDecision.CARRY_OUT
    draft["state"] = DraftState.CARRIED_OUT if is_done else DraftState.DROPPED
    draft |= {"reason": wanted.reason, "decided_at": change.at.isoformat()}
    values: dict[str, Any] = {"drafts": drafts, "updated_at": change.at}
    if all(each["state"] != DraftState.WAITING for each in drafts):
        values |= {"status": ActivationStatus.CLOSED, "ended_at": change.at}
    if made:
        values["deployment_ids"] = [*row.deployment_ids, str(made.answer.id)]
    whole = change.update(row, "posture_activation.decided", records.subject(row), values)
    if made:
        change.include(made)
        change.line = made.line
    change.answer = PostureActivation.of(whole)
    change.answer = await _shown(session, actor, change.answer, made)
    return change


async def _shown(
    session: Session, actor: Actor, answer: PostureActivation, made: Change | None
) -> PostureActivation:
    """The answer without hidden links; what is made in this very change is not in the database yet."""
    shown = await links.own(session, actor, answer)
    if made:
        shown = shown.model_copy(update={"deployment_ids": [*shown.deployment_ids, made.answer.id]})
    return shown


async def _carried_out(
    session: Session,
    actor: Actor,
    row: PostureActivationRow,
    measure: Mapping[str, Any],
    wanted: DraftDecided,
    now: datetime,
) -> Change | None:
    """The request for what the measure prepared, by the same rules as any other; None where nothing moves."""
    is_deployment = measure["kind"] == MeasureKind.DEPLOYMENT
    if wanted.decision is DraftDecision.DROP or not is_deployment:
        for name in ("starts_at", "strength_planned"):
            if getattr(wanted, name) is not None:
                raise Invalid.field(f"/{name}", CARRIES_NOTHING, "together")
        return None
    starts_at = wanted.starts_at or now
    query = select(PosturePlanRow).where(col(PosturePlanRow.id) == row.plan_id)
    plan = (await session.exec(query)).one()
    shown = await links.own(session, actor, PostureActivation.of(row.model_dump()))
    new = DeploymentCreate(
        **{name: measure[name] for name in ("home_unit", "role", "command_relation", "site")},
        **{name: getattr(plan, name) for name in ("tlp", "audience", "recipients")},
        classification=Classification(row.classification),
        strength_planned=wanted.strength_planned or measure["strength_planned"],
        region_code=measure["region_code"] or row.region_code,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=measure["hours"]),
        threat_level_id=shown.threat_level_id,
    )
    return await deployments.request(session, actor, new)
