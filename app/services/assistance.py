"""Requests for assistance: ask, read, list, change, end."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import not_, or_
from sqlmodel import col

from app.change import Change
from app.database import Session, holds_code
from app.domain.actors import Actor
from app.domain.assistance import ASSISTANCE_STEPS, AssistanceAct, AssistanceStatus
from app.domain.errors import Conflict, Invalid
from app.domain.references import make_reference
from app.models.assistance import AssistanceRequestRow
from app.schemas.assistance import (
    AssistanceRequest,
    AssistanceRequestChange,
    AssistanceRequestCreate,
    AssistanceRequestPage,
    AssistanceRequestStep,
)
from app.schemas.fields import Point
from app.schemas.pages import Rendered
from app.services import assistance_answers, openings, past, records
from app.services import assistance_rules as rules
from app.services.reference import require_region

Expected = frozenset[int] | None
STILL_ACCEPTED = (
    "{accepted} are accepted: close the request and release them, or have their agencies withdraw them."
)


@dataclass(frozen=True, slots=True)
class AssistanceFilter:
    """What a duty officer asks for; None asks for everything."""

    region: str | None = None
    kind: Sequence[str] | None = None
    priority: Sequence[str] | None = None
    status: Sequence[str] | None = None
    agency: str | None = None
    overdue: bool | None = None
    reference: str | None = None


async def read(session: Session, actor: Actor, request_id: UUID) -> AssistanceRequest:
    """One request."""
    row = await openings.get(session, actor, AssistanceRequestRow, request_id)
    return AssistanceRequest.of(row.model_dump(), datetime.now(UTC))


async def read_then(session: Session, actor: Actor, request_id: UUID, moment: datetime) -> Rendered:
    """The same as it stood at a moment."""
    answer = await past.record(session, actor, AssistanceRequestRow, request_id, moment)
    return past.rendered(AssistanceRequest.model_validate(answer).at(moment))


async def search(
    session: Session, actor: Actor, wanted: AssistanceFilter, cursor: str | None, limit: int
) -> AssistanceRequestPage:
    """The requests that the actor may see, newest first."""
    now = datetime.now(UTC)
    asked = _conditions(wanted, now)
    rows, following = await records.newest(session, actor, AssistanceRequestRow, asked, cursor, limit)
    for row in rows:
        session.saw(actor, "assistance_request", row)
    return AssistanceRequestPage(
        items=[AssistanceRequest.of(row.model_dump(), now) for row in rows], next=following
    )


def _conditions(wanted: AssistanceFilter, now: datetime) -> list[Any]:
    """What the query must hold for, for each thing that was asked."""
    row = AssistanceRequestRow
    code = col(row.region_code)
    late = rules.is_overdue(now)
    asked: list[tuple[Any, Callable[[Any], Any]]] = [
        (wanted.region, lambda region: or_(code == region, code.startswith(f"{region}."))),
        (wanted.kind, col(row.kind).in_),
        (wanted.priority, col(row.priority).in_),
        (wanted.status, col(row.status).in_),
        (
            wanted.agency,
            lambda agency: or_(col(row.owner_agency) == agency, holds_code(col(row.addressed), agency)),
        ),
        (wanted.overdue, lambda is_late: late if is_late else not_(late)),
        (wanted.reference, lambda reference: col(row.reference) == reference),
    ]
    return [condition(value) for value, condition in asked if value is not None]


async def ask(session: Session, actor: Actor, new: AssistanceRequestCreate) -> Change:
    """A new request of the actor's agency, in its own area."""
    await require_region(session, new.region_code)
    change = Change(actor)
    values = {
        **new.model_dump(exclude={"geometry"}),
        **Point.columns(new.geometry),
        "reference": make_reference("A"),
        "owner_agency": actor.agency,
        "exercise": actor.exercise,
        "status": AssistanceStatus.OPEN,
        "accepted_count": 0,
        "present_count": 0,
        "returned_count": 0,
        "created_at": change.at,
        "updated_at": change.at,
    }
    await rules.check_values(session, values)
    values["audience"] = rules.audience(values)
    marking = await rules.check_marking(session, actor, values)
    records.require_area(actor, new.region_code)
    row = change.create(AssistanceRequestRow, "assistance_request.made", marking, values)
    change.answer = AssistanceRequest.of(row, change.at)
    return change


async def change(
    session: Session, actor: Actor, request_id: UUID, wanted: AssistanceRequestChange, expected: Expected
) -> Change:
    """New values for some fields, by the requester; while it is open, or its marking at any time."""
    row = await records.get(session, actor, AssistanceRequestRow, request_id, expected)
    asked = wanted.model_dump(exclude_unset=True)
    if not asked:
        raise Invalid("The body names nothing to change.")
    acts = sorted({rules.FIELD_ACTS[name] for name in asked})
    rules.require(actor, row, *acts)
    if AssistanceAct.DESCRIBE in acts:
        rules.require_open(row)
        records.require_area(actor, row.region_code)
    given = {**asked, **Point.columns(wanted.geometry)} if "geometry" in asked else asked
    given.pop("geometry", None)
    after = {**row.model_dump(), **given}
    if "region_code" in given:
        await require_region(session, after["region_code"])
        records.require_area(actor, after["region_code"])
    await rules.check_values(session, after)
    leaving = [agency for agency in row.addressed if agency not in after["addressed"]]
    await rules.require_free(session, row.id, leaving)
    given["audience"] = after["audience"] = rules.audience(after, leaving)
    marking = await rules.check_marking(session, actor, after)
    made = Change(actor)
    values = {**given, "updated_at": made.at}
    changed = made.update(row, "assistance_request.changed", records.subject(row, marking), values)
    if after["classification"] != row.classification:
        await assistance_answers.marked_along(session, made, row, after["classification"])
    made.answer = AssistanceRequest.of(changed, made.at)
    return made


async def step(
    session: Session, actor: Actor, request_id: UUID, wanted: AssistanceRequestStep, expected: Expected
) -> Change:
    """The requester closes the request, or takes it back while nothing is promised."""
    row = await records.get(session, actor, AssistanceRequestRow, request_id, expected)
    rules.require(actor, row, AssistanceAct.STEP)
    possible = ASSISTANCE_STEPS[AssistanceStatus(row.status)]
    if wanted.to not in possible:
        raise records.no_such_step(row.status, wanted.to, possible)
    if wanted.to == AssistanceStatus.WITHDRAWN and row.accepted_count:
        raise Conflict(STILL_ACCEPTED, accepted=row.accepted_count)
    change = Change(actor, wanted.reason)
    values = {"status": wanted.to, "updated_at": change.at}
    changed = change.update(row, "assistance_request.stepped", records.subject(row), values)
    change.answer = AssistanceRequest.of(changed, change.at)
    return change
