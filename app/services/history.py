"""Past states of a record and its parts, by their marking then and now."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlmodel import col, select

from app.access import Access
from app.change import REASON
from app.database import Session
from app.domain.access_log import AccessKind
from app.domain.actors import Actor
from app.domain.field_mask import SEALED, is_sealed
from app.models.ledger import LedgerDisclosureRow, LedgerRow
from app.schemas.history import HistoryPage, RecordState
from app.schemas.pages import make_cursor, position, read_cursor
from app.services import links, records, restrictions
from app.services.ledger import far_end_shows, who_and_what
from app.services.subjects import as_answered, erased_paths
from app.services.visibility import visible

STATE_METADATA = frozenset({"position", "at", "action", "subject_type", "subject_id", "version"})


async def history(
    session: Session, actor: Actor, record_type: str, record_id: UUID, cursor: str | None, limit: int
) -> HistoryPage:
    """Every state of a record and its parts that the actor may see, by its marking then and now."""
    await records.get(session, actor, records.BY_TYPE[record_type], record_id)
    query = (
        select(LedgerRow, LedgerDisclosureRow)
        .outerjoin(LedgerDisclosureRow, col(LedgerDisclosureRow.position) == LedgerRow.position)
        .where(LedgerRow.record_id == record_id, visible(LedgerRow, actor), far_end_shows(actor))
        .order_by(col(LedgerRow.position))
        .limit(limit + 1)
    )
    if after := read_cursor(cursor, position):
        query = query.where(col(LedgerRow.position) > after[0])
    rows = list((await session.exec(query)).all())
    shown = rows[:limit]
    states = [_state(entry, said, actor) for entry, said in shown]
    _note(session, actor, shown)
    said_so = await links.without_hidden(session, actor, states)
    said_so = await restrictions.withheld(session, actor, said_so)
    return HistoryPage(
        items=[_told(entry, said, state, actor) for (entry, said), state in zip(shown, said_so, strict=True)],
        next=make_cursor(shown[-1][0].position) if len(rows) > limit else None,
    )


def _note(session: Session, actor: Actor, shown: Sequence[tuple[LedgerRow, Any]]) -> None:
    """What the access log is to tell: what was secret then though it is not now, and persons."""
    for entry, said in shown:
        session.saw(actor, entry.record_type, entry, entry.record_id)
        if entry.subject_type in SEALED and _state(entry, said, actor):
            access = Access.of(AccessKind.PARTIES_READ, actor)
            session.note(access.to(entry.record_type, entry.record_id, entry))


def _state(entry: LedgerRow, said: LedgerDisclosureRow | None, actor: Actor) -> BaseModel | None:
    if said is None or is_sealed(entry.subject_type, actor):
        return None
    return as_answered(entry, said)


def _told(
    entry: LedgerRow, said: LedgerDisclosureRow | None, state: BaseModel | None, actor: Actor
) -> RecordState:
    reason = said.fields.get(REASON) if said else None
    return RecordState(
        **who_and_what(entry, actor, STATE_METADATA),
        reason=reason[1] if reason else None,
        erased=erased_paths(said) if said and (state or SEALED.get(entry.subject_type) is None) else [],
        state=state.model_dump(mode="json") if state else None,
    )
