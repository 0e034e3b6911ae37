"""Deployments: request, read, list, change."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import not_, or_
from sqlmodel import col, select
from uuid_utils.compat import uuid7

from app.change import Change
from app.database import Session
from app.domain.actors import Actor
from app.domain.deployment_rights import FIELD_ACTS, FIELD_STEPS, DeploymentAct
from app.domain.deployments import ABSENT, DEPLOYMENT_STEPS, HOLDING, DeploymentStatus
from app.domain.errors import Invalid
from app.domain.references import make_reference
from app.models.deployments import DeploymentRow
from app.models.incidents import IncidentRow
from app.schemas.deployments import (
    Deployment,
    DeploymentChange,
    DeploymentCreate,
    DeploymentPage,
    DeploymentStep,
)
from app.schemas.fields import Point
from app.schemas.pages import Rendered
from app.services import (
    assistance_counts,
    bookings,
    check_ins,
    deployment_relief,
    externals,
    links,
    openings,
    past,
    records,
)
from app.services import deployment_rules as rules
from app.services.reference import require_region
from app.services.visibility import visible

BOOKED = frozenset({"ends_at", "starts_at", "strength_planned"})  # what a booking is made of
COMMAND = frozenset({"controlling_agency", "controlling_unit"})
Expected = frozenset[int] | None


@dataclass(frozen=True, slots=True)
class DeploymentFilter:
    """What a duty officer asks for; None asks for everything."""

    region: str | None = None
    unit: str | None = None
    agency: str | None = None
    role: Sequence[str] | None = None
    status: Sequence[str] | None = None
    active_at: datetime | None = None
    active_from: datetime | None = None
    active_before: datetime | None = None
    incident: UUID | None = None
    reference: str | None = None
    external_source: str | None = None
    external_id: str | None = None
    check_in_overdue: bool | None = None
    relief_arrived: bool | None = None


async def read(session: Session, actor: Actor, deployment_id: UUID) -> Deployment | Rendered:
    """One deployment."""
    row = await openings.get(session, actor, DeploymentRow, deployment_id)
    answer = await links.own(session, actor, Deployment.of(row.model_dump()))
    now = answer.seen_at(datetime.now(UTC))
    if now is answer:
        return answer
    # Time alone has changed it: the version does not tell the two apart.
    return Rendered(now.model_dump_json().encode(), now.version, "overdue")


async def read_then(session: Session, actor: Actor, deployment_id: UUID, moment: datetime) -> Rendered:
    """The same as it stood at a moment."""
    then = await past.record(session, actor, DeploymentRow, deployment_id, moment)
    return past.rendered(then.seen_at(moment) if isinstance(then, Deployment) else then)


async def search(
    session: Session, actor: Actor, wanted: DeploymentFilter, cursor: str | None, limit: int
) -> DeploymentPage:
    """The deployments that the actor may see, newest first."""
    now = datetime.now(UTC)
    asked = _conditions(wanted, actor, now)
    rows, following = await records.newest(session, actor, DeploymentRow, asked, cursor, limit)
    for row in rows:
        session.saw(actor, "deployment", row)
    answers = [Deployment.of(row.model_dump()).seen_at(now) for row in rows]
    return DeploymentPage(items=await links.without_hidden(session, actor, answers), next=following)


def within(region: str) -> Any:
    """Whether a deployment lies in a region."""
    code = col(DeploymentRow.region_code)
    return or_(code == region, code.startswith(f"{region}."))


def _overdue(now: datetime) -> Any:
    """Whether a check-in is overdue (domain.check_ins)."""
    due = col(DeploymentRow.check_in_due_at)
    return due.is_not(None) & (due < now)


def _when(condition: Any, *, so: bool) -> Any:
    return condition if so else not_(condition)


def _conditions(wanted: DeploymentFilter, actor: Actor, now: datetime) -> list[Any]:
    """What the query must hold for, for each thing that was asked."""
    row = DeploymentRow
    starts, ends = col(row.starts_at), col(row.ends_at)
    asked: list[tuple[Any, Callable[[Any], Any]]] = [
        (wanted.region, within),
        (wanted.unit, lambda unit: or_(col(row.home_unit) == unit, col(row.controlling_unit) == unit)),
        (
            wanted.agency,
            lambda agency: or_(col(row.owner_agency) == agency, col(row.controlling_agency) == agency),
        ),
        (wanted.role, col(row.role).in_),
        (wanted.status, col(row.status).in_),
        (wanted.active_at, lambda time: (starts <= time) & (ends > time)),
        (wanted.active_from, lambda time: ends > time),
        (wanted.active_before, lambda time: starts < time),
        (wanted.external_source, lambda source: col(row.external_source) == source),
        (wanted.external_id, lambda identity: col(row.external_id) == identity),
        (wanted.reference, lambda reference: col(row.reference) == reference),
        (wanted.check_in_overdue, lambda is_so: _when(_overdue(now), so=is_so)),
        (wanted.relief_arrived, lambda is_so: _when(deployment_relief.has_arrived(actor), so=is_so)),
        # Asking for what one may not see finds nothing, or the answer would tell of the link.
        (
            wanted.incident,
            lambda incident: (
                (col(row.incident_id) == incident)
                & select(IncidentRow.id)
                .where(col(IncidentRow.id) == incident, visible(IncidentRow, actor))
                .exists()
            ),
        ),
    ]
    return [condition(value) for value, condition in asked if value is not None]


async def request(session: Session, actor: Actor, new: DeploymentCreate) -> Change:
    """A new deployment of a unit of the actor's agency, requested or committed at once."""
    await require_region(session, new.region_code)
    await rules.require_home(session, actor, new.home_unit)
    change = Change(actor)
    given = new.model_dump(exclude={"geometry", *COMMAND, *externals.KEY})
    named = {name: getattr(new, name) for name in COMMAND if getattr(new, name)}
    values = {
        **given,
        **Point.columns(new.geometry),
        **externals.columns(actor, new),
        **(await rules.command(session, named or {"controlling_unit": new.home_unit})),
        "reference": make_reference("D"),
        "owner_agency": actor.agency,
        "exercise": actor.exercise,
        "strength_present": 0,
        "id": uuid7(),
        "created_at": change.at,
        "updated_at": change.at,
    }
    rules.check_values(values, actor.agency_kind)
    await rules.require_links(session, actor, change, given)
    values |= rules.stored_links(given)
    marking = await rules.check_marking(session, actor, values)
    await rules.require_place(session, actor, values)
    values |= await externals.settled(session, actor, DeploymentRow, values, marking)
    await bookings.require_room(session, actor, change, values)
    row = change.create(DeploymentRow, f"deployment.{new.status}", marking, values)
    await deployment_relief.name(session, change, row)
    change.answer = await links.own(session, actor, Deployment.of(row))
    return change


async def change(
    session: Session, actor: Actor, deployment_id: UUID, wanted: DeploymentChange, expected: Expected
) -> Change:
    """New values for some fields, each by the right that it needs."""
    row = await records.get(session, actor, DeploymentRow, deployment_id, expected)
    asked = wanted.model_dump(exclude_unset=True)
    if not asked:
        raise Invalid("The body names nothing to change.")
    await rules.require(session, actor, row, *sorted({FIELD_ACTS[name] for name in asked}))
    given = {name: value for name, value in asked.items() if name not in {"geometry", *COMMAND}}
    if "geometry" in asked:
        given |= Point.columns(wanted.geometry)
    given |= await rules.command(session, {name: asked[name] for name in COMMAND & asked.keys()})
    made = Change(actor)
    after = {**row.model_dump(), **given}
    assistance_counts.require_as_agreed(row, given)
    rules.check_values(after, await rules.kind_of(session, row.owner_agency))
    await rules.require_links(session, actor, made, given)
    given |= rules.stored_links(given)
    marking = await rules.check_marking(session, actor, after)
    if given.keys() & {"region_code", "controlling_agency", "command_relation"}:
        await require_region(session, after["region_code"])
        await rules.require_place(session, actor, after)
    if given.keys() & BOOKED:
        await bookings.require_room(session, actor, made, after, own=row.id)
    given |= await externals.settled(session, actor, DeploymentRow, after, marking)
    if "check_in_minutes" in given:
        given["check_in_due_at"] = check_ins.due(after)
    values = {**given, "updated_at": made.at}
    changed = made.update(row, "deployment.changed", records.subject(row, marking), values)
    await assistance_counts.follow(session, made, row, after)
    made.answer = await links.own(session, actor, Deployment.of(changed))
    return made


async def step(
    session: Session, actor: Actor, deployment_id: UUID, wanted: DeploymentStep, expected: Expected
) -> Change:
    """The next status, if the lifecycle has such a step; one that binds the unit needs room in it."""
    row = await records.get(session, actor, DeploymentRow, deployment_id, expected)
    act = DeploymentAct.FIELD_STEP if wanted.to in FIELD_STEPS else DeploymentAct.STEP
    await rules.require(session, actor, row, act)
    status = DeploymentStatus(row.status)
    if wanted.to not in DEPLOYMENT_STEPS[status]:
        raise records.no_such_step(status, wanted.to, DEPLOYMENT_STEPS[status])
    change = Change(actor, wanted.reason)
    present = wanted.model_dump(include={"strength_present"}, exclude_unset=True)
    if wanted.to in ABSENT:
        present.setdefault("strength_present", 0)
    values = {"status": wanted.to, **present, **_arrival(row, wanted.to, change.at), "updated_at": change.at}
    after = {**row.model_dump(), **values}
    values["check_in_due_at"] = check_ins.due(after)
    rules.check_values(after, await rules.kind_of(session, row.owner_agency))
    if wanted.to in HOLDING and status not in HOLDING:
        await bookings.require_room(session, actor, change, after, own=row.id)
    changed = change.update(row, "deployment.stepped", records.subject(row), values)
    await assistance_counts.follow(session, change, row, after)
    await deployment_relief.follow(session, change, row, changed)
    change.answer = await links.own(session, actor, Deployment.of(changed))
    return change


def _arrival(row: DeploymentRow, to: DeploymentStatus, at: datetime) -> dict[str, datetime | None]:
    """When they came; who is made ready anew has yet to come."""
    if to == DeploymentStatus.MOBILIZING:
        return {"arrived_at": None}
    if to == DeploymentStatus.ON_SCENE and row.arrived_at is None:
        return {"arrived_at": at}
    return {}
