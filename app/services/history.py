"""Past states of a record, and the ledger as auditors read it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import or_
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, select

from app.change import REASON
from app.database import Session
from app.domain.actors import Actor
from app.domain.permissions import Permission
from app.models.incidents import IncidentLinkRow, IncidentRow
from app.models.ledger import LedgerDisclosureRow, LedgerHeadRow, LedgerRow
from app.schemas.incidents import IncidentHistoryPage, IncidentState
from app.schemas.ledger import LedgerEntry, LedgerEntryPage, LedgerHead
from app.schemas.pages import make_cursor, read_cursor
from app.services import incident_rules as rules
from app.services.visibility import visible

LINK = str(IncidentLinkRow.__tablename__)
PARTY = "incident_party"
INTERNAL = frozenset({"national_id_hash", "account"})


async def incident_history(
    session: Session, actor: Actor, incident_id: UUID, cursor: str | None, limit: int
) -> IncidentHistoryPage:
    """Every state of an incident and its parts that the actor may see, by its marking then and now."""
    await rules.get(session, actor, incident_id)
    query = (
        select(LedgerRow, LedgerDisclosureRow)
        .outerjoin(LedgerDisclosureRow, col(LedgerDisclosureRow.position) == LedgerRow.position)
        .where(LedgerRow.record_id == incident_id, visible(LedgerRow, actor))
        .order_by(col(LedgerRow.position))
        .limit(limit + 1)
    )
    if after := read_cursor(cursor, int):
        query = query.where(col(LedgerRow.position) > after[0])
    rows = list((await session.exec(query)).all())
    shown = rows[:limit]
    hidden = await _hidden_links(
        session, actor, [said for entry, said in shown if entry.subject_type == LINK]
    )
    items = [_state(entry, said, actor) for entry, said in shown if entry.position not in hidden]
    return IncidentHistoryPage(
        items=items, next=make_cursor(shown[-1][0].position) if len(rows) > limit else None
    )


async def _hidden_links(session: Session, actor: Actor, said: list[LedgerDisclosureRow]) -> set[int]:
    """The positions of entries about links whose other end the actor may not see."""
    targets = {each.position: UUID(each.fields["/target_id"][1]) for each in said}
    if not targets:
        return set()
    query = select(IncidentRow.id).where(
        col(IncidentRow.id).in_(targets.values()), visible(IncidentRow, actor)
    )
    seen = set((await session.exec(query)).all())
    return {position for position, target in targets.items() if target not in seen}


def _state(entry: LedgerRow, said: LedgerDisclosureRow | None, actor: Actor) -> IncidentState:
    values = {path: value for path, (_, value) in said.fields.items()} if said else {}
    sealed = entry.subject_type == PARTY and Permission.PARTIES_READ not in actor.permissions
    state = (
        None if sealed else {path[1:]: value for path, value in values.items() if path[1:] not in INTERNAL}
    )
    if state is not None:
        state.pop(REASON[1:], None)
    return IncidentState(
        **_who_and_what(
            entry, actor, frozenset({"position", "at", "action", "subject_type", "subject_id", "version"})
        ),
        reason=values.get(REASON),
        state=state,
    )


def _who_and_what(entry: LedgerRow, actor: Actor, names: frozenset[str]) -> dict[str, Any]:
    """Metadata of an entry; other agencies see the acting agency and role, not the account."""
    return {
        **entry.model_dump(include=set(names)),
        "agency": entry.agency,
        "role": entry.role,
        "account": entry.account if entry.agency == actor.agency else None,
    }


async def head(session: Session, actor: Actor) -> LedgerHead:
    """How many entries there are; that number is no secret."""
    return LedgerHead(size=(await session.exec(select(LedgerHeadRow.size))).one())


async def entries(
    session: Session, actor: Actor, record_id: UUID | None, cursor: str | None, limit: int
) -> LedgerEntryPage:
    """The entries that an auditor may read: what the filter shows, and all of the auditor's own agency.

    An entry about a record is shown by its marking only while the record's present marking shows it too.
    """
    own = or_(col(LedgerRow.agency) == actor.agency, col(LedgerRow.owner_agency) == actor.agency)
    present = select(IncidentRow.id).where(
        col(IncidentRow.id) == LedgerRow.record_id, visible(IncidentRow, actor)
    )
    query = (
        select(LedgerRow)
        .where(or_(own, visible(LedgerRow, actor) & present.exists()))
        .where(col(LedgerRow.exercise) == actor.exercise)
        .order_by(col(LedgerRow.position))
        .limit(limit + 1)
    )
    if record_id:
        query = query.where(LedgerRow.record_id == record_id)
    if after := read_cursor(cursor, int):
        query = query.where(col(LedgerRow.position) > after[0])
    rows = list((await session.exec(query)).all())
    names = frozenset(LedgerEntry.model_fields) - {"agency", "role", "account"}
    return LedgerEntryPage(
        items=[LedgerEntry(**_who_and_what(row, actor, names)) for row in rows[:limit]],
        next=make_cursor(rows[limit - 1].position) if len(rows) > limit else None,
    )


async def ledger_size(connection: AsyncConnection, keys: list[int]) -> Mapping[int, int]:
    """How many entries there are, for all who ask at this moment."""
    size = (await connection.execute(select(col(LedgerHeadRow.size)))).scalar_one()
    return dict.fromkeys(keys, size)
