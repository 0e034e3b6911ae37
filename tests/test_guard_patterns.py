"""Guard patterns: set, read, listed and changed by who may; to any other they are not there."""

import asyncio
from typing import Any

import pytest

from tests.support.calls import ABSENT, OPERATOR, get, ledger_size, post, refused, walk
from tests.support.need_to_know import entitled
from tests.support.need_to_know import post as reader
from tests.support.service import Service
from tests.support.sites import PATTERNS, pattern, pattern_set

CHIEF, KPU = "commander.polda-banten", "operator.kpu-banten"
CHIEFS = [CHIEF, "commander2.polda-banten", "commander.kpu-banten"]
READERS = [
    f"{name}.{agency}"
    for agency in ("polda-banten", "kpu-banten", "bawaslu-banten")
    for name in ("auditor", "commander", "integration", "liaison", "operator")
]
MARKINGS: list[dict[str, Any]] = [
    {"tlp": "CLEAR"},
    {"tlp": "GREEN", "classification": "rahasia"},
    {"tlp": "AMBER", "audience": ["kpu-banten"], "classification": "terbatas"},
    {"tlp": "AMBER+STRICT"},
    {"tlp": "RED", "recipients": CHIEFS},
]


def at(made: dict[str, Any], part: str = "") -> str:
    return f"{PATTERNS}/{made['id']}{part}"


async def change(
    service: Service, account: str, made: dict[str, Any], version: int | None = None, **values: Any
):
    client = await service.client(account)
    match = {"If-Match": f'"{version or made["version"]}"'}
    return await client.patch(at(made), json=values, headers=match)


async def test_a_pattern_is_set_changed_and_tells_its_history(service: Service):
    made = await pattern_set(service, operation="uji-satu")
    assert made["reference"].startswith("G-")
    expected = {
        **pattern(operation="uji-satu"), "version": 1, "owner_agency": "polda-banten",
        "site_kind": "polling_station", "tlp": "AMBER+STRICT", "classification": "biasa", "exercise": "live",
    }  # fmt: skip
    assert {name: made[name] for name in expected} == expected
    read = await get(service, OPERATOR, at(made))
    assert (read.json(), read.headers["etag"]) == (made, '"1"')
    wanted = {"police_count": 4, "linmas_count": None, "source": "Perubahan (fiktif)", "as_of": "2024-11-20"}
    changed = (await change(service, OPERATOR, made, **wanted)).json()
    assert {name: changed[name] for name in wanted} == wanted
    assert (changed["version"], changed["site_count"]) == (2, 12)
    pages = await walk(service, OPERATOR, at(made, "/history"), limit=1)
    entries = [each for page in pages for each in page]
    assert [each["action"] for each in entries] == ["guard_pattern.set", "guard_pattern.changed"]
    assert [each["state"] for each in entries] == [made, changed]
    assert (await get(service, OPERATOR, at(made), as_of=entries[0]["at"])).json() == made


@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ({"region_code": "36.99"}, "/region_code"),
        ({"region_code": "36.04.05.2001"}, "/region_code"),
        ({"risk": "aman"}, "/risk"),
        ({"site_kind": "tps"}, "/site_kind"),
        ({"operation": "Mantap Praja"}, "/operation"),
        ({"police_count": -1}, "/police_count"),
        ({"police_count": 1.5}, "/police_count"),
        ({"site_count": 0}, "/site_count"),
        ({"linmas_count": 10_001}, "/linmas_count"),
        ({"source": ""}, "/source"),
        ({"as_of": "2024-13-01"}, "/as_of"),
        ({"tlp": "RED"}, "/recipients"),
        ({"tlp": "AMBER", "audience": ["tidak-ada"]}, "/audience"),
        ({"voters": 600}, "/voters"),
    ],
)
async def test_what_is_no_pattern_is_refused(service: Service, said: dict[str, Any], pointer: str):
    size = await ledger_size(service)
    refused(await post(service, OPERATOR, PATTERNS, pattern(**said)), 422, "invalid", pointer)
    assert await ledger_size(service) == size


@pytest.mark.parametrize("marking", MARKINGS, ids=[each["tlp"] for each in MARKINGS])
async def test_a_pattern_shows_to_whom_it_is_for_and_to_nobody_else(
    service: Service, marking: dict[str, Any]
):
    made = await pattern_set(service, CHIEF, operation="uji-siapa", **marking)
    for account in READERS:
        known = entitled(reader(account), made)
        for part in ("", "/history"):
            answer = await get(service, account, at(made, part))
            absent = await get(service, account, f"{PATTERNS}/{ABSENT}{part}")
            assert answer.status_code == (200 if known else 404), (account, part)
            assert known or (answer.headers, answer.content) == (absent.headers, absent.content)
        for asked in ({}, {"operation": "uji-siapa"}, {"region": "36.04.05"}, {"region": "36.04"}):
            pages = await walk(service, account, PATTERNS, limit=200, **asked)
            listed = {each["id"] for page in pages for each in page}
            assert (made["id"] in listed) == known, (account, asked)
        if account.split(".")[0] in {"commander", "integration", "operator"}:
            foreign = not account.endswith(".polda-banten")
            answer = await change(service, account, made, police_count=made["police_count"] + 1)
            assert answer.status_code == (404 if not known else 403 if foreign else 200), account
            made = answer.json() if answer.status_code == 200 else made


async def test_the_list_finds_what_holds_in_a_place(service: Service):
    made = {
        region: await pattern_set(service, operation="uji-tempat", region_code=region)
        for region in ("36", "36.04", "36.04.05", "36.04.06", "36.02")
    }
    ids = {each["id"]: region for region, each in made.items()}

    async def found(**asked: str) -> list[str]:
        answer = await get(service, OPERATOR, PATTERNS, operation="uji-tempat", **asked)
        return [ids[each["id"]] for each in answer.json()["items"]]

    assert await found() == ["36.02", "36.04.06", "36.04.05", "36.04", "36"]
    assert await found(region="36.04.05") == ["36.04.05", "36.04", "36"]
    assert await found(region="36") == ["36"]


async def test_it_is_changed_by_its_owner_in_its_area_on_the_version_at_hand(service: Service):
    made = await pattern_set(service, tlp="GREEN")
    refused(await change(service, OPERATOR, made, version=7, police_count=4), 412, "precondition-failed")
    refused(await change(service, KPU, made, police_count=4), 403, "forbidden")
    refused(await change(service, "liaison.kpu-banten", made, police_count=4), 403, "forbidden")
    refused(await change(service, OPERATOR, made), 422, "invalid")
    refused(await change(service, OPERATOR, made, risk="rawan"), 422, "invalid", "/risk")
    refused(await change(service, OPERATOR, made, tlp="AMBER", audience=["tidak-ada"]), 422, "invalid")
    answer = await post(service, "operator.pemkab-tangerang", PATTERNS, pattern())
    refused(answer, 403, "outside-jurisdiction")
    assert (await get(service, OPERATOR, at(made))).json() == made


async def test_of_two_changes_at_once_one_wins(service: Service):
    made = await pattern_set(service)
    answers = await asyncio.gather(*(change(service, OPERATOR, made, police_count=n) for n in (3, 4, 5)))
    assert sorted(each.status_code for each in answers) == [200, 412, 412]
    (won,) = (each.json() for each in answers if each.status_code == 200)
    assert (await get(service, OPERATOR, at(made))).json() == won


async def test_the_same_key_sets_one_pattern(service: Service):
    body, headers = pattern(operation="uji-kunci"), {"Idempotency-Key": "pola-1"}
    first, again = [await post(service, OPERATOR, PATTERNS, body, **headers) for _ in range(2)]
    assert (first.json(), again.headers["idempotency-replayed"]) == (again.json(), "true")
    assert len((await get(service, OPERATOR, PATTERNS, operation="uji-kunci")).json()["items"]) == 1


async def test_the_patterns_of_past_elections_are_told_with_their_sources(service: Service):
    told = (await get(service, "admin.polda-banten", f"{PATTERNS}/known")).json()
    numbers = {
        (each["year"], each["told_of"], each["risk"]): tuple(
            each[f"{name}_count"] for name in ("police", "site", "linmas")
        )
        for each in told["items"]
    }
    assert len(numbers) == len(told["items"]) == 12
    assert numbers[2024, "Polres Serang", "kurang_rawan"] == (2, 12, 24)
    assert numbers[2024, "Polres Serang", "sangat_rawan"] == (2, 1, None)  # the source does not tell it
    assert numbers[2019, "Polri", "sangat_rawan"] == (6, 2, 8)
    assert all(each["source"] and bool(each["note_id"]) == bool(each["note_en"]) for each in told["items"])
    for each in told["items"]:
        if each["region_code"]:
            place = await get(service, OPERATOR, f"/api/v1/regions/{each['region_code']}")
            assert place.status_code == 200
