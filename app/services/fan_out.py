"""Fan-out: each stretch of the ledger is read once for all who listen, and told to each by its rights."""

import asyncio
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.access import Notes
from app.domain.changes import StreamEnd
from app.services import stretches, telling
from app.services.changes import Feed
from app.services.feed_cursors import Wanted
from app.services.stretches import Stretch

log = logging.getLogger("siaga.fan_out")

ENTRIES_AT_ONCE = 500
MOST_WAITING = 256  # chunks that a listener may leave unread
GROUPS_IN_A_ROW = 20  # then others have their turn


class Listener:
    """One who listens: what was told and not sent yet, and why it ends."""

    def __init__(self, of: Wanted) -> None:
        self.of = of
        self.since = 0  # from here on it is told by the fan-out
        self.reason: StreamEnd | None = None
        self._chunks: asyncio.Queue[bytes] = asyncio.Queue(MOST_WAITING)
        self.ended = asyncio.Event()

    def put(self, chunk: bytes) -> None:
        """Something to send; who leaves too much unread is let go, and comes back with its cursor."""
        try:
            self._chunks.put_nowait(chunk)
        except asyncio.QueueFull:
            self.end(StreamEnd.TOO_SLOW)

    def end(self, reason: StreamEnd) -> None:
        """Nothing more is told; the first reason counts."""
        self.reason = self.reason or reason
        self.ended.set()

    async def chunk(self) -> bytes:
        """What is to be sent next."""
        return await self._chunks.get()


@dataclass(slots=True)
class Group:
    """Those who see the same."""

    of: Wanted
    listeners: set[Listener] = field(default_factory=set)


class FanOut:
    """One task of a worker that tells all listeners what was committed."""

    def __init__(self, feed: Feed) -> None:
        self._feed = feed
        self._groups: dict[bytes, Group] = {}
        self._somebody = asyncio.Event()
        self.position = 0

    async def join(self, of: Wanted) -> Listener:
        """Listen from `since` on, which is at least what the ledger held just now."""
        listener = Listener(of)
        if not self._groups:
            size = await self._feed.news.size()
            if not self._groups:
                self.position = size
        listener.since = self.position
        self._groups.setdefault(of.fingerprint, Group(of)).listeners.add(listener)
        self._somebody.set()
        return listener

    def leave(self, listener: Listener) -> None:
        """Listen no more."""
        group = self._groups.get(listener.of.fingerprint)
        if group is None:
            return
        group.listeners.discard(listener)
        if not group.listeners:
            del self._groups[listener.of.fingerprint]
        if not self._groups:
            self._somebody.clear()

    def cursor(self, listener: Listener) -> bytes:
        """How far a listener has been told, as an event that only says so."""
        return f"id: {self._feed.cursors.make(self.position, listener.of)}\n\n".encode()

    async def run(self) -> None:
        """Tell what was committed, until the end."""
        while True:
            await self._somebody.wait()
            if not await self._feed.news.beyond(self.position):
                await asyncio.sleep(1)  # the worker is about to end
                continue
            try:
                await self._tell()
            except Exception:
                log.exception("listeners could not be told")
                for listener in self._everybody():
                    listener.end(StreamEnd.UNAVAILABLE)
                await asyncio.sleep(1)

    def _everybody(self) -> Iterator[Listener]:
        return (each for group in list(self._groups.values()) for each in list(group.listeners))

    async def _tell(self) -> None:
        size = await self._feed.news.size()
        async with self._feed.database.session() as session:
            found = await stretches.for_all(session, self.position, size, ENTRIES_AT_ONCE)
        # From here on whoever joins is not told of this stretch; whoever is here already is.
        self.position = found.upto
        groups = [(group.of, list(group.listeners)) for group in self._groups.values()]
        for number, (of, listeners) in enumerate(groups, 1):
            told = self._events(found, of)
            for listener in listeners if told else ():
                listener.put(told)
            if number % GROUPS_IN_A_ROW == 0:
                await asyncio.sleep(0)

    def _events(self, found: Stretch, of: Wanted) -> bytes:
        told, notes = telling.tell(found, of.actor, of.types), Notes(self._feed.database.access)
        telling.note(notes, found, of.actor, told)
        if notes.noted:
            notes.log.note(notes.noted.values())
        chunks = [(each.kind, telling.as_json(found, of.actor, each)) for each in told]
        return events(chunks, self._feed.cursors.make(found.upto, of)) if chunks else b""


def events(chunks: Sequence[tuple[str, bytes]], cursor: str) -> bytes:
    """Events as a stream has them; the last one carries the cursor, so that what is cut off comes again."""
    written = [b"event: %b\ndata: %b\n" % (kind.encode(), data) for kind, data in chunks]
    written[-1] += f"id: {cursor}\n".encode()
    return b"\n".join(written) + b"\n"
