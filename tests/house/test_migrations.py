"""Migrations lead up and down again, say what the models say, and leave no table without a class."""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import SQLModel

from app import migrations, models

CLASSES = {
    "LEDGERED": models.LEDGERED,
    "LEDGER": models.LEDGER,
    "REFERENCE": models.REFERENCE,
    "OPERATIONAL": models.OPERATIONAL,
}
CATALOGUE = {
    "sqlite": "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_master "
    "WHERE name NOT LIKE 'sqlite_%'",
    "postgresql": """
        SELECT 'trigger ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT 'function ' || proname || prosrc FROM pg_proc
          WHERE pronamespace = 'public'::regnamespace
        UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
        UNION ALL SELECT 'constraint ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
          WHERE connamespace = 'public'::regnamespace
        UNION ALL SELECT 'column ' || table_name || ' ' || column_name || ' ' || data_type || ' '
          || is_nullable || coalesce(column_default, '') FROM information_schema.columns
          WHERE table_schema = 'public'
    """,
}


@pytest.fixture
async def empty(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The address of a database in which there is nothing."""
    if backend == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}"
        return
    server = request.getfixturevalue("postgresql")
    name = f"t{uuid4().hex}"
    await server.execute(f"CREATE DATABASE {name}")
    yield server.url(name)
    await server.execute(f"DROP DATABASE {name} WITH (FORCE)")


async def built(url: str) -> set[str]:
    """Everything that stands in the database, as the database itself describes it."""
    engine = create_async_engine(url)
    async with engine.connect() as connection:
        rows = await connection.execute(text(CATALOGUE[engine.dialect.name]))
        found = {row[0] for row in rows if "alembic_version" not in row[0]}
    await engine.dispose()
    return found


async def tables(url: str) -> set[str]:
    engine = create_async_engine(url)

    def names(connection: Connection) -> set[str]:
        return set(inspect(connection).get_table_names())

    async with engine.connect() as connection:
        found = await connection.run_sync(names)
    await engine.dispose()
    return found - {"alembic_version"}


async def test_up_down_and_up_again_gives_the_same(empty: str):
    await migrations.upgrade(empty)
    first = await built(empty)
    assert await tables(empty) == set(SQLModel.metadata.tables)
    await migrations.downgrade(empty)
    assert await built(empty) == set()
    await migrations.upgrade(empty)
    assert await built(empty) == first


async def test_the_models_and_the_migrations_say_the_same(empty: str):
    await migrations.upgrade(empty)
    await migrations.check(empty)


async def test_migrating_twice_does_nothing(empty: str):
    await migrations.upgrade(empty)
    first = await built(empty)
    await migrations.upgrade(empty)
    assert await built(empty) == first


async def test_a_database_knows_whether_it_is_current(empty: str):
    engine = create_async_engine(empty)
    assert not await migrations.is_current(engine)
    await migrations.upgrade(empty)
    assert await migrations.is_current(engine)
    await engine.dispose()


def test_there_is_one_line_of_migrations_and_each_says_what_it_is_for():
    script = ScriptDirectory.from_config(migrations.config())
    assert len(script.get_heads()) == 1
    for revision in script.walk_revisions():
        assert revision.doc
        assert Path(revision.path).name[:10].count("-") == 2


def test_every_table_has_exactly_one_class():
    classified = [table.__tablename__ for tables in CLASSES.values() for table in tables]
    assert sorted(classified) == sorted(SQLModel.metadata.tables)


@pytest.mark.parametrize("name", CLASSES)
def test_only_a_ledgered_table_points_at_its_entry(name: str):
    for table in CLASSES[name]:
        columns = table.__table__.columns
        keys = {
            tuple(sorted(key.column_keys)): (key.deferrable, key.initially)
            for key in table.__table__.foreign_key_constraints
        }
        tied = keys.get(("entry_id", "id", "version"))
        assert tied == ((True, "DEFERRED") if name == "LEDGERED" else None), table
        assert ("entry_id" in columns) == (name == "LEDGERED"), table
        assert name != "LEDGERED" or not columns["entry_id"].nullable


def test_every_constraint_has_the_name_that_the_convention_gives():
    for table in SQLModel.metadata.tables.values():
        for constraint in table.constraints:
            assert str(constraint.name).startswith(("pk_", "fk_", "uq_", "ck_")), constraint
