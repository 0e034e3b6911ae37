"""Check-ins: where personnel in the field were and when; the deployment shows the newest."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import col

from app.change import Change
from app.database import Session
from app.domain.actors import Actor
from app.domain.check_ins import ACCEPTED, due_at
from app.domain.deployment_rights import DeploymentAct
from app.domain.errors import Conflict, Invalid
from app.models.deployments import CheckInRow, DeploymentRow
from app.schemas.check_ins import CheckIn, CheckInCreate, CheckInPage
from app.schemas.fields import Point
from app.services import deployment_rules as rules
from app.services import records

CLOCK_SKEW = timedelta(minutes=5)
NOT_THERE = "Nobody checks in while it is {status}, or before it has arrived."


async def check_ins(
    session: Session, actor: Actor, deployment_id: UUID, cursor: str | None, limit: int
) -> CheckInPage:
    """Where the personnel of a deployment have been."""
    row = await records.get(session, actor, DeploymentRow, deployment_id)
    of = col(CheckInRow.deployment_id) == row.id
    rows, following = await records.part_rows(session, CheckInRow, of, cursor, limit)
    return CheckInPage(items=[CheckIn.of(each.model_dump()) for each in rows], next=following)


async def check_in(
    session: Session,
    actor: Actor,
    deployment_id: UUID,
    new: CheckInCreate,
    expected: frozenset[int] | None,
) -> Change:
    """A new check-in; it is the deployment's newest, unless it comes late."""
    row = await records.get(session, actor, DeploymentRow, deployment_id, expected)
    await rules.require(session, actor, row, DeploymentAct.CHECK_IN)
    change = Change(actor)
    at = new.checked_in_at or change.at
    _check_time(row, at)
    values = {
        "deployment_id": row.id,
        "checked_in_at": at,
        **Point.columns(new.geometry),
        "accuracy_meters": new.accuracy_meters,
        "agency": actor.agency,
        "role": actor.role,
        "account": actor.account,
        "created_at": change.at,
    }
    of = records.subject(row)
    change.answer = CheckIn.of(change.create_part(CheckInRow, "deployment.checked_in", of, values))
    if row.checked_in_at is None or at > row.checked_in_at:
        newest = {**row.model_dump(), "checked_in_at": at}
        shown = {"checked_in_at": at, "check_in_due_at": due(newest), "updated_at": change.at}
        change.update(row, "deployment.changed", of, shown)
    else:
        change.rests_on(row)
    return change


def _check_time(row: DeploymentRow, at: datetime) -> None:
    """Raise where they have not arrived, or cannot have been there at that time."""
    if row.arrived_at is None or row.status not in ACCEPTED:
        raise Conflict(NOT_THERE, status=row.status)
    if at > datetime.now(UTC) + CLOCK_SKEW:
        raise Invalid.field("/checked_in_at", "This time is still to come.", "future")
    if at < row.arrived_at:
        raise Invalid.field("/checked_in_at", "They had not arrived by then.", "arrival")


def due(values: Mapping[str, Any]) -> datetime | None:
    """When the next check-in is due, from the columns of a deployment as they will be."""
    return due_at(values["status"], values["check_in_minutes"], values["arrived_at"], values["checked_in_at"])
