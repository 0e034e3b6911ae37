"""The change feed: what has become of records since a reader last asked."""

import time
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass

from app.database import Database, Session
from app.domain.actors import Actor
from app.domain.changes import RecordType
from app.services import stretches, telling
from app.services.feed_cursors import Cursors, Wanted, wanted
from app.services.news import News
from app.services.stretches import Stretch
from app.services.telling import Told

SPAN = 20_000  # entries that one page passes over at most, told or not
LONGEST_WAIT = 30


@dataclass(frozen=True, slots=True)
class Feed:
    """What following takes: where to read, when to look again, how far a reader has come."""

    database: Database
    news: News
    cursors: Cursors


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the feed for one reader."""

    found: Stretch
    told: list[Told]
    is_last: bool  # of what the ledger holds

    def items(self, actor: Actor) -> list[bytes]:
        """Each change as JSON."""
        return [telling.as_json(self.found, actor, each) for each in self.told]


async def part(session: Session, of: Wanted, since: int, size: int, most: int) -> Part:
    """What the reader is told of the entries from `since` on; in as many statements however many they are."""
    upto = min(size, since + SPAN)
    if upto <= since or not of.actor.partner:
        return Part(Stretch([], max(since, upto)), [], is_last=upto >= size)
    found = await stretches.for_reader(session, of.actor, of.types, since, upto, most)
    told = telling.tell(found, of.actor, of.types)
    telling.note(session, found, of.actor, told)
    return Part(found, told, is_last=found.upto >= size)


async def page(
    feed: Feed,
    now: Callable[[], Awaitable[Actor]],
    types: Collection[RecordType],
    after: str | None,
    limit: int,
    seconds: int,
) -> bytes:
    """One page, as the JSON of a `ChangePage`; waits for something to tell, and holds nothing meanwhile."""
    until = time.monotonic() + min(seconds, LONGEST_WAIT)
    of = wanted(await now(), types)
    size = await feed.news.size()
    since = feed.cursors.read(after, of, "after", size) if after is not None else 0
    while True:
        async with feed.database.session() as session:
            found = await part(session, of, since, size, limit)
        since = found.found.upto
        if found.told or not found.is_last or not await feed.news.beyond(since, until):
            return _page(found.items(of.actor), feed.cursors.make(since, of), more=not found.is_last)
        fresh = wanted(await now(), types)
        size = await feed.news.size()
        feed.cursors.read(feed.cursors.make(since, of), fresh, "after", size)  # rights may have changed
        of = fresh


def _page(items: list[bytes], following: str, *, more: bool) -> bytes:
    last = b"true" if more else b"false"
    return b'{"items":[%b],"next":"%b","more":%b}' % (b",".join(items), following.encode(), last)
