"""Carrying out a draft of a posture plan: each kind of measure makes a record by the rules of any other."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from app.change import Change
from app.database import Session
from app.domain.actors import Actor
from app.domain.errors import Conflict, InsufficientScope, Invalid, NotFound
from app.domain.patrols import TimeZone, local_day
from app.domain.posture import NEEDS, OTHERWISE, PATROL_PLAN, TAKES, DraftDecision, MeasureKind, window
from app.domain.sharing import Classification
from app.models.patrols import PatrolPlanRow
from app.models.posture import PostureActivationRow, PosturePlanRow
from app.schemas.assistance import AssistanceRequestCreate
from app.schemas.deployments import DeploymentCreate
from app.schemas.patrols import PatrolCreate
from app.schemas.posture_activations import DraftDecided, PostureActivation
from app.services import assistance, deployments, links, patrols, records

NOT_TAKEN = "Leave this out: a measure of this kind has no such thing, or it is dropped."
HIDDEN_PLAN = "You may not see the patrol plan of this draft: drop it, or have somebody else carry it out."
TOO_LATE = "At most {limit} days from now."
LATEST = timedelta(days=366)
UNCHANGED = ("note", "priority", "quantity", "bases", "basis_note", "controlling_unit", "geometry", "site")


@dataclass(frozen=True, slots=True)
class Order:
    """A measure that a person has decided to carry out, and what it comes from."""

    activation: PostureActivationRow
    measure: Mapping[str, Any]
    wanted: DraftDecided
    now: datetime

    @property
    def region(self) -> str:
        """Where it is to be done."""
        code: str = self.measure["region_code"] or self.activation.region_code
        return code


async def carried_out(session: Session, actor: Actor, order: Order) -> Change | None:
    """What the measure prepared, to be written with the decision; None where nothing is made.

    Raises Forbidden where the actor lacks the permission for what would be made.
    """
    kind, wanted = MeasureKind(order.measure["kind"]), order.wanted
    is_done = wanted.decision is DraftDecision.CARRY_OUT
    if is_done and kind in NEEDS and NEEDS[kind] not in actor.permissions:
        raise InsufficientScope("This needs the permission {scope}.", scope=NEEDS[kind])
    taken = TAKES[kind] if is_done else frozenset()
    for name in sorted(OTHERWISE - taken):
        if getattr(wanted, name) is not None:
            raise Invalid.field(f"/{name}", NOT_TAKEN, "together")
    if wanted.starts_at and wanted.starts_at > order.now + LATEST:
        raise Invalid.field("/starts_at", TOO_LATE, "window", limit=LATEST.days)
    if not is_done or kind not in MAKING:
        return None
    with _as_decided():
        return await MAKING[kind](session, actor, order)


@contextmanager
def _as_decided() -> Iterator[None]:
    """What is found wrong is named by the member of the decision that can mend it, or by the decision."""
    try:
        yield
    except Invalid as refused:
        refused.errors = tuple(
            replace(each, pointer=each.pointer if each.pointer[1:] in OTHERWISE else "/decision")
            for each in refused.errors
        )
        raise


async def _deployment(session: Session, actor: Actor, order: Order) -> Change:
    """A unit of the agency, requested for what threatens."""
    measure, wanted = order.measure, order.wanted
    starts_at = wanted.starts_at or order.now
    plan = await _plan(session, order)
    shown = await links.own(session, actor, PostureActivation.of(order.activation.model_dump()))
    new = DeploymentCreate(
        **{name: measure[name] for name in ("home_unit", "role", "command_relation", "site")},
        **_marking(plan, order),
        strength_planned=wanted.strength_planned or measure["strength_planned"],
        region_code=order.region,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=measure["hours"]),
        threat_level_id=shown.threat_level_id,
    )
    made = await deployments.request(session, actor, new)
    made.rests_on(plan)
    return made


async def _assistance(session: Session, actor: Actor, order: Order) -> Change:
    """A request to other agencies; who is addressed joins the audience of the plan."""
    measure, wanted = order.measure, order.wanted
    plan = await _plan(session, order)
    new = AssistanceRequestCreate(
        **{name: measure[name] for name in UNCHANGED},
        **_marking(plan, order),
        **window(measure, order.now, wanted.starts_at),
        kind=measure["assistance_kind"],
        addressed=wanted.addressed or measure["addressed"],
        region_code=order.region,
    )
    made = await assistance.ask(session, actor, new)
    made.rests_on(plan)
    return made


async def _patrol(session: Session, actor: Actor, order: Order) -> Change:
    """A run of the patrol plan, marked as that is."""
    try:
        plan = await records.get(session, actor, PatrolPlanRow, UUID(order.measure[PATROL_PLAN]))
    except NotFound:
        # The activation is there: a 404 would say that it is not.
        raise Conflict(HIDDEN_PLAN) from None
    today = local_day(order.now, TimeZone(plan.time_zone))
    on_date = order.wanted.on_date or today + timedelta(days=order.measure["in_days"])
    return await patrols.create(session, actor, plan.id, PatrolCreate(on_date=on_date), None)


async def _plan(session: Session, order: Order) -> PosturePlanRow:
    """What the activation came of, whoever may see that."""
    query = select(PosturePlanRow).where(col(PosturePlanRow.id) == order.activation.plan_id)
    return (await session.exec(query)).one()


def _marking(plan: PosturePlanRow, order: Order) -> dict[str, Any]:
    """As the plan is marked now, and as secret as the activation."""
    marked = {name: getattr(plan, name) for name in ("tlp", "audience", "recipients")}
    return {**marked, "classification": Classification(order.activation.classification)}


# A notice makes no record: it is the entry of the decision, see `inbox_notices`.
MAKING: dict[MeasureKind, Callable[[Session, Actor, Order], Awaitable[Change]]] = {
    MeasureKind.ASSISTANCE: _assistance,
    MeasureKind.DEPLOYMENT: _deployment,
    MeasureKind.PATROL: _patrol,
}
