"""Gives out a stored file: only to be saved, never to be shown, and piece by piece."""

import asyncio
import base64
import re
import unicodedata
from typing import IO
from urllib.parse import quote

from fastapi import Request, Response
from starlette.types import Receive, Scope, Send

from app.routers.answers import is_held
from app.schemas.attachments import StoredFile
from app.storage import CHUNK_BYTES

SAVED = {
    "Cache-Control": "private, no-store",
    # Should a browser show it after all, it runs nothing and reaches nothing.
    "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
PLAIN = re.compile(r"[^A-Za-z0-9 ._()-]")


def download(request: Request, found: StoredFile) -> Response:
    """The file, or 304 where the caller has it."""
    about = found.attachment
    etag = f'"{found.sha256}"'
    if is_held(etag, request.headers.get("if-none-match")):
        found.content.close()
        return Response(status_code=304, headers={**SAVED, "ETag": etag})
    digest = base64.b64encode(bytes.fromhex(found.sha256)).decode()
    text = "; charset=utf-8" if about.media_type.startswith("text/") else ""
    headers = {
        **SAVED,
        "Content-Disposition": disposition(found.name),
        "Content-Length": str(about.byte_count),
        "Content-Type": f"{about.media_type}{text}",
        "ETag": etag,
        "Repr-Digest": f"sha-256=:{digest}:",  # RFC 9530
    }
    return Streamed(found.content, headers)


def disposition(name: str) -> str:
    """To be saved under this name (RFC 6266): in letters that all read, and in its own (RFC 8187)."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return f"attachment; filename=\"{PLAIN.sub('_', letters)}\"; filename*=UTF-8''{quote(name, safe='')}"


class Streamed(Response):
    """An open file as the body; it is closed whatever becomes of the answer."""

    def __init__(self, content: IO[bytes], headers: dict[str, str]) -> None:
        super().__init__(headers=headers)
        self._content = content

    def init_headers(self, headers: object = None) -> None:
        """The given ones only: the length is that of the file."""
        given = headers if isinstance(headers, dict) else {}
        self.raw_headers = [(name.lower().encode(), value.encode()) for name, value in given.items()]

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        """Send it, a piece in memory at a time."""
        try:
            await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            while piece := await asyncio.to_thread(self._content.read, CHUNK_BYTES):
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        finally:
            self._content.close()
