"""The one way in and out: `Route` keeps the order of checks, `Read` and `Write` make every answer."""

import asyncio
import hashlib
import re
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import AsyncExitStack
from datetime import datetime
from itertools import count
from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from fastapi import Depends, Header, Request, Response
from pydantic import BaseModel

from app.change import Change
from app.database import Database, Session
from app.domain.actors import Actor
from app.domain.errors import (
    Conflict,
    Invalid,
    Problem,
)
from app.lane import Lane, Stale
from app.routers import receipts
from app.routers.answers import JSON, PRIVATE, Kept, Pages, page_key, render, respond, tag, version_tag
from app.routers.authentication import Caller
from app.routers.downloads import download
from app.routers.receipts import Written
from app.schemas.attachments import StoredFile
from app.schemas.pages import Rendered
from app.services import ledger
from app.services.proofs import written_leaf
from app.services.replay import Key, replay

DECISIONS = 3
DECISIONS_IN_LINE = 20  # only those of other workers can come between
IN_FLIGHT_SECONDS = 2.0
JSON_TYPE = re.compile(r"application/([a-z0-9.+-]+\+)?json", re.IGNORECASE)
KEY_TEXT = re.compile(r'"?([\x21\x23-\x7e]{1,200})"?')


class Read:
    """Answers from a service, with its entity tag, or 304 where the caller has it."""

    def __init__(self, request: Request) -> None:
        self._request = request

    async def __call__(
        self, service: Callable[..., Awaitable[BaseModel | Rendered]], actor: Actor, *asked: Any
    ) -> Response:
        """One answer."""
        async with self._database.session() as session:
            answer = await service(session, actor, *asked)
        body = render(answer)
        return respond(self._request, body, tag(answer, body, actor))

    async def at(
        self,
        moment: datetime | None,
        now: Callable[..., Awaitable[BaseModel | Rendered]],
        then: Callable[..., Awaitable[BaseModel | Rendered]],
        actor: Actor,
        *asked: Any,
    ) -> Response:
        """One answer as it is, or as it was at a moment."""
        return await (self(now, actor, *asked) if moment is None else self(then, actor, *asked, moment))

    async def file(
        self, service: Callable[..., Awaitable[StoredFile]], actor: Actor, *asked: Any
    ) -> Response:
        """A stored file, as a download."""
        async with self._database.session() as session:
            found = await service(session, actor, *asked)
        return download(self._request, found)

    async def text(self, service: Callable[..., Awaitable[str]], actor: Actor, *asked: Any) -> Response:
        """An answer that is a text."""
        async with self._database.session() as session:
            answer = await service(session, actor, *asked)
        return Response(answer, media_type="text/plain", headers=PRIVATE)

    async def page(
        self, service: Callable[..., Awaitable[BaseModel | Rendered]], actor: Actor, *asked: Any
    ) -> Response:
        """A list, kept for those who ask the same again before the ledger has grown (see `kept_page`)."""
        pages: Pages = self._request.app.state.pages
        async with self._database.session() as session:
            size = await session.load(ledger.ledger_size, 1) or 0
            answer = await service(session, actor, *asked)
        body = render(answer)
        etag = tag(answer, body, actor)
        kept = Kept(size, body, etag, tuple(session.noted.values()))
        pages.put(page_key(self._request, actor), kept)
        return respond(self._request, body, etag)

    @property
    def _database(self) -> Database:
        database: Database = self._request.app.state.database
        return database


class Write:
    """Has a service decide, writes what it decided, and answers once that is committed."""

    def __init__(
        self, request: Request, idempotency_key: str | None = None, prefer: str | None = None
    ) -> None:
        self._request = request
        self._state = request.app.state
        self._prefer = prefer
        self._idempotency_key = idempotency_key

    async def __call__(
        self,
        decide: Callable[..., Awaitable[Change]],
        actor: Actor,
        *asked: Any,
        status: int = 200,
    ) -> Response:
        """The answer to a change; an Idempotency-Key makes trying again safe."""
        key = self._key(actor)
        if key is None:
            return await self._decided(decide, actor, asked, None, status)
        async with in_flight(self._state.in_flight, key):
            if told := await self._told(key):
                return await self._respond(*told, replayed=True)
            try:
                return await self._decided(decide, actor, asked, key, status)
            except Problem:
                if told := await self._told(key):  # another worker was first
                    return await self._respond(*told, replayed=True)
                raise

    async def _decided(
        self,
        decide: Callable[..., Awaitable[Change]],
        actor: Actor,
        asked: tuple[Any, ...],
        key: Key | None,
        status: int,
    ) -> Response:
        """Decide and write; where the ground has moved meanwhile, decide again."""
        lane: Lane = self._state.lane
        async with AsyncExitStack() as line:
            for decision in count(1):
                actor = await self._now(actor)  # it may have waited for another, or in line
                async with self._session() as session:
                    change = await decide(session, actor, *asked)
                    answered = change.status or status
                    key_row = await key.row(session, change, answered) if key else None
                if not change.entries and not key_row:
                    return await self._respond(change.answer, None, answered)  # it stands as was wished
                for file in change.files:
                    await self._state.store.keep(file)
                try:
                    position = await lane.write(change, key_row)
                except Stale:
                    if decision >= (DECISIONS if change.line is None else DECISIONS_IN_LINE):
                        break
                else:
                    if isinstance(change.answer, Problem):  # a refusal that had to leave a trace
                        raise change.answer
                    if change.forgotten:
                        await self._state.upkeep.after()
                    return await self._respond(change.answer, Written.of(change, position), answered)
                if change.line and decision == 1:
                    await line.enter_async_context(self._line(change.line))
        raise Conflict("Others change this at the same moment; try again.")

    async def _now(self, actor: Actor) -> Actor:
        """The actor with the rights it has now; where nobody signs in, the one that the route names."""
        caller: Caller | None = self._request.scope.get("siaga.caller")
        return await caller.now() if caller else actor

    def _line(self, row: UUID) -> asyncio.Lock:
        """Where those of this worker who were overtaken at a row stand in line, instead of trying at once."""
        lines: MutableMapping[UUID, asyncio.Lock] = self._state.lines
        return lines.setdefault(row, asyncio.Lock())

    def _session(self) -> Session:
        database: Database = self._state.database
        return database.session()

    async def _told(self, key: Key) -> tuple[Any, Written | None, int] | None:
        async with self._session() as session:
            told = await replay(session, key)
            if told is None:
                return None
            place = None if told.position is None else await written_leaf(session, told.position)
        written = Written(told.position, 1, *place) if place and told.position is not None else None
        return told.answer, written, told.status

    def _key(self, actor: Actor) -> Key | None:
        if self._idempotency_key is None:
            return None
        found = KEY_TEXT.fullmatch(self._idempotency_key)
        if not found:
            raise Invalid.field("Idempotency-Key", "1 to 200 visible ASCII characters.", "key")
        url = self._request.url
        parts = (self._request.method, url.path, url.query, self._request.headers.get("if-match", ""))
        said = "\n".join(parts).encode() + b"\n" + self._request.state.said  # what `Route` has read
        route = hashlib.sha256(url.path.encode()).hexdigest()
        return Key(actor, route, found[1], hashlib.sha256(said).hexdigest())

    async def _respond(
        self, answer: BaseModel | None, written: Written | None, status: int, *, replayed: bool = False
    ) -> Response:
        headers = {"Cache-Control": "no-store"}
        if written is not None:
            headers |= receipts.headers(self._state.signer, written)
            headers |= await receipts.waited(self._state.signer, written, self._prefer)
        if replayed:
            headers["Idempotency-Replayed"] = "true"
        if answer is None:
            return Response(status_code=204, headers=headers)
        body = render(answer)
        if etag := version_tag(answer):
            headers["ETag"] = etag
        identity = getattr(answer, "id", None)
        created = status == 201 and self._request.method == "POST"  # noqa: PLR2004 - RFC 9110 §15.3.2
        if created and identity:  # what PUT creates lies where it was put
            headers["Location"] = f"{quote(self._request.url.path)}/{identity}"
        return Response(body, status_code=status, headers=headers, media_type=JSON)


class in_flight:  # noqa: N801 - used as `async with in_flight(…)`
    """Two requests with one key do not run at once in this worker; the second waits a little."""

    def __init__(self, running: dict[Any, asyncio.Event], key: Key) -> None:
        self._running = running
        self._key = (key.actor.account_id, key.actor.exercise, key.route, key.key)

    async def __aenter__(self) -> None:
        try:
            async with asyncio.timeout(IN_FLIGHT_SECONDS):
                while self._key in self._running:
                    await self._running[self._key].wait()
        except TimeoutError:
            raise Conflict("A request with this Idempotency-Key is still being worked on.") from None
        self._running[self._key] = asyncio.Event()

    async def __aexit__(self, *_: object) -> None:
        self._running.pop(self._key).set()


async def read_of(request: Request) -> Read:
    """For GET; `async` like all here: FastAPI hands others to a thread, which costs more than they do."""
    return Read(request)


Prefer = Annotated[
    str | None,
    Header(description="`wait=N`: answer once the signed tree holds the change, N seconds at most"),
]


async def change_of(request: Request, prefer: Prefer = None) -> Write:
    """For PATCH and DELETE, which If-Match makes safe to repeat, and PUT, which is so by itself."""
    return Write(request, None, prefer)


async def post_of(
    request: Request,
    idempotency_key: Annotated[
        str | None, Header(description="Any text of your own; the same key again gives the same answer, once")
    ] = None,
    prefer: Prefer = None,
) -> Write:
    """For POST, which an Idempotency-Key makes safe to repeat."""
    return Write(request, idempotency_key, prefer)


Reading = Annotated[Read, Depends(read_of)]
Changing = Annotated[Write, Depends(change_of)]
Posting = Annotated[Write, Depends(post_of)]
