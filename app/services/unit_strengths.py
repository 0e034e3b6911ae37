"""The strength of units: state, read, list."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import col, select
from uuid_utils.compat import uuid7

from app.change import Change
from app.database import Session
from app.domain.actors import Actor
from app.domain.errors import Conflict, Forbidden, NotFound, PreconditionFailed
from app.domain.references import make_reference
from app.domain.sharing import Marking, may_see
from app.models.agencies import UnitRow
from app.models.deployments import UnitStrengthRow, UnitTurnRow
from app.schemas.history import HistoryPage
from app.schemas.pages import Rendered
from app.schemas.unit_strengths import UnitStrength, UnitStrengthPage, UnitStrengthStatement
from app.services import bookings, past, records
from app.services import history as histories
from app.services.reference import require_region
from app.services.visibility import marking_of, visible

TOO_FEW = "{bound} of this unit are committed at one time; it cannot have fewer."


async def _row(session: Session, actor: Actor, unit: str) -> UnitStrengthRow:
    query = select(UnitStrengthRow).where(col(UnitStrengthRow.unit) == unit, visible(UnitStrengthRow, actor))
    row = (await session.exec(query)).first()
    if row is None:
        raise NotFound
    session.saw(actor, "unit_strength", row)
    return row


async def read(session: Session, actor: Actor, unit: str) -> UnitStrength:
    """The strength of one unit."""
    return UnitStrength.of((await _row(session, actor, unit)).model_dump())


async def read_then(session: Session, actor: Actor, unit: str, moment: datetime) -> Rendered:
    """The same as it stood at a moment."""
    past.check(moment)
    row = await _row(session, actor, unit)
    return past.rendered(await past.subject(session, actor, row.id, moment))


async def history(session: Session, actor: Actor, unit: str, cursor: str | None, limit: int) -> HistoryPage:
    """Every statement of the strength of one unit."""
    row = await _row(session, actor, unit)
    return await histories.history(session, actor, "unit_strength", row.id, cursor, limit)


async def search(
    session: Session, actor: Actor, agency: str | None, cursor: str | None, limit: int
) -> UnitStrengthPage:
    """The strengths that the actor may see, those first stated first."""
    of = visible(UnitStrengthRow, actor)
    if agency:
        of = of & (col(UnitStrengthRow.owner_agency) == agency)
    rows, following = await records.part_rows(session, UnitStrengthRow, of, cursor, limit)
    for row in rows:
        session.saw(actor, "unit_strength", row)
    return UnitStrengthPage(items=[UnitStrength.of(row.model_dump()) for row in rows], next=following)


async def state(
    session: Session,
    actor: Actor,
    unit: str,
    statement: UnitStrengthStatement,
    expected: frozenset[int] | None,
) -> Change:
    """The strength of a unit of the actor's agency, in place of what was stated before."""
    owner = (await session.exec(select(UnitRow.agency).where(col(UnitRow.code) == unit))).first()
    if owner is None:
        raise NotFound
    if owner != actor.agency:
        raise Forbidden("Only the agency of a unit states its strength.")
    found = await bookings.stated(session, unit, actor.exercise)
    known, turn = found or (None, None)
    if known and not may_see(actor, marking_of(known)):
        raise NotFound
    if expected is not None and (known is None or known.version not in expected):
        raise PreconditionFailed("Read the strength again: it has another version now.")
    await require_region(session, statement.region_code)
    change = Change(actor)
    values = {
        **statement.model_dump(),
        "unit": unit,
        "owner_agency": owner,
        "exercise": actor.exercise,
        "updated_at": change.at,
    }
    marking = await records.check_marking(session, actor, values, {})
    records.require_area(actor, statement.region_code)
    if known is None or turn is None:
        row = _first(change, marking, values)
    else:
        change.take_turn(turn)
        bound = await bookings.promised(session, unit, actor.exercise)
        if statement.strength < bound:
            raise Conflict(TOO_FEW, bound=bound)
        row = change.update(known, "unit_strength.stated", records.subject(known, marking), values)
    change.answer = UnitStrength.of(row)
    return change


def _first(change: Change, marking: Marking, values: Mapping[str, Any]) -> dict[str, Any]:
    """The first statement of a unit, with the turn in which the others are decided."""
    new = {"id": uuid7(), "reference": make_reference("U"), "created_at": change.at}
    change.inserts.append((UnitTurnRow, {"id": new["id"], "version": 1}))
    return change.create(UnitStrengthRow, "unit_strength.stated", marking, {**values, **new})
