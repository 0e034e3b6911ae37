"""Agencies join and leave by the host, which sees no record; leaving takes effect at once."""

import asyncio

import pytest

from app.routers.authentication import FRESH_SECONDS
from tests.support.administration import ACCOUNTS, AGENCIES, HOST, REASON, act, enrol, entries_about, sign_in
from tests.support.calls import get, ledger_size, post, refused
from tests.support.scenes import joined
from tests.support.service import Service

TERMS = {"sharing_agreement": "PKS 9/2025 (fiktif)", "sharing_agreement_on": "2025-01-10"}
JOIN = {"code": "lembaga-baru", "name": "Lembaga (fiktif)", "name_en": "Agency", "kind": "military", **TERMS}


async def test_an_agency_joins_leaves_and_comes_back(service: Service):
    code = await joined(service)
    first = (await act(service, HOST, f"{AGENCIES}/{code}/administrators", post="admin")).json()
    await enrol(service, first["name"], first["code"], statement="Surat tugas 1/2024 (fiktif).")
    client = await sign_in(service, first["name"])
    assert (await client.get(ACCOUNTS)).status_code == 200
    left = await act(service, HOST, f"{AGENCIES}/{code}/departure")
    assert left.json()["active"] is False
    await asyncio.sleep(FRESH_SECONDS + 0.05)
    refused(await client.get(ACCOUNTS), 401, "unauthenticated")
    refused(await act(service, HOST, f"{AGENCIES}/{code}/departure"), 409, "conflict")
    refused(await act(service, HOST, f"{AGENCIES}/{code}/administrators", post="admin2"), 409, "conflict")
    back = await act(service, HOST, f"{AGENCIES}/{code}/return", **TERMS)
    assert (back.json()["active"], back.json()["sharing_agreement_on"]) == (True, "2025-01-10")
    refused(await act(service, HOST, f"{AGENCIES}/{code}/return", **TERMS), 409, "conflict")
    await asyncio.sleep(FRESH_SECONDS + 0.05)
    refused(await client.get(ACCOUNTS), 401, "unauthenticated")  # what was signed in before has ended
    again = await sign_in(service, first["name"])
    assert (await again.get(ACCOUNTS)).status_code == 200


async def test_an_agency_that_has_left_is_no_longer_listed(service: Service):
    code = await joined(service)
    listed = {each["code"] for each in (await get(service, HOST, AGENCIES)).json()["items"]}
    assert code in listed
    await act(service, HOST, f"{AGENCIES}/{code}/departure")
    assert code not in {each["code"] for each in (await get(service, HOST, AGENCIES)).json()["items"]}


async def test_only_the_host_has_agencies_join_and_leave(service: Service):
    size = await ledger_size(service)
    for path, body in (("", JOIN), ("/kpu-banten/departure", {}), ("/kpu-banten/return", TERMS),
                       ("/kpu-banten/administrators", {"post": "admin9"})):  # fmt: skip
        answer = await act(service, "admin.polda-banten", f"{AGENCIES}{path}", **body)
        refused(answer, 403, "forbidden")
    assert await ledger_size(service) == size


async def test_the_host_stays_the_host(service: Service):
    refused(await act(service, HOST, f"{AGENCIES}/siaga/departure"), 403, "forbidden")
    refused(await act(service, HOST, f"{AGENCIES}/siaga/administrators", post="admin9"), 403, "forbidden")
    refused(await act(service, HOST, f"{AGENCIES}/tidak-ada/departure"), 404, "not-found")


WRONG = {
    "kind": "host", "code": "Lembaga", "parent": "tidak-ada", "sharing_agreement_on": "kemarin", "name": "",
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
async def test_a_wrong_field_is_named(service: Service, name: str):
    answer = await post(service, HOST, AGENCIES, {**JOIN, "reason": REASON, name: WRONG[name]})
    refused(answer, 422, "invalid", f"/{name}")


async def test_a_code_that_is_taken_is_refused(service: Service):
    for taken in ("kpu-banten", "polres-serang"):
        refused(await act(service, HOST, AGENCIES, **{**JOIN, "code": taken}), 409, "conflict")


async def test_entries_of_an_account_are_read_by_the_auditors_of_its_agency_alone(service: Service):
    first = await act(service, HOST, f"{AGENCIES}/kpu-banten/administrators", post="admin31")
    assert first.status_code == 201
    accounts = (await get(service, "admin.kpu-banten", ACCOUNTS, limit=200)).json()["items"]
    identity = next(each["id"] for each in accounts if each["name"] == "admin.kpu-banten")
    assert await entries_about(service, "auditor.kpu-banten", identity) == ["account.created"]
    assert await entries_about(service, "auditor.bawaslu-banten", identity) == []
