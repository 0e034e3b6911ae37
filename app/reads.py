"""Hot reads: statements compiled once, on connections that are held, shared by all who ask at one moment."""

import asyncio
import sqlite3
import time
from collections import namedtuple
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, Generic, NamedTuple, TypeVar

import asyncpg  # type: ignore[import-untyped]
from sqlalchemy import Dialect, Select
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

K = TypeVar("K")
V = TypeVar("V")

FLOAT8 = 701  # PostgreSQL's number of the type; only numeric columns ask, and ours are all of this one
# How a transaction begins in which nothing that others commit is seen; SQLite's write-ahead log is always so.
STEADY = {"postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY", "sqlite": "BEGIN"}
HELD = 4  # of the pool's connections; one worker keeps no more of them busy
HungUp = asyncpg.InternalClientError  # by the server, between two steps of one statement
DRIVER_FAILURES = (asyncpg.PostgresError, asyncpg.InterfaceError, HungUp, sqlite3.Error, OSError)


class Compiled(NamedTuple):
    """A statement as the driver takes it, and how values go in and come out."""

    text: str
    fixed: Mapping[str, Any]
    ingoing: list[tuple[str, Callable[[Any], Any] | None]]
    outgoing: list[tuple[int, Callable[[Any], Any]]]


row_type: Any = partial(namedtuple, "Row")  # noqa: PYI024 - its columns are known at run time


class Prepared:
    """A Core statement that is compiled once; all that varies in it is a `bindparam`.

    SQLAlchemy's own execution walks the statement each time, which costs more than a short query does.
    """

    def __init__(self, statement: Select[Any]) -> None:
        self._statement = statement
        self._columns = list(statement.selected_columns)
        self._make_row = row_type([str(each.key) for each in self._columns])._make
        self._compiled: dict[str, Compiled] = {}

    async def rows(self, connection: Any, dialect: Dialect, values: Mapping[str, Any]) -> list[Any]:
        """All rows, as named tuples; `connection` is the driver's own."""
        compiled, given = self.ready(dialect, values)
        if dialect.name == "sqlite":
            found = await connection.execute_fetchall(compiled.text, given)
        else:
            found = await connection.fetch(compiled.text, *given)
        if not compiled.outgoing:
            return [self._make_row(row) for row in found]
        return [self._make_row(_converted(row, compiled.outgoing)) for row in found]

    def ready(self, dialect: Dialect, values: Mapping[str, Any]) -> tuple[Compiled, list[Any]]:
        """The statement as the driver takes it, and its values in their order."""
        compiled = self._compiled.get(dialect.name) or self._compile(dialect)
        said = {**compiled.fixed, **values}
        return compiled, [into(said[name]) if into else said[name] for name, into in compiled.ingoing]

    def _compile(self, dialect: Dialect) -> Compiled:
        compiled: Any = self._statement.compile(dialect=dialect)
        ingoing = [
            (name, compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect))
            for name in compiled.positiontup
        ]
        ways = [
            column.type.dialect_impl(dialect).result_processor(dialect, FLOAT8) for column in self._columns
        ]
        outgoing: list[Any] = [(place, way) for place, way in enumerate(ways) if way is not None]
        made = self._compiled[dialect.name] = Compiled(str(compiled), compiled.params, ingoing, outgoing)
        return made


def _converted(row: Any, outgoing: list[tuple[int, Callable[[Any], Any]]]) -> list[Any]:
    values = list(row)
    for place, way in outgoing:
        values[place] = way(values[place])
    return values


class Steady:
    """A transaction that only reads; see `Reads.steady`."""

    def __init__(self, driver: Any, dialect: Dialect) -> None:
        self._driver = driver
        self._dialect = dialect

    async def rows(self, prepared: Prepared, values: Mapping[str, Any]) -> list[Any]:
        """The rows of a prepared statement."""
        return await prepared.rows(self._driver, self._dialect, values)


class Reads:
    """A few connections that are kept from the pool for hot reads; each serves one statement at a time."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._idle: list[tuple[AsyncConnection, Any]] = []
        self._turns = asyncio.Semaphore(HELD)
        self._coalesced: dict[Any, Coalesced[Any, Any]] = {}

    async def rows(self, prepared: Prepared, values: Mapping[str, Any]) -> list[Any]:
        """The rows of a prepared statement."""
        return (await self.rows_as_of(prepared, values))[1]

    async def rows_as_of(self, prepared: Prepared, values: Mapping[str, Any]) -> tuple[float, list[Any]]:
        """The same, after the moment (`time.monotonic`) up to which they tell of everything."""
        async with self._turns, self._connection() as connection:
            sent_at = time.monotonic()
            return sent_at, await prepared.rows(connection, self._engine.dialect, values)

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[Any]:
        """A held connection, taken anew where the last one broke."""
        held, driver = await self._take()
        try:
            yield driver
        except BaseException as error:
            await _drop(held)  # whatever state it is in, nobody uses it again
            if isinstance(error, DRIVER_FAILURES):
                raise OperationalError("a hot read", {}, error) from error
            raise
        self._idle.append((held, driver))

    async def _take(self) -> tuple[AsyncConnection, Any]:
        while self._idle:
            held, driver = self._idle.pop()
            if not getattr(driver, "is_closed", bool)():  # asyncpg knows when the other end has gone
                return held, driver
            await _drop(held)
        held = await self._engine.connect()
        return held, (await held.get_raw_connection()).driver_connection

    @asynccontextmanager
    async def steady(self) -> AsyncIterator["Steady"]:
        """A connection of one's own on which every statement sees the same moment; it holds no writer up."""
        held = await self._engine.connect()
        try:
            driver: Any = (await held.get_raw_connection()).driver_connection
            await driver.execute(STEADY[self._engine.dialect.name])
            yield Steady(driver, self._engine.dialect)
            await driver.execute("ROLLBACK")
        except BaseException as error:
            await asyncio.shield(_drop(held))
            if isinstance(error, DRIVER_FAILURES):
                raise OperationalError("a steady read", {}, error) from error
            raise
        await held.close()

    def coalesced(self, load: "Load[K, V]") -> "Coalesced[K, V]":
        """The one `Coalesced` of this process for a loading function."""
        if load not in self._coalesced:
            self._coalesced[load] = Coalesced(self, load)
        return self._coalesced[load]

    async def close(self) -> None:
        """Give back the connections that nobody uses."""
        while self._idle:
            await self._idle.pop()[0].close()


Load = Callable[[Reads, list[K]], Awaitable[Mapping[K, V]]]


class Coalesced(Generic[K, V]):
    """Loads by key; all who ask while a query is in flight share the next one.

    A query always starts after the request that joins it, so each reader sees its own writes.
    """

    def __init__(self, reads: Reads, load: Load[K, V]) -> None:
        self._reads = reads
        self._load = load
        self._waiting: dict[K, asyncio.Future[V | None]] = {}
        self._task: asyncio.Task[None] | None = None

    async def get(self, key: K) -> V | None:
        """The value, or None where there is none."""
        future = self._waiting.get(key)
        if future is None:
            future = self._waiting[key] = asyncio.get_running_loop().create_future()
        if self._task is None:
            self._task = asyncio.create_task(self._drain())
        return await asyncio.shield(future)

    async def _drain(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, {}
            try:
                found = await self._load(self._reads, list(batch))
            except Exception as error:  # noqa: BLE001 - whoever waits must hear of it
                for future in batch.values():
                    _fail(future, error)
                continue
            for key, future in batch.items():
                if not future.done():
                    future.set_result(found.get(key))
        self._task = None


async def _drop(held: AsyncConnection) -> None:
    await held.invalidate()
    await held.close()


def _fail(future: asyncio.Future[Any], error: BaseException) -> None:
    if not future.done():
        future.set_exception(error)
        future.exception()  # marks it as seen: its caller may have gone
