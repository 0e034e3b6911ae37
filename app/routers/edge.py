"""What HTTP asks of every resource and the framework leaves open: HEAD, OPTIONS, Allow, safe headers."""

from collections.abc import Iterable

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.routing import compile_path
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.domain.errors import MethodNotAllowed
from app.routers.problems import respond

SAFE_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
)


class Edge:
    """A pure ASGI layer around the application."""

    def __init__(self, app: ASGIApp, api: FastAPI) -> None:
        self._app = app
        self._api = api
        self._paths: list[tuple[object, frozenset[str]]] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        method = scope["method"]
        allowed = self._allowed(scope["path"]) if method not in {"GET", "POST"} else None
        if allowed and (method == "OPTIONS" or method not in allowed):
            response = respond(Request(scope), MethodNotAllowed(), {"Allow": _join(allowed)})
            if method == "OPTIONS":
                response.status_code, response.body = 204, b""
                for name in ("content-type", "content-length", "content-language"):
                    del response.headers[name]
            await response(scope, receive, _with_safe_headers(send))
            return
        if method == "HEAD":
            scope = {**scope, "method": "GET"}
            send = _without_body(send)
        await self._app(scope, receive, _with_safe_headers(self._with_allow(scope, send)))

    def _allowed(self, path: str) -> frozenset[str]:
        """The methods that any route offers at a path."""
        if self._paths is None:
            self._paths = [
                (compile_path(str(each.path))[0], frozenset(each.methods or ()))
                for each in iter_route_contexts(self._api.routes)
                if getattr(each, "path", None)
            ]
        found: set[str] = set()
        for pattern, methods in self._paths:
            if pattern.match(path):  # type: ignore[attr-defined]
                found |= methods
        if "GET" in found:
            found.add("HEAD")
        return frozenset(found | {"OPTIONS"}) if found else frozenset()

    def _with_allow(self, scope: Scope, send: Send) -> Send:
        """A 405 names every method of the path, not only those of one route."""

        async def send_with_allow(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 405:  # noqa: PLR2004
                MutableHeaders(scope=message)["Allow"] = _join(self._allowed(scope["path"]))
            await send(message)

        return send_with_allow


def _join(methods: Iterable[str]) -> str:
    return ", ".join(sorted(methods))


def _with_safe_headers(send: Send) -> Send:
    async def send_safely(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = {name for name, _ in message["headers"]}
            added = [header for header in SAFE_HEADERS if header[0] not in given]
            message = {**message, "headers": [*message["headers"], *added]}
        await send(message)

    return send_safely


def _without_body(send: Send) -> Send:
    async def send_head(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return send_head
