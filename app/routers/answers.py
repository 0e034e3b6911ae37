"""How an answer leaves: its bytes, its entity tag, and the pages that are kept for those who ask again."""

import hashlib
from collections import OrderedDict
from typing import Any, NamedTuple

from fastapi import Request, Response
from pydantic import BaseModel

from app.access import Access
from app.domain.actors import Actor
from app.schemas.pages import Rendered
from app.services.ledger import ledger_size
from app.services.reference import today

CACHED_PAGES = 256
LARGEST_CACHED = 131_072  # bytes; together at most 32 MiB
JSON = "application/json"
PRIVATE = {"Cache-Control": "private, no-cache", "Vary": "Authorization"}


def is_held(etag: str, if_none_match: str | None) -> bool:
    """Whether the caller has this very version (RFC 9110 §13.1.2, which compares weakly)."""
    held = [tag.strip().removeprefix("W/") for tag in (if_none_match or "").split(",")]
    return etag in held or held == ["*"]


def render(answer: BaseModel | Rendered) -> bytes:
    """The answer as JSON."""
    if isinstance(answer, Rendered):
        return answer.body
    return answer.__pydantic_serializer__.to_json(answer)


def tag(answer: BaseModel | Rendered, body: bytes, actor: Actor) -> str:
    """The version of a record; for a computed answer a hash of what is shown and to whom."""
    return version_tag(answer) or hashed_tag(body, actor)


def version_tag(answer: object) -> str | None:
    """The tag of a record; what time alone changes of it follows the version (`If-Match` takes both)."""
    version, aged = getattr(answer, "version", None), getattr(answer, "aged", None)
    if version is None:
        return None
    return f'"{version}-{aged}"' if aged else f'"{version}"'


def hashed_tag(body: bytes, actor: Actor) -> str:
    """The tag of what is computed."""
    return f'"{hashlib.sha256(body + repr(actor.entitlement).encode()).hexdigest()[:32]}"'


def respond(request: Request, body: bytes, etag: str) -> Response:
    """The answer, or 304 where the caller has it."""
    headers = {**PRIVATE, "ETag": etag}
    if is_held(etag, request.headers.get("if-none-match")):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type=JSON)


class Kept(NamedTuple):
    """An answer, and what the access log is told each time that it is given."""

    size: int  # of the ledger
    body: bytes
    etag: str
    noted: tuple[Access, ...]


class Pages:
    """Answers of lists, each good as long as the ledger has not grown: nothing else can change them."""

    def __init__(self) -> None:
        self._pages: OrderedDict[tuple[Any, ...], Kept] = OrderedDict()

    def knows(self, key: tuple[Any, ...]) -> bool:
        """Whether there was such an answer."""
        return key in self._pages

    def get(self, key: tuple[Any, ...], size: int) -> "Kept | None":
        """The answer as it was at this size of the ledger."""
        found = self._pages.get(key)
        return found if found and found.size == size else None

    def clear(self) -> None:
        """Forget them all: what was erased must not stay in memory either."""
        self._pages.clear()

    def put(self, key: tuple[Any, ...], answer: "Kept") -> None:
        """Remember an answer, unless it is large; the oldest makes place."""
        if len(answer.body) > LARGEST_CACHED:
            return
        self._pages[key] = answer
        self._pages.move_to_end(key)
        if len(self._pages) > CACHED_PAGES:
            self._pages.popitem(last=False)


def page_key(request: Request, actor: Actor) -> tuple[Any, ...]:
    """What an answer depends on besides the ledger; reference data holds from a day to a day."""
    return (actor.entitlement, request.scope["path"], request.scope["query_string"], today())


async def kept_page(request: Request, actor: Actor) -> Response | None:
    """The answer to the same question, if the ledger has not grown since: nothing need be read again."""
    state = request.app.state
    key = page_key(request, actor)
    if not state.pages.knows(key):
        return None
    found = state.pages.get(key, await state.database.reads.coalesced(ledger_size).get(1))
    if found is None:
        return None
    if found.noted:
        state.database.access.note(found.noted)
    return respond(request, found.body, found.etag)
