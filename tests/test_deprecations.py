"""A route that will go says so in every answer; none of ours does now."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest
from fastapi import Response

from app import openapi
from app.domain.errors import NotFound
from app.main import create_app
from app.routers.deprecations import Deprecation, deprecated
from app.settings import Settings

GOING = Deprecation(
    since=datetime(2026, 1, 1, tzinfo=UTC),
    sunset=datetime(2027, 1, 1, tzinfo=UTC),
    successor="/api/v1/incidents",
    policy="https://siaga.invalid/deprecations",
)


@pytest.fixture
async def client():
    """The service with two routes of the test's own, of which one will go."""
    app = create_app(Settings())

    @app.get("/api/v0/going", tags=["Incidents"], **deprecated(GOING))
    async def going(found: bool = True) -> Response:  # noqa: FBT001, FBT002 - a query parameter
        if not found:
            raise NotFound
        return Response("{}")

    @app.get("/api/v0/staying", tags=["Incidents"])
    async def staying() -> Response:
        return Response("{}")

    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://siaga.test") as client:
        client.document = openapi.make(app, str)
        yield client


@pytest.mark.parametrize(("query", "status"), [("", 200), ("?found=false", 404), ("?found=perhaps", 422)])
async def test_every_answer_of_a_route_that_goes_says_so(client: httpx.AsyncClient, query: str, status: int):
    answer = await client.get(f"/api/v0/going{query}")
    assert answer.status_code == status
    assert answer.headers["deprecation"] == "@1767225600"  # RFC 9745 §2.1: a date of RFC 9651
    assert answer.headers["sunset"] == "Fri, 01 Jan 2027 00:00:00 GMT"  # RFC 8594 §3: an HTTP-date
    assert answer.headers.get_list("link") == [
        '</api/v1/incidents>; rel="successor-version"',
        '<https://siaga.invalid/deprecations>; rel="deprecation"; type="text/html"',
    ]


async def test_the_document_marks_it(client):
    paths = client.document["paths"]
    assert paths["/api/v0/going"]["get"]["deprecated"] is True
    assert paths["/api/v0/going"]["get"]["x-deprecation"]["successor"] == "/api/v1/incidents"
    assert "deprecated" not in paths["/api/v0/staying"]["get"]


async def test_a_route_that_stays_says_nothing(client: httpx.AsyncClient):
    for path in ("/api/v0/staying", "/livez", "/api/v0/nowhere"):
        answer = await client.get(path)
        assert not {"deprecation", "sunset", "link"} & answer.headers.keys()


def test_none_of_ours_is_deprecated():
    operations = [
        each for methods in create_app(Settings()).openapi()["paths"].values() for each in methods.values()
    ]
    assert [each["operationId"] for each in operations if each.get("deprecated")] == []


def test_a_route_does_not_go_before_it_was_deprecated():
    with pytest.raises(ValueError, match="after"):
        deprecated(Deprecation(GOING.since, GOING.since - timedelta(days=1), "/", "/"))
