"""Whether a unit has room for a deployment: what it has, what it has promised, and whose turn it is.

These look at all deployments of a unit, seen or not by who asks, and let out nothing but a number.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from app.change import Change
from app.database import Session
from app.domain.actors import Actor
from app.domain.bookings import Booking, peak
from app.domain.deployments import HOLDING
from app.domain.errors import Conflict, Invalid
from app.models.deployments import DeploymentRow, UnitStrengthRow, UnitTurnRow

TURNS = "turns"  # that decisions of the same session have taken
NO_STRENGTH = "The strength of this unit has not been stated; PUT /api/v1/units/{unit}/strength states it."


async def stated(session: Session, unit: str, exercise: str) -> tuple[UnitStrengthRow, UnitTurnRow] | None:
    """What the unit has, and its turn; read both before the bookings, or one that comes between is missed."""
    query = (
        select(UnitStrengthRow, UnitTurnRow)
        .join(UnitTurnRow, col(UnitTurnRow.id) == col(UnitStrengthRow.id))
        .where(col(UnitStrengthRow.unit) == unit, col(UnitStrengthRow.exercise) == exercise)
    )
    return (await session.exec(query)).first()


async def promised(
    session: Session,
    unit: str,
    exercise: str,
    window: tuple[datetime, datetime] | None = None,
    without: UUID | None = None,
) -> int:
    """The most that the unit's deployments hold at any one moment of a window; without one, ever."""
    query = select(DeploymentRow.starts_at, DeploymentRow.ends_at, DeploymentRow.strength_planned).where(
        col(DeploymentRow.home_unit) == unit,
        col(DeploymentRow.exercise) == exercise,
        col(DeploymentRow.status).in_(HOLDING),
    )
    if window:
        query = query.where(col(DeploymentRow.starts_at) < window[1], col(DeploymentRow.ends_at) > window[0])
    if without:
        query = query.where(col(DeploymentRow.id) != without)
    beside = session.decided.get((unit, exercise), {})
    if changed := [each for each, (is_new, _) in beside.items() if not is_new]:
        query = query.where(col(DeploymentRow.id).not_in(changed))
    held = [Booking(*row) for row in (await session.exec(query)).all()]
    held += [booking for each, (_, booking) in beside.items() if booking and each != without]
    return peak(held, *(window or ()))


def reckon(session: Session, change: Change) -> None:
    """Let the decisions that follow in this session count this one, though it is not written yet."""
    made = [(True, row) for table, row in change.inserts if table is DeploymentRow]
    for update in change.updates:
        if update.table is DeploymentRow and update.id == change.answer.id:  # not the one that it relieves
            made.append((False, change.answer.model_dump() | update.values | {"id": update.id}))
        elif update.table is UnitTurnRow:
            session.decided.setdefault(TURNS, {})[update.id] = True
    for is_new, row in made:
        holds = row["status"] in HOLDING
        booking = Booking(row["starts_at"], row["ends_at"], row["strength_planned"]) if holds else None
        unit = session.decided.setdefault((row["home_unit"], row["exercise"]), {})
        unit[row["id"]] = (is_new, booking)


async def require_room(
    session: Session, actor: Actor, change: Change, after: Mapping[str, Any], own: UUID | None = None
) -> None:
    """Raise where the unit has fewer than planned, or, if the deployment holds it, fewer left at that time.

    The change is written only if nobody decided over the unit meanwhile.
    """
    unit, planned = after["home_unit"], after["strength_planned"]
    found = await stated(session, unit, actor.exercise)
    if found is None:
        raise Conflict(NO_STRENGTH, unit=unit)
    strength, turn = found
    if planned > strength.strength:
        raise Invalid.field("/strength_planned", "The unit has fewer personnel than that.", "strength")
    if after["status"] not in HOLDING:
        return
    if turn.id not in session.decided.get(TURNS, ()):
        change.take_turn(turn)
    window = (after["starts_at"], after["ends_at"])
    left = strength.strength - await promised(session, unit, actor.exercise, window, own)
    if planned > left:
        raise Conflict("Of this unit {left} are left in that time.", left=max(left, 0))
