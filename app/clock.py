"""The clock of a worker: every few seconds it has the system end what has come to its end."""

import asyncio
import logging
import time
from datetime import UTC, datetime

from app.change import Change
from app.database import Database
from app.lane import Lane, Stale
from app.services import (
    access_log,
    acknowledgement_clock,
    deadlines,
    lapses,
    posture_activations,
    referral_clock,
    sign_ins,
)
from app.services.erasure_upkeep import Upkeep
from app.settings import Settings

SWEEP_SECONDS = 600.0
CLOCKS = (
    lapses.due,
    deadlines.due,
    acknowledgement_clock.due,
    referral_clock.due,
    posture_activations.due,
)

log = logging.getLogger("siaga.clock")


async def run(database: Database, lane: Lane, settings: Settings, upkeep: Upkeep) -> None:
    """Tick until cancelled; a tick that fails is told in the log, and the next one tries again."""
    sweep_at = time.monotonic()
    while True:
        await asyncio.sleep(settings.clock_seconds)
        try:
            await tick(database, lane, datetime.now(UTC))
            await upkeep.look()
            if time.monotonic() >= sweep_at:
                await sign_ins.sweep(database)
                sweep_at = time.monotonic() + SWEEP_SECONDS
        except Exception:
            log.exception("the clock could not end what is due")
        try:
            await commit_accesses(database, lane, datetime.now(UTC), settings.access_commit_seconds)
        except Exception:
            log.exception("the clock could not tell the ledger of the access log")


async def tick(database: Database, lane: Lane, now: datetime) -> int:
    """End all that is due at this moment; how many this worker ended: another one may have been faster."""
    async with database.session() as session:
        changes = [change for due in CLOCKS for change in await due(session, now)]
    return await _write(lane, changes)


async def commit_accesses(database: Database, lane: Lane, now: datetime, seconds: float) -> int:
    """Tell the ledger of the new rows of the access log, if it is time; whether this worker did."""
    async with database.session() as session:
        changes = await access_log.due(session, now, seconds)
    return await _write(lane, changes)


async def _write(lane: Lane, changes: list[Change]) -> int:
    ended = await asyncio.gather(*map(lane.write, changes), return_exceptions=True)
    failed = [each for each in ended if isinstance(each, BaseException)]
    for error in failed:
        if not isinstance(error, Stale):
            raise error
    return len(ended) - len(failed)
