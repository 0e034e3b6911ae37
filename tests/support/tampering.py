"""A served ledger and hands that reach behind it: no trigger fires and no key counts, as for a superuser."""

import json
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Table, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import SQLModel

from app.database import Database
from app.formats.notes import VerifierKey
from app.models.ledger import LedgerDisclosureRow, LedgerLeafRow, LedgerRow
from app.services import keys
from app.services.verification import Verdict, verify
from app.settings import Settings
from app.tree.memory import Memory
from tests.support.databases import PostgreSQL, new_database
from tests.support.service import incident, running

ACCOUNT = "commander.polda-banten"


def core(model: type[SQLModel]) -> Table:
    return model.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Scene:
    """What there is to tamper with: an incident of three entries and one of one."""

    settings: Settings
    incident: UUID
    other: UUID
    first: int
    second: int
    third: int
    elsewhere: int
    size: int


async def scene(settings: Settings, password: str) -> Scene:
    """A ledger of some hundred entries that was served and signed to its end."""
    async with running(settings, password) as service:
        client = await service.client(ACCOUNT)
        path = "/api/v1/incidents"
        first = await client.post(path, json=incident(tlp="GREEN", title="Kotak suara basah (fiktif)"))
        mine = f"{path}/{first.json()['id']}"
        second = await client.patch(mine, json={"severity": "severe"}, headers={"If-Match": '"1"'})
        elsewhere = await client.post(path, json=incident(tlp="GREEN", title="Gudang bocor (fiktif)"))
        third = await client.post(
            f"{mine}/steps", json={"to": "verified", "reason": "Dicek patroli (fiktif)."}
        )
        for number in range(80):
            assert (await client.post(path, json=incident(tlp="GREEN", title=f"{number}"))).status_code == 201
        last = await client.post(path, json=incident(tlp="GREEN"), headers={"Prefer": "wait=30"})
        assert last.headers["preference-applied"]
    first_at, second_at, third_at, elsewhere_at, last_at = (
        int(each.headers["siaga-ledger-position"]) for each in (first, second, third, elsewhere, last)
    )
    return Scene(
        settings, UUID(first.json()["id"]), UUID(elsewhere.json()["id"]),
        first_at, second_at, third_at, elsewhere_at, last_at + 1,
    )  # fmt: skip


async def copy_of(scene: Scene, directory: Path, server: PostgreSQL | None, password: str) -> Settings:
    """A copy of the scene's database, keys and memory."""
    settings = await new_database("copy", directory, server, password, of=scene.settings)
    shutil.copy(scene.settings.signer_memory, settings.signer_memory)
    return settings


async def verified(settings: Settings, *witnesses: VerifierKey) -> Verdict:
    """What `ledger verify` finds."""
    database = Database(settings.database)
    log_keys = keys.log_keys(settings.data_dir, settings.ledger_origin).published
    try:
        remembered = Memory(settings.signer_memory).read()
        return await verify(database, log_keys, remembered, lambda _: None, witnesses)
    finally:
        await database.close()


@asynccontextmanager
async def behind(settings: Settings) -> AsyncIterator[AsyncConnection]:
    """A connection for which no trigger fires and no foreign key counts."""
    database = Database(settings.database)
    if database.engine.dialect.name == "sqlite":
        async with database.reading.connect() as connection:
            await connection.execute(text("PRAGMA query_only=OFF"))
            await connection.execute(text("PRAGMA foreign_keys=OFF"))
            names = await connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
            for (name,) in names.all():
                await connection.execute(text(f"DROP TRIGGER {name}"))
            yield connection
    else:
        async with database.engine.begin() as connection:
            await connection.execute(text("SET LOCAL session_replication_role = replica"))
            yield connection
    await database.close()


async def one(connection: AsyncConnection, model: type[SQLModel], position: int) -> dict[str, Any]:
    table = core(model)
    found = await connection.execute(select(table).where(table.c.position == position))
    return dict(found.mappings().one())


async def put(connection: AsyncConnection, model: type[SQLModel], position: int, **values: Any) -> None:
    table = core(model)
    await connection.execute(update(table).where(table.c.position == position).values(**values))


async def said(
    connection: AsyncConnection, position: int, change: Callable[[dict[str, Any]], object]
) -> None:
    """Change what an entry says."""
    fields = json.loads(json.dumps((await one(connection, LedgerDisclosureRow, position))["fields"]))
    change(fields)
    await put(connection, LedgerDisclosureRow, position, fields=fields)


async def swap(connection: AsyncConnection, model: type[SQLModel], one_at: int, other_at: int) -> None:
    """Each row takes the place of the other."""
    first, second = await one(connection, model, one_at), await one(connection, model, other_at)
    for at, row in ((one_at, second), (other_at, first)):
        await put(connection, model, at, **{name: value for name, value in row.items() if name != "position"})


async def drop(connection: AsyncConnection, from_position: int) -> None:
    """All entries from a position on."""
    for model in (LedgerLeafRow, LedgerDisclosureRow, LedgerRow):
        table = core(model)
        await connection.execute(table.delete().where(table.c.position >= from_position))
