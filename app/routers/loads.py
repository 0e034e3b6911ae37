"""Has many items decided and written, a chunk at a time, so that the changes of others pass between."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Annotated, Any

from fastapi import Depends, Header, Request, Response

from app.domain.actors import Actor
from app.domain.bulk import CHUNK_ITEMS, MOST_AT_ONCE, BulkMode, BulkOutcome, cost
from app.domain.errors import Conflict
from app.lane import Lane, Stale
from app.routers import bundles, outcomes
from app.routers.authentication import caller_of
from app.routers.bundles import Bundle, Places
from app.routers.exchange import DECISIONS, DECISIONS_IN_LINE, Write, in_flight
from app.routers.problems import language_of
from app.schemas.bulk import BulkResult
from app.services import bulk
from app.services.bulk import Asked, Item, Kind
from app.services.replay import Key, kept

AGAIN = "Others change this at the same moment; try again."


@dataclass(frozen=True, slots=True)
class Wish:
    """How a bulk shall be worked on."""

    mode: BulkMode
    dry_run: bool
    asked: Asked
    beside: dict[Any, dict[Any, Any]] = field(default_factory=dict)  # what a dry run has decided so far

    @property
    def is_whole(self) -> bool:
        """Whether nothing is written unless all is."""
        return self.mode is BulkMode.ALL_OR_NOTHING


class Load(Write):
    """Answers one bulk; a service decides over each item, as over a request for it alone."""

    async def of(self, kind: Kind, actor: Actor, wish: Wish) -> Response:
        """What became of each item; an Idempotency-Key makes sending the same again safe."""
        places: Places = self._state.places
        async with places.place(actor.account_id):
            bundle = await bundles.read(self._request, kind)
            key = None if wish.dry_run else self._key(actor)
            if key is None:
                return await self._work(bundle, actor, wish, None)
            async with in_flight(self._state.in_flight, key):
                if earlier := await self._earlier(key, wish):
                    return earlier
                try:
                    return await self._work(bundle, actor, wish, key)
                except Conflict:
                    if earlier := await self._earlier(key, wish):  # another worker was first
                        return earlier
                    raise

    async def _work(self, bundle: Bundle, actor: Actor, wish: Wish, key: Key | None) -> Response:
        total = await bundle.count(wish.mode)
        if meter := caller_of(self._request).meter:
            meter.take_many(cost(total))
        if refused := await self._checked(bundle, actor, wish):
            return outcomes.refusal(self._request, refused, total)
        results: list[BulkResult] = []
        async for chunk in _chunks(bundle, MOST_AT_ONCE if wish.is_whole else CHUNK_ITEMS):
            told, is_refused = await self._settled(chunk, actor, wish, key if wish.is_whole else None)
            if is_refused:
                return outcomes.refusal(self._request, told, total)
            results += told
        if key and not wish.is_whole:
            # The effects are there already: what a crash leaves without this row is found by its keys.
            row = {**await asyncio.to_thread(outcomes.kept, key, results), "position": 0}
            try:
                await self._write(bulk.together(actor, []), row)
            except Stale:  # another worker has the key: its answer is told
                raise Conflict(AGAIN) from None
        return outcomes.answer(self._request, wish.mode, results, dry_run=wish.dry_run)

    async def _checked(self, bundle: Bundle, actor: Actor, wish: Wish) -> list[BulkResult]:
        """What would be refused, where the whole shall be known before anything is written."""
        if wish.mode is not BulkMode.CHECKED_FIRST:
            return []
        trial = Wish(BulkMode.BEST_EFFORT, dry_run=True, asked=wish.asked)
        refused: list[BulkResult] = []
        async for chunk in _chunks(bundle, CHUNK_ITEMS):
            told, _ = await self._settled(chunk, actor, trial, None)
            refused += [each for each in told if each.outcome is BulkOutcome.REFUSED]
        return refused

    async def _settled(
        self, chunk: list[Item], actor: Actor, wish: Wish, key: Key | None
    ) -> tuple[list[BulkResult], bool]:
        """The results of items that are written together, and whether they refuse the whole."""
        language = language_of(self._request)
        is_alone = len(chunk) == 1
        for _ in range(DECISIONS_IN_LINE if is_alone else DECISIONS):
            actor = await self._now(actor)
            async with self._session() as session:
                session.decided = wish.beside if wish.dry_run else {}
                await bulk.decide(session, actor, chunk, wish.asked)
            refused = [item for item in chunk if item.change is None]
            if wish.is_whole and refused:
                return [outcomes.result(item, language) for item in refused], True
            change = bulk.together(actor, chunk)
            results = [outcomes.result(item, language, None if wish.dry_run else 0) for item in chunk]
            row = outcomes.kept(key, results) if key else None
            if wish.dry_run or not (change.entries or row):
                return results, False
            try:
                position = await self._write(change, row)
            except Stale:
                continue
            return [outcomes.result(item, language, position) for item in chunk], False
        if is_alone or wish.is_whole:
            raise Conflict(AGAIN)
        # Others come between again and again: each alone then.
        alone = [await self._settled([item], actor, wish, None) for item in chunk]
        return [result for results, _ in alone for result in results], False

    async def _write(self, change: Any, row: Any) -> int:
        lane: Lane = self._state.lane
        return await lane.write(change, row)

    async def _earlier(self, key: Key, wish: Wish) -> Response | None:
        """The answer of the earlier request with this key, without what the caller may no longer see."""
        async with self._session() as session:
            row = await kept(session, key)
            if row is None:
                return None
            results = await bulk.retold(session, key.actor, row)
        told = [outcomes.retold(each, language_of(self._request)) for each in results]
        return outcomes.answer(self._request, wish.mode, told, dry_run=False, replayed=True)


async def _chunks(bundle: Bundle, size: int) -> AsyncIterator[list[Item]]:
    """The items in groups, each checked by itself; others have their turn meanwhile."""
    seen: dict[tuple[str, ...], int] = {}
    chunk: list[Item] = []
    for index, raw in enumerate(bundle.items()):
        chunk.append(bulk.checked(bundle.kind, index, raw, seen))
        if len(chunk) == size:
            yield chunk
            chunk = []
        elif index % CHUNK_ITEMS == 0:
            await asyncio.sleep(0)
    if chunk:
        yield chunk


async def load_of(
    request: Request,
    idempotency_key: Annotated[
        str | None, Header(description="Any text of your own; the same key again gives the same answer, once")
    ] = None,
) -> Load:
    """For a POST of many items."""
    return Load(request, idempotency_key)


Loading = Annotated[Load, Depends(load_of)]
