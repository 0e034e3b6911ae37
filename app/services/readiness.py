"""Readiness orders: issue, revoke, read, list, and which one holds for a unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_
from sqlmodel import col, select

from app.change import Change
from app.database import Session
from app.domain.actors import Actor
from app.domain.calendars import day_of
from app.domain.errors import Conflict, Forbidden, Invalid
from app.domain.readiness import ReadinessStatus, holding
from app.domain.references import make_reference
from app.models.agencies import UnitRow
from app.models.readiness import ReadinessOrderRow
from app.schemas.pages import Rendered
from app.schemas.readiness import (
    ReadinessOrder,
    ReadinessOrderCreate,
    ReadinessOrderPage,
    ReadinessRevocation,
    UnitReadiness,
)
from app.services import links, past, records
from app.services.reference import require_region, require_unit
from app.services.visibility import visible

NOT_YOURS = "Only the agency that has issued an order revokes or supersedes it."
OTHER_UNIT = "{unit} is no unit of your agency; GET /api/v1/agencies/…/units lists them."
TAKEN = "Your agency has an order with the number {number} in {year} already."
HAS_ENDED = "This order has ended already: {status}."
IS_OVER = "The time of this order is over."
NOT_BEFORE = "An order takes over from another no earlier than that one began."


@dataclass(frozen=True, slots=True)
class ReadinessFilter:
    """What is asked for; None asks for everything."""

    agency: str | None = None
    level: Sequence[str] | None = None
    status: Sequence[str] | None = None
    number: str | None = None


async def read(session: Session, actor: Actor, order_id: UUID) -> ReadinessOrder:
    """One order."""
    row = await records.get(session, actor, ReadinessOrderRow, order_id)
    return await links.own(session, actor, ReadinessOrder.of(row.model_dump()))


async def read_then(session: Session, actor: Actor, order_id: UUID, moment: datetime) -> Rendered:
    """The same as it stood at a moment."""
    return past.rendered(await past.record(session, actor, ReadinessOrderRow, order_id, moment))


async def search(
    session: Session, actor: Actor, wanted: ReadinessFilter, cursor: str | None, limit: int
) -> ReadinessOrderPage:
    """The orders that the actor may see, newest first."""
    row = ReadinessOrderRow
    asked: list[Any] = []
    if wanted.agency:
        asked.append(col(row.owner_agency) == wanted.agency)
    if wanted.level:
        asked.append(col(row.level).in_(wanted.level))
    if wanted.status:
        asked.append(col(row.status).in_(wanted.status))
    if wanted.number:
        asked.append(col(row.number) == wanted.number.upper())
    rows, following = await records.newest(session, actor, row, asked, cursor, limit)
    for each in rows:
        session.saw(actor, "readiness_order", each)
    answers = [ReadinessOrder.of(each.model_dump()) for each in rows]
    return ReadinessOrderPage(items=await links.without_hidden(session, actor, answers), next=following)


async def issue(session: Session, actor: Actor, new: ReadinessOrderCreate) -> Change:
    """An order for units of the actor's agency; the one it supersedes ends where it begins."""
    await require_region(session, new.region_code)
    await _require_own(session, actor, new.units)
    change = Change(actor)
    _check_times(new, change.at)
    values = {
        **new.model_dump(),
        "year": new.issued_on.year,
        "status": ReadinessStatus.ISSUED,
        "reference": make_reference("Q"),
        "owner_agency": actor.agency,
        "exercise": actor.exercise,
        "ended_at": None,
        "created_at": change.at,
        "updated_at": change.at,
    }
    marking = await records.check_marking(session, actor, values, {})
    earlier = await _superseded(session, actor, new)
    records.require_area(actor, new.region_code)
    await _require_number(session, actor, new)
    made = change.create(ReadinessOrderRow, "readiness_order.issued", marking, values)
    if earlier:
        _end(change, earlier, ReadinessStatus.SUPERSEDED, new.valid_from)
    change.answer = await links.own(session, actor, ReadinessOrder.of(made))
    return change


async def _require_own(session: Session, actor: Actor, units: Sequence[str] | None) -> None:
    if units is None:
        return
    query = select(UnitRow.code).where(col(UnitRow.code).in_(units), col(UnitRow.agency) == actor.agency)
    own = set((await session.exec(query)).all())
    for place, unit in enumerate(units):
        if unit not in own:
            raise Invalid.field(f"/units/{place}", OTHER_UNIT, "unknown", unit=unit)


def _check_times(new: ReadinessOrderCreate, now: datetime) -> None:
    if new.issued_on > day_of(now):
        raise Invalid.field("/issued_on", "This day is still to come.", "future")
    if new.valid_until and new.valid_until <= new.valid_from:
        raise Invalid.field("/valid_until", "It must come after valid_from.", "order")


async def _superseded(session: Session, actor: Actor, new: ReadinessOrderCreate) -> ReadinessOrderRow | None:
    """The order that ends by the new one; of two at once, the second decides again and finds it ended."""
    if new.supersedes is None:
        return None
    row = await records.named(session, actor, ReadinessOrderRow, new.supersedes, "/supersedes")
    _require_open(actor, row)
    if new.valid_from < row.valid_from:
        raise Invalid.field("/valid_from", NOT_BEFORE, "order")
    if row.valid_until and row.valid_until <= new.valid_from:
        raise Conflict(IS_OVER)
    return row


def _require_open(actor: Actor, row: ReadinessOrderRow) -> None:
    if actor.agency != row.owner_agency:
        raise Forbidden(NOT_YOURS)
    if row.status != ReadinessStatus.ISSUED:
        raise Conflict(HAS_ENDED, status=row.status)


async def _require_number(session: Session, actor: Actor, new: ReadinessOrderCreate) -> None:
    """Not filtered: a number is given once, whoever of the agency may see the order."""
    row = ReadinessOrderRow
    query = select(row.id).where(
        col(row.owner_agency) == actor.agency,
        col(row.exercise) == actor.exercise,
        col(row.year) == new.issued_on.year,
        col(row.number) == new.number,
    )
    if (await session.exec(query)).first():
        raise Conflict(TAKEN, number=new.number, year=new.issued_on.year)


def _end(
    change: Change, row: ReadinessOrderRow, status: ReadinessStatus, ended_at: datetime
) -> dict[str, Any]:
    values = {"status": status, "ended_at": ended_at, "updated_at": change.at}
    return change.update(row, f"readiness_order.{status}", records.subject(row), values)


async def revoke(
    session: Session,
    actor: Actor,
    order_id: UUID,
    asked: ReadinessRevocation,
    expected: frozenset[int] | None,
) -> Change:
    """An order ends now, and no other takes its place."""
    row = await records.get(session, actor, ReadinessOrderRow, order_id, expected)
    _require_open(actor, row)
    records.require_area(actor, row.region_code)
    change = Change(actor, asked.reason)
    if row.valid_until and row.valid_until <= change.at:
        raise Conflict(IS_OVER)
    made = ReadinessOrder.of(_end(change, row, ReadinessStatus.REVOKED, change.at))
    change.answer = await links.own(session, actor, made)
    return change


def in_force(at: datetime) -> list[ColumnElement[bool]]:
    """What holds for an order at a moment at which it is in force."""
    row = ReadinessOrderRow
    return [
        col(row.valid_from) <= at,
        or_(col(row.valid_until).is_(None), col(row.valid_until) > at),
        or_(col(row.ended_at).is_(None), col(row.ended_at) > at),
    ]


async def of_unit(session: Session, actor: Actor, unit: str, at: datetime | None) -> UnitReadiness:
    """The order that holds for a unit at a moment: its own, of a unit above it, or of its whole agency."""
    asked = await require_unit(session, unit, "unit")
    moment, row = at or datetime.now(UTC), ReadinessOrderRow
    query = select(row).where(
        visible(row, actor),
        col(row.owner_agency) == asked.agency,
        *in_force(moment),
    )
    above = await _above(session, asked)
    order = holding((await session.exec(query)).all(), above)
    shown, inherited_from = None, None
    if order:
        session.saw(actor, "readiness_order", order)
        shown = await links.own(session, actor, ReadinessOrder.of(order.model_dump()))
        named = order.units or ()
        if unit not in named:
            inherited_from = next((each for each in above if each in named), asked.agency)
    return UnitReadiness(
        unit=unit,
        agency=asked.agency,
        at=at,
        level=shown.level if shown else None,
        order=shown,
        inherited_from=inherited_from,
    )


async def _above(session: Session, unit: UnitRow) -> list[str]:
    """The unit and those over it, the nearest first."""
    query = select(UnitRow.code, UnitRow.parent).where(col(UnitRow.agency) == unit.agency)
    parents = dict((await session.exec(query)).all())
    found: list[str] = []
    code: str | None = unit.code
    while code and code not in found:  # a tree by what it is meant to be, not by a constraint
        found.append(code)
        code = parents.get(code)
    return found
