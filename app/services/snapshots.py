"""The snapshot: everything that a reader may know of at one moment, and the cursor to go on from."""

from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Collection
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, bindparam, func, select

from app.access import Access
from app.database import compact_json, is_one_of
from app.domain.access_log import NOTED, AccessKind
from app.domain.actors import Actor
from app.domain.changes import RecordType
from app.domain.errors import SnapshotRequired
from app.reads import Prepared, Steady
from app.services.changes import Feed
from app.services.feed_cursors import Wanted, wanted
from app.services.ledger import HEAD
from app.services.records import BY_TYPE
from app.services.stretches import NAMED_TYPES, names_of
from app.services.telling import record_json
from app.services.visibility import reader, visible_to_reader

FORMAT = "siaga-snapshot/v1"
ROWS = 500  # in memory at a time
FIRST = UUID(int=0)


async def lines(
    feed: Feed, now: Callable[[], Awaitable[Actor]], types: Collection[RecordType]
) -> AsyncGenerator[bytes]:
    """The snapshot as NDJSON, some hundred lines at a time; whoever stops reading closes it.

    All is read in one transaction, so that it is of one position of the ledger (docs/adr/0024).
    """
    of = wanted(await now(), types)
    export = Access.of(AccessKind.EXPORTED, of.actor, " ".join(sorted(of.types)))
    feed.database.access.note([export])  # before anything leaves
    secret: Counter[str] = Counter()
    try:
        async with feed.database.reads.steady() as steady:
            (head,) = await steady.rows(HEAD, {})
            began = datetime.now(UTC)
            types_of = sorted(of.types) if of.actor.partner else []
            expected = [await _count(steady, of, record_type) for record_type in types_of]
            first = {"format": FORMAT, "at": began.isoformat(), "types": sorted(of.types)}
            yield _line({**first, "count": sum(expected)})
            count = 0
            for record_type in types_of:
                async for some, written in _records(steady, of, record_type, began, secret):
                    if wanted(await now(), types).fingerprint != of.fingerprint:
                        raise SnapshotRequired
                    count += some
                    yield written
            yield _line({"end": True, "count": count, "next": feed.cursors.make(head.size, of)})
    finally:
        feed.database.access.note(
            replace(export, owner_agency=owner, times=times) for owner, times in sorted(secret.items())
        )


async def _count(steady: Steady, of: Wanted, record_type: str) -> int:
    (found,) = await steady.rows(_how_many(record_type), reader(of.actor))
    return int(found.count)


async def _records(
    steady: Steady, of: Wanted, record_type: str, began: datetime, secret: Counter[str]
) -> AsyncIterator[tuple[int, bytes]]:
    """The records of a type in the order of their ids, some at a time: how many, and their lines.

    `secret` counts those of each owner that the access log tells of.
    """
    after, some = FIRST, ROWS
    who = reader(of.actor)
    while some == ROWS:
        rows = await steady.rows(_next(record_type), {**who, "after": after, "most": ROWS})
        some = len(rows)
        if not rows:
            return
        after = rows[-1].id
        shown = await _shown(steady, who, record_type, rows)
        written = [_record(record_type, row, record_json(record_type, row, shown, began)) for row in rows]
        secret.update(row.owner_agency for row in rows if NOTED.holds(None, row))
        yield some, b"".join(written)


async def _shown(steady: Steady, who: dict[str, Any], record_type: str, rows: list[Any]) -> set[UUID]:
    """Which of the records that these name the reader may know of, at the same moment."""
    named = {each for row in rows for each in names_of(record_type, row)}
    shown: set[UUID] = set()
    for kind in NAMED_TYPES:
        if ids := [each for its, each in named if its == kind]:
            shown |= {row.id for row in await steady.rows(_visible(kind), {**who, "ids": ids})}
    return shown


@cache
def _how_many(record_type: str) -> Prepared:
    columns = BY_TYPE[record_type].__table__.c  # type: ignore[attr-defined]
    return Prepared(select(func.count(columns.id).label("count")).where(visible_to_reader(columns)))


@cache
def _next(record_type: str) -> Prepared:
    table = BY_TYPE[record_type].__table__  # type: ignore[attr-defined]
    after = table.c.id > bindparam("after", type_=table.c.id.type)
    query = select(table).where(after, visible_to_reader(table.c)).order_by(table.c.id)
    return Prepared(query.limit(bindparam("most", type_=Integer)))


@cache
def _visible(record_type: str) -> Prepared:
    columns = BY_TYPE[record_type].__table__.c  # type: ignore[attr-defined]
    return Prepared(select(columns.id).where(is_one_of(columns.id, "ids"), visible_to_reader(columns)))


def _record(record_type: str, row: Any, record: bytes) -> bytes:
    head = f'{{"record_type":"{record_type}","id":"{row.id}","version":{row.version},"record":'
    return b"%b%b}\n" % (head.encode(), record)


def _line(said: dict[str, Any]) -> bytes:
    return compact_json(said).encode() + b"\n"
