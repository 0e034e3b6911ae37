"""Fan-out: each stretch of the ledger is read once for all who listen, and told to each by its rights."""

import asyncio
import logging
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
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
MOST_WAITING_BYTES = 8 * 1024 * 1024  # after which it gets no further one
GROUPS_IN_A_ROW = 20  # then others have their turn


class Listener:
    """One who listens: how far it was told, what of that is not sent yet, and why it ends."""

    def __init__(self, of: Wanted, since: int) -> None:
        self.of = of
        self.since = since  # of the entries before, nothing more is told
        self.reason: StreamEnd | None = None
        self._chunks: deque[bytes] = deque()
        self._waiting_bytes = 0
        self._some = asyncio.Event()

    @property
    def has_waiting(self) -> bool:
        """Whether something is not sent yet."""
        return bool(self._chunks)

    def put(self, chunk: bytes) -> None:
        """Something to send; who leaves too much unread is let go, and comes back with its cursor."""
        if self.reason:  # what was not taken would be missing before this one
            return
        too_many = len(self._chunks) >= MOST_WAITING or self._waiting_bytes >= MOST_WAITING_BYTES
        if too_many:
            self.end(StreamEnd.TOO_SLOW)
            return
        self._chunks.append(chunk)
        self._waiting_bytes += len(chunk)
        self._some.set()

    def end(self, reason: StreamEnd) -> None:
        """Nothing more is told; the first reason counts."""
        self.reason = self.reason or reason

    async def chunk(self) -> bytes:
        """What is to be sent next."""
        while not self._chunks:
            self._some.clear()
            await self._some.wait()
        found = self._chunks.popleft()
        self._waiting_bytes -= len(found)
        return found


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
        self._position = 0  # so far the ledger was read for those who listen

    def join(self, of: Wanted, since: int) -> Listener:
        """Listen, having been told of `since` entries; up to the listener's own `since` there is to catch up.

        Whoever asked the database itself may be further than the fan-out, and is not told again.
        """
        if not self._groups:
            self._position = max(self._position, since)
        listener = Listener(of, max(self._position, since))
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
        return f"id: {self._feed.cursors.make(listener.since, listener.of)}\n\n".encode()

    async def run(self) -> None:
        """Tell what was committed, until the end."""
        while True:
            await self._somebody.wait()
            if not await self._feed.news.beyond(self._position):
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
        size, begin = await self._feed.news.size(), self._position
        async with self._feed.database.session() as session:
            found = await stretches.for_all(session, begin, size, ENTRIES_AT_ONCE)
        # Whoever joins from here on begins after this stretch; whoever is here already is told of it.
        self._position = max(self._position, found.upto)
        groups = [(group.of, list(group.listeners)) for group in self._groups.values()]
        for number, (of, listeners) in enumerate(groups, 1):
            self._tell_group(found, of, listeners)
            if number % GROUPS_IN_A_ROW == 0:
                await asyncio.sleep(0)

    def _tell_group(self, found: Stretch, of: Wanted, listeners: Iterable[Listener]) -> None:
        told: dict[int, bytes] = {}
        for listener in listeners:
            rest = found.after(listener.since)
            if rest is None:
                continue
            begin = rest.entries[0].position if rest.entries else found.upto
            if begin not in told:
                told[begin] = self._events(rest, of)
            if told[begin]:
                listener.put(told[begin])
            listener.since = found.upto

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
