"""Answers without a known end: server-sent events, and a snapshot line by line.

A stream holds no session while nothing happens. Each of both ends when its reader goes, when the reader's
rights do, and when the worker does.
"""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing, suppress
from uuid import UUID

from fastapi import Request, Response
from starlette.types import Receive, Scope, Send

from app.database import compact_json
from app.domain.changes import StreamEnd
from app.domain.errors import Problem, TooManyRequests
from app.routers.authentication import caller_of
from app.routers.networks import require_network
from app.services.changes import Feed, part
from app.services.fan_out import FanOut, Listener, events
from app.services.feed_cursors import Wanted, wanted

log = logging.getLogger("siaga.streaming")

LOOKS_SECONDS = 0.4  # twice this is less than the second within which a right ends
KEEP_ALIVE_SECONDS = 15.0
GOODBYE_SECONDS = 1.0
RETRY = b"retry: 2000\n"
MOST_STREAMS = 2_000
MOST_STREAMS_OF_AN_ACCOUNT = 100
MOST_SNAPSHOTS = 2
LONGEST_SNAPSHOT_SECONDS = 1_800
PAGE = 200  # entries at a time while a stream catches up
NOT_KEPT = {"Cache-Control": "no-store", "Vary": "Authorization"}
STREAM_TYPE = "text/event-stream"
LINES_TYPE = "application/x-ndjson"
Give = Callable[[bytes], Awaitable[None]]
WAIT_TO_COME_AGAIN = "Wait {seconds} s before you go on."


class Following:
    """Who follows this worker at this moment; looks again and again whether each still may."""

    def __init__(self, feed: Feed) -> None:
        self.feed = feed
        self.fan_out = FanOut(feed)
        self._snapshots: set[UUID] = set()  # the accounts that take one
        self._streams: set[EventStream] = set()
        self._somebody = asyncio.Event()

    def admit_snapshot(self, account: UUID) -> None:
        """Each holds a connection for as long as its reader takes, one an account; raises TooManyRequests."""
        if account in self._snapshots or len(self._snapshots) >= MOST_SNAPSHOTS:
            raise TooManyRequests(WAIT_TO_COME_AGAIN, seconds=10)
        self._snapshots.add(account)

    def end_snapshot(self, account: UUID) -> None:
        """Its place is free again."""
        self._snapshots.discard(account)

    def admit(self, stream: "EventStream") -> None:
        """One more stream; raises TooManyRequests."""
        account = stream.of.actor.account_id
        own = sum(each.of.actor.account_id == account for each in self._streams)
        if len(self._streams) >= MOST_STREAMS or own >= MOST_STREAMS_OF_AN_ACCOUNT:
            raise TooManyRequests(WAIT_TO_COME_AGAIN, seconds=10)
        self._streams.add(stream)
        self._somebody.set()

    def end(self, stream: "EventStream") -> None:
        """One stream less."""
        self._streams.discard(stream)
        if not self._streams:
            self._somebody.clear()

    async def run(self) -> None:
        """All that following takes, until the worker ends."""
        await asyncio.gather(self.feed.news.run(), self.fan_out.run(), self._look())

    async def _look(self) -> None:
        """Look at each stream again and again; at the end all are told goodbye."""
        ended = asyncio.create_task(self.feed.news.ended.wait())
        try:
            while not ended.done():
                somebody = asyncio.create_task(self._somebody.wait())
                await asyncio.wait((ended, somebody), return_when=asyncio.FIRST_COMPLETED)
                somebody.cancel()
                await asyncio.gather(*[each.look() for each in self._streams])
                await asyncio.wait((ended,), timeout=LOOKS_SECONDS)
        finally:
            ended.cancel()
        for stream in list(self._streams):
            stream.end(StreamEnd.SHUTDOWN)


class EventStream(Response):
    """What was missed, then what is committed, until one of both ends goes."""

    def __init__(self, request: Request, following: Following, of: Wanted, since: int) -> None:
        super().__init__(headers={**NOT_KEPT, "X-Accel-Buffering": "no"}, media_type=STREAM_TYPE)
        del self.headers["content-length"]
        self.of = of
        self._request = request
        self._following = following
        self._since = since
        self._listener: Listener | None = None
        self._reason: StreamEnd | None = None
        self._ended = asyncio.Event()
        self._sent_at = time.monotonic()
        following.admit(self)

    def end(self, reason: StreamEnd) -> None:
        """Have it say goodbye; the first reason counts."""
        self._reason = self._reason or reason
        self._ended.set()

    async def look(self) -> None:
        """Whether it still may go on; now and then it is told that nothing happened."""
        try:
            actor = await caller_of(self._request).still(LOOKS_SECONDS)
            require_network(self._request, actor)
            if wanted(actor, self.of.asked).fingerprint != self.of.fingerprint:
                self.end(StreamEnd.SNAPSHOT_REQUIRED)
        except Problem as problem:
            self.end(StreamEnd(problem.slug))
        except Exception:
            log.exception("nobody can be asked about who follows: it is let go and comes again")
            self.end(StreamEnd.UNAVAILABLE)
        if self._listener is None:
            return
        if self._listener.reason:
            self.end(self._listener.reason)
        # One at a time: who reads slowly must not be let go for what says nothing.
        if not self._listener.has_waiting and self._sent_at + KEEP_ALIVE_SECONDS < time.monotonic():
            self._listener.put(b": nothing new\n" + self._following.fan_out.cursor(self._listener))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send until somebody ends it."""
        try:
            await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            if scope["method"] != "HEAD":
                await self._serve(receive, send)
            await send({"type": "http.response.body", "body": b""})
        finally:
            self._following.end(self)
            if self._listener is not None:
                self._following.fan_out.leave(self._listener)

    async def _serve(self, receive: Receive, send: Send) -> None:
        pump, ended = asyncio.create_task(self._pump(send)), asyncio.create_task(self._ended.wait())
        try:
            await until_one_is_done(pump, ended, asyncio.create_task(gone(receive)))
        except Exception:
            log.exception("a stream could not go on")
            self.end(StreamEnd.UNAVAILABLE)
        if self._reason:
            said = compact_json({"reason": self._reason})
            goodbye = f"event: goodbye\ndata: {said}\n\n".encode()
            with suppress(TimeoutError):  # who does not read does not read that either
                async with asyncio.timeout(GOODBYE_SECONDS):
                    await send({"type": "http.response.body", "body": goodbye, "more_body": True})

    async def _pump(self, send: Send) -> None:
        """First where it stands, so that it can come back even if nothing happens; then what was missed."""
        cursors = self._following.feed.cursors

        async def give(chunk: bytes) -> None:
            self._sent_at = time.monotonic()
            await send({"type": "http.response.body", "body": chunk, "more_body": True})

        await give(RETRY + f"id: {cursors.make(self._since, self.of)}\n\n".encode())
        await self._catch_up(await self._following.feed.news.size(), give)
        self._listener = self._following.fan_out.join(self.of, self._since)
        await self._catch_up(self._listener.since, give)
        while True:
            await give(await self._listener.chunk())

    async def _catch_up(self, size: int, give: Give) -> None:
        feed = self._following.feed
        while self._since < size:
            async with feed.database.session() as session:
                found = await part(session, self.of, self._since, size, PAGE)
            self._since = found.found.upto
            if found.told:
                kinds = [each.kind for each in found.told]
                chunks = list(zip(kinds, found.items(self.of.actor), strict=True))
                await give(events(chunks, feed.cursors.make(self._since, self.of)))


class Lines(Response):
    """Lines as they are made; where they break off, so does the connection, and the last line is missing."""

    def __init__(self, first: bytes, lines: AsyncGenerator[bytes], end: Callable[[], None]) -> None:
        super().__init__(headers=NOT_KEPT, media_type=LINES_TYPE)
        del self.headers["content-length"]
        self._first = first
        self._lines = lines
        self._end = end

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send them, some hundred in memory at a time."""
        try:
            async with aclosing(self._lines):
                await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
                if scope["method"] != "HEAD":
                    pump = asyncio.create_task(self._pump(send))
                    async with asyncio.timeout(LONGEST_SNAPSHOT_SECONDS):
                        await until_one_is_done(pump, asyncio.create_task(gone(receive)))
                    if pump.cancelled():
                        return
                await send({"type": "http.response.body", "body": b""})
        except (Problem, TimeoutError) as error:
            log.info("a snapshot was cut off: %s", error)
        finally:
            self._end()

    async def _pump(self, send: Send) -> None:
        await send({"type": "http.response.body", "body": self._first, "more_body": True})
        async for lines in self._lines:
            await send({"type": "http.response.body", "body": lines, "more_body": True})


async def gone(receive: Receive) -> None:
    """Wait until the reader has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def until_one_is_done(*tasks: "asyncio.Task[None] | asyncio.Task[bool]") -> None:
    """Wait for the first, end the others; raises what the first failed with."""
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
