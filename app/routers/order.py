"""The order of checks: who calls, then what was sent, so that no check tells of what a later one hides."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from contextlib import AsyncExitStack
from typing import Any

from fastapi import Request, Response
from fastapi.routing import RouteContext, get_request_handler
from starlette.exceptions import HTTPException

from app.domain.errors import TO_CORRECT, FieldError, Invalid, PayloadTooLarge, UnsupportedMediaType
from app.routers.answers import kept_page
from app.routers.authentication import Authenticator, Bearer
from app.routers.binding import NOTHING, Binding
from app.routers.deprecations import headers_of
from app.routers.networks import require_network
from app.routers.uploads import announced_length, reading_form

UPLOAD_TYPE = "multipart/form-data"
JSON_TYPE = re.compile(r"application/([a-z0-9.+-]+\+)?json", re.IGNORECASE)
EXIT_STACKS = ("fastapi_inner_astack", "fastapi_function_astack", "fastapi_middleware_astack")


class Endpoint:
    """Serves one route; asks in one order, so that no check tells of what a later one hides (DESIGN §6)."""

    def __init__(self, route: RouteContext) -> None:
        dependant = route.dependant
        self._scopes = [
            scope
            for each in dependant.dependencies
            if isinstance(each.call, Bearer)
            for scope in each.own_oauth_scopes or []
        ]
        self._is_list = route.methods == {"GET"} and route.response_model is not None
        self._has_body = route.body_field is not None
        media_type = getattr(route.body_field.field_info, "media_type", "") if route.body_field else ""
        self._is_upload = media_type == UPLOAD_TYPE
        self._is_form = media_type == "application/x-www-form-urlencoded"
        self.deprecation = headers_of(route.openapi_extra)
        self._binding = Binding(dependant)
        self._parameters = self._binding.query
        self._form = get_request_handler(dependant, route.body_field)

    async def __call__(self, request: Request) -> Response:
        """The answer to a request."""
        if self._scopes:
            authenticator: Authenticator = request.app.state.authenticator
            caller = request.scope["siaga.caller"] = await authenticator.caller(request, self._scopes)
            if caller.meter is not None:
                caller.meter.take()
            actor = await caller.now()
            require_network(request, actor)
            if self._is_list and (kept := await kept_page(request, actor)):
                return kept
            if request.scope["query_string"]:
                check_query(request, self._parameters)
        if self._is_upload:
            async with reading_form(request):
                return await self._answer_form(request)
        body = NOTHING
        if self._has_body:
            body = await read_body(request, is_form=self._is_form)
        if self._is_form:
            return await self._answer_form(request)
        response: Response = await self._binding.answer(request, body)
        return response

    async def _answer_form(self, request: Request) -> Response:
        """Forms are parsed by the framework, which keeps their files open until the answer is made."""
        try:
            async with AsyncExitStack() as stack:
                request.scope.update(dict.fromkeys(EXIT_STACKS, stack))
                return await self._form(request)
        except HTTPException as error:
            if error.status_code == 400:  # noqa: PLR2004 - the framework's word for a body it cannot parse
                raise Invalid.field("", "The body is no form that can be read.", "form_invalid") from None
            raise


def check_query(request: Request, parameters: Mapping[str, bool]) -> None:
    """Raise Invalid for a parameter that the route does not have, or that stands twice and has one value.

    A misspelt filter that is passed over in silence shows a duty officer everything.
    """
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
        raise Invalid(TO_CORRECT, *wrong, count=len(wrong))


async def collected(request: Request, limit: int) -> bytes:
    """The body, which must be within a limit."""
    too_large = PayloadTooLarge("At most {limit} bytes.", limit=limit)
    if announced_length(request) > limit:
        raise too_large
    chunks, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            raise too_large
        chunks.append(chunk)
    return b"".join(chunks)


async def read_body(request: Request, *, is_form: bool) -> Any:
    """Read the body within its bounds; what it says where it is JSON."""
    if not is_form and not JSON_TYPE.fullmatch(
        request.headers.get("content-type", "").partition(";")[0].strip()
    ):
        raise UnsupportedMediaType("Send the body as application/json.")
    body = await collected(request, request.app.state.settings.max_body_bytes)
    request._body = request.state.said = body  # noqa: SLF001 - where Starlette itself keeps it
    return NOTHING if is_form or not body else read_json(body)


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
