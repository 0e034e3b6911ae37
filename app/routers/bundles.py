"""Bodies of many items: how many are held at once, how one is read, and how it is taken apart."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import UUID
from weakref import WeakValueDictionary

from fastapi import Request

from app.domain.bulk import CHUNK_ITEMS, MOST, BulkMode
from app.domain.errors import Conflict, Invalid, RequestTimeout, Unavailable, UnsupportedMediaType
from app.formats import sequences, spreadsheets
from app.formats.sequences import Raw
from app.routers.order import collected
from app.services.bulk import Kind

JSON, NDJSON, CSV = "application/json", "application/x-ndjson", "text/csv"
AT_ONCE = 4  # in one worker: so many bodies are in memory at most
WAIT_SECONDS = 5.0
# For a whole body: the largest by default at 1.2 Mbit/s. Who sends holds a place, and others wait for it.
READ_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Bundle:
    """The body of a bulk, as text; its items are read when they are needed."""

    kind: Kind
    media_type: str
    text: str

    def items(self) -> Iterator[Raw]:
        """The items, one after the other; raises Invalid where the body as such cannot be read."""
        if self.kind.columns and self.media_type == CSV:
            return spreadsheets.rows(self.text, self.kind.columns)
        return (sequences.array if self.media_type == JSON else sequences.lines)(self.text)

    async def count(self, mode: BulkMode) -> int:
        """How many there are, once all was read to its end: nothing is decided before that."""
        number, most = 0, MOST[mode]
        for number, _ in enumerate(self.items(), 1):
            if number > most:
                raise Invalid.field("", "At most {limit} items in this mode.", "too_long", limit=most)
            if number % CHUNK_ITEMS == 0:
                await asyncio.sleep(0)  # others have their turn
        if not number:
            raise Invalid.field("", "There is no item.", "too_short")
        return number


async def read(request: Request, kind: Kind) -> Bundle:
    """The body of a request, in one of the forms in which such records are taken."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    taken = (JSON, NDJSON, CSV) if kind.columns else (JSON, NDJSON)
    if media_type not in taken:
        raise UnsupportedMediaType("Send the items as one of these: {types}.", types=taken)
    try:
        async with asyncio.timeout(READ_SECONDS):
            body = await collected(request, request.app.state.settings.max_bulk_bytes)
    except TimeoutError:
        detail = "Send fewer items at once: a body must come within {seconds} s."
        raise RequestTimeout(detail, seconds=READ_SECONDS) from None
    request.state.said = hashlib.sha256(body).digest()
    try:
        return Bundle(kind, media_type, body.decode())
    except UnicodeDecodeError:
        if media_type == CSV:
            raise Invalid.field("", "Save the table as CSV UTF-8.", "csv_encoding") from None
        raise Invalid.field("", sequences.NOT_JSON, "json_invalid") from None


class Places:
    """How many bulks a worker works on at once: a few in all, one for each account."""

    def __init__(self) -> None:
        self._free = asyncio.Semaphore(AT_ONCE)
        self._accounts: WeakValueDictionary[UUID, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def place(self, account: UUID) -> AsyncIterator[None]:
        """A place for the account; raises where none becomes free for a while."""
        lock = self._accounts.setdefault(account, asyncio.Lock())
        try:
            await asyncio.wait_for(lock.acquire(), WAIT_SECONDS)
        except TimeoutError:
            raise Conflict("Another bulk of your account is being worked on.") from None
        try:
            try:
                await asyncio.wait_for(self._free.acquire(), WAIT_SECONDS)
            except TimeoutError:
                raise Unavailable("Other bulks are being worked on; try again.") from None
            try:
                yield
            finally:
                self._free.release()
        finally:
            lock.release()
