"""Reads a form with a file: the file goes to disk piece by piece, the rest stays within narrow bounds."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import Request
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.datastructures import FormData

from app.domain.errors import FieldError, Invalid, PayloadTooLarge, UnsupportedMediaType
from app.schemas.attachments import ReceivedFile
from app.storage import CHUNK_BYTES, Draft, Store

FILE = "file"
MOST_BESIDES = 65_536  # bytes of a form that are not the file: members, headers, boundaries
MOST_PARTS = 16
LONGEST_LENGTH = 15  # digits of a Content-Length
TOO_LARGE = "A file of at most {limit} bytes."


class Form:
    """The parts of a form as the parser tells of them; the bytes of the file wait here for the disk."""

    def __init__(self) -> None:
        self.members: dict[str, bytearray] = {}
        self.file_name: str | None = None
        self.declared = ""
        self.waiting = bytearray()
        self.is_whole = False
        self._headers: dict[bytes, bytes] = {}
        self._name, self._value = bytearray(), bytearray()
        self._now: bytearray = self.waiting

    def callbacks(self) -> Any:
        """What the parser calls."""
        return {
            "on_part_begin": self._headers.clear,
            "on_header_field": lambda data, start, end: self._name.extend(data[start:end]),
            "on_header_value": lambda data, start, end: self._value.extend(data[start:end]),
            "on_header_end": self._end_header,
            "on_headers_finished": self._begin_part,
            "on_part_data": lambda data, start, end: self._now.extend(data[start:end]),
            "on_end": self._end,
        }

    def _end(self) -> None:
        self.is_whole = True

    def _end_header(self) -> None:
        self._headers[bytes(self._name).lower()] = bytes(self._value)
        self._name.clear()
        self._value.clear()

    def _begin_part(self) -> None:
        kind, said = parse_options_header(self._headers.get(b"content-disposition"))
        if kind != b"form-data" or not said.get(b"name"):
            raise FormParserError("a part without a name")
        name = said[b"name"].decode()
        if name in self.members or (name == FILE and self.file_name is not None):
            raise Invalid.field(f"/{name}", "This member has one value.", "repeated")
        if len(self.members) >= MOST_PARTS:
            raise PayloadTooLarge("At most {limit} members.", limit=MOST_PARTS)
        if name == FILE:
            self._begin_file(said.get(b"filename"))
        elif b"filename" in said:
            raise Invalid.field(f"/{name}", "A file belongs into `{member}`.", "extra_forbidden", member=FILE)
        else:
            self._now = self.members[name] = bytearray()

    def _begin_file(self, name: bytes | None) -> None:
        if name is None:
            raise Invalid.field(f"/{FILE}", "Send the file itself, with its name.", "file")
        # Browsers write these three so (WHATWG HTML §4.10.21.8).
        self.file_name = name.decode().replace("%22", '"').replace("%0A", "").replace("%0D", "")
        told = self._headers.get(b"content-type", b"").decode("latin-1")
        self.declared = told.partition(";")[0].strip().lower()
        self._now = self.waiting


class Reading:
    """Reads one form: what the parser finds of the file goes to a draft."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._store: Store = request.app.state.store
        self._form = Form()
        self.draft: Draft | None = None

    async def read(self) -> None:
        """Read all of it; what follows finds it in the request."""
        most = self._store.most_bytes + MOST_BESIDES
        if announced_length(self._request) > most:
            raise PayloadTooLarge(TOO_LARGE, limit=self._store.most_bytes)
        try:
            parser = MultipartParser(boundary(self._request), self._form.callbacks())
            size = 0
            async for piece in self._request.stream():
                size += len(piece)
                parser.write(piece)
                await self._to_disk(size, at_least=CHUNK_BYTES)
            await self._to_disk(size, at_least=1)
            members = {name: bytes(value).decode() for name, value in self._form.members.items()}
        except (FormParserError, UnicodeDecodeError):
            raise unreadable() from None
        if not self._form.is_whole:
            raise unreadable()
        self._tell(members, await self._finished())

    async def _to_disk(self, size: int, *, at_least: int) -> None:
        form, draft = self._form, self.draft
        written = draft.byte_count if draft else 0
        if written + len(form.waiting) > self._store.most_bytes:
            raise PayloadTooLarge(TOO_LARGE, limit=self._store.most_bytes)
        if size - written - len(form.waiting) > MOST_BESIDES:
            raise PayloadTooLarge("At most {limit} bytes besides the file.", limit=MOST_BESIDES)
        if len(form.waiting) >= at_least:
            draft = self.draft = draft or await self._store.draft()
            await self._store.write(draft, bytes(form.waiting))
            form.waiting.clear()

    async def _finished(self) -> ReceivedFile | None:
        if self._form.file_name is None:
            return None
        if self.draft is None:
            raise Invalid.field(f"/{FILE}", "The file is empty.", "empty")
        return await self._store.finish(self.draft, self._form.file_name, self._form.declared)

    def _tell(self, members: dict[str, str], file: ReceivedFile | None) -> None:
        given: list[tuple[str, Any]] = [*members.items(), *([(FILE, file)] if file else [])]
        self._request._form = FormData(given)  # noqa: SLF001 - where Starlette itself keeps it
        # The boundary differs each time; what was said is the same.
        of_file = [file.name, file.media_type, file.sha256] if file else []
        self._request.state.said = json.dumps([sorted(members.items()), of_file]).encode()


@asynccontextmanager
async def reading_form(request: Request) -> AsyncIterator[None]:
    """The form was read; a draft that nothing kept is removed in the end."""
    reading = Reading(request)
    try:
        await reading.read()
        yield
    finally:
        if reading.draft:
            reading.draft.discard()


def announced_length(request: Request) -> int:
    """What Content-Length says; 0 where it says nothing that means anything."""
    told = request.headers.get("content-length", "0")
    return int(told[:LONGEST_LENGTH]) if told.isdecimal() else 0


def boundary(request: Request) -> bytes:
    """What stands between the parts; raises UnsupportedMediaType where the body is no such form."""
    kind, said = parse_options_header(request.headers.get("content-type"))
    if kind != b"multipart/form-data":
        raise UnsupportedMediaType("Send the file as multipart/form-data.")
    if not said.get(b"boundary"):
        raise unreadable()
    return said[b"boundary"]


def unreadable() -> Invalid:
    """The refusal of a form that cannot be read."""
    return Invalid(
        "One field is not valid.", FieldError("", "The body is no form that can be read.", "form_invalid")
    )
