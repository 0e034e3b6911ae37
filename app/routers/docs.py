"""The API's documentation, in two languages, as a page that asks no other host for anything."""

import hashlib
import html
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Header, Request, Response

from app import openapi
from app.routers.answers import JSON, is_held
from app.routers.languages import LanguageAsked
from app.routers.problems import told_in
from app.texts.catalogue import say
from app.texts.languages import Language

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
    ("docs.css", "text/css", REVALIDATED),
    ("sign-in.css", "text/css", REVALIDATED),
    ("swagger/LICENSE", "text/plain", UNCHANGING),
    ("swagger/NOTICE", "text/plain", UNCHANGING),
    ("swagger/favicon-32x32.png", "image/png", UNCHANGING),
    ("swagger/oauth2-redirect.html", "text/html", UNCHANGING),
    ("swagger/oauth2-redirect.js", "text/javascript", UNCHANGING),
    ("swagger/swagger-ui-bundle.js", "text/javascript", UNCHANGING),
    ("swagger/swagger-ui-bundle.js.LICENSE.txt", "text/plain", UNCHANGING),
    ("swagger/swagger-ui.css", "text/css", UNCHANGING),
)

PAGE = (STATIC / "docs.html").read_text("utf-8")
SAID = re.compile(r"\{\{(.+?)\}\}")  # an English text in the page
CODE = re.compile(r"`(.+?)`")

router = APIRouter(include_in_schema=False)
IfNoneMatch = Annotated[str | None, Header()]


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file as it is answered; `etag` is strong because it is the hash of the bytes."""

    content: bytes
    media_type: str
    caching: str
    etag: str


def static_file(content: bytes, media_type: str, caching: str) -> StaticFile:
    return StaticFile(content, media_type, caching, f'"{hashlib.sha256(content).hexdigest()[:32]}"')


def answer(file: StaticFile, if_none_match: str | None, more: dict[str, str] | None = None) -> Response:
    headers = HEADERS | {"Cache-Control": file.caching, "ETag": file.etag} | (more or {})
    if is_held(file.etag, if_none_match):
        return Response(status_code=304, headers=headers)
    return Response(file.content, headers=headers, media_type=file.media_type)


def answering(file: StaticFile) -> Callable[[str | None], Awaitable[Response]]:
    async def read_static_file(if_none_match: IfNoneMatch = None) -> Response:
        return answer(file, if_none_match)

    return read_static_file


def page(language: Language) -> bytes:
    """The page in a language: each text in double braces said in it, what stands in backticks as code."""

    def said(found: re.Match[str]) -> str:
        return CODE.sub(r"<code>\1</code>", html.escape(say(language, found[1]), quote=True))

    current = {f"$current_{each}": "page" if each is language else "false" for each in Language}
    text = SAID.sub(said, PAGE).replace("$language", language)
    for name, value in current.items():
        text = text.replace(name, value)
    return text.encode()


PAGES = {each: static_file(page(each), "text/html", REVALIDATED) for each in Language}


@router.get("/docs")
async def read_docs(language: LanguageAsked, if_none_match: IfNoneMatch = None) -> Response:
    return answer(PAGES[language], if_none_match, told_in(language))


@router.get("/openapi.json")
async def read_openapi(
    request: Request, language: LanguageAsked, if_none_match: IfNoneMatch = None
) -> Response:
    kept: dict[Language, StaticFile] = request.app.state.documents
    if language not in kept:
        kept[language] = static_file(openapi.as_json(request.app, language), JSON, REVALIDATED)
    return answer(kept[language], if_none_match, told_in(language))


# One route for each known file, so that nothing a caller sends is ever part of a path on disk.
for _name, _media_type, _caching in SERVED:
    router.add_api_route(
        f"/docs/static/{_name}",
        answering(static_file((STATIC / _name).read_bytes(), _media_type, _caching)),
        name=f"docs/{_name}",
    )
