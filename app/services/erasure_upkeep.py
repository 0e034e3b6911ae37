"""What follows an erasure outside the transaction: files, caches, the list; and what a restore needs."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from app.change import Change
from app.database import Database, Session
from app.domain.personal_data import REAPPLIED_RULE, ErasureKind, LegalBasis
from app.erasure_list import ErasureList
from app.lane import Lane, Stale
from app.models.attachments import AttachmentRow
from app.models.personal_data import ErasureRow
from app.services import erasures, records
from app.services.accounts import SYSTEM
from app.storage import Store

log = logging.getLogger("siaga.erasures")

FILE = str(AttachmentRow.__tablename__)
TRIES = 5
AT_ONCE = 500


class Upkeep:
    """Brings one worker's memory, the directory of files and the list to what the database says is erased."""

    def __init__(
        self, database: Database, store: Store, told: ErasureList, forget: Sequence[Callable[[], None]]
    ) -> None:
        self._database = database
        self._store = store
        self._list = told
        self._forget = forget
        self._seen = -1
        self._done: set[UUID] = set()

    async def look(self) -> None:
        """Finish what any worker has erased since the last look; one short query where there is nothing."""
        async with self._database.session() as session:
            count = (await session.exec(select(func.count()).select_from(ErasureRow))).one()
        if count != self._seen:
            await self.finish()
            self._seen = count

    async def after(self) -> None:
        """The same at once, for who has just erased; what fails now the clock tries again and again."""
        try:
            await self.finish()
        except Exception:
            log.exception("what follows an erasure is not done yet")

    async def finish(self) -> None:
        """Do again all that follows an erasure; nothing of it hurts twice."""
        for forget in self._forget:
            forget()
        async with self._database.session() as session:
            fresh = [each for each in await _ids(session) if each not in self._done]
            for start in range(0, len(fresh), AT_ONCE):
                await self._follow(session, fresh[start : start + AT_ONCE])
        await _empty_log(self._database)

    async def _follow(self, session: Session, ids: list[UUID]) -> None:
        """Files and the list, for erasures that this worker has not followed yet."""
        rows = (await session.exec(select(ErasureRow).where(col(ErasureRow.id).in_(ids)))).all()
        for row in rows:
            if row.subject_type == FILE and "/sha256" in row.paths:
                await self._store.erase(row.subject_id)
        await asyncio.to_thread(self._list.append, [_line(row) for row in rows])
        self._done.update(ids)

    async def restore(self, lane: Lane) -> int:
        """Erase again what a restored backup has brought back, before anybody is served; how many."""
        told = await asyncio.to_thread(self._list.read)
        async with self._database.session() as session:
            known = set(await _ids(session))
        missing = [line for identity, line in told.items() if UUID(identity) not in known]
        for line in missing:
            await self._again(lane, line)
        if missing:
            log.warning("erased again after a restore: %d; see docs/personal-data.md", len(missing))
        await self.look()
        return len(missing)

    async def _again(self, lane: Lane, line: dict[str, Any]) -> None:
        for _ in range(TRIES):
            async with self._database.session() as session:
                if await session.get(ErasureRow, UUID(line["id"])):
                    return  # another worker was faster
                try:
                    change = await _change(session, line)
                except (KeyError, ValueError, TypeError):
                    log.exception("the line of erasure %s is not understood", line["id"])
                    return
            if change is None:
                log.info("erasure %s is about what this database does not hold", line["id"])
                return
            try:
                await lane.write(change)
            except Stale:
                continue
            log.warning("erasure %s was not in this database; erased again", line["id"])
            return
        raise RuntimeError(f"The erasure {line['id']} could not be applied again.")


async def _ids(session: Session) -> list[UUID]:
    return list((await session.exec(select(ErasureRow.id).order_by(col(ErasureRow.id)))).all())


async def _change(session: Session, line: dict[str, Any]) -> Change | None:
    table = records.BY_TYPE[line["record_type"]]
    record = await session.get(table, UUID(line["record_id"]))
    row = await session.get(erasures.TABLES[line["subject_type"]], UUID(line["subject_id"]))
    if record is None or row is None:
        return None
    change = Change(SYSTEM, REAPPLIED_RULE, datetime.now(UTC))
    fields = [path.removeprefix("/") for path in line["paths"]]
    why = (ErasureKind(line["kind"]), LegalBasis(line["legal_basis"]))
    erasures.erasing(change, record, row, fields, {}, why, UUID(line["id"]))
    return change


def _line(row: ErasureRow) -> dict[str, Any]:
    """What the list says of an erasure: enough to do it again, and no value."""
    return {
        "id": str(row.id),
        "at": row.created_at.astimezone(UTC).isoformat(),
        "record_type": row.record_type,
        "record_id": str(row.record_id),
        "subject_type": row.subject_type,
        "subject_id": str(row.subject_id),
        "paths": row.paths,
        "kind": row.kind,
        "legal_basis": row.legal_basis,
    }


async def _empty_log(database: Database) -> None:
    """SQLite keeps pages as they were in its log until it is written back; PostgreSQL does so by itself."""
    if database.engine.dialect.name == "sqlite":
        async with database.engine.connect() as connection:
            driver: Any = (await connection.get_raw_connection()).driver_connection
            await driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
