"""News: wakes whoever waits for the ledger to grow, by a commit of this worker or of another one."""

import asyncio
import logging
import time
from contextlib import suppress

from app.database import Database
from app.services.ledger import ledger_size

log = logging.getLogger("siaga.news")

POLL_SECONDS = 0.25  # after which a commit of another worker is noticed


class News:
    """How far the ledger is known to reach; one query for all who wait, and none while nobody does."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._size = 0
        self._waiting = 0
        self._committed = asyncio.Event()
        self._grown = asyncio.Event()
        self.ended = asyncio.Event()

    def tell(self) -> None:
        """This worker has committed."""
        self._committed.set()

    def end(self) -> None:
        """The worker is about to end: who waits is let go."""
        self.ended.set()
        self._wake()

    async def size(self) -> int:
        """How many entries the ledger holds."""
        return await self._database.reads.coalesced(ledger_size).get(1) or 0

    async def beyond(self, size: int, until: float | None = None) -> bool:
        """Wait until the ledger holds more than `size` entries; False where the time (monotonic) is over."""
        seconds = None if until is None else max(0.0, until - time.monotonic())
        self._waiting += 1
        self._committed.set()  # whoever comes to wait has the size asked for anew
        try:
            async with asyncio.timeout(seconds):
                while self._size <= size and not self.ended.is_set():
                    await self._grown.wait()
        except TimeoutError:
            return False
        finally:
            self._waiting -= 1
        return self._size > size

    async def run(self) -> None:
        """Ask for the size after each commit of this worker, and now and then for those of others."""
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(POLL_SECONDS if self._waiting else None):
                    await self._committed.wait()
            self._committed.clear()
            if not self._waiting:
                continue
            try:
                size = await self.size()
            except Exception:
                log.exception("the size of the ledger could not be read")
                await asyncio.sleep(POLL_SECONDS)
                continue
            if size > self._size:
                self._size = size
                self._wake()

    def _wake(self) -> None:
        grown, self._grown = self._grown, asyncio.Event()
        grown.set()
