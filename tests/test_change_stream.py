"""The stream of changes from a real server: resumed without a gap, ended with a word, cut off in time."""

import asyncio
import json
import os
import signal
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, suppress

import httpx
import jwt
import pytest

from app.models.agencies import AccountRow
from app.routers import streaming
from app.services import keys
from app.services.news import POLL_SECONDS
from app.services.tokens import TokenIssuer
from app.settings import Settings
from tests.conftest import PASSWORD, copied
from tests.support.calls import INCIDENTS, REASON
from tests.support.feeds import CHANGES, SNAPSHOT, STREAM
from tests.support.listening import Listening, listening, signed_in
from tests.support.servers import Server, serving
from tests.support.service import incident
from tests.test_revocation import only_postgresql

KPU, POLDA = "operator.kpu-banten", "operator.polda-banten"


@pytest.fixture(scope="module")
async def place(
    seeded: Settings, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Settings:
    return await copied(seeded, request, tmp_path_factory.mktemp("stream"))


@pytest.fixture(scope="module")
def server(place: Settings) -> Iterator[Server]:
    with serving(place, PASSWORD) as server:
        yield server


@pytest.fixture
async def clients(server: Server) -> AsyncIterator[tuple[httpx.AsyncClient, httpx.AsyncClient]]:
    """Who listens, and who writes."""
    async with AsyncExitStack() as stack:
        listener, writer = [
            await stack.enter_async_context(signed_in(server.url, each)) for each in (KPU, POLDA)
        ]
        yield listener, writer


async def tip(client: httpx.AsyncClient) -> str:
    """The cursor of who has been told everything."""
    lines = (await client.get(SNAPSHOT)).text.splitlines()
    return json.loads(lines[-1])["next"]


async def wrote(client: httpx.AsyncClient, **fields: str) -> dict[str, str]:
    answer = await client.post(INCIDENTS, json=incident(**fields))
    assert answer.status_code == 201, answer.text
    return answer.json()


async def changed(client: httpx.AsyncClient, made: dict[str, str], **fields: str) -> dict[str, str]:
    headers = {"If-Match": f'"{made["version"]}"'}
    answer = await client.patch(f"{INCIDENTS}/{made['id']}", json=fields, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_what_is_committed_is_told_and_what_is_hidden_is_not(clients):
    listener, writer = clients
    async with listening(listener) as there:
        await wrote(writer)
        made = await wrote(writer, tlp="GREEN")
        told = await there.event()
        assert (told.name, told.data["record"]) == ("changed", made)
        await changed(writer, made, tlp="AMBER+STRICT")
        told = await there.event()
        assert (told.name, told.data["id"], told.data["record"]) == ("gone", made["id"], None)


async def test_whoever_comes_back_is_told_what_it_missed_and_then_what_comes(clients):
    listener, writer = clients
    async with listening(listener) as there:
        await wrote(writer, tlp="GREEN")
        last = (await there.event()).id
    missed = [(await wrote(writer, tlp="GREEN"))["id"] for _ in range(3)]
    for query in ({"last": last}, {"after": last}):
        async with listening(listener, **query) as there:
            assert [(await there.event()).data["id"] for _ in missed] == missed
            new = await wrote(writer, tlp="GREEN")
            assert (await there.event()).data["id"] == new["id"]
        missed.append(new["id"])


async def test_whoever_was_told_nothing_yet_can_come_back_too(clients):
    listener, writer = clients
    async with listener.stream("GET", STREAM) as answer:
        first = await Listening(answer).raw()
    last = first[1].removeprefix("id: ")
    made = await wrote(writer, tlp="GREEN")
    async with listening(listener, last) as there:
        assert (await there.event()).data["record"] == made


async def test_a_stream_and_the_pages_share_their_cursors(clients):
    listener, writer = clients
    async with listening(listener) as there:
        await wrote(writer, tlp="GREEN")
        last = (await there.event()).id
    made = await wrote(writer, tlp="GREEN")
    told = (await listener.get(CHANGES, params={"after": last})).json()
    assert [each["record"] for each in told["items"]] == [made]
    await wrote(writer, tlp="GREEN")
    async with listening(listener, told["next"]) as there:
        assert (await there.event()).data["record"]["title"] == made["title"]


async def test_only_the_types_asked_for_are_told(clients):
    listener, writer = clients
    async with listening(listener, type="deployment") as there:
        made = await wrote(writer, tlp="GREEN")
        with suppress(TimeoutError):
            assert not await there.event(1)
    async with listening(listener, type="incident") as there:
        made = await wrote(writer, tlp="GREEN")
        assert (await there.event()).data["record"] == made


async def test_a_cursor_that_does_not_fit_is_refused(clients):
    listener, writer = clients
    async with listening(writer) as there:
        other = there.last_id or (await listener.get(CHANGES)).json()["next"]
    async with listening(writer) as there:
        await wrote(writer, tlp="GREEN")
        other = (await there.event()).id
    headers = {"Last-Event-ID": other}
    assert (await listener.get(STREAM, headers=headers)).status_code == 410
    for wrong in ("x", "A" * 301, "%00"):
        answer = await listener.get(STREAM, headers={"Last-Event-ID": wrong})
        assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert (await listener.head(STREAM)).status_code == 200


@pytest.mark.parametrize("cut_off", [[1], [2, 2], [1, 1, 2, 3, 8, 90]], ids=["one", "two", "many"])
async def test_many_who_come_and_go_while_others_write_miss_nothing_and_hear_nothing_twice(clients, cut_off):
    listener, writer = clients
    begin = await tip(listener)

    async def follow(most: int) -> list[str]:
        found: list[str] = []
        cursor = begin
        while len(found) < 90:
            sure, seen = 0, None
            async with listening(listener, cursor) as there:
                while sure < most and len(found) < 90:
                    found.append((await there.event()).data["id"])
                    if there.last_id != seen:  # so far it need not be told again
                        sure, seen = sure + 1, there.last_id
                cursor = there.last_id
        return found

    async def write() -> list[str]:
        return [(await wrote(writer, tlp="GREEN"))["id"] for _ in range(30)]

    made = asyncio.gather(write(), write(), write())
    found = await asyncio.gather(*(follow(most) for most in cut_off))
    told = (await listener.get(CHANGES, params={"after": begin})).json()["items"]
    assert sorted(each["id"] for each in told) == sorted(one for some in await made for one in some)
    assert found == [[each["id"] for each in told]] * len(cut_off)


async def test_nobody_who_listens_holds_a_connection(clients):
    listener, writer = clients
    async with AsyncExitStack() as stack:
        there = [await stack.enter_async_context(listening(listener)) for _ in range(40)]
        made = await wrote(writer, tlp="GREEN")
        assert {(await each.event()).data["id"] for each in there} == {made["id"]}


async def test_an_account_has_so_many_streams_and_gets_them_back(clients):
    listener, _ = clients
    async with AsyncExitStack() as stack:
        for _ in range(streaming.MOST_STREAMS_OF_AN_ACCOUNT):
            await stack.enter_async_context(listening(listener))
        assert (await listener.get(STREAM)).status_code == 429
    await asyncio.sleep(0.5)
    async with listening(listener):
        pass


async def test_a_right_that_is_taken_away_cuts_the_stream_off_within_a_second(clients, server: Server):
    _, writer = clients
    account = "liaison.kpu-banten"
    async with signed_in(server.url, account) as listener, listening(listener) as there:
        async with signed_in(server.url, "admin.kpu-banten") as admin:
            found = (await admin.get("/api/v1/accounts?limit=200")).json()["items"]
            (there_is,) = [each for each in found if each["name"] == account]
            step = f"/api/v1/accounts/{there_is['id']}/suspension"
            assert (await admin.post(step, json={"reason": REASON})).status_code == 200
        begin = time.monotonic()
        told = await there.event()
        assert time.monotonic() - begin < 2  # a second, and a loaded machine
        assert (told.name, told.data) == ("goodbye", {"reason": "unauthenticated"})
        await wrote(writer, tlp="GREEN")
        with pytest.raises(EOFError):
            await there.event()


async def test_a_token_that_is_revoked_ends_its_stream_within_a_second(server: Server):
    async with signed_in(server.url, "commander.kpu-banten") as listener, listening(listener) as there:
        token = listener.headers["authorization"].removeprefix("Bearer ")
        async with httpx.AsyncClient(base_url=server.url) as anybody:
            form = {"token": token, "client_id": "swagger-ui"}
            assert (await anybody.post("/oauth2/revoke", data=form)).status_code == 200
        begin = time.monotonic()
        told = await there.event()
        assert time.monotonic() - begin < 2  # a second, and a loaded machine
        assert (told.name, told.data) == ("goodbye", {"reason": "unauthenticated"})


async def test_the_stream_ends_with_the_token(clients, place: Settings):
    listener, _ = clients
    sound = listener.headers["authorization"].removeprefix("Bearer ")
    claims = jwt.decode(sound, options={"verify_signature": False})
    issuer = TokenIssuer(keys.token_keys(place.data_dir), claims["iss"], 1)
    issuer._seconds = 3
    account = AccountRow(id=claims["sub"], agency=claims["agency"])
    short = issuer.issue(account, claims["scope"].split(), claims["client_id"]).access_token
    begin = time.monotonic()
    async with httpx.AsyncClient(base_url=str(listener.base_url), timeout=30) as client:
        client.headers["Authorization"] = f"Bearer {short}"
        async with listening(client) as there:
            told = await there.event()
            assert 2 < time.monotonic() - begin < 6
            assert (told.name, told.data) == ("goodbye", {"reason": "unauthenticated"})


async def test_other_rights_end_the_stream(clients, server: Server):
    account = "liaison.bawaslu-banten"
    async with signed_in(server.url, account) as listener, listening(listener) as there:
        async with signed_in(server.url, "admin.bawaslu-banten") as admin:
            found = (await admin.get("/api/v1/accounts?limit=200")).json()["items"]
            (there_is,) = [each for each in found if each["name"] == account]
            place = f"/api/v1/accounts/{there_is['id']}"
            headers = {"If-Match": (await admin.get(place)).headers["etag"]}
            body = {"clearance": "biasa", "reason": REASON}
            assert (await admin.patch(place, json=body, headers=headers)).status_code == 200
        told = await there.event()
        assert (told.name, told.data) == ("goodbye", {"reason": "snapshot-required"})


async def test_a_server_that_ends_says_goodbye_and_does_not_wait(fresh: Settings):
    with serving(fresh, PASSWORD) as server:
        async with signed_in(server.url, KPU) as client, listening(client) as there:
            waits = asyncio.create_task(
                client.get(CHANGES, headers={"Prefer": "wait=30"}, params={"type": "unit_strength"})
            )
            await asyncio.sleep(0.5)
            begin = time.monotonic()
            os.kill(server.process.pid, signal.SIGTERM)
            told = await there.event()
            assert (told.name, told.data) == ("goodbye", {"reason": "shutdown"})
            assert (await waits).status_code == 200
            with pytest.raises(EOFError):
                await there.event()
            await asyncio.to_thread(server.process.wait, 8)
            assert time.monotonic() - begin < 8  # less than uvicorn's patience


@only_postgresql
async def test_what_another_worker_commits_is_told_too(place: Settings, server: Server):
    with serving(place, PASSWORD) as other:
        async with (
            signed_in(server.url, KPU) as client,
            signed_in(other.url, POLDA) as writer,
            listening(client) as there,
        ):
            begin = time.monotonic()
            made = await wrote(writer, tlp="GREEN")
            assert (await there.event()).data["record"] == made
            assert time.monotonic() - begin < 10 * POLL_SECONDS
