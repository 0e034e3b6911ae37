"""The database: one engine for reading, one for writing, and what only one of the two databases can do."""

import fcntl
import json
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO, Any

from sqlalchemy import JSON, Dialect, bindparam, event, make_url
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import Boolean, String, Text, TypeDecorator, TypeEngine
from sqlmodel.ext.asyncio.session import AsyncSession

from app.access import AccessLog, Notes
from app.reads import K, Load, Prepared, Reads, V
from app.tries import Tries

LASTING_SECONDS = 60.0
MOST_LASTING = 20_000
SQLITE_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=15000",
    "secure_delete=ON",
)


class Condition(FunctionElement[bool]):
    """A condition that SQL takes as it stands: SQLAlchemy would add "= 1" on SQLite, which hides an index."""

    type = Boolean()
    inherit_cache = True

    def self_group(self, against: Any = None) -> Any:  # noqa: ARG002 - SQLAlchemy's name
        """As it stands, wherever it stands."""
        return self


class holds_code(Condition):  # noqa: N801 - reads as a function in SQL
    """Whether a JSON array column holds a code."""

    inherit_cache = True


@compiles(holds_code, "postgresql")
def _holds_on_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    column, code = element.clauses
    return f"({compiler.process(column, **options)} ? CAST({compiler.process(code, **options)} AS TEXT))"


@compiles(holds_code, "sqlite")
def _holds_on_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    column, code = element.clauses
    array, sought = compiler.process(column, **options), compiler.process(code, **options)
    each = f"json_each({array}) AS each_code"
    return f"EXISTS (SELECT 1 FROM {each} WHERE each_code.value = {sought})"  # noqa: S608 - compiled parts


class holds_one_of(Condition):  # noqa: N801 - reads as a function in SQL
    """Whether a JSON array column holds one of the values of a parameter of type `Values`."""

    inherit_cache = True


@compiles(holds_one_of, "postgresql")
def _holds_one_of_on_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    column, values = (compiler.process(each, **options) for each in element.clauses)
    return f"({column} ?| CAST({values} AS TEXT[]))"


@compiles(holds_one_of, "sqlite")
def _holds_one_of_on_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    column, values = (compiler.process(each, **options) for each in element.clauses)
    held = f"json_each({column}) AS held_code JOIN json_each({values}) AS sought_code"
    return f"EXISTS (SELECT 1 FROM {held} ON held_code.value = sought_code.value)"  # noqa: S608 - compiled parts


class all_codes(FunctionElement[str]):  # noqa: N801 - reads as a function in SQL
    """The codes of all rows as one text, with commas between them; null where there is no row."""

    type = String()
    inherit_cache = True


@compiles(all_codes, "postgresql")
def _all_codes_on_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    return f"string_agg({compiler.process(element.clauses, **options)}, ',')"


@compiles(all_codes, "sqlite")
def _all_codes_on_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    return f"group_concat({compiler.process(element.clauses, **options)}, ',')"


class is_one_of(Condition):  # noqa: N801 - reads as a function in SQL
    """Whether a column holds one of the values of a parameter, however many: the statement stays the same."""

    inherit_cache = True

    def __init__(self, column: Any, parameter: str) -> None:
        super().__init__(column, bindparam(parameter, type_=Values(column.type)))


class Values(TypeDecorator[Any]):
    """A list of values: an array for PostgreSQL, JSON for SQLite."""

    impl = JSON
    cache_ok = True

    def __init__(self, kind: TypeEngine[Any]) -> None:
        super().__init__()
        self.kind = kind

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The array, or JSON."""
        return dialect.type_descriptor(ARRAY(self.kind) if dialect.name == "postgresql" else JSON())

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """Each value as the driver takes it."""
        way = self.kind.dialect_impl(dialect).bind_processor(dialect)
        return [way(each) for each in value] if way else list(value)


@compiles(is_one_of, "postgresql")
def _is_one_of_on_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    column, values = (compiler.process(each, **options) for each in element.clauses)
    return f"({column} = ANY ({values}))"


@compiles(is_one_of, "sqlite")
def _is_one_of_on_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    column, values = (compiler.process(each, **options) for each in element.clauses)
    return f"({column} IN (SELECT value FROM json_each({values})))"  # noqa: S608 - compiled parts


class joined_text(FunctionElement[str]):  # noqa: N801 - reads as a function in SQL
    """The codes of a column of many rows as one text, with spaces between; null where there is no row."""

    type = Text()
    inherit_cache = True


@compiles(joined_text, "postgresql")
def _joined_on_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    return f"string_agg({compiler.process(element.clauses, **options)}, ' ')"


@compiles(joined_text, "sqlite")
def _joined_on_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    return f"group_concat({compiler.process(element.clauses, **options)}, ' ')"


def compact_json(value: Any) -> str:
    """JSON without spaces, in UTF-8."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


# What was to be written is for those who may read it: no fault repeats it to a log.
OPTIONS: Any = {"json_serializer": compact_json, "hide_parameters": True}


def _configure_sqlite(engine: AsyncEngine, pragmas: tuple[str, ...]) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def _configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver opens no transaction of its own
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()


def _tell_refused_connections(engine: AsyncEngine) -> None:
    """Whoever gets no connection hears that the database is away, whatever reason the server gives."""

    @event.listens_for(engine.sync_engine, "handle_error")
    def _retell(context: Any) -> None:
        if context.connection is None and not isinstance(context.sqlalchemy_exception, OperationalError):
            raise OperationalError("connecting", {}, context.original_exception)


def make_engine(url: str) -> AsyncEngine:
    """An engine whose transactions write.

    On SQLite each begins with BEGIN IMMEDIATE: one that turned writer later would fail at once.
    """
    if not url.startswith("sqlite"):
        engine = create_async_engine(
            url, pool_size=20, max_overflow=0, pool_timeout=10, pool_use_lifo=True, **OPTIONS
        )
        _tell_refused_connections(engine)
        return engine
    engine = create_async_engine(url, connect_args={"timeout": 15}, **OPTIONS)
    _configure_sqlite(engine, SQLITE_PRAGMAS)

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def reading_engine(url: str, writing: AsyncEngine) -> AsyncEngine:
    """An engine whose every statement sees all that was committed before it, and that holds nothing open."""
    if not url.startswith("sqlite"):
        return writing.execution_options(isolation_level="AUTOCOMMIT")
    engine = create_async_engine(url, connect_args={"timeout": 15}, **OPTIONS)
    _configure_sqlite(engine, (*SQLITE_PRAGMAS, "query_only=ON"))
    return engine


def claim(url: str) -> IO[str] | None:
    """On SQLite, make this process the only one that serves the file, while it holds what is returned."""
    path = make_url(url).database
    if not url.startswith("sqlite") or not path:
        return None
    lock = Path(f"{path}.lock").open("w")  # noqa: SIM115 - held until the process ends
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise RuntimeError(f"Another process already serves {path}; SQLite allows one.") from None
    return lock


class Session(Notes, AsyncSession):
    """A session for reading; it takes a connection at its first query."""

    def __init__(self, database: "Database") -> None:
        AsyncSession.__init__(self, database.reading, expire_on_commit=False, autoflush=False)
        Notes.__init__(self, database.access)
        self._database = database
        # What was decided in this session and is written only later: who counts, counts it too.
        self.decided: dict[Any, dict[Any, Any]] = {}

    async def load(self, load: Load[K, V], key: K) -> V | None:
        """One value by its key, together with what other requests ask for at this moment."""
        return await self._database.reads.coalesced(load).get(key)

    async def rows(self, prepared: Prepared, values: Mapping[str, Any]) -> list[Any]:
        """The rows of a prepared statement, on a connection that is held for such."""
        return await self._database.reads.rows(prepared, values)

    async def load_lasting(self, load: Load[K, V], key: K) -> V | None:
        """The same for what changes rarely: a value that was found is kept for a minute."""
        lasting = self._database.lasting
        found = lasting.get((load, key))
        if found is None or found[0] < time.monotonic():
            value = await self.load(load, key)
            if value is None:
                return None
            if len(lasting) > MOST_LASTING:
                lasting.clear()
            found = lasting[load, key] = (time.monotonic() + LASTING_SECONDS, value)
        kept: V = found[1]
        return kept

    async def __aexit__(self, *raised: object) -> None:
        """Close what was opened; most open nothing, and closing nothing costs more than a query."""
        if self.noted:
            self.log.note(self.noted.values())
        if self.in_transaction():
            await super().__aexit__(*raised)


class Database:
    """What the rest of the application needs of the database."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = make_engine(url)
        self.reading = reading_engine(url, self.engine)
        self.lasting: dict[tuple[Any, Any], tuple[float, Any]] = {}
        self.reads = Reads(self.reading)
        self.access = AccessLog(self.engine)
        self.tries = Tries(self.engine)

    def session(self) -> Session:
        """A session for reading."""
        return Session(self)

    @asynccontextmanager
    async def operating(self) -> AsyncIterator[AsyncConnection]:
        """A short transaction over operational tables, which no entry of the ledger tells of."""
        async with self.engine.begin() as connection:
            yield connection

    async def close(self) -> None:
        """Give everything back."""
        await self.access.stop()
        await self.reads.close()
        await self.reading.dispose()
        await self.engine.dispose()
