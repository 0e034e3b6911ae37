"""The access log as auditors read it, and what lies beneath it."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import text

from app import clock
from app.services import access_log
from tests.support.calls import get
from tests.support.service import Service

LOG = "/api/v1/access-log"


async def settled(service: Service) -> None:
    """Wait until what was noted is written."""
    for _ in range(1_000):
        if not service.app.state.database.access._waiting:
            return
        await asyncio.sleep(0.02)
    raise AssertionError("the access log is not written")


async def logged(service: Service, auditor: str, **query: Any) -> list[dict[str, Any]]:
    """What an auditor reads of the log, newest first."""
    await settled(service)
    asked = urlencode({"limit": 200, **query})
    answer = await get(service, auditor, f"{LOG}?{asked}")
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def kinds(service: Service, auditor: str, **query: Any) -> list[str]:
    """What happened, oldest first."""
    return [each["kind"] for each in reversed(await logged(service, auditor, **query))]


async def size(service: Service) -> int:
    await settled(service)
    async with service.app.state.database.reading.connect() as connection:
        return (await connection.execute(text("SELECT size FROM access_head"))).scalar_one()


async def tell_of_accesses(service: Service, every: float = 0, /, **later: float) -> int:
    """Whether a tick at a moment to come tells the ledger of what was written."""
    await settled(service)
    state = service.app.state
    now = datetime.now(UTC) + timedelta(**later)
    return await clock.commit_accesses(state.database, state.lane, now, every)


async def faults(service: Service) -> list[str]:
    """What the check of the log finds."""
    async with service.app.state.database.session() as session:
        return await access_log.verify(session)


async def tamper(service: Service, *statements: str) -> None:
    """What somebody with the database in their hands can do."""
    engine = service.app.state.database.engine
    async with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            await connection.execute(text("ALTER TABLE access_log DISABLE TRIGGER USER"))
        else:
            for name in ("no_update", "no_delete", "no_replace_insert"):
                await connection.execute(text(f"DROP TRIGGER IF EXISTS access_log_{name}"))
        for statement in statements:
            await connection.execute(text(statement))
