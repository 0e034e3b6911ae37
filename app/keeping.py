"""Commands over what is kept, and for how long: `python -m app retention`."""

import argparse
from collections import Counter
from datetime import UTC, datetime

from app.database import Database
from app.domain.retention import RetentionClass, classes
from app.erasure_list import ErasureList
from app.lane import Lane, Stale
from app.services import retention
from app.services.erasure_upkeep import Upkeep
from app.settings import Settings
from app.storage import Store


async def retain(
    settings: Settings, database: Database, lane: Lane, asked: argparse.Namespace, now: datetime | None = None
) -> None:
    """Say what has come to the end of its retention; with `--apply`, purge and destroy it."""
    now = now or datetime.now(UTC)
    for each in classes():
        done = await (_apply(database, lane, each, now) if asked.apply else _count(database, each, now))
        if done:
            verb = each.kind if asked.apply else f"would be {each.kind}"
            print(f"{each.name}: {done['records']} records, {done['subjects']} subjects {verb}")
    if asked.apply:
        store = Store(settings.attachments, settings.max_attachment_bytes)
        await Upkeep(database, store, ErasureList(settings.erasures), ()).finish()


async def _count(database: Database, each: RetentionClass, now: datetime) -> Counter[str]:
    async with database.session() as session:
        found = await retention.expired(session, each, now, most=None)
    return +Counter(records=len(found), subjects=sum(len(gone.subjects) for gone in found))


async def _apply(database: Database, lane: Lane, each: RetentionClass, now: datetime) -> Counter[str]:
    """Record after record, until nothing of this class is left; what changes meanwhile waits its turn."""
    done: Counter[str] = Counter()
    while True:
        async with database.session() as session:
            found = await retention.expired(session, each, now)
            changes = [retention.ending(each, gone, now) for gone in found]
        written = 0
        for gone, change in zip(found, changes, strict=True):
            try:
                await lane.write(change)
            except Stale:
                continue
            written += 1
            done += Counter(records=1, subjects=len(gone.subjects))
        if not written:
            return done
