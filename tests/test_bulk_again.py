"""The same bulk sent again, at once, by several workers: one effect, and one answer for one key."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlmodel import col, select, update

from app.models.operations import IdempotencyRow
from app.settings import Settings
from tests.conftest import PASSWORD
from tests.support.bulk import BULK, key, keyed, level, outcomes, send
from tests.support.calls import INCIDENTS, OPERATOR, change, get, ledger_size, refused
from tests.support.deployments import UNIT, deployment, state, window
from tests.support.privacy import OFFICER, erase
from tests.support.servers import serving
from tests.support.service import Service, incident, running
from tests.support.threats import spot

KPU = "operator.kpu-banten"
TOGETHER = 100


@pytest.fixture
def header(request: pytest.FixtureRequest) -> dict[str, str]:
    """A key that no other test uses."""
    return {"Idempotency-Key": f"{abs(hash(request.node.nodeid))}"}


@pytest.mark.parametrize("mode", ["all_or_nothing", "best_effort"])
async def test_the_same_bulk_with_the_same_key_is_answered_the_same(
    service: Service, header: dict[str, str], mode: str
):
    items = [keyed() for _ in range(120)] + ([keyed(kind="tidak_ada")] if mode == "best_effort" else [])
    first = await send(service, OPERATOR, "incidents", items, header, mode=mode)
    size = await ledger_size(service)
    again = await send(service, OPERATOR, "incidents", items, header, mode=mode)
    assert again.headers["idempotency-replayed"] == "true"
    assert "idempotency-replayed" not in first.headers
    assert again.content == first.content
    assert await ledger_size(service) == size
    refused(
        await send(service, OPERATOR, "incidents", items[:1], header, mode=mode),
        422,
        "idempotency-key-reused",
    )


async def test_a_bulk_that_changes_nothing_keeps_its_key_too(service: Service, header: dict[str, str]):
    items = [keyed()]
    await send(service, OPERATOR, "incidents", items)
    for mode in ("all_or_nothing", "best_effort"):
        first = await send(service, OPERATOR, "incidents", items, header, mode=mode)
        again = await send(service, OPERATOR, "incidents", items, header, mode=mode)
        assert again.content == first.content
        header = {"Idempotency-Key": header["Idempotency-Key"] + "-2"}


async def test_a_refused_bulk_and_a_dry_run_keep_no_key(service: Service, header: dict[str, str]):
    items = [keyed(), keyed(region_code="99.99")]
    query = {"mode": "all_or_nothing"}
    for _ in range(2):
        refused(await send(service, OPERATOR, "incidents", items, header, **query), 422, "bulk-refused")
    for _ in range(2):
        dry = await send(service, OPERATOR, "incidents", items[:1], header, dry_run=True)
        assert "idempotency-replayed" not in dry.headers
    assert outcomes(await send(service, OPERATOR, "incidents", items[:1], header)) == [(201, "created")]


async def test_what_one_may_no_longer_see_is_not_told_again(service: Service, header: dict[str, str]):
    mine, theirs = keyed(), keyed(tlp="AMBER", audience=["kpu-banten"])
    answer = await send(service, OPERATOR, "incidents", [mine, theirs], header)
    [_, told] = answer.json()["items"]
    for action, account in (("offer", OPERATOR), ("accept", KPU)):
        body = {
            "action": action,
            "reason": "Sesuai laporan petugas.",
            **({"to": "kpu-banten"} if action == "offer" else {}),
        }
        client = await service.client(account)
        assert (await client.post(f"{INCIDENTS}/{told['id']}/hand-over", json=body)).is_success
    row = (await get(service, KPU, f"{INCIDENTS}/{told['id']}")).json()
    assert (await change(service, KPU, row, audience=[])).is_success
    again = await send(service, OPERATOR, "incidents", [mine, theirs], header)
    [kept, hidden] = again.json()["items"]
    assert kept == answer.json()["items"][0]
    assert (hidden["status"], hidden["id"], hidden["reference"]) == (404, None, None)
    assert hidden["problem"]["type"] == "urn:siaga:problem:not-found"


async def test_a_key_of_a_bulk_counts_anew_when_its_time_is_over(service: Service, header: dict[str, str]):
    items = [keyed()]
    await send(service, OPERATOR, "incidents", items, header)
    over = update(IdempotencyRow).where(col(IdempotencyRow.key) == header["Idempotency-Key"])
    async with service.app.state.database.engine.begin() as connection:
        await connection.execute(over.values(expires_at=datetime.now(UTC) - timedelta(seconds=1)))
    again = await send(service, OPERATOR, "incidents", items, header)
    assert outcomes(again) == [(200, "unchanged")]


async def test_bulks_of_several_accounts_at_once_make_each_record_once(service: Service):
    items = [keyed(tlp="GREEN") for _ in range(60)]
    accounts = (OPERATOR, "commander.polda-banten", "integration.polda-banten")
    size = await ledger_size(service)
    answers = await asyncio.gather(*(send(service, each, "incidents", items) for each in accounts))
    assert Counter(each for answer in answers for each in outcomes(answer)) == {
        (201, "created"): 60, (200, "unchanged"): 120,
    }  # fmt: skip
    assert await ledger_size(service) == size + 60


async def test_bulks_over_one_unit_at_once_promise_no_more_than_it_has(service: Service):
    await state(service, OPERATOR, UNIT, 1_000)
    when = {**window(), "status": "committed", "strength_planned": 100}
    bundles = [[deployment(**key(), **when) for _ in range(6)] for _ in range(3)]
    accounts = (OPERATOR, "commander.polda-banten", "integration.polda-banten")
    answers = await asyncio.gather(
        *(send(service, each, "deployments", bundle) for each, bundle in zip(accounts, bundles, strict=True))
    )
    assert Counter(each[0] for answer in answers for each in outcomes(answer)) == {201: 10, 409: 8}


async def test_others_write_while_a_bulk_is_worked_on(service: Service):
    levels = [level(spot("mass_unrest")) for _ in range(400)]  # other tests need the places of the default
    bulk = asyncio.ensure_future(send(service, OPERATOR, "threat-levels", levels))
    before = 0
    while not bulk.done():
        answer = await (await service.client(KPU)).post(INCIDENTS, json=incident())
        assert answer.status_code == 201
        before += not bulk.done()
    assert before >= 4
    assert outcomes(await bulk) == [(201, "created")] * 400


@pytest.mark.parametrize("mode", ["all_or_nothing", "best_effort"])
async def test_two_workers_with_one_key_give_one_answer(fresh: Settings, header: dict[str, str], mode: str):
    items = [keyed() for _ in range(120)]
    async with running(fresh, PASSWORD) as one, running(fresh, PASSWORD) as other:
        size = await ledger_size(one)
        answers = await asyncio.gather(
            *(send(each, OPERATOR, "incidents", items, header, mode=mode) for each in (one, other))
        )
        assert await ledger_size(one) == size + 120
    assert [each.status_code for each in answers] == [200, 200]
    assert answers[0].content == answers[1].content
    assert sorted(each.headers.get("idempotency-replayed", "") for each in answers) == ["", "true"]


@pytest.mark.parametrize("mode", ["all_or_nothing", "best_effort"])
async def test_what_was_sent_cannot_be_guessed_once_something_of_it_is_erased(
    service: Service, header: dict[str, str], mode: str
):
    items = [keyed(site="Rumah A (fiktif)") for _ in range(3)]
    first = await send(service, OPERATOR, "incidents", items, header, mode=mode)
    other = await send(service, KPU, "incidents", [keyed()], header, mode=mode)
    made = first.json()["items"][1]
    assert (await erase(service, OFFICER, made, "incident", made, "site")).status_code == 201
    query = select(IdempotencyRow.fingerprint).where(
        col(IdempotencyRow.key) == header["Idempotency-Key"], col(IdempotencyRow.results).is_not(None)
    )
    async with service.app.state.database.session() as session:
        kept = sorted((await session.exec(query)).all())
    assert (len(kept), kept[0], kept[1] != "") == (2, "", True)
    for account, sent, earlier in ((OPERATOR, items, first), (KPU, [keyed()], other)):
        again = await send(service, account, "incidents", sent, header, mode=mode)
        if account == OPERATOR:
            assert again.content == earlier.content
            assert again.headers["idempotency-replayed"] == "true"
        else:  # another agency's key still means what it meant
            refused(again, 422, "idempotency-key-reused")


def workers(settings: Settings) -> int:
    """SQLite has one writer."""
    return 1 if settings.database.startswith("sqlite") else 3


async def told(client: httpx.AsyncClient, path: str, body: Any, header: dict[str, str]) -> httpx.Response:
    """The answer, once it is no longer being worked on."""
    for _ in range(100):
        answer = await client.post(path, json=body, headers=header)
        if answer.status_code != 409:
            return answer
        await asyncio.sleep(0.2)
    raise TimeoutError(path)


@pytest.mark.parametrize("path", [INCIDENTS, BULK["incidents"], f"{BULK['incidents']}?mode=all_or_nothing"])
async def test_a_hundred_at_once_with_one_key_have_one_effect(fresh: Settings, path: str):
    """Over several workers: each gets that one answer, or 409 and then that answer."""
    body: Any = incident() if path == INCIDENTS else [keyed() for _ in range(10)]
    limits = httpx.Limits(max_connections=TOGETHER, max_keepalive_connections=0)
    with serving(fresh, PASSWORD, workers=workers(fresh)) as server:
        async with httpx.AsyncClient(base_url=server.url, timeout=60, limits=limits) as client:
            form = {"grant_type": "password", "username": OPERATOR, "password": PASSWORD}
            token = (await client.post("/oauth2/token", data=form)).json()["access_token"]
            client.headers["Authorization"] = f"Bearer {token}"
            size = (await client.get("/api/v1/ledger/head")).json()["size"]
            header = {"Idempotency-Key": "sekali-saja"}
            answers = await asyncio.gather(*(told(client, path, body, header) for _ in range(TOGETHER)))
            grown = (await client.get("/api/v1/ledger/head")).json()["size"] - size
    assert {each.status_code for each in answers} == {201 if path == INCIDENTS else 200}
    assert len({each.content for each in answers}) == 1
    assert sum("idempotency-replayed" not in each.headers for each in answers) == 1
    assert grown == (1 if path == INCIDENTS else 10)
