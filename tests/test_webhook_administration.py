"""Who has whom told: an integration itself, an administrator the agency's; nobody sees those of others."""

import asyncio
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import text

from app.domain.permissions import GRANTS, Permission, Role
from app.settings import Settings
from tests.conftest import PASSWORD
from tests.support.administration import ADMIN, INTEGRATIONS, REASON, act, integration
from tests.support.calls import ABSENT, OPERATOR, get, post, refused, step, walk
from tests.support.receivers import SCOPES, WEBHOOKS, deliveries, ended, receiving, saying, telling, webhook
from tests.support.service import Service, report

URL = "https://siaga.invalid/hook"
OTHER = "admin.polda-banten"
SYSTEM = "integration.kpu-banten"
AUDITOR, ENTRIES = "auditor.kpu-banten", "/api/v1/ledger/entries"
BODY = {"url": URL, "label": "Server (fiktif)", "reason": REASON}
LATER = {"If-Match": '"99"'}


def asked(client: httpx.AsyncClient, place: str, headers: dict[str, str]) -> list[Any]:
    """Each thing that can be asked about one webhook."""
    said = {"reason": REASON}
    return [
        client.get(place),
        client.get(f"{place}/deliveries"),
        client.patch(place, json={**said, "label": "Lain"}, headers=headers),
        client.post(f"{place}/secret", json=said, headers=headers),
        client.post(f"{place}/ping", json=said),
        client.post(f"{place}/replays", json={**said, "first": 0, "last": 5}),
        client.delete(place, headers=headers),
    ]


def headers_of(answer: httpx.Response) -> dict[str, str]:
    return {name: said for name, said in answer.headers.items() if name not in {"date", "x-request-id"}}


@pytest.mark.parametrize("headers", [{"If-Match": '"1"'}, LATER], ids=["fits", "stale"])
async def test_the_webhook_of_another_agency_is_exactly_one_that_does_not_exist(
    service: Service, headers: dict[str, str]
):
    made = await webhook(service, URL)
    client = await service.client(OTHER)
    theirs = [await each for each in asked(client, f"{WEBHOOKS}/{made['id']}", headers)]
    absent = [await each for each in asked(client, f"{WEBHOOKS}/{ABSENT}", headers)]
    for one, another in zip(theirs, absent, strict=True):
        assert one.status_code == another.status_code == 404
        assert one.content == another.content
        assert headers_of(one) == headers_of(another)
    assert (await get(service, ADMIN, f"{WEBHOOKS}/{made['id']}")).json()["version"] == 1


async def test_an_integration_has_its_own_only(service: Service):
    others = await webhook(service, URL)
    client = await service.client(SYSTEM)
    made = (await client.post(WEBHOOKS, json=BODY)).json()
    itself = made["integration_id"]
    assert (await client.post(WEBHOOKS, json={**BODY, "integration_id": itself})).status_code == 201
    for identity in (others["integration_id"], ABSENT, str(uuid4())):
        answer = await client.post(WEBHOOKS, json={**BODY, "integration_id": identity})
        refused(answer, 422, "invalid", "/integration_id")
    for each in asked(client, f"{WEBHOOKS}/{others['id']}", {"If-Match": '"1"'}):
        assert (await each).status_code == 404
    listed = {}
    for account in (SYSTEM, ADMIN, OTHER):
        pages = await walk(service, account, WEBHOOKS, limit=50)
        listed[account] = {each["id"] for page in pages for each in page} & {made["id"], others["id"]}
    assert listed == {SYSTEM: {made["id"]}, ADMIN: {made["id"], others["id"]}, OTHER: set()}


async def test_an_administrator_names_an_integration_of_the_agency(service: Service):
    foreign = await integration(service, OTHER)
    person = (await get(service, ADMIN, "/api/v1/accounts", limit=1)).json()["items"][0]
    for identity in (None, foreign["id"], person["id"], ABSENT):
        answer = await post(service, ADMIN, WEBHOOKS, {**BODY, "integration_id": identity})
        refused(answer, 422, "invalid", "/integration_id")


def test_only_administrators_and_integrations_have_to_do_with_them():
    for permission in (Permission.WEBHOOKS_READ, Permission.WEBHOOKS_WRITE):
        assert {role for role in Role if permission in GRANTS[role]} == {Role.ADMIN, Role.INTEGRATION}


async def test_a_change_needs_the_version_that_was_read(service: Service):
    made = await webhook(service, URL)
    place, client = f"{WEBHOOKS}/{made['id']}", await service.client(ADMIN)
    said = {"label": "Lain (fiktif)", "reason": REASON}
    refused(await client.patch(place, json=said), 428, "precondition-required")
    refused(await client.delete(place), 428, "precondition-required")
    refused(await client.patch(place, json=said, headers=LATER), 412, "precondition-failed")
    refused(await client.delete(place, headers=LATER), 412, "precondition-failed")
    refused(
        await client.post(f"{place}/secret", json={"reason": REASON}, headers=LATER),
        412,
        "precondition-failed",
    )
    changed = await client.patch(place, json=said, headers={"If-Match": '"1"'})
    assert (changed.status_code, changed.json()["version"], changed.headers["etag"]) == (200, 2, '"2"')
    assert "secret" not in changed.json()
    read = await client.get(place, headers={"If-None-Match": changed.headers["etag"]})
    assert read.status_code == 304
    both = await asyncio.gather(
        *(client.patch(place, json={**said, "label": f"{n}"}, headers={"If-Match": '"2"'}) for n in range(2))
    )
    assert sorted(each.status_code for each in both) == [200, 412]
    assert (await client.delete(place, headers={"If-Match": '"3"'})).status_code == 204
    refused(await client.get(place), 404, "not-found")


@pytest.mark.parametrize("url", ["http://siaga.invalid/", "https://10.0.0.1/", "https://[::ffff:127.0.0.1]/"])
async def test_an_address_that_is_not_for_webhooks_is_refused_at_once(service: Service, url: str):
    made = await webhook(service, URL)
    body = {**BODY, "integration_id": made["integration_id"], "url": url}
    refused(await post(service, ADMIN, WEBHOOKS, body), 422, "invalid", "/url")
    client = await service.client(ADMIN)
    answer = await client.patch(
        f"{WEBHOOKS}/{made['id']}", json={"url": url, "reason": REASON}, headers={"If-Match": '"1"'}
    )
    refused(answer, 422, "invalid", "/url")


async def test_an_integration_has_twenty_at_most(service: Service):
    system = await integration(service, scopes=SCOPES)
    body = {**BODY, "integration_id": system["id"]}
    for _ in range(18):
        assert (await post(service, ADMIN, WEBHOOKS, body)).status_code == 201
    client = await service.client(ADMIN)
    many = await asyncio.gather(*(client.post(WEBHOOKS, json=body) for _ in range(6)))
    codes = [each.status_code for each in many]
    assert (codes.count(201) <= 2, {*codes} <= {201, 409}) == (True, True)
    for _ in range(2 - codes.count(201)):  # who met others may try again
        assert (await post(service, ADMIN, WEBHOOKS, body)).status_code == 201
    refused(await post(service, ADMIN, WEBHOOKS, body), 409, "conflict")


async def test_no_secret_stands_anywhere_but_in_the_one_answer(service: Service):
    made = await webhook(service, URL)
    place = f"{WEBHOOKS}/{made['id']}"
    second = (await act(service, ADMIN, f"{place}/secret", overlap_hours=24)).json()
    assert second["secret"] != made["secret"]
    audited = await get(service, AUDITOR, ENTRIES, record_id=made["integration_id"], limit=200)
    assert audited.status_code == 200, audited.text
    said = [audited.text, (await get(service, ADMIN, place)).text, (await get(service, ADMIN, WEBHOOKS)).text]
    async with service.app.state.database.reading.connect() as connection:
        said += map(str, (await connection.execute(text("SELECT * FROM webhook"))).all())
        disclosed = [*map(str, (await connection.execute(text("SELECT * FROM ledger_disclosure"))).all())]
    for secret in (made["secret"], second["secret"]):
        assert not any(secret.removeprefix("whsec_") in each for each in (*said, *disclosed))
    assert not any("sealed" in each for each in disclosed)


async def test_the_messages_are_listed_by_state_and_in_pages(fresh: Settings):
    async with telling(fresh, PASSWORD) as service, receiving() as receiver:
        made = await webhook(service, receiver.url)
        for _ in range(5):
            await report(service, OPERATOR, tlp="GREEN")
        await receiver.until(5)
        found = await ended(service, made, lambda each: each["state"] == "delivered")
        pages = await walk(service, ADMIN, f"{WEBHOOKS}/{made['id']}/deliveries", limit=2)
        assert [len(each) for each in pages] == [2, 2, 1]
        assert [each for page in pages for each in page] == found
        assert [each["position"] for each in found] == sorted((e["position"] for e in found), reverse=True)
        assert await deliveries(service, made, state="waiting") == []
        assert len(await deliveries(service, made, state="delivered")) == 5


async def test_a_replay_tells_what_concerns_the_integration_and_of_one_position_only_that(fresh: Settings):
    async with telling(fresh, PASSWORD) as service, receiving() as receiver:
        made = await webhook(service, receiver.url)
        incident = await report(service, OPERATOR, tlp="GREEN")
        await report(service, OPERATOR)
        await step(service, OPERATOR, incident, "verified")
        first, last = [each.content["position"] for each in await receiver.until(2)]
        place = f"{WEBHOOKS}/{made['id']}/replays"
        for a, b, count in ((first, first, 1), (first + 1, last - 1, 0), (first, last, 2), (10**9, 10**9, 0)):
            answer = await act(service, ADMIN, place, first=a, last=b)
            assert (answer.status_code, answer.json()["count"]) == (201, count)
        told = await receiver.until(5)
        assert [each.content["position"] for each in told[2:]] == [first, first, last]
        assert len({each.headers["webhook-id"] for each in told}) == 5
        for a, b in ((5, 4), (0, 1_000), (-1, 3)):
            assert (await act(service, ADMIN, place, first=a, last=b)).status_code == 422


async def test_whose_integration_is_suspended_or_reads_less_now_is_told_less(fresh: Settings):
    async with telling(fresh, PASSWORD) as service, receiving() as receiver:
        system = await integration(service, scopes=SCOPES)
        made = await webhook(service, receiver.url, integration_id=system["id"])
        await report(service, OPERATOR, tlp="GREEN")
        (message,) = await receiver.until(1)
        at, place = message.content["position"], f"{INTEGRATIONS}/{system['id']}"
        client = await service.client(ADMIN)
        answer = await client.patch(
            place,
            json={"scopes": ["changes:read", "deployments:read"], "reason": REASON},
            headers={"If-Match": (await client.get(place)).headers["etag"]},
        )
        assert answer.status_code == 200, answer.text
        replays = f"{WEBHOOKS}/{made['id']}/replays"
        assert (await act(service, ADMIN, replays, first=at, last=at)).json()["count"] == 0
        assert (await act(service, ADMIN, f"{place}/suspension")).status_code == 200
        refused(await act(service, ADMIN, replays, first=at, last=at), 409, "conflict")
        refused(await act(service, ADMIN, f"{WEBHOOKS}/{made['id']}/ping"), 409, "conflict")
        assert len(receiver.messages) == 1


async def switched_off(client: httpx.AsyncClient, place: str) -> httpx.Response:
    for _ in range(200):
        if not (read := await client.get(place)).json()["active"]:
            return read
        await asyncio.sleep(0.05)
    raise TimeoutError


async def test_after_410_it_is_off_until_it_is_switched_on_and_the_ledger_says_so(fresh: Settings):
    async with telling(fresh, PASSWORD) as service, receiving(saying("410 Gone")) as receiver:
        made = await webhook(service, receiver.url)
        place, client = f"{WEBHOOKS}/{made['id']}", await service.client(ADMIN)
        incident = await report(service, OPERATOR, tlp="GREEN")
        await ended(service, made, lambda each: each["status"] == 410)
        read = await switched_off(client, place)
        later = await report(service, OPERATOR, tlp="GREEN")
        for part, more in (("ping", {}), ("replays", {"first": 0, "last": 1})):
            refused(await act(service, ADMIN, f"{place}/{part}", **more), 409, "conflict")
        entries = await get(service, AUDITOR, ENTRIES, record_id=made["integration_id"], limit=200)
        (off,) = [e for e in entries.json()["items"] if e["action"] == "account.webhook_switched_off"]
        assert off["agency"] == "siaga"
        receiver.answering = saying("204 Back")
        on = await client.patch(
            place, json={"active": True, "reason": REASON}, headers={"If-Match": read.headers["etag"]}
        )
        assert (on.json()["active"], on.json()["gone_at"]) == (True, None)
        await ended(service, made, lambda each: each["state"] == "delivered")
        assert {each.content["id"] for each in receiver.messages} == {incident["id"], later["id"]}


async def test_a_wish_to_be_left_alone_is_obeyed_in_the_same_turn_by_all(fresh: Settings):
    busy = saying("503 Busy", "Retry-After: 86400000")
    async with telling(fresh, PASSWORD) as service, receiving(busy) as receiver:
        made = await webhook(service, receiver.url)
        await report(service, OPERATOR, tlp="GREEN")
        (waiting,) = await ended(service, made, lambda each: each["attempts"] == 1)
        assert waiting["next_at"][:10] > waiting["attempted_at"][:10]  # a day at most
        await report(service, OPERATOR, tlp="GREEN")
        await asyncio.sleep(1.5)
        assert len(receiver.messages) == 1
