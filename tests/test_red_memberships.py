"""After a reset an account is asleep for RED records, until another recipient has confirmed it."""

import asyncio
from typing import Any

from app.routers.authentication import FRESH_SECONDS
from tests.support.administration import enrolled, sign_in
from tests.support.calls import INCIDENTS, OPERATOR, get, ledger_size, post, refused, url
from tests.support.inbox import waiting
from tests.support.scenes import ADMIN, SECOND, asleep, reset
from tests.support.service import Service, report
from tests.support.threats import CHIEF2

RED = "/api/v1/red-memberships"
SAID = {"reason": "Bertemu langsung di posko (fiktif)."}
OTHER = "commander.polda-banten"


async def test_a_red_record_sleeps_until_another_recipient_confirms(service: Service):
    account = await enrolled(service, ADMIN)
    names = [OPERATOR, account["name"]]
    first = await report(service, OPERATOR, tlp="RED", recipients=names)
    second = await report(service, OTHER, tlp="RED", recipients=[OTHER, account["name"]])
    green = await report(service, OPERATOR, tlp="GREEN")
    client = await sign_in(service, account["name"])
    for made in (first, second, green):
        assert (await client.get(url(made))).status_code == 200
    await reset(service, account, ADMIN, SECOND)
    await asyncio.sleep(FRESH_SECONDS + 0.05)
    refused(await client.get(url(green)), 401, "unauthenticated")
    client = await sign_in(service, account["name"])
    assert [(await client.get(url(made))).status_code for made in (first, second, green)] == [404, 404, 200]
    listed = {each["id"] for each in (await client.get(INCIDENTS, params={"limit": 200})).json()["items"]}
    assert not listed & {first["id"], second["id"]}
    assert account["name"] in {
        each["account"] for each in (await get(service, OPERATOR, RED, limit=200)).json()["items"]
    }
    size = await ledger_size(service)
    confirmed = await post(service, OPERATOR, f"{RED}/{account['name']}/confirmation", SAID)
    assert confirmed.json() == {"account": account["name"], "voucher": OPERATOR}
    again = await post(service, OPERATOR, f"{RED}/{account['name']}/confirmation", SAID)
    assert again.status_code == 200
    assert await ledger_size(service) == size + 1
    await asyncio.sleep(FRESH_SECONDS + 0.05)
    assert [(await client.get(url(made))).status_code for made in (first, second)] == [200, 404]
    waiting = (await get(service, OPERATOR, RED, limit=200)).json()["items"]
    assert account["name"] not in {each["account"] for each in waiting}


async def test_nobody_else_confirms_and_nobody_confirms_themselves(service: Service):
    name = await asleep(service)
    for stranger in ("commander.kpu-banten", OTHER):
        refused(await post(service, stranger, f"{RED}/{name}/confirmation", SAID), 404, "not-found")
    refused(await post(service, OPERATOR, f"{RED}/{OPERATOR}/confirmation", SAID), 404, "not-found")
    refused(await post(service, OPERATOR, f"{RED}/operator.tidak-ada/confirmation", SAID), 404, "not-found")


async def test_who_was_never_reset_needs_no_confirmation(service: Service):
    await report(service, OPERATOR, tlp="RED", recipients=[OPERATOR, OTHER])
    refused(await post(service, OPERATOR, f"{RED}/{OTHER}/confirmation", SAID), 409, "conflict")


async def test_a_later_reset_asks_for_a_new_confirmation(service: Service):
    account = await enrolled(service, ADMIN)
    made = await report(service, OPERATOR, tlp="RED", recipients=[OPERATOR, account["name"]])
    for _ in range(2):
        await reset(service, account, ADMIN, SECOND)
        client = await sign_in(service, account["name"])
        assert (await client.get(url(made))).status_code == 404
        assert (
            await post(service, OPERATOR, f"{RED}/{account['name']}/confirmation", SAID)
        ).status_code == 200
        await asyncio.sleep(FRESH_SECONDS + 0.05)
        assert (await client.get(url(made))).status_code == 200


async def test_two_who_are_both_asleep_cannot_wake_each_other(service: Service):
    first, second = [await enrolled(service, ADMIN, roles=["commander"]) for _ in range(2)]
    made = await report(service, OPERATOR, tlp="RED", recipients=[OPERATOR, first["name"], second["name"]])
    for each in (first, second):
        await reset(service, each, ADMIN, SECOND)
    client = await sign_in(service, first["name"])
    refused(await client.post(f"{RED}/{second['name']}/confirmation", json=SAID), 404, "not-found")
    assert (await client.get(url(made))).status_code == 404


async def asked_for(service: Service, account: str, name: str) -> list[dict[str, Any]]:
    """What the inbox of an account says of another that is asleep."""
    found = await waiting(service, account)
    return [each for each in found if each["kind"] == "red_membership" and each["reference"] == name]


async def test_it_waits_in_the_inbox_of_the_other_recipients_until_one_confirms(service: Service):
    account = await enrolled(service, ADMIN)
    name = account["name"]
    await report(service, OPERATOR, tlp="RED", recipients=[OPERATOR, OTHER, name])
    assert await asked_for(service, OPERATOR, name) == []
    await reset(service, account, ADMIN, SECOND)
    for stranger in (ADMIN, "commander.kpu-banten", CHIEF2):
        assert await asked_for(service, stranger, name) == []
    (item,) = await asked_for(service, OPERATOR, name)
    assert (item["record_type"], item["title"]) == ("account", name)
    assert len(await asked_for(service, OTHER, name)) == 1
    confirmed = await post(service, OTHER, item["path"], SAID)
    assert confirmed.status_code == 200
    assert await asked_for(service, OTHER, name) == []
    assert await asked_for(service, OPERATOR, name) == []


async def test_a_recipient_of_another_agency_finds_it_too(service: Service):
    account, kpu = await enrolled(service, ADMIN), "commander.kpu-banten"
    await report(service, OPERATOR, tlp="RED", recipients=[OPERATOR, kpu, account["name"]])
    await reset(service, account, ADMIN, SECOND)
    (item,) = await asked_for(service, kpu, account["name"])
    assert (await post(service, kpu, item["path"], SAID)).json()["voucher"] == kpu


async def test_a_record_waits_for_those_whom_it_names(service: Service):
    account = await enrolled(service, ADMIN)
    name, kpu = account["name"], "commander.kpu-banten"
    await report(service, OPERATOR, tlp="RED", recipients=[OPERATOR, name])
    await report(service, kpu, tlp="RED", recipients=[kpu, name])
    await reset(service, account, ADMIN, SECOND)
    (item,) = await asked_for(service, OPERATOR, name)
    assert (await post(service, OPERATOR, item["path"], SAID)).status_code == 200
    assert await asked_for(service, OPERATOR, name) == []
    assert len(await asked_for(service, kpu, name)) == 1
