"""Answers those who follow: a page of changes that may wait, a stream of events, a snapshot."""

import re
from collections.abc import Collection
from functools import partial
from typing import Annotated

from fastapi import Depends, Request, Response

from app.domain.changes import RecordType
from app.routers.answers import JSON
from app.routers.authentication import caller_of
from app.routers.streaming import NOT_KEPT, EventStream, Following, Lines
from app.services import changes, snapshots
from app.services.changes import Feed
from app.services.feed_cursors import wanted

WAIT = re.compile(r'wait\s*=\s*"?([0-9]{1,6})"?')


class Follow:
    """Answers those who follow, with the rights they have at each moment."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._feed: Feed = request.app.state.feed
        self._following: Following = request.app.state.following

    async def page(
        self, types: Collection[RecordType], after: str | None, limit: int, prefer: str | None
    ) -> Response:
        """One page of changes; waits for some where the caller prefers that (RFC 7240 §4.3)."""
        seconds = preferred_wait(prefer)
        now = caller_of(self._request).now
        body = await changes.page(self._feed, now, types, after, limit, seconds)
        headers = NOT_KEPT | ({"Preference-Applied": f"wait={seconds}"} if seconds else {})
        return Response(body, headers=headers, media_type=JSON)

    async def stream(self, types: Collection[RecordType], after: str | None, resumed: str | None) -> Response:
        """A stream of changes, from a cursor or from now on."""
        caller, name = caller_of(self._request), "after" if resumed is None else "Last-Event-ID"
        of = wanted(await caller.now(), types)
        size = await self._feed.news.size()
        cursor = after if resumed is None else resumed
        since = size if cursor is None else self._feed.cursors.read(cursor, of, name, size)
        return EventStream(self._request, self._following, of, since)

    async def snapshot(self, types: Collection[RecordType]) -> Response:
        """Everything at once; the first lines are read before it is said that all is well."""
        caller = caller_of(self._request)
        account = (await caller.now()).account_id
        self._following.admit_snapshot(account)
        end = partial(self._following.end_snapshot, account)
        lines = snapshots.lines(self._feed, caller.now, types)
        try:
            first = await anext(lines)
        except BaseException:
            end()
            raise
        return Lines(first, lines, end)


def preferred_wait(prefer: str | None) -> int:
    """The seconds that the caller would wait, within our bounds; what else it prefers is passed over."""
    for each in (prefer or "").split(","):
        if found := WAIT.fullmatch(each.partition(";")[0].strip()):
            return min(int(found[1]), changes.LONGEST_WAIT)
    return 0


async def follow_of(request: Request) -> Follow:
    """For whatever follows."""
    return Follow(request)


FollowingReader = Annotated[Follow, Depends(follow_of)]
