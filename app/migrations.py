"""Migrations: bring a database to the newest revision, or say how far it is."""

from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, event, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from alembic import command
from app.grants import statements

ROOT = Path(__file__).parent.parent
LOCK_KEY = 7_426_204  # any number, the same for every process that migrates


def config() -> Config:
    """Alembic's configuration, from pyproject.toml."""
    return Config(toml_file=ROOT / "pyproject.toml")


def migration_engine(url: str) -> AsyncEngine:
    """An engine under which a failing migration leaves nothing behind, on SQLite too."""
    engine = create_async_engine(url, hide_parameters=True)
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine.sync_engine, "connect")
        def _configure(connection: Any, _record: Any) -> None:
            connection.isolation_level = None
            cursor = connection.cursor()
            # Rebuilding a table drops the old one: its children must stay.
            cursor.execute("PRAGMA foreign_keys=OFF")
            cursor.execute("PRAGMA journal_mode=WAL")
            cursor.close()

        @event.listens_for(engine.sync_engine, "begin")
        def _begin(connection: Any) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


async def upgrade(url: str, revision: str = "head") -> None:
    """Migrate up; several processes at once wait for each other."""
    await _run(url, lambda configuration: command.upgrade(configuration, revision))


async def downgrade(url: str, revision: str = "base") -> None:
    """Migrate down; only for development and tests."""
    await _run(url, lambda configuration: command.downgrade(configuration, revision))


async def check(url: str) -> None:
    """Raise where the models and the migrations say different things."""
    await _run(url, command.check)


async def grant(url: str, role: str) -> None:
    """Give the role of the service what it needs, and take what it has besides; PostgreSQL only."""
    engine = migration_engine(url)
    if engine.dialect.name != "postgresql":
        raise RuntimeError("SIAGA_APP_ROLE is for PostgreSQL.")
    async with engine.begin() as connection:
        for statement in statements(role):
            await connection.execute(text(statement))
    await engine.dispose()


async def _run(url: str, act: Any) -> None:
    engine = migration_engine(url)

    def run(connection: Connection) -> None:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": LOCK_KEY})
            connection.commit()
        configuration = config()
        configuration.attributes["connection"] = connection
        act(configuration)

    async with engine.connect() as connection:
        await connection.run_sync(run)
    await engine.dispose()


async def is_current(engine: AsyncEngine) -> bool:
    """Whether the database stands at the newest revision that this code knows."""
    newest = ScriptDirectory.from_config(config()).get_heads()

    def heads(connection: Connection) -> tuple[str, ...]:
        return MigrationContext.configure(connection).get_current_heads()

    async with engine.connect() as connection:
        return set(await connection.run_sync(heads)) == set(newest)
