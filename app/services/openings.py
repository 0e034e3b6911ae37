"""What a broken glass shows: one record by its id, to the account that broke it, while the grant lasts."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import TypeVar
from uuid import UUID

from sqlmodel import col, select

from app.access import Access
from app.database import Session
from app.domain.access_log import AccessKind
from app.domain.actors import Actor
from app.domain.break_glass import OPENABLE, Review, Sealed
from app.domain.errors import NotFound
from app.domain.permissions import Permission
from app.models.break_glass import BreakGlassRow
from app.models.columns import Record
from app.services import records
from app.services.visibility import marking_of

R = TypeVar("R", bound=Record)


def may_open(actor: Actor, row: Record) -> bool:
    """Whether the glass before a record may be broken by this actor."""
    about = tuple(getattr(row, "about_agencies", ()))
    return OPENABLE.holds(actor, Sealed(**asdict(marking_of(row)), about_agencies=about))


async def get(session: Session, actor: Actor, table: type[R], record_id: UUID) -> R:
    """The record, if the actor may see it, or has broken the glass before it."""
    try:
        return await records.get(session, actor, table, record_id)
    except NotFound:
        return await opened(session, actor, table, record_id)


async def opened(session: Session, actor: Actor, table: type[R], record_id: UUID) -> R:
    """The record behind broken glass; raises NotFound, and asks the same of the database either way."""
    if Permission.BREAK_GLASS_OPEN not in actor.permissions:
        raise NotFound
    kind = str(table.__tablename__)
    query = (
        select(table, BreakGlassRow)
        .join(BreakGlassRow, col(BreakGlassRow.record_id) == table.id)
        .where(
            col(table.id) == record_id,
            col(BreakGlassRow.account_id) == actor.account_id,
            col(BreakGlassRow.record_type) == kind,
            col(BreakGlassRow.expires_at) > datetime.now(UTC),
            col(BreakGlassRow.review) != Review.CONTESTED,
        )
        .order_by(col(BreakGlassRow.id).desc())
    )
    found = (await session.exec(query)).first()
    if found is None or not may_open(actor, found[0]):
        raise NotFound
    row, grant = found
    session.noted.pop((AccessKind.HIDDEN, row.id), None)
    access = Access.of(AccessKind.BREAK_GLASS_READ, actor, grant.reference)
    session.note(access.to(kind, row.id, row))
    return row
