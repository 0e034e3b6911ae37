"""The lane: one writer for each worker; the changes that gathered while it committed are written together.

A batch is one transaction with few statements: guarded rows in key order (so that two lanes never wait for
each other in a circle), inserts by table, then the head row of the ledger last, which gives the positions,
and with them the leaves of the tree.
"""

import asyncio
import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError, StatementError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import SQLModel, col

from app.change import Change, Guard, Update
from app.database import Database
from app.domain.errors import Unavailable
from app.entries import insert_rows, write_entries
from app.forgetting import forget
from app.models import EXPIRING
from app.models.ledger import LedgerHeadRow
from app.models.operations import IdempotencyRow
from app.tree.leaves import Draft, Leaves

log = logging.getLogger("siaga.lane")

BATCH_LIMIT = 256
BATCH_SECONDS = 30
IDLE_SECONDS = 5
ROLLED_BACK = frozenset({"23", "40"})  # SQLSTATE classes: a constraint; serialization failure, deadlock
REFUSALS = ROLLED_BACK | {"22", "42"}  # a value, a statement


class Stale(Exception):  # noqa: N818 - a state, not a fault
    """Something the change rests on has changed: decide again."""


# What goes wrong before the database is asked: nothing was sent for it, so the others are tried without it.
OUR_OWN = (Stale, StatementError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


@dataclass(slots=True)
class Work:
    """A change on its way through the lane."""

    change: Change
    idempotency: Mapping[str, Any] | None
    position: int = -1
    done: asyncio.Future[None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())

    def fail(self, error: BaseException) -> None:
        """Tell the caller, who may have gone."""
        if not self.done.done():
            self.done.set_exception(error)
            self.done.exception()


class Lane:
    """Writes changes in batches; nothing is acknowledged before the commit."""

    def __init__(
        self, database: Database, leaves: Leaves | None = None, committed: Callable[[], None] | None = None
    ) -> None:
        self._database = database
        self._leaves = leaves or Leaves()
        self._committed = committed  # wakes those who wait for the ledger to grow
        self._queue: asyncio.Queue[Work] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to write."""
        self._task = asyncio.create_task(self._run(), name="lane")

    async def stop(self) -> None:
        """Write what is waiting, then end."""
        await self._queue.join()
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def write(self, change: Change, idempotency: Mapping[str, Any] | None = None) -> int:
        """Write one change; the position of its first entry, -1 where it has none.

        Raises `Stale` where it must be decided again, `Unavailable` where nobody knows what became of it.
        """
        work = Work(change, idempotency)
        work.done.add_done_callback(lambda _: self._queue.task_done())
        self._queue.put_nowait(work)
        await asyncio.shield(work.done)
        return work.position

    async def _run(self) -> None:
        while True:
            batch = [await self._queue.get()]
            try:
                async with self._database.engine.connect() as connection:
                    try:
                        await self._serve(connection, batch)
                    except Exception:
                        await connection.invalidate()  # whatever state it is in, nobody uses it again
                        raise
            except Exception:
                # The connection is lost, perhaps during COMMIT: nobody knows, so nobody is told "yes".
                log.exception("the lane lost its connection")
                for work in batch:
                    work.fail(Unavailable("The database did not answer; try again with the same key."))

    async def _serve(self, connection: AsyncConnection, batch: list[Work]) -> None:
        """Batch after batch on one held connection, until there is nothing to do for a while."""
        while batch:
            while len(batch) < BATCH_LIMIT and not self._queue.empty():
                batch.append(self._queue.get_nowait())
            await write_batch(connection, batch, self._leaves)
            if self._committed:
                self._committed()
            batch.clear()
            try:
                batch.append(await asyncio.wait_for(self._queue.get(), IDLE_SECONDS))
            except TimeoutError:
                return


async def write_batch(connection: AsyncConnection, batch: list[Work], leaves: Leaves) -> None:
    """All in one transaction; where the database refuses it, each alone: only the guilty one fails."""
    is_written = False
    try:
        async with asyncio.timeout(BATCH_SECONDS), connection.begin():
            await _write(connection, batch, leaves)
            is_written = True
    except Exception as error:
        # At COMMIT only the database's own word counts: any other failure may have come after it.
        if not is_refusal(error) or (is_written and not isinstance(error, DBAPIError)):
            raise
        # Where COMMIT itself is refused, SQLite leaves the transaction open and SQLAlchemy thinks it closed.
        await connection.run_sync(lambda held: held.connection.rollback())
        if len(batch) == 1:
            batch[0].fail(verdict(error))
            return
        for work in batch:
            await write_batch(connection, [work], leaves)
    else:
        for work in batch:
            if not work.done.done():
                work.done.set_result(None)


def is_refusal(error: Exception) -> bool:
    """Whether the batch was rolled back for certain and the connection is sound."""
    if not isinstance(error, DBAPIError):
        return isinstance(error, OUR_OWN)
    if error.connection_invalidated:
        return False
    state = sqlstate(error)
    if state:
        return state[:2] in REFUSALS
    return isinstance(error, IntegrityError | DataError | ProgrammingError)


def sqlstate(error: Exception) -> str:
    """What PostgreSQL calls the fault; empty on SQLite."""
    return getattr(getattr(error, "orig", None), "sqlstate", None) or ""


def verdict(error: Exception) -> Exception:
    """What the guilty change is told: decide again, where the state of other rows was the reason."""
    if isinstance(error, IntegrityError) or sqlstate(error)[:2] in ROLLED_BACK:
        log.info("decide again: %s", fault(error))
        return Stale(fault(error))
    return error


def fault(error: Exception) -> str:
    """What the database refused, without the values that PostgreSQL's text repeats."""
    said = getattr(error, "orig", None)
    constraint = getattr(getattr(said, "__cause__", None), "constraint_name", None)
    return constraint or sqlstate(error) or str(said or type(error).__name__)


async def _write(connection: AsyncConnection, batch: list[Work], leaves: Leaves) -> None:
    # What can be made before a row is held is made before.
    drafts = [leaves.draft(entry) for work in batch for entry in work.change.entries]
    for table, dataset in [each for work in batch for each in work.change.unloads]:
        await connection.execute(delete(table).where(table.dataset == dataset))
    # Held rows first: one that makes room in a unique key must do so before its successor comes.
    held: list[Guard | Update] = [update for work in batch for update in work.change.updates]
    held += [guard for work in batch for guard in work.change.guards]
    for guard in sorted(held, key=lambda each: (str(each.table.__tablename__), each.id)):
        await _hold(connection, guard)
    for table, rows in _inserts(batch):
        if table in EXPIRING:
            over = SQLModel.metadata.tables[str(table.__tablename__)].c.expires_at <= datetime.now(UTC)
            await connection.execute(delete(table).where(over))
        await insert_rows(connection, table, rows)
    for table, rows in _last_words(batch):
        await connection.execute(_upsert(connection.dialect.name, table), rows)
    await forget(connection, [each for work in batch for each in work.change.forgotten])
    if drafts:  # else nothing that the ledger tells of
        await _append(connection, batch, drafts, leaves)
    if keys := [{"position": work.position, **work.idempotency} for work in batch if work.idempotency]:
        over = col(IdempotencyRow.expires_at) <= datetime.now(UTC)
        await connection.execute(
            delete(IdempotencyRow).where(over)
        )  # a key counts anew when its time is over
        await connection.execute(insert(IdempotencyRow), keys)


def _inserts(batch: list[Work]) -> list[tuple[type[SQLModel], list[Mapping[str, Any]]]]:
    """The rows to insert, grouped by table, parents before their parts."""
    by_table: dict[type[SQLModel], list[Mapping[str, Any]]] = {}
    for work in batch:
        for table, row in work.change.inserts:
            by_table.setdefault(table, []).append(row)
    order = {table.name: rank for rank, table in enumerate(SQLModel.metadata.sorted_tables)}
    return sorted(by_table.items(), key=lambda each: order[str(each[0].__tablename__)])


def _last_words(batch: list[Work]) -> Iterator[tuple[type[SQLModel], list[Mapping[str, Any]]]]:
    """Rows in which only the newest value counts, in the order of their keys; nothing rests on them."""
    by_key: dict[tuple[Any, ...], tuple[type[SQLModel], Mapping[str, Any]]] = {}
    for table, row in [each for work in batch for each in work.change.last_words]:
        by_key[table.__tablename__, *(str(row[key.name]) for key in _keys(table))] = (table, row)
    for _, (table, row) in sorted(by_key.items(), key=lambda each: each[0]):
        yield table, [row]


def _keys(table: type[SQLModel]) -> list[Any]:
    return list(table.__table__.primary_key)  # type: ignore[attr-defined]


def _upsert(dialect: str, table: type[SQLModel]) -> Any:
    statement = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    values = {each.name: each for each in statement.excluded if not each.primary_key}
    return statement.on_conflict_do_update(index_elements=_keys(table), set_=values)


async def _hold(connection: AsyncConnection, guard: Guard | Update) -> None:
    """Write the row, or hold it as it is; either way it must still have the version that was read."""
    identity, version = col(guard.table.id), col(guard.table.version)
    if isinstance(guard, Update):
        statement = update(guard.table).where(identity == guard.id, version == guard.version)
        held = (await connection.execute(statement.values(guard.values))).rowcount
    else:
        seen = select(identity).where(identity == guard.id, version == guard.version)
        held = len((await connection.execute(seen.with_for_update(read=True))).all())
    if held != 1:
        raise Stale(f"{guard.table.__tablename__} {guard.id} is no longer at version {guard.version}")


async def _append(
    connection: AsyncConnection, batch: list[Work], drafts: list[Draft], leaves: Leaves
) -> None:
    """The entries, at the positions that the head row gives: without a gap, in the order of commits."""
    size = col(LedgerHeadRow.size)
    grow = update(LedgerHeadRow).values(size=size + len(drafts)).returning(size)
    first = position = (await connection.execute(grow)).scalar_one() - len(drafts)
    for work in batch:
        if work.change.entries:
            work.position = position
            position += len(work.change.entries)
    grown = await leaves.rows(connection, first, drafts)
    await write_entries(connection, first, drafts, grown)
    for work in batch:
        if work.change.entries:
            work.change.leaf = grown[work.position - first]["hash"]
