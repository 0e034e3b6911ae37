"""Runs the migrations on either database, on a connection handed in or on one of its own."""

import asyncio
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlmodel import SQLModel

import app.models  # noqa: F401 - registers the tables
from alembic import context
from app.migrations import migration_engine
from app.settings import Settings


def render_item(kind: str, item: Any, autogen: Any) -> str | bool:
    """Migrations stand alone: they name SQLAlchemy's types only."""
    if kind != "type":
        return False
    name = type(item).__name__
    if name == "AutoString":
        return f"sa.String(length={item.impl.length})" if item.impl.length else "sa.String()"
    if name == "UTCDateTime":
        return "sa.DateTime(timezone=True)"
    if isinstance(item, sa.JSON) and "postgresql" in item._variant_mapping:  # noqa: SLF001 - no public way to ask
        autogen.imports.add("from sqlalchemy.dialects import postgresql")
        return "sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), 'postgresql')"
    return False


def migrate(connection: Connection) -> None:
    """Bring the connection's database to the wanted revision."""
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=True,
        render_item=render_item,
        compare_type=True,
        transaction_per_migration=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


async def migrate_alone() -> None:
    """For the alembic command: connect as the settings say."""
    engine = migration_engine(Settings().database)
    async with engine.connect() as connection:
        await connection.run_sync(migrate)
    await engine.dispose()


handed_in: Connection | None = context.config.attributes.get("connection")
if handed_in is not None:
    migrate(handed_in)
else:
    asyncio.run(migrate_alone())
