"""The API's documentation as a page that asks no other host for anything."""

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Header, Response

STATIC = Path(__file__).parents[1] / "static"

# swagger/ changes only with its version, which docs.html names; our own files change with every release.
UNCHANGING, REVALIDATED = "public, max-age=31536000", "no-cache"

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

# Path below STATIC, media type, how long a browser may keep it without asking.
SERVED = (
    ("docs-init.js", "text/javascript", REVALIDATED),
    ("swagger/LICENSE", "text/plain", UNCHANGING),
    ("swagger/NOTICE", "text/plain", UNCHANGING),
    ("swagger/favicon-32x32.png", "image/png", UNCHANGING),
    ("swagger/oauth2-redirect.html", "text/html", UNCHANGING),
    ("swagger/oauth2-redirect.js", "text/javascript", UNCHANGING),
    ("swagger/swagger-ui-bundle.js", "text/javascript", UNCHANGING),
    ("swagger/swagger-ui-bundle.js.LICENSE.txt", "text/plain", UNCHANGING),
    ("swagger/swagger-ui.css", "text/css", UNCHANGING),
)

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file as it is answered; `etag` is strong because it is the hash of the bytes."""

    content: bytes
    media_type: str
    caching: str
    etag: str


def load(name: str, media_type: str, caching: str) -> StaticFile:
    content = (STATIC / name).read_bytes()
    return StaticFile(content, media_type, caching, f'"{hashlib.sha256(content).hexdigest()[:32]}"')


def is_held(etag: str, if_none_match: str | None) -> bool:
    """Whether the caller has this very version (RFC 9110 §13.1.2, which compares weakly)."""
    held = [tag.strip().removeprefix("W/") for tag in (if_none_match or "").split(",")]
    return etag in held or held == ["*"]


def answer(file: StaticFile, if_none_match: str | None) -> Response:
    headers = HEADERS | {"Cache-Control": file.caching, "ETag": file.etag}
    if is_held(file.etag, if_none_match):
        return Response(status_code=304, headers=headers)
    return Response(file.content, headers=headers, media_type=file.media_type)


def answering(file: StaticFile) -> Callable[[str | None], Awaitable[Response]]:
    async def read_static_file(if_none_match: Annotated[str | None, Header()] = None) -> Response:
        return answer(file, if_none_match)

    return read_static_file


# One route for each known file, so that nothing a caller sends is ever part of a path on disk.
router.add_api_route("/docs", answering(load("docs.html", "text/html", REVALIDATED)), name="docs")
for _name, _media_type, _caching in SERVED:
    router.add_api_route(
        f"/docs/static/{_name}", answering(load(_name, _media_type, _caching)), name=f"docs/{_name}"
    )
