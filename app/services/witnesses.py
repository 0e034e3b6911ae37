"""The witnesses of the ledger: who they are, how each stands, and how far enough agencies have cosigned."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from app.database import Database, Session
from app.domain.actors import Actor
from app.domain.errors import NotFound
from app.domain.witnesses import WitnessState, counted
from app.schemas.witnesses import LedgerWitnesses, Witness, WitnessReadiness
from app.services import cosigning
from app.services.cosigning import CHECKPOINT, COSIGNATURE, ROW
from app.services.witness_client import Client
from app.services.witness_settings import read_file
from app.settings import Settings

LOOKED_AT = 200  # newest cosignatures of each witness among which a quorum is looked for


class Witnesses:
    """All that are configured; none where there is no file."""

    def __init__(self, database: Database, settings: Settings) -> None:
        path = settings.witnesses
        told = read_file(path) if path else None
        self.quorum = told.quorum if told else 0
        self.clients: list[Client] = []
        try:
            for each in told.witness if told else ():
                self.clients.append(Client(each, path.parent if path else Path()))
        except OSError as error:
            raise RuntimeError(f"{path}: {error}") from error
        every, origin = settings.witness_seconds, settings.ledger_origin
        self.all = [cosigning.Witness(database, each, every, origin) for each in self.clients]
        self.agencies = {each.key.name: each.told.agency for each in self.clients}

    async def run(self) -> None:
        """Ask each of them, until cancelled."""
        try:
            await asyncio.gather(*(each.run() for each in self.all))
        finally:
            await asyncio.gather(*(each.close() for each in self.clients), return_exceptions=True)


async def states(session: Session, actor: Actor, witnesses: Witnesses) -> LedgerWitnesses:
    """How each witness stands; the same for everyone who may read the ledger."""
    connection = await session.connection()
    size = (await connection.execute(select(func.max(CHECKPOINT.c.size)))).scalar() or 0
    rows = await _rows(connection)
    return LedgerWitnesses(
        quorum=witnesses.quorum,
        size=size,
        cosigned_size=await cosigned_size(connection, witnesses),
        witnesses=[_told(each, rows.get(each.key), size) for each in witnesses.all],
    )


def _told(witness: cosigning.Witness, row: Any, size: int) -> Witness:
    client = witness.client
    return Witness(
        name=client.key.name,
        agency=client.told.agency,
        key=str(client.key),
        state=row.state if row else WitnessState.WAITING,
        reason=row.reason if row else None,
        size=row.size if row else 0,
        lag=size - (row.size if row else 0),
        asked_at=_moment(row.asked_at) if row else None,
        cosigned_at=_moment(row.cosigned_at) if row else None,
        contradicted_at=_moment(row.contradicted_at) if row else None,
        contradiction=row.contradiction if row else None,
    )


def _moment(value: datetime | None) -> datetime | None:
    """SQLite tells no offset; all times are kept in UTC."""
    return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


async def _rows(connection: AsyncConnection) -> dict[str, Any]:
    return {row.key: row for row in await connection.execute(select(ROW))}


async def readiness(database: Database, witnesses: Witnesses) -> list[WitnessReadiness]:
    """How each witness stands, in a word."""
    if not witnesses.all:
        return []
    async with database.reading.connect() as connection:
        rows = await _rows(connection)
    return [
        WitnessReadiness(
            name=each.client.key.name,
            state=rows[each.key].state if each.key in rows else WitnessState.WAITING,
        )
        for each in witnesses.all
    ]


async def cosigned_size(connection: AsyncConnection, witnesses: Witnesses) -> int:
    """The newest size that enough agencies other than the operator have cosigned; 0 where there is none."""
    if not witnesses.agencies:
        return 0
    query = (
        select(COSIGNATURE.c.size, COSIGNATURE.c.witness)
        .where(COSIGNATURE.c.witness.in_(list(witnesses.agencies)))
        .order_by(COSIGNATURE.c.size.desc())
        .limit(LOOKED_AT * len(witnesses.agencies))
    )
    agencies: defaultdict[int, set[str]] = defaultdict(set)
    for size, witness in await connection.execute(query):
        agencies[size].add(witnesses.agencies[witness])
    return max((size for size, by in agencies.items() if counted(by) >= witnesses.quorum), default=0)


async def cosigned_note(database: Database, witnesses: Witnesses) -> str:
    """The newest checkpoint with a quorum, and the lines of the witnesses under it."""
    async with database.reading.connect() as connection:
        size = await cosigned_size(connection, witnesses)
        if not size:
            raise NotFound
        query = select(CHECKPOINT.c.note).where(CHECKPOINT.c.size == size)
        note = str((await connection.execute(query)).scalar_one())
        return note + "".join(await lines(connection, size, list(witnesses.agencies)))


async def lines(connection: AsyncConnection, size: int, names: Sequence[str]) -> list[str]:
    """The lines of witnesses under a checkpoint."""
    query = select(COSIGNATURE.c.line).where(COSIGNATURE.c.size == size, COSIGNATURE.c.witness.in_(names))
    found = (await connection.execute(query.order_by(COSIGNATURE.c.witness))).scalars()
    return [f"{each}\n" for each in found]
