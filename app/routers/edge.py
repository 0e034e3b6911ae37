"""Where a request comes in: finds its route, has it answered, and gives every answer what HTTP asks of it.

It takes the place of the framework's router and of its layers, which look at each request many times over
(docs/adr/0010): one table of paths, one place where problems become answers, HEAD, OPTIONS, Allow.
"""

import re
from collections.abc import Mapping
from http import HTTPStatus

from fastapi import FastAPI, Request, Response
from fastapi.routing import iter_route_contexts
from starlette.routing import compile_path
from starlette.types import Message, Receive, Scope, Send

from app.access import Access, AccessLog
from app.domain.access_log import AccessKind
from app.domain.errors import MethodNotAllowed, NotFound
from app.routers import problems
from app.routers.authentication import Caller
from app.routers.order import Endpoint

Serve = Endpoint

ANY_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
MOST_SAID = 200  # of a path that was refused
DEPRECATION = "siaga.deprecation"
SAFE_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
)


class Paths:
    """Which methods each path has, and who serves them."""

    def __init__(self, app: FastAPI) -> None:
        methods: dict[str, dict[str, Serve]] = {}
        for route in iter_route_contexts(app.routes):
            endpoint = Endpoint(route)
            methods.setdefault(str(route.path), {}).update(dict.fromkeys(route.methods or (), endpoint))
        self._fixed = {path: offered for path, offered in methods.items() if "{" not in path}
        self._patterns: list[tuple[re.Pattern[str], dict[str, Serve]]] = [
            (compile_path(path)[0], offered) for path, offered in methods.items() if "{" in path
        ]

    def find(self, path: str) -> tuple[Mapping[str, Serve], dict[str, str]]:
        """The methods at a path, and what the path names; no methods where there is nothing."""
        offered = self._fixed.get(path)
        if offered is not None:
            return offered, {}
        for pattern, offered in self._patterns:
            if found := pattern.match(path):
                return offered, found.groupdict()
        return {}, {}


class Edge:
    """The ASGI application behind FastAPI's own entry."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app
        self._paths: Paths | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or the start and the end of the process."""
        if scope["type"] != "http":
            await self._app.router(scope, receive, send)
            return
        method = scope["method"]
        request = Request(scope, receive, send)
        try:
            response = await self._answer(request, "GET" if method == "HEAD" else method)
        except Exception as error:  # noqa: BLE001 - every failure becomes an answer
            response = problems.answer(request, error)
            note_refusal(request, response.status_code)
        given = {name for name, _ in response.raw_headers}
        response.raw_headers += [header for header in SAFE_HEADERS if header[0] not in given]
        response.raw_headers += scope.get(DEPRECATION, ())
        caller: Caller | None = scope.get("siaga.caller")
        if caller is not None and caller.meter is not None:
            response.raw_headers += caller.meter.headers()
        await response(scope, receive, _without_body(send) if method == "HEAD" else send)

    async def _answer(self, request: Request, method: str) -> Response:
        if self._paths is None:
            self._paths = Paths(self._app)
        offered, request.scope["path_params"] = self._paths.find(request.scope["path"])
        serve = offered.get(method)
        if serve is not None:
            if serve.deprecation:
                request.scope[DEPRECATION] = serve.deprecation
            return await serve(request)
        if not offered:
            raise NotFound
        allow = {"Allow": ", ".join(sorted({*offered, "OPTIONS", *(["HEAD"] if "GET" in offered else [])}))}
        if method == "OPTIONS":
            return Response(status_code=204, headers=allow)
        return problems.respond(request, MethodNotAllowed(), allow)


def note_refusal(request: Request, status: int) -> None:
    """Whoever was refused for want of a right stands in the access log; strangers are only counted."""
    if status == HTTPStatus.UNAUTHORIZED:
        access_log(request).count_anonymous()
        return
    caller: Caller | None = request.scope.get("siaga.caller")
    if status == HTTPStatus.FORBIDDEN and caller and caller.actor:
        # Without ids: what was asked for may be hidden, and the log is read by more than the one who asked.
        said = f"{request.method} {ANY_ID.sub('…', request.scope['path'])}"
        access_log(request).note([Access.of(AccessKind.DENIED, caller.actor, said[:MOST_SAID])])


def access_log(request: Request) -> AccessLog:
    """Where it is noted; only a service that has started has one."""
    log: AccessLog = request.app.state.database.access
    return log


def _without_body(send: Send) -> Send:
    async def send_head(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return send_head
