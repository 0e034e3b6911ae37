"""An administrator manages accounts of the own agency, and grants no more than that agency may hold."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from app.routers.authentication import FRESH_SECONDS
from app.services import account_rules
from app.settings import Settings
from tests.support.administration import (
    ACCOUNTS,
    ADMIN,
    HOST,
    REASON,
    SECOND,
    a_post,
    act,
    enrol,
    enrolled,
    entries_about,
    made,
    sign_in,
    token_of,
)
from tests.support.calls import ABSENT, get, ledger_size, post, refused, walk
from tests.support.service import Service, incident, running

AUDITOR = "auditor.kpu-banten"


async def patch(service: Service, admin: str, account: dict[str, Any], **values: Any):
    client = await service.client(admin)
    headers = {"If-Match": f'"{account["version"]}"'}
    body = {"reason": REASON, **values}
    return await client.patch(f"{ACCOUNTS}/{account['id']}", json=body, headers=headers)


async def test_a_person_gets_an_account_and_sets_the_password_alone(service: Service):
    new = await made(service, clearance="terbatas", unit="kpu-kab-serang")
    assert (new["enrolled"], new["pending"], new["active"]) == (False, False, True)
    assert new["name"].endswith(".kpu-banten")
    answer = await enrol(service, new["name"], new["code"])
    assert answer.json() == {"account": new["name"], "pending": False}
    client = await sign_in(service, new["name"])
    assert (await client.get("/api/v1/me")).json()["clearance"] == "terbatas"
    refused(await enrol(service, new["name"], new["code"]), 422, "invalid", "/code")
    known = (await get(service, ADMIN, f"{ACCOUNTS}/{new['id']}")).json()
    assert (known["enrolled"], known["code_expires_at"]) == (True, None)
    assert "code" not in known
    assert await entries_about(service, AUDITOR, new["id"]) == ["account.created", "account.enrolled"]


async def test_each_accepted_change_is_one_entry_and_a_refused_one_is_none(service: Service):
    account = await enrolled(service)
    steps = [("suspension", 200), ("suspension", 409), ("reactivation", 200), ("reactivation", 409)]
    for path, status in steps:
        size = await ledger_size(service)
        answer = await act(service, ADMIN, f"{ACCOUNTS}/{account['id']}/{path}")
        assert answer.status_code == status
        assert await ledger_size(service) == size + (status == 200)
    account = (await get(service, ADMIN, f"{ACCOUNTS}/{account['id']}")).json()
    size = await ledger_size(service)
    assert (await patch(service, ADMIN, account, clearance="rahasia")).status_code == 200
    assert await ledger_size(service) == size + 1
    again = await patch(service, ADMIN, {**account, "version": account["version"] + 1}, clearance="rahasia")
    assert again.status_code == 200
    assert await ledger_size(service) == size + 1


async def test_no_secret_of_an_account_stands_in_its_entries(fresh: Settings, service: Service):

    async with running(fresh, service.password) as own:
        new = await made(own)
        await enrol(own, new["name"], new["code"])
        async with own.app.state.database.reading.connect() as connection:
            said = (await connection.execute(text("SELECT fields FROM ledger_disclosure"))).scalars().all()
        told = str(said)
        assert new["code"] not in told
        assert account_rules.code_hash(new["code"]) not in told
        assert "argon2" not in told


@pytest.mark.parametrize("path", ["", "/suspension", "/reactivation", "/reset", "/reset/decision"])
async def test_an_account_of_another_agency_does_not_exist(service: Service, path: str):
    theirs = await made(service, "admin.polda-banten")
    bodies = {"/reset/decision": {"decision": "approve", "reason": REASON}}
    for place in (f"{ACCOUNTS}/{theirs['id']}{path}", f"{ACCOUNTS}/{ABSENT}{path}"):
        for admin in (ADMIN, HOST):
            client = await service.client(admin)
            body = bodies.get(path, {"reason": REASON})
            answer = await (client.post(place, json=body) if path else client.get(place))
            refused(answer, 404, "not-found")
    listed = [each["id"] for page in await walk(service, ADMIN, ACCOUNTS, limit=200) for each in page]
    assert theirs["id"] not in listed


BEYOND = {
    "a role of a system": ({"roles": ["integration"]}, "/roles"),
    "an administrator who reports": ({"roles": ["admin", "operator"]}, "/roles"),
    "a unit of another agency": ({"unit": "polres-serang"}, "/unit"),
    "a unit that is not there": ({"unit": "polres-atlantis"}, "/unit"),
    "an area elsewhere": ({"area": ["31"]}, "/area/0"),
    "a region that is not there": ({"area": ["36", "36.99"]}, "/area/1"),
    "a clearance that is not kept": ({"clearance": "sangat_rahasia"}, "/clearance"),
    "an end in the past": ({"expires_at": "2020-01-01T00:00:00Z"}, "/expires_at"),
    "an administrator with an end": (
        {"roles": ["admin"], "expires_at": "2190-01-01T00:00:00Z"},
        "/expires_at",
    ),
    "a network that is none": ({"allowed_networks": ["10.0.0.0/33"]}, "/allowed_networks/0"),
    "a host in a network": ({"allowed_networks": ["10.0.0.1/8"]}, "/allowed_networks/0"),
    "no network": ({"allowed_networks": []}, "/allowed_networks"),
    "no role": ({"roles": []}, "/roles"),
    "a role twice": ({"roles": ["operator", "operator"]}, "/roles"),
    "a post with dots": ({"post": "operator.polda"}, "/post"),
    "a post in capitals": ({"post": "Operator"}, "/post"),
    "no reason": ({"reason": ""}, "/reason"),
}


@pytest.mark.parametrize(("wrong", "pointer"), BEYOND.values(), ids=BEYOND)
async def test_nobody_grants_beyond_the_ceiling(service: Service, wrong: dict[str, Any], pointer: str):
    size = await ledger_size(service)
    body = {"post": a_post(), "roles": ["operator"], "reason": REASON, **wrong}
    refused(await post(service, ADMIN, ACCOUNTS, body), 422, "invalid", pointer)
    assert await ledger_size(service) == size


async def test_the_host_grants_no_role_that_handles_records(service: Service):
    for wrong, pointer in (({"roles": ["commander"]}, "/roles"), ({"clearance": "terbatas"}, "/clearance")):
        body = {"post": a_post(), "roles": ["auditor"], "reason": REASON, **wrong}
        refused(await post(service, HOST, ACCOUNTS, body), 422, "invalid", pointer)


async def test_a_change_is_bound_by_the_same_ceiling(service: Service):
    account = await enrolled(service)
    for wrong, pointer in (({"roles": ["integration"]}, "/roles"), ({"area": ["31"]}, "/area/0")):
        refused(await patch(service, ADMIN, account, **wrong), 422, "invalid", pointer)
    stale = await patch(service, ADMIN, {**account, "version": 9}, clearance="rahasia")
    refused(stale, 412, "precondition-failed")


async def test_nobody_decides_over_their_own_account(service: Service):
    accounts = [each for page in await walk(service, ADMIN, ACCOUNTS, limit=200) for each in page]
    own = next(each for each in accounts if each["name"] == ADMIN)
    refused(await patch(service, ADMIN, own, clearance="rahasia"), 403, "forbidden")
    for path in ("suspension", "reactivation", "reset"):
        refused(await act(service, ADMIN, f"{ACCOUNTS}/{own['id']}/{path}"), 403, "forbidden")


async def test_a_name_is_given_once(service: Service):
    new = await made(service)
    body = {"post": new["name"].partition(".")[0], "roles": ["auditor"], "reason": REASON}
    refused(await post(service, ADMIN, ACCOUNTS, body), 409, "conflict")


async def test_what_is_taken_away_is_gone_within_a_second(service: Service):
    account = await enrolled(service)
    client = await sign_in(service, account["name"])
    assert (await client.post("/api/v1/incidents", json=incident())).status_code == 201
    assert (await patch(service, ADMIN, account, roles=["auditor"])).status_code == 200
    await asyncio.sleep(FRESH_SECONDS + 0.05)
    refused(await client.post("/api/v1/incidents", json=incident()), 403, "forbidden")
    assert (await act(service, ADMIN, f"{ACCOUNTS}/{account['id']}/suspension")).status_code == 200
    await asyncio.sleep(FRESH_SECONDS + 0.05)
    refused(await client.get("/api/v1/me"), 401, "unauthenticated")


async def test_a_narrower_area_binds_and_an_end_ends(service: Service):
    account = await enrolled(service, area=["36.04"])
    client = await sign_in(service, account["name"])
    area = (await client.get("/api/v1/me")).json()["area"]
    assert area
    assert all(code.startswith("36.04") for code in area)
    outside = await client.post("/api/v1/incidents", json=incident(region_code="36.03"))
    refused(outside, 403, "outside-jurisdiction")
    assert (await client.post("/api/v1/incidents", json=incident(region_code="36.04"))).status_code == 201

    soon = (datetime.now(UTC) + timedelta(seconds=0.5)).isoformat()
    assert (await patch(service, ADMIN, account, expires_at=soon)).status_code == 200
    await asyncio.sleep(FRESH_SECONDS + 0.6)
    refused(await client.get("/api/v1/me"), 401, "unauthenticated")


async def test_the_last_administrator_stays(fresh: Settings, service: Service):

    async with running(fresh, service.password) as own:
        accounts = [each for page in await walk(own, ADMIN, ACCOUNTS, limit=200) for each in page]
        ids = {each["name"]: each for each in accounts}
        first, second = ids[ADMIN], ids[SECOND]
        await own.client(SECOND)
        answers = await asyncio.gather(
            act(own, ADMIN, f"{ACCOUNTS}/{second['id']}/suspension"),
            act(own, SECOND, f"{ACCOUNTS}/{first['id']}/suspension"),
        )
        assert sorted(answer.status_code for answer in answers) in ([200, 403], [200, 401], [200, 409])
        for _ in range(5):
            left = await asyncio.gather(
                *(act(own, each, f"{ACCOUNTS}/{ids[other]['id']}/suspension")
                  for each, other in ((ADMIN, SECOND), (SECOND, ADMIN)))
            )  # fmt: skip
            assert 200 not in [answer.status_code for answer in left]


async def test_an_account_without_a_password_is_refused_like_an_unknown_one(service: Service):
    new = await made(service)
    anonymous = await service.anonymous()
    for name in (new["name"], "operator.tidak-ada"):
        form = {"grant_type": "password", "username": name, "password": "no account has this name"}
        answer = await anonymous.post("/oauth2/token", data=form)
        assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")
    await enrol(service, new["name"], new["code"])
    assert await token_of(service, new["name"])
