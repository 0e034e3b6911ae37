"""The deliverer: of all workers the one with the lease sends what waits, each receiver in a turn of its own.

A receiver that hangs holds up itself only. What a message says is computed for its reader just before it is
sent; where there is nothing to know any more, it is withdrawn.
"""

import asyncio
import logging
import secrets
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from app.database import Database
from app.domain.webhooks import PING, DeliveryError
from app.lane import Lane
from app.models.webhooks import WebhookDeliveryRow
from app.services import announcing, deliveries, outcomes, subscribers
from app.services.leases import Lease
from app.services.ledger import ledger_size
from app.services.outcomes import Outcome
from app.services.signed_messages import Signer, message
from app.services.subscribers import Subscription
from app.services.webhook_posting import Opening, Post, Posted

EVERY_SECONDS = 0.5
STOP_SECONDS = 5.0
REST_SECONDS = 2.0  # of a webhook for which nothing could be done, as its integration is suspended
SWEEP_SECONDS = 3600.0
KEPT = timedelta(days=30)
BATCH = 64
MOST_AT_ONCE = 8  # messages about several records to one receiver
FRESH_SECONDS = 1.0  # within which a message that was computed must be on its way

log = logging.getLogger("siaga.webhooks")


@dataclass(frozen=True, slots=True)
class Batch:
    """What is to be sent to one receiver now, each with what it says; None: nothing any more."""

    to: Subscription
    messages: Sequence[tuple[WebhookDeliveryRow, dict[str, Any] | None]]
    stale_at: float


@asynccontextmanager
async def unsigned() -> AsyncIterator[Post]:
    """A way on which nothing goes: what cannot be signed is not sent."""

    async def nowhere(_headers: Mapping[str, str], _body: bytes) -> Posted:
        return Posted(DeliveryError.KEY_LOST)

    yield nowhere


class Deliverer:
    """Sends while it may; the clock is given, so that days of waiting can be tried in seconds."""

    def __init__(
        self,
        database: Database,
        lane: Lane,
        signer: Signer,
        opening: Opening,
        oversight: Sequence[str],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._database = database
        self._lane = lane
        self._signer = signer
        self._opening = opening
        self._oversight = oversight
        self._clock = clock
        self._lease = Lease("webhooks", secrets.token_hex(16))
        self._turns: dict[UUID, asyncio.Task[None]] = {}
        self._resting: dict[UUID, float] = {}
        self._sweep_at = 0.0
        self._stopping = False

    async def run(self) -> None:
        """Deliver until cancelled; what is on its way then may still arrive, and is noted."""
        try:
            while True:
                try:
                    await self._round()
                except Exception:
                    log.exception("webhooks could not be looked after")
                await asyncio.sleep(EVERY_SECONDS)
        finally:
            await asyncio.shield(self._stop())

    async def _stop(self) -> None:
        self._stopping = True
        running = list(self._turns.values())
        if running:
            _, late = await asyncio.wait(running, timeout=STOP_SECONDS)
            for each in late:
                each.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        with suppress(Exception):
            async with self._database.operating() as connection:
                await self._lease.give_back(connection)

    async def _round(self) -> None:
        async with self._database.operating() as connection:
            if not await self._lease.take(connection):
                return
            if time.monotonic() >= self._sweep_at:
                await deliveries.sweep(connection, self._clock() - KEPT)
                self._sweep_at = time.monotonic() + SWEEP_SECONDS
        for webhook_id in await self.busy():
            if webhook_id not in self._turns and self._resting.get(webhook_id, 0.0) <= time.monotonic():
                turn = asyncio.create_task(self._turns_of(webhook_id))
                self._turns[webhook_id] = turn

    async def busy(self) -> list[UUID]:
        """The webhooks for which there is something to do."""
        async with self._database.session() as session:
            size = await session.load(ledger_size, 1) or 0
            return list((await session.exec(deliveries.busy(size, self._clock()))).all())

    async def _turns_of(self, webhook_id: UUID) -> None:
        try:
            while self._may_send():
                if not await self.turn(webhook_id):
                    break
        except Exception:
            log.exception("a webhook could not be served")
            self._resting[webhook_id] = time.monotonic() + REST_SECONDS
        finally:
            del self._turns[webhook_id]

    def _may_send(self) -> bool:
        return self._lease.holds and not self._stopping

    async def turn(self, webhook_id: UUID, may_send: Callable[[], bool] | None = None) -> bool:
        """Tell one receiver of the ledger's growth, and send it what is due; whether it got somewhere."""
        async with self._database.session() as session:
            to = await subscribers.subscription(session, webhook_id, self._oversight)
        if to is None:
            self._resting[webhook_id] = time.monotonic() + REST_SECONDS
            return False
        moved = await self._queue(to)
        batch = await self._batch(to)
        if not batch.messages:
            return moved
        secrets_now = self._signer.secrets_of(to.row, self._clock())
        if not secrets_now and to.progress.failures == 0:  # it is tried again, and told once
            log.error("the secret of webhook %s cannot be opened: it must be changed", webhook_id)
        async with self._opening(to.row.url) if secrets_now else unsigned() as post:
            ended = await self._send(batch, secrets_now, post, may_send or self._may_send)
        await outcomes.note(self._database, self._lane, to, ended, self._clock())
        return any(each.is_over for each in ended)

    async def _queue(self, to: Subscription) -> bool:
        """Have a message wait for each entry that concerns the receiver, as far as it is not behind."""
        async with self._database.session() as session:
            size = await session.load(ledger_size, 1) or 0
            if size <= to.progress.position:
                return False
            room = deliveries.MOST_WAITING - await deliveries.waiting(session, to.row.id)
            if room <= 0:
                return False
            upto = min(size, to.progress.position + 20_000)
            found = await announcing.between(session, to.of, to.progress.position, upto, min(room, 500))
        rows = deliveries.rows_of(to.row.id, found.announcements, self._clock())
        async with self._database.operating() as connection:
            return await deliveries.move_on(connection, to.progress, found.upto, rows)

    async def _batch(self, to: Subscription) -> Batch:
        now = self._clock()
        rests = to.progress.resumes_at is not None and to.progress.resumes_at > now
        async with self._database.session() as session:
            if rests or to.progress.failures == 0:
                due = await deliveries.due(session, to.row.id, now, BATCH, tests_only=rests)
            else:
                due = await deliveries.probe(session, to.row.id, now)
            stale_at = time.monotonic() + FRESH_SECONDS
            asked = {each.position for each in due if each.position != PING}
            said = await announcing.at(session, to.of, asked)
        contents = {(each.position, str(each.type), each.id): each.content() for each in said}
        messages = [
            (row, outcomes.test_content(to.row) if row.position == PING
             else contents.get((row.position, row.record_type, row.record_id)))
            for row in due
        ]  # fmt: skip
        return Batch(to, messages, stale_at)

    async def _send(
        self, batch: Batch, keys: Sequence[bytes], post: Post, may_send: Callable[[], bool]
    ) -> list[Outcome]:
        """Several records at once, the messages about each one after another; a failure ends its row."""
        ended: list[Outcome] = []
        places = asyncio.Semaphore(MOST_AT_ONCE)
        chains: dict[UUID, list[tuple[WebhookDeliveryRow, dict[str, Any] | None]]] = defaultdict(list)
        for row, content in batch.messages:
            chains[row.record_id].append((row, content))

        async def send(chain: list[tuple[WebhookDeliveryRow, dict[str, Any] | None]]) -> None:
            async with places:
                for row, content in chain:
                    if content is None:
                        ended.append(Outcome(row, None))
                        continue
                    if not may_send() or time.monotonic() >= batch.stale_at:
                        return
                    posted = await post(*message(keys, row.id, content, self._clock()))
                    ended.append(Outcome(row, posted))
                    if posted.error is not None:
                        return

        async with asyncio.TaskGroup() as sending:
            for chain in chains.values():
                sending.create_task(send(chain))
        return ended
