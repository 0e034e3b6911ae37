"""Cursors of the feed: sealed, bound to rights and filter, and refused by a name that says what to do."""

import asyncio
import base64
import time

import pytest

from app.services.feed_cursors import Cursors, wanted
from tests.support import administration as people
from tests.support.calls import OPERATOR, change, get, refused
from tests.support.feeds import CHANGES, SNAPSHOT, STREAM, brief, page, since, taken, tip
from tests.support.service import Service, report
from tests.test_bad_query import CURSORS

KPU = "operator.kpu-banten"


@pytest.mark.parametrize("cursor", CURSORS.values(), ids=CURSORS)
async def test_a_cursor_that_we_did_not_issue_is_refused(service: Service, cursor: str):
    client = await service.client(KPU)
    refused(await client.get(f"{CHANGES}?after={cursor}"), 422, "invalid", "after")
    refused(await client.get(f"{STREAM}?after={cursor}"), 422, "invalid", "after")


async def test_no_letter_of_a_cursor_can_be_changed(service: Service):
    cursor = await tip(service, KPU)
    for place in range(len(cursor)):
        other = "A" if cursor[place] != "A" else "B"
        changed = f"{cursor[:place]}{other}{cursor[place + 1 :]}"
        refused(await get(service, KPU, CHANGES, after=changed), 410, "snapshot-required")


async def test_a_cursor_of_a_key_that_is_gone_needs_a_snapshot(service: Service):
    """Whoever follows begins anew by itself, as after any other cursor that no longer fits."""
    client = await service.client(KPU)
    assert (await client.get(CHANGES)).status_code == 200
    known = service.app.state.authenticator._known.values()
    actor = next(each.actor for each in known if each.actor and each.actor.account == KPU)
    former = Cursors(bytes(32)).make(0, wanted(actor, ()))
    refused(await client.get(CHANGES, params={"after": former}), 410, "snapshot-required")
    refused(await client.get(STREAM, params={"after": former}), 410, "snapshot-required")


async def test_a_cursor_says_nothing(service: Service):
    """Nobody can tell from two of them whether something happened that was not told."""
    first = (await page(service, KPU, after=await tip(service, KPU)))["next"]
    again = (await page(service, KPU, after=first))["next"]
    await report(service, OPERATOR)
    later = (await page(service, KPU, after=again))["next"]
    sealed = [base64.urlsafe_b64decode(f"{each}==") for each in (first, again, later)]
    assert len({len(each) for each in sealed}) == 1
    for one, other in ((0, 1), (1, 2)):
        same = sum(a == b for a, b in zip(sealed[one], sealed[other], strict=True))
        assert same < 8


async def test_a_cursor_of_another_account_needs_a_snapshot(service: Service):
    for other in ("operator.polda-banten", "commander.kpu-banten", "integration.kpu-banten"):
        answer = await get(service, KPU, CHANGES, after=await tip(service, other))
        refused(answer, 410, "snapshot-required")
        assert answer.json()["snapshot"] == SNAPSHOT
        assert answer.headers["link"] == f'<{SNAPSHOT}>; rel="alternate"'


async def test_a_cursor_of_another_filter_needs_a_snapshot(service: Service):
    whole, some = await tip(service, KPU), await tip(service, KPU, type=["incident", "deployment"])
    refused(await get(service, KPU, CHANGES, after=whole, type="incident"), 410, "snapshot-required")
    refused(await get(service, KPU, CHANGES, after=some), 410, "snapshot-required")
    refused(await get(service, KPU, CHANGES, after=some, type="incident"), 410, "snapshot-required")
    assert await since(service, KPU, some, type=["deployment", "incident"]) == []


async def test_other_rights_need_a_snapshot(service: Service):
    new = await people.enrolled(service, clearance="terbatas")
    client = await people.sign_in(service, new["name"])
    cursor = taken(await client.get(SNAPSHOT))[1]
    assert (await client.get(CHANGES, params={"after": cursor})).status_code == 200
    admin = await service.client(people.ADMIN)
    body = {"clearance": "biasa", "reason": people.REASON}
    there = f"{people.ACCOUNTS}/{new['id']}"
    version = (await admin.get(there)).headers["etag"]
    assert (await admin.patch(there, json=body, headers={"If-Match": version})).status_code == 200
    await asyncio.sleep(1)
    refused(await client.get(CHANGES, params={"after": cursor}), 410, "snapshot-required")


async def test_a_cursor_beyond_the_ledger_needs_a_snapshot(service: Service):
    """The database was restored to an earlier state: what is held may never have been."""
    client = await service.client(KPU)
    assert (await client.get(CHANGES)).status_code == 200
    known = service.app.state.authenticator._known.values()
    actor = next(each.actor for each in known if each.actor and each.actor.account == KPU)
    ahead = service.app.state.feed.cursors.make(10**9, wanted(actor, ()))
    refused(await client.get(CHANGES, params={"after": ahead}), 410, "snapshot-required")


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("limit=0", "limit"), ("limit=1001", "limit"), ("limit=x", "limit"), ("limit=1&limit=2", "limit"),
        ("type=account", "type"), ("type=", "type"), ("type=%00", "type"),
        ("&".join(["type=incident"] * 6), "type"), ("cursor=x", "cursor"), ("typ=incident", "typ"),
        ("after=a&after=b", "after"),
    ],
)  # fmt: skip
async def test_what_the_feed_does_not_know_is_refused(service: Service, query: str, pointer: str):
    refused(await (await service.client(KPU)).get(f"{CHANGES}?{query}"), 422, "invalid", pointer)


async def test_a_type_that_one_may_not_read_is_refused(service: Service):
    token = await service.token("commander.kpu-banten", scope="changes:read incidents:read")
    client = await service.anonymous()
    headers = {"Authorization": f"Bearer {token}"}
    refused(await client.get(f"{CHANGES}?type=deployment", headers=headers), 403, "forbidden")
    lines, _ = taken(await client.get(SNAPSHOT, headers=headers))
    assert {each["record_type"] for each in lines} <= {"incident"}


async def test_who_waits_is_told_as_soon_as_something_is_committed(service: Service):
    after, client = await tip(service, KPU), await service.client(KPU)
    asked = asyncio.create_task(client.get(CHANGES, params={"after": after}, headers={"Prefer": "wait=20"}))
    await asyncio.sleep(0.3)
    await report(service, OPERATOR)  # nothing that is told
    await asyncio.sleep(0.3)
    assert not asked.done()
    made = await report(service, OPERATOR, tlp="GREEN")
    begin = time.monotonic()
    answer = await asked
    assert time.monotonic() - begin < 5
    assert answer.headers["preference-applied"] == "wait=20"
    assert brief(answer.json()["items"]) == [("changed", made["id"])]


async def test_who_waits_in_vain_is_told_nothing_and_can_go_on(service: Service):
    after, client = await tip(service, KPU), await service.client(KPU)
    made = await report(service, OPERATOR)
    answer = await client.get(CHANGES, params={"after": after}, headers={"Prefer": "respond-async, wait=1;x"})
    assert answer.json()["items"] == []
    assert answer.json()["more"] is False
    wide = (await change(service, OPERATOR, made, tlp="GREEN")).json()
    told = await since(service, KPU, answer.json()["next"])
    assert [each["record"] for each in told] == [wide]


@pytest.mark.parametrize(
    "prefer",
    ["", "wait", "wait=", "wait=x", "wait=-1", "wait=1.5", "respond-async", "wait = 0", "a,,=;wait=5"],
)
async def test_what_cannot_be_preferred_is_passed_over(service: Service, prefer: str):
    client = await service.client(KPU)
    after = await tip(service, KPU)
    answer = await client.get(CHANGES, params={"after": after}, headers={"Prefer": prefer})
    assert answer.status_code == 200
    assert "preference-applied" not in answer.headers


async def test_nobody_holds_a_connection_while_waiting(service: Service):
    after, client = await tip(service, KPU), await service.client(KPU)
    asked = [
        asyncio.create_task(client.get(CHANGES, params={"after": after}, headers={"Prefer": "wait=20"}))
        for _ in range(60)  # more than the pool has connections
    ]
    await asyncio.sleep(0.5)
    made = await report(service, OPERATOR, tlp="GREEN")
    for answer in await asyncio.gather(*asked):
        assert brief(answer.json()["items"]) == [("changed", made["id"])]
