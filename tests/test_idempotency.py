"""A key of the caller's own makes trying again safe."""

import asyncio
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from sqlmodel import col, update

from app.models.operations import IdempotencyRow
from tests.support.calls import INCIDENTS, OPERATOR, REASON, change, get, ledger_size, post, refused, url
from tests.support.service import Service, incident, report

KPU = "operator.kpu-banten"
SHARED = {"tlp": "AMBER", "audience": ["kpu-banten"]}


@pytest.fixture
def key(request: pytest.FixtureRequest) -> str:
    """A key that no other test uses."""
    return f"{abs(hash(request.node.nodeid))}"


async def keyed(
    service: Service, key: str, path: str, body: object, account: str = OPERATOR
) -> httpx.Response:
    return await post(service, account, path, body, **{"Idempotency-Key": key})


def same(first: httpx.Response, again: httpx.Response) -> None:
    """The second answer is the first, told again."""
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert (again.status_code, again.content) == (first.status_code, first.content)
    for name in ("etag", "location", "siaga-ledger-position", "content-type", "cache-control"):
        assert again.headers.get(name) == first.headers.get(name)


async def test_the_same_request_with_the_same_key_counts_once(service: Service, key: str):
    point = {"type": "Point", "coordinates": [106.63861234567, -6.1]}
    body = incident(title="Sekali saja: é, ü, 🗳️", geometry=point, killed_count=1)
    first = await keyed(service, key, INCIDENTS, body)
    size = await ledger_size(service)
    same(first, await keyed(service, key, INCIDENTS, body))
    same(first, await keyed(service, f'"{key}"', INCIDENTS, body))
    assert await ledger_size(service) == size


async def test_steps_and_parts_count_once_too(service: Service, key: str):
    made, other = await report(service, OPERATOR), await report(service, OPERATOR)
    bodies = {
        "/steps": {"to": "verified", "reason": REASON},
        "/notes": {"text": "Sekali."},
        "/links": {"target_id": other["id"], "kind": "related_to"},
        "/parties": {"role": "witness", "name": "Saksi A (fiktif)", "national_id": "3603010101900001"},
        "/about-agencies": {"agency": "kpu-banten", "reason": REASON},
        "/hand-over": {"action": "offer", "to": "pemprov-banten", "reason": REASON},
    }
    made = (await change(service, OPERATOR, made, tlp="GREEN")).json()
    for part, body in bodies.items():
        first = await keyed(service, key, url(made, part), body)
        assert first.status_code in {200, 201}, first.text
        size = await ledger_size(service)
        same(first, await keyed(service, key, url(made, part), body))
        assert await ledger_size(service) == size


async def test_a_replay_tells_what_was_answered_then_not_what_holds_now(service: Service, key: str):
    first = await keyed(service, key, INCIDENTS, incident(title="Semula"))
    await change(service, OPERATOR, first.json(), title="Kemudian")
    same(first, await keyed(service, key, INCIDENTS, incident(title="Semula")))


async def test_the_same_key_for_another_body_is_refused(service: Service, key: str):
    await keyed(service, key, INCIDENTS, incident(title="Satu"))
    size = await ledger_size(service)
    refused(await keyed(service, key, INCIDENTS, incident(title="Dua")), 422, "idempotency-key-reused")
    assert await ledger_size(service) == size


async def test_the_same_key_for_another_version_is_refused(service: Service, key: str):
    made = await report(service, OPERATOR)
    body = {"to": "verified", "reason": REASON}
    headers = {"Idempotency-Key": key, "If-Match": '"1"'}
    first = await post(service, OPERATOR, url(made, "/steps"), body, **headers)
    same(first, await post(service, OPERATOR, url(made, "/steps"), body, **headers))
    other = await post(service, OPERATOR, url(made, "/steps"), body, **{**headers, "If-Match": '"2"'})
    refused(other, 422, "idempotency-key-reused")


async def test_a_key_belongs_to_one_account_and_one_route(service: Service, key: str):
    body = incident(tlp="GREEN")
    mine = await keyed(service, key, INCIDENTS, body)
    for account in ("commander.polda-banten", KPU):
        theirs = await keyed(service, key, INCIDENTS, body, account)
        assert theirs.status_code == 201
        assert "idempotency-replayed" not in theirs.headers
        assert theirs.json()["id"] != mine.json()["id"]
    other = await report(service, OPERATOR)
    for made in (mine.json(), other):
        note = await keyed(service, key, url(made, "/notes"), {"text": "Kunci sama, alamat lain."})
        assert note.status_code == 201
        assert "idempotency-replayed" not in note.headers


async def test_what_one_may_no_longer_see_is_not_told_again(service: Service, key: str):
    made = await report(service, OPERATOR, **SHARED)
    note = {"text": "Dari KPU."}
    first = await keyed(service, key, url(made, "/notes"), note, KPU)
    assert first.status_code == 201
    await change(service, OPERATOR, made, audience=[])
    refused(await keyed(service, key, url(made, "/notes"), note, KPU), 404, "not-found")


async def test_a_refusal_is_not_kept(service: Service, key: str):
    made = await report(service, OPERATOR, tlp="GREEN")
    body = {"to": "resolved", "reason": REASON}
    refused(await keyed(service, key, url(made, "/steps"), body), 409, "illegal-step")
    await post(service, OPERATOR, url(made, "/steps"), {"to": "verified", "reason": REASON})
    assert (await keyed(service, key, url(made, "/steps"), body)).status_code == 200


async def test_twenty_at_once_with_one_key_have_one_effect(service: Service, key: str):
    size = await ledger_size(service)
    answers = await asyncio.gather(*(keyed(service, key, INCIDENTS, incident()) for _ in range(20)))
    assert await ledger_size(service) == size + 1
    assert {each.status_code for each in answers} == {201}
    assert len({each.content for each in answers}) == 1
    assert sum("idempotency-replayed" not in each.headers for each in answers) == 1


async def test_twenty_at_once_without_a_key_are_twenty(service: Service):
    size = await ledger_size(service)
    answers = await asyncio.gather(*(post(service, OPERATOR, INCIDENTS, incident()) for _ in range(20)))
    assert len({each.json()["reference"] for each in answers}) == 20
    assert await ledger_size(service) == size + 20


async def test_twenty_notes_at_once_on_one_record_are_all_kept(service: Service):
    made = await report(service, OPERATOR)
    answers = await asyncio.gather(
        *(post(service, OPERATOR, url(made, "/notes"), {"text": f"Catatan {n}"}) for n in range(20))
    )
    assert {each.status_code for each in answers} == {201}
    assert len((await get(service, OPERATOR, url(made, "/notes"))).json()["items"]) == 20


async def test_of_many_changes_on_one_version_one_wins(service: Service):
    made = await report(service, OPERATOR)
    answers = await asyncio.gather(*(change(service, OPERATOR, made, title=f"Judul {n}") for n in range(12)))
    assert sorted(each.status_code for each in answers) == [200] + [412] * 11
    (winner,) = (each for each in answers if each.status_code == 200)
    assert (await get(service, OPERATOR, url(made))).json() == winner.json()


@pytest.mark.parametrize("bad", ["", '""', "with space", "x" * 201, 'a"b', "tab\there"])
async def test_a_key_that_is_no_key_is_refused(service: Service, bad: str):
    size = await ledger_size(service)
    refused(await keyed(service, bad, INCIDENTS, incident()), 422, "invalid", "Idempotency-Key")
    assert await ledger_size(service) == size


async def test_a_key_counts_anew_when_its_time_is_over(service: Service, key: str):
    first = await keyed(service, key, INCIDENTS, incident())
    over = update(IdempotencyRow).where(col(IdempotencyRow.key) == key)
    async with service.app.state.database.engine.begin() as connection:
        await connection.execute(over.values(expires_at=datetime.now(UTC) - timedelta(seconds=1)))
    again = await keyed(service, key, INCIDENTS, incident())
    assert again.status_code == 201, again.text
    assert again.json()["id"] != first.json()["id"]
    same(again, await keyed(service, key, INCIDENTS, incident()))
