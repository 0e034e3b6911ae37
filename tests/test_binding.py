"""What a route takes is gathered as FastAPI declares it; what a binding does not know is refused at start."""

from typing import Annotated

import pytest
from fastapi import Cookie, FastAPI
from fastapi.routing import APIRoute

from app.routers.binding import Binding
from tests.support.calls import ABSENT, INCIDENTS, OPERATOR, get, post, refused
from tests.support.service import Service


async def with_cookie(chip: Annotated[str, Cookie()]) -> None:
    """A route of a kind that the service does not have."""


def test_a_route_that_no_binding_can_serve_is_refused_at_start():
    app = FastAPI()
    app.get("/")(with_cookie)
    (route,) = (each for each in app.routes if isinstance(each, APIRoute) and each.path == "/")
    with pytest.raises(TypeError):
        Binding(route.dependant)


async def test_everything_that_is_wrong_is_said_at_once(service: Service):
    answer = await get(service, OPERATOR, INCIDENTS, limit=0, kind="x", severity="y")
    refused(answer, 422, "invalid", "limit", "kind", "severity")


async def test_a_body_that_is_missing_is_said_so(service: Service):
    client = await service.client(OPERATOR)
    answer = await client.post(INCIDENTS, headers={"Content-Type": "application/json"})
    refused(answer, 422, "invalid")


async def test_path_and_body_are_checked_together(service: Service):
    answer = await post(service, OPERATOR, f"{INCIDENTS}/nothing/notes", {"text": ""})
    refused(answer, 422, "invalid", "incident_id", "/text")


async def test_values_of_a_list_are_all_taken(service: Service):
    answer = await get(service, OPERATOR, INCIDENTS, severity=["minor", "severe"], limit=1)
    assert answer.status_code == 200
    refused(await get(service, OPERATOR, f"{INCIDENTS}/{ABSENT}"), 404, "not-found")
