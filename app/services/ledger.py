"""The ledger as its readers see it: its size, and the entries that an auditor may read."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_
from sqlalchemy import select as core_select
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from app.database import Session
from app.domain.actors import Actor
from app.domain.field_mask import shown
from app.models.incidents import IncidentLinkRow, IncidentRow
from app.models.ledger import LedgerHeadRow, LedgerRow
from app.reads import Prepared, Reads
from app.schemas.ledger import LedgerEntry, LedgerEntryPage, LedgerHead
from app.schemas.pages import make_cursor, position, read_cursor
from app.services.records import present_shows
from app.services.visibility import visible

LINK = str(IncidentLinkRow.__tablename__)
HEAD = Prepared(core_select(LedgerHeadRow.__table__.c.size))  # type: ignore[attr-defined]
ENTRY_METADATA = frozenset(LedgerEntry.model_fields) - {"agency", "role", "account"}


def who_and_what(entry: LedgerRow, actor: Actor, names: frozenset[str]) -> dict[str, Any]:
    """Metadata of an entry; other agencies see the acting agency and role, not the account."""
    return {
        **entry.model_dump(include=set(names)),
        "agency": entry.agency,
        "role": entry.role,
        "account": entry.account if shown("account", actor, entry) else None,
    }


def far_end_shows(actor: Actor) -> ColumnElement[bool]:
    """Whether an entry about a link leads to what the actor may see now; true of every other entry."""
    target = aliased(IncidentRow)
    shown = (
        select(IncidentLinkRow.id)
        .join(target, col(target.id) == IncidentLinkRow.target_id)
        .where(col(IncidentLinkRow.id) == LedgerRow.subject_id, visible(target, actor))
    )
    return or_(col(LedgerRow.subject_type) != LINK, shown.exists())


async def head(session: Session, actor: Actor) -> LedgerHead:
    """How many entries there are; that number is no secret."""
    return LedgerHead(size=await session.load(ledger_size, 1) or 0)


async def entries(
    session: Session, actor: Actor, record_id: UUID | None, cursor: str | None, limit: int
) -> LedgerEntryPage:
    """The entries that an auditor may read: what the filter shows, and all of the auditor's own agency.

    An entry about a record is shown by its marking only while the record's present marking shows it too.
    """
    own = or_(col(LedgerRow.agency) == actor.agency, col(LedgerRow.owner_agency) == actor.agency)
    query = (
        select(LedgerRow)
        .where(or_(own, visible(LedgerRow, actor) & present_shows(actor) & far_end_shows(actor)))
        .where(col(LedgerRow.exercise) == actor.exercise)
        .order_by(col(LedgerRow.position))
        .limit(limit + 1)
    )
    if record_id:
        query = query.where(LedgerRow.record_id == record_id)
    if after := read_cursor(cursor, position):
        query = query.where(col(LedgerRow.position) > after[0])
    rows = list((await session.exec(query)).all())
    return LedgerEntryPage(
        items=[LedgerEntry(**who_and_what(row, actor, ENTRY_METADATA)) for row in rows[:limit]],
        next=make_cursor(rows[limit - 1].position) if len(rows) > limit else None,
    )


async def ledger_size(reads: Reads, keys: list[int]) -> Mapping[int, int]:
    """How many entries there are, for all who ask at this moment."""
    (head,) = await reads.rows(HEAD, {})
    return dict.fromkeys(keys, head.size)
