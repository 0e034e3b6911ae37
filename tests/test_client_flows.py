"""The client for partners against the running service: lost answers, typed refusals, all pages."""

import json

import httpx
import pytest
from siaga_client.clients import AsyncClient, Client
from siaga_client.flows import Session
from siaga_client.problems import NotFound, SnapshotRequired, Unauthenticated

from tests.conftest import PASSWORD
from tests.support.servers import serving
from tests.support.service import Service, incident, report

READER = "integration.polda-banten"
ACCOUNT = "operator.polda-banten"


class Lossy(httpx.AsyncBaseTransport):
    """Hands a request on, and loses the first answer to each report."""

    def __init__(self, app):
        self.inner, self.keys = httpx.ASGITransport(app), []

    async def handle_async_request(self, request):
        answer = await self.inner.handle_async_request(request)
        if request.url.path.endswith("/incidents") and request.method == "POST":
            self.keys.append(request.headers["Idempotency-Key"])
            if len(self.keys) == 1:
                raise httpx.ReadError("lost on the way")
        return answer


def session_of(service: Service, **changes):
    form = {"grant_type": "password", "username": ACCOUNT, "password": service.password}
    return Session("http://siaga.test", {**form, **changes})


async def test_a_lost_answer_is_asked_for_again_with_the_same_key_and_one_effect(service):
    lossy = Lossy(service.app)
    async with httpx.AsyncClient(transport=lossy) as http:
        client = AsyncClient(session_of(service), http)
        answer = await client.request("POST", "/api/v1/incidents", json=incident(title="Sekali saja"))
        found = [each["id"] async for each in client.incidents(limit=2)]
        with pytest.raises(NotFound):
            await client.request("GET", f"/api/v1/incidents/{'0' * 8}-0000-7000-8000-{'0' * 12}")
    assert len(lossy.keys) == 2
    assert len(set(lossy.keys)) == 1
    assert found.count(answer.json()["id"]) == 1
    assert len(found) == len(set(found))


async def test_a_token_that_is_good_no_more_is_replaced_once(service):
    async with httpx.AsyncClient(transport=httpx.ASGITransport(service.app)) as http:
        session = session_of(service)
        session.token, session.until = "spoiled", float("inf")
        assert (await AsyncClient(session, http).request("GET", "/api/v1/incidents")).status_code == 200
        assert session.token != "spoiled"


async def test_a_wrong_password_is_told_and_never_shown(service):
    session = session_of(service, password="salah-" * 5)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(service.app)) as http:
        with pytest.raises(Unauthenticated) as refused:
            await AsyncClient(session, http).request("GET", "/api/v1/incidents")
    assert (refused.value.status, refused.value.told["error"]) == (400, "invalid_grant")
    assert "salah" not in f"{refused.value!r} {session!r}"


async def test_changes_go_on_from_a_stored_cursor_and_a_strange_filter_needs_a_snapshot(service):
    form = {"grant_type": "client_credentials", "client_id": READER, "client_secret": service.password}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(service.app)) as http:
        client = AsyncClient(Session("http://siaga.test", form), http)
        lines = (await client.request("GET", "/api/v1/snapshot")).text.splitlines()
        after = json.loads(lines[-1])["next"]
        made = await report(service, ACCOUNT, title="Sesudah potret")
        page = await anext(client.changes(after))
        assert made["id"] in [each["id"] for each in page["items"]]
        with pytest.raises(SnapshotRequired):
            await anext(client.changes(after, type="deployment"))


def test_the_waiting_client_does_the_same_over_a_network(fresh):
    form = {"grant_type": "password", "username": ACCOUNT, "password": PASSWORD}
    with serving(fresh, PASSWORD) as server, httpx.Client() as http:
        client = Client(Session(server.url, form), http)
        made = [client.request("POST", "/api/v1/incidents", json=incident()).json()["id"] for _ in range(3)]
        assert set(made) <= {each["id"] for each in client.incidents(limit=2)}
        with pytest.raises(NotFound):
            client.request("GET", "/api/v1/incidents/00000000-0000-7000-8000-000000000000")
