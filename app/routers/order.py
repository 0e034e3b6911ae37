"""The order of checks: who calls, then what was sent, so that no check tells of what a later one hides."""

import json
import re
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from typing import Any, get_args, get_origin

from fastapi import Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from app.domain.errors import FieldError, Invalid, PayloadTooLarge, UnsupportedMediaType
from app.routers.answers import kept_page
from app.routers.authentication import Authenticator, Bearer, require

LONGEST_LENGTH = 15  # digits of a Content-Length
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

        parameters = {
            each.alias: _takes_many(each.field_info.annotation) for each in _query_params(self.dependant)
        }
        is_list = self.methods == {"GET"} and self.response_model is not None

        async def handle_in_order(request: Request) -> Response:
            if scopes:
                authenticator: Authenticator = request.app.state.authenticator
                request.state.actor = await authenticator.actor(request)
                require(request.state.actor, scopes)
                if is_list and (kept := await kept_page(request, request.state.actor)):
                    return kept
                check_query(request, parameters)
            if self.body_field:
                await read_body(request, is_form="/oauth2/" in self.path)
            try:
                return await handle(request)
            except HTTPException as error:
                if error.status_code == 400:  # noqa: PLR2004 - the framework's word for a body it cannot parse
                    raise Invalid.field("", "The body is no form that can be read.", "form_invalid") from None
                raise

        return handle_in_order


def check_query(request: Request, parameters: dict[str, bool]) -> None:
    """Raise Invalid for a parameter that the route does not have, or that stands twice and has one value.

    A misspelt filter that is passed over in silence shows a duty officer everything.
    """
    if not request.scope["query_string"]:
        return
    given = Counter(name for name, _ in request.query_params.multi_items())
    wrong = [
        FieldError(name, "There is no such parameter here.", "extra_forbidden")
        for name in given
        if name not in parameters
    ] + [
        FieldError(name, "This parameter has one value.", "repeated")
        for name, times in given.items()
        if times > 1 and not parameters.get(name, True)
    ]
    if wrong:
        raise Invalid(f"{len(wrong)} thing(s) to correct; see errors.", *wrong)


def _query_params(dependant: Dependant) -> Iterator[Any]:
    """The query parameters of a route and of all that it depends on."""
    yield from dependant.query_params
    for each in dependant.dependencies:
        yield from _query_params(each)


def _takes_many(annotation: Any) -> bool:
    return any(get_origin(each) is list for each in (annotation, *get_args(annotation)))


async def read_body(request: Request, *, is_form: bool) -> None:
    """Read the body within its bounds; what follows finds it in the request."""
    if not is_form and not JSON_TYPE.fullmatch(
        request.headers.get("content-type", "").partition(";")[0].strip()
    ):
        raise UnsupportedMediaType("Send the body as application/json.")
    limit: int = request.app.state.settings.max_body_bytes
    too_large = PayloadTooLarge(f"At most {limit} bytes.")
    told = request.headers.get("content-length", "0")
    if told.isdecimal() and (len(told) > LONGEST_LENGTH or int(told) > limit):
        raise too_large
    chunks, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            raise too_large
        chunks.append(chunk)
    request._body = b"".join(chunks)  # noqa: SLF001 - where Starlette itself keeps it
    if request._body and not is_form:  # noqa: SLF001 - the same
        request._json = read_json(request._body)  # noqa: SLF001 - the same


def read_json(body: bytes) -> Any:
    """A JSON text in UTF-8 in which no name stands twice (RFC 8259 §4, §8.1)."""
    try:
        return json.loads(body.decode(), object_pairs_hook=_each_name_once)
    except (ValueError, RecursionError):
        detail = "The body is not valid JSON in UTF-8, or names a member twice."
        raise Invalid.field("", detail, "json_invalid") from None


def _each_name_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found
