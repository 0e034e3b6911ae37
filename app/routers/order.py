"""The order of checks: who calls, then what was sent, so that no check tells of what a later one hides."""

import re
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import HTTPException, Request, Response
from fastapi.routing import APIRoute

from app.domain.errors import Invalid, PayloadTooLarge, UnsupportedMediaType
from app.routers.authentication import Authenticator, Bearer, require

JSON_TYPE = re.compile(r"application/([a-z0-9.+-]+\+)?json", re.IGNORECASE)


class Route(APIRoute):
    """A route that asks in one order, so that no check tells of what a later one hides (DESIGN §6)."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler behind authentication, permission and the bounds of the body."""
        handle = super().get_route_handler()
        scopes = [
            scope
            for each in self.dependant.dependencies
            if isinstance(each.call, Bearer)
            for scope in each.own_oauth_scopes or []
        ]

        async def handle_in_order(request: Request) -> Response:
            if scopes:
                authenticator: Authenticator = request.app.state.authenticator
                request.state.actor = await authenticator.actor(request)
                require(request.state.actor, scopes)
            if self.body_field:
                await read_body(request, is_form="/oauth2/" in self.path)
            try:
                return await handle(request)
            except HTTPException as error:
                if error.status_code == 400:  # noqa: PLR2004 - the framework's word for a body it cannot parse
                    raise Invalid.field("", "The body is not valid JSON in UTF-8.", "json_invalid") from None
                raise

        return handle_in_order


async def read_body(request: Request, *, is_form: bool) -> None:
    """Read the body within its bounds; what follows finds it in the request."""
    if not is_form and not JSON_TYPE.fullmatch(
        request.headers.get("content-type", "").partition(";")[0].strip()
    ):
        raise UnsupportedMediaType("Send the body as application/json.")
    limit: int = request.app.state.settings.max_body_bytes
    too_large = PayloadTooLarge(f"At most {limit} bytes.")
    if int(request.headers.get("content-length", "0")) > limit:
        raise too_large
    chunks, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            raise too_large
        chunks.append(chunk)
    request._body = b"".join(chunks)  # noqa: SLF001 - where Starlette itself keeps it
