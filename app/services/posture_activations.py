"""What a threat level makes of posture plans: the system drafts, a person decides each draft."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from app.change import Change, marking_columns
from app.database import Session, holds_code
from app.domain.actors import Actor
from app.domain.errors import Conflict, Forbidden, Invalid
from app.domain.posture import (
    ACTIVATION_RULE,
    DECIDED,
    MAKES,
    TOLD,
    ActivationStatus,
    DraftDecision,
    DraftState,
    MeasureKind,
    together,
)
from app.domain.references import make_reference
from app.domain.sharing import EVERY_PARTNER, NAMED_AGENCIES, Classification, Marking, Tlp, labels
from app.domain.threat_levels import ThreatStatus
from app.models.posture import PostureActivationRow, PosturePlanRow
from app.models.threat_levels import ThreatLevelRow
from app.schemas.pages import Rendered
from app.schemas.posture_activations import DraftDecided, PostureActivation, PostureActivationPage
from app.services import links, past, posture_measures, posture_shortfalls, records
from app.services.accounts import SYSTEM
from app.services.posture_measures import Order

AT_ONCE = 100
ONLY_OWNER = "Only the agency whose plan it is decides its drafts."
NO_SUCH_DRAFT = "There is no draft with this number."
NOT_WAITING = "This draft is decided already: {state}."
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
    secret = max(
        map(Classification, (plan.classification, level.classification)), key=list(Classification).index
    )
    marking = Marking(plan.owner_agency, Tlp.AMBER_STRICT, secret, exercise=plan.exercise)
    values = {
        **marking_columns(marking),
        **{name: getattr(plan, name) for name in ("patrol_plan_ids", "region_code")},
        **{name: getattr(level, name) for name in ("category", "level")},
        **{name: [] for name in MAKES.values()},
        "reference": make_reference("Y"),
        "plan_id": plan.id,
        "plan_name": plan.name,
        "threat_level_id": level.id,
        "status": ActivationStatus.OPEN,
        "drafts": await _drafts(session, plan, posture_shortfalls.Moment(marking, now)),
        "created_at": now,
        "updated_at": now,
    }
    change.create(PostureActivationRow, "posture_activation.drafted", marking, values)
    return change


async def _drafts(
    session: Session, plan: PosturePlanRow, at: posture_shortfalls.Moment
) -> list[dict[str, Any]]:
    stored = plan.measures or ()
    return [
        {
            "number": number,
            "measure": stored[number - 1],
            "state": DraftState.WAITING,
            "shortfall": await posture_shortfalls.found(session, measure, at),
            "reason": None,
            "decided_at": None,
        }
        for number, measure in enumerate(together(stored, plan.patrol_plan_ids), 1)
    ]


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
        raise Conflict(NOT_WAITING, state=draft["state"])
    change = Change(actor, wanted.reason)
    measure = together([each["measure"] for each in drafts], row.patrol_plan_ids)[number - 1]
    made = await posture_measures.carried_out(session, actor, Order(row, measure, wanted, change.at))
    is_done = wanted.decision is DraftDecision.CARRY_OUT
    draft["state"] = DraftState.CARRIED_OUT if is_done else DraftState.DROPPED
    draft |= {"reason": wanted.reason, "decided_at": change.at.isoformat()}
    values: dict[str, Any] = {"drafts": drafts, "updated_at": change.at}
    if all(each["state"] != DraftState.WAITING for each in drafts):
        values |= {"status": ActivationStatus.CLOSED, "ended_at": change.at}
    kind = MeasureKind(measure["kind"])
    if made:
        values[MAKES[kind]] = [*getattr(row, MAKES[kind]), str(made.answer.id)]
    action = TOLD if is_done and kind is MeasureKind.NOTIFICATION else DECIDED
    whole = change.update(row, action, records.subject(row), values)
    change.answer = await links.own(session, actor, PostureActivation.of(whole))
    if made:
        _add(change, made, MAKES[kind])
    return change


def _add(change: Change, made: Change, member: str) -> None:
    """What is made, written with the decision; its link was left out, for it is not in the database yet."""
    change.include(made)
    change.line = made.line
    shown = [*getattr(change.answer, member), made.answer.id]
    change.answer = change.answer.model_copy(update={member: shown})
