"""The access log: what auditors read of it, what the ledger is told of it, and whether the two agree."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from app.access import as_chained
from app.change import Change, Subject
from app.database import Session
from app.domain.access_log import FIRST, READABLE, AccessKind, chained
from app.domain.actors import Actor
from app.domain.field_mask import shown
from app.domain.sharing import Classification, Marking, Tlp
from app.models.access_log import AccessCommitRow, AccessHeadRow, AccessRow
from app.models.ledger import LedgerDisclosureRow, LedgerRow
from app.schemas.access_log import AccessEntry, AccessPage
from app.schemas.pages import make_cursor, read_cursor
from app.services.accounts import SYSTEM
from app.services.visibility import asked_of, said

COMMIT_ID = UUID(int=1)
AT_ONCE = 1_000
# Of the host, which is no partner: in nobody's feed, inbox or history.
MARKING = Marking(SYSTEM.agency, Tlp.AMBER_STRICT, Classification.BIASA)
ABOUT = Subject(str(AccessCommitRow.__tablename__), COMMIT_ID, MARKING, MARKING)


@dataclass(frozen=True, slots=True)
class AccessFilter:
    """What an auditor asks for; None asks for everything."""

    kind: Sequence[AccessKind] | None = None
    account: str | None = None
    record_id: UUID | None = None
    since: datetime | None = None
    before: datetime | None = None


async def search(
    session: Session, actor: Actor, wanted: AccessFilter, cursor: str | None, limit: int
) -> AccessPage:
    """What the actor's own accounts did, and what was done to its agency's records; newest first."""
    row = AccessRow
    query = select(row).where(said(READABLE, row, asked_of(actor)), *_conditions(wanted, actor))
    if before := read_cursor(cursor, UUID):
        query = query.where(col(row.id) < before[0])
    rows = list((await session.exec(query.order_by(col(row.id).desc()).limit(limit + 1))).all())
    return AccessPage(
        items=[_told(each, actor) for each in rows[:limit]],
        next=make_cursor(rows[limit - 1].id) if len(rows) > limit else None,
    )


def _conditions(wanted: AccessFilter, actor: Actor) -> list[Any]:
    row = AccessRow
    conditions: list[Any] = []
    if wanted.kind:
        conditions.append(col(row.kind).in_(wanted.kind))
    if wanted.account:  # others' accounts are not named, so they cannot be asked for
        conditions += [col(row.account) == wanted.account, col(row.agency) == actor.agency]
    if wanted.record_id:
        conditions.append(col(row.record_id) == wanted.record_id)
    if wanted.since:
        conditions.append(col(row.at) >= wanted.since)
    if wanted.before:
        conditions.append(col(row.at) < wanted.before)
    return conditions


def _told(row: AccessRow, actor: Actor) -> AccessEntry:
    """Other agencies see who acted by agency and role, not the account."""
    account = row.account if shown("account", actor, row) else None
    return AccessEntry.model_validate({**row.model_dump(), "account": account})


async def _begun(session: Session) -> datetime | None:
    """When the first row of the log was written."""
    return (await session.exec(select(AccessRow.at).where(AccessRow.number == 0))).first()


async def due(session: Session, now: datetime, seconds: float) -> list[Change]:
    """An entry with the count and the hash of the rows that the ledger has not been told of, if it is time.

    The version of the one row makes sure that only one worker writes it.
    """
    head = (await session.exec(select(AccessHeadRow))).one()
    row = await session.get(AccessCommitRow, COMMIT_ID)
    told = row.size if row else 0
    if head.size == told:
        return []
    since = row.committed_at if row else await _begun(session)
    if since and since + timedelta(seconds=seconds) > now:
        return []
    change = Change(SYSTEM, at=now)
    values = {"size": head.size, "row_count": head.size - told, "hash": head.hash, "committed_at": now}
    if row:
        change.update(row, "access.committed", ABOUT, values)
    else:
        change.create_part(AccessCommitRow, "access.committed", ABOUT, {**values, "id": COMMIT_ID})
    return [change]


async def verify(session: Session) -> list[str]:
    """What of the access log is not as the ledger was told; empty where all is."""
    query = (
        select(LedgerRow.position, LedgerDisclosureRow.fields)
        .join(LedgerDisclosureRow, col(LedgerDisclosureRow.position) == LedgerRow.position)
        .where(col(LedgerRow.record_type) == ABOUT.record_type)
        .order_by(col(LedgerRow.position))
    )
    told = [
        (fields["/size"][1], fields["/hash"][1], f"entry {position}")
        for position, fields in (await session.exec(query)).all()
    ]
    size, last = (await session.exec(select(AccessHeadRow.size, AccessHeadRow.hash))).one()
    marks = [(0, FIRST, "the beginning"), *told, (size, last, "the head row")]
    return await _compare(session, marks)


async def _compare(session: Session, marks: list[tuple[int, str, str]]) -> list[str]:
    """The stretches of rows that do not lead from one mark to the next; each is looked at by itself."""
    faults = []
    for (begin, before, _), (end, wanted, by) in pairwise(marks):
        number, last = begin, before
        async for row in _rows(session, begin, end):
            if row.number != number:
                break
            number, last = number + 1, chained(last, as_chained(row.model_dump()))
        if (number, last) != (end, wanted):
            faults.append(f"rows {begin} to {end - 1} are not those of {by}")
    # Both in one statement: the log may grow meanwhile.
    newest = select(func.max(AccessRow.number)).scalar_subquery()
    size, number = (await session.exec(select(AccessHeadRow.size, newest))).one()
    if number is not None and number >= size:
        faults.append(f"it has rows after the {size} that its head row counts")
    return faults


async def _rows(session: Session, begin: int, end: int) -> AsyncIterator[AccessRow]:
    number = col(AccessRow.number)
    for start in range(begin, end, AT_ONCE):
        until = min(start + AT_ONCE, end)
        query = select(AccessRow).where(number >= start, number < until).order_by(number)
        for row in (await session.exec(query)).all():
            yield row
        session.expunge_all()
