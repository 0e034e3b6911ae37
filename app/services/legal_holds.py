"""Legal holds: while one stands, nothing of its record is erased."""

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_
from sqlmodel import col, select

from app.change import Change
from app.database import Session
from app.domain.actors import Actor
from app.domain.errors import Conflict, Forbidden, Invalid, NotFound, PreconditionFailed
from app.models.columns import Record
from app.models.incidents import IncidentRow
from app.models.personal_data import LegalHoldRow
from app.schemas.legal_holds import LegalHold, LegalHoldCreate, LegalHoldLift, LegalHoldPage
from app.services import incident_rules, records

HELD = "Held until {until} by order {order} of {agency}; nothing of it is erased before the hold is lifted."


def standing(now: datetime) -> ColumnElement[bool]:
    """Whether a hold still binds."""
    return and_(col(LegalHoldRow.lifted_at).is_(None), col(LegalHoldRow.until) > now)


async def require_free(session: Session, record_id: UUID) -> None:
    """Raise where a hold stands on the record."""
    query = select(LegalHoldRow).where(col(LegalHoldRow.record_id) == record_id, standing(datetime.now(UTC)))
    held = (await session.exec(query.order_by(col(LegalHoldRow.until).desc()))).first()
    if held is not None:
        until = held.until.date().isoformat()
        raise Conflict(HELD, until=until, order=held.order_number, agency=held.agency)


def may_hold(actor: Actor, row: Record) -> bool:
    """The owner, who leads, and the oversight agency where the owner is accused."""
    if actor.agency == row.owner_agency:
        return True
    if not isinstance(row, IncidentRow):
        return False
    return actor.agency in (row.lead_agency, incident_rules.overseer(row, actor))


async def place(session: Session, actor: Actor, new: LegalHoldCreate) -> Change:
    """A hold on a record and all its parts.

    The record gets a new version: an erasure that is decided at this moment rests on the old one.
    """
    row = await records.named(session, actor, records.BY_TYPE[new.record_type], new.record_id, "/record_id")
    if not may_hold(actor, row):
        raise Forbidden("Only the owner, the lead, or oversight in the owner's place holds a record.")
    change = Change(actor)  # why stands in the hold alone: not all who see the record may know
    if new.until <= change.at:
        raise Invalid.field("/until", "This time has passed already.", "past")
    values = {
        **new.model_dump(),
        "agency": actor.agency,
        "role": actor.role,
        "account": actor.account,
        "created_at": change.at,
    }
    of = records.subject(row)
    hold = change.create_part(LegalHoldRow, "legal_hold.placed", of, values)
    change.update(row, f"{new.record_type}.held", of, {"updated_at": change.at})
    change.answer = LegalHold.of(hold)
    return change


async def lift(
    session: Session, actor: Actor, hold_id: UUID, why: LegalHoldLift, expected: frozenset[int] | None
) -> Change:
    """The agency that placed it lifts it; not where it is accused itself."""
    hold = await session.get(LegalHoldRow, hold_id)
    if hold is None:
        raise NotFound
    row = await records.get(session, actor, records.BY_TYPE[hold.record_type], hold.record_id)
    if expected is not None and hold.version not in expected:
        raise PreconditionFailed("Read the hold again: it has another version now.")
    if hold.agency != actor.agency:
        raise Forbidden("Only the agency that placed a hold lifts it.")
    if isinstance(row, IncidentRow):
        incident_rules.require_impartial(actor, row)
    if hold.lifted_at is not None:
        raise Conflict("This hold is lifted already.")
    change = Change(actor)
    values = {"lifted_at": change.at, "lifted_because": why.reason}
    lifted = change.update(hold, "legal_hold.lifted", records.subject(row), values)
    change.rests_on(row)
    change.answer = LegalHold.of(lifted)
    return change


async def search(
    session: Session, actor: Actor, record_id: UUID | None, cursor: str | None, limit: int
) -> LegalHoldPage:
    """The holds on records that the actor may see."""
    of = records.record_shows(LegalHoldRow, actor)
    if record_id:
        of = of & (col(LegalHoldRow.record_id) == record_id)
    rows, following = await records.part_rows(session, LegalHoldRow, of, cursor, limit)
    return LegalHoldPage(items=[LegalHold.of(row.model_dump()) for row in rows], next=following)
