"""Readiness orders: issue, supersede, revoke; which one holds for a unit; and who may know of them."""

import asyncio
from typing import Any

import pytest

from tests.support.calls import ABSENT, OPERATOR, get, ledger_size, post, refused, walk
from tests.support.elections import COMMANDER, ORDERS, READINESS, issued, order
from tests.support.need_to_know import entitled
from tests.support.need_to_know import post as person
from tests.support.service import Service

KPU = "commander.kpu-banten"
REVOKED = {"reason": "Situasi terkendali (fiktif)."}
AT = "2024-11-25T08:00:00+07:00"


async def holds(service: Service, unit: str, at: str = AT, account: str = OPERATOR) -> dict[str, Any]:
    answer = await get(service, account, READINESS, unit=unit, at=at)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_an_order_is_issued_by_a_commander_and_stays_inside(service: Service):
    made = await issued(service, number=" str/77/uji-a ", strength_fraction="2/3", issued_by_post="Kapolda")
    expected = {
        "version": 1, "owner_agency": "polda-banten", "tlp": "AMBER+STRICT", "audience": [],
        "number": "STR/77/UJI-A", "level": "siaga_2", "status": "issued", "supersedes": None,
        "valid_from": "2024-11-20T17:00:00Z", "valid_until": None, "ended_at": None,
    }  # fmt: skip
    assert {name: made[name] for name in expected} == expected
    place = f"{ORDERS}/{made['id']}"
    read = await get(service, OPERATOR, place)
    assert (read.json(), read.headers["etag"]) == (made, '"1"')
    listed = await get(service, OPERATOR, ORDERS, number="str/77/uji-a", status="issued", level="siaga_2")
    assert listed.json()["items"] == [made]
    for account in (OPERATOR, "liaison.polda-banten", "integration.polda-banten"):
        refused(await post(service, account, ORDERS, order()), 403, "forbidden")
        refused(await post(service, account, f"{place}/revocation", REVOKED), 403, "forbidden")


MARKINGS: list[dict[str, Any]] = [
    {},
    {"tlp": "GREEN"},
    {"tlp": "AMBER", "audience": ["kpu-banten"]},
    {"classification": "rahasia"},
    {"tlp": "RED", "recipients": [COMMANDER, KPU]},
]
READERS = [
    OPERATOR, COMMANDER, "auditor.polda-banten", "commander2.polda-banten", "operator.kpu-banten", KPU,
    "operator.polda-metro-jaya", "commander.korem-064",
]  # fmt: skip


@pytest.mark.parametrize("marking", MARKINGS, ids=str)
async def test_an_order_shows_to_whom_it_is_for_and_to_nobody_else(service: Service, marking: dict[str, Any]):
    made = await issued(service, units=["polres-pandeglang"], **marking)
    for account in READERS:
        known = entitled(person(account), made)
        for part in ("", "/history"):
            answer = await get(service, account, f"{ORDERS}/{made['id']}{part}")
            absent = await get(service, account, f"{ORDERS}/{ABSENT}{part}")
            assert answer.status_code == (200 if known else 404), account
            assert known or (answer.headers, answer.content) == (absent.headers, absent.content)
        listed = (await get(service, account, ORDERS, number=made["number"])).json()["items"]
        assert [each["id"] for each in listed] == ([made["id"]] if known else [])
        told = (await holds(service, "polres-pandeglang", account=account))["order"]
        assert ((told or {}).get("id") == made["id"]) == known, account
        if account.startswith("commander") and not account.endswith("polda-banten"):
            answer = await post(service, account, f"{ORDERS}/{made['id']}/revocation", REVOKED)
            refused(answer, *((403, "forbidden") if known else (404, "not-found")))
    assert (await post(service, COMMANDER, f"{ORDERS}/{made['id']}/revocation", REVOKED)).status_code == 200


async def test_the_nearest_order_holds_and_the_later_one_lies_over_it(service: Service):
    whole = await issued(
        service, units=None, level="siaga_3",
        valid_from="2026-03-01T00:00:00+07:00", valid_until="2026-04-01T00:00:00+07:00",
    )  # fmt: skip
    unit = await issued(
        service, units=["polres-cilegon", "polres-serang"], valid_from="2026-03-10T00:00:00+07:00",
        valid_until="2026-03-20T00:00:00+07:00",
    )  # fmt: skip
    short = await issued(
        service, units=["polres-cilegon"], level="siaga_1", valid_from="2026-03-12T00:00:00+07:00",
        valid_until="2026-03-13T00:00:00+07:00",
    )  # fmt: skip

    async def found(code: str, at: str) -> tuple[Any, ...]:
        told = await holds(service, code, f"{at}+07:00")
        return (told["order"] or {}).get("id"), told["level"], told["inherited_from"]

    for code, at, expected in (
        ("polres-cilegon", "2026-02-28T23:59:59", None),
        ("polres-cilegon", "2026-03-01T00:00:00", (whole, "polda-banten")),
        ("polres-cilegon", "2026-03-09T23:59:59", (whole, "polda-banten")),
        ("polres-cilegon", "2026-03-10T00:00:00", (unit, None)),
        ("polres-cilegon", "2026-03-12T12:00:00", (short, None)),
        ("polres-serang", "2026-03-12T12:00:00", (unit, None)),
        ("polresta-tangerang", "2026-03-12T12:00:00", (whole, "polda-banten")),
        ("polres-cilegon", "2026-03-13T00:00:00", (unit, None)),
        ("polres-cilegon", "2026-03-20T00:00:00", (whole, "polda-banten")),
        ("polres-cilegon", "2026-04-01T00:00:00", None),
    ):
        wanted = (expected[0]["id"], expected[0]["level"], expected[1]) if expected else None
        told = await found(code, at)
        # Other tests of this service issue orders without an end, which hold before and after these.
        assert told == wanted if wanted else told[0] not in {whole["id"], unit["id"], short["id"]}, (code, at)
    assert (await holds(service, "kodim-0602-serang", "2026-03-12T12:00:00+07:00"))["order"] is None


async def test_one_order_takes_over_from_another(service: Service):
    first = await issued(service, units=["polresta-serang-kota"], valid_from="2025-01-01T00:00:00+07:00")
    later = "2025-02-01T00:00:00+07:00"
    second = await issued(
        service, units=["polresta-serang-kota"], level="siaga_1", valid_from=later, supersedes=first["id"]
    )
    place = f"{ORDERS}/{first['id']}"
    ended = (await get(service, OPERATOR, place)).json()
    assert (ended["status"], ended["ended_at"], ended["version"]) == (
        "superseded", "2025-01-31T17:00:00Z", 2,
    )  # fmt: skip
    before = await holds(service, "polresta-serang-kota", "2025-01-31T23:59:59+07:00")
    after = await holds(service, "polresta-serang-kota", later)
    assert (before["order"]["id"], after["order"]["id"]) == (first["id"], second["id"])
    items = [each for page in await walk(service, OPERATOR, f"{place}/history") for each in page]
    assert [each["action"] for each in items] == ["readiness_order.issued", "readiness_order.superseded"]
    assert (await get(service, OPERATOR, place, as_of=items[0]["at"])).json() == first
    refused(await post(service, COMMANDER, ORDERS, order(supersedes=first["id"])), 409, "conflict")
    refused(await post(service, COMMANDER, f"{place}/revocation", REVOKED), 409, "conflict")
    revoked = await post(service, COMMANDER, f"{ORDERS}/{second['id']}/revocation", REVOKED)
    assert (revoked.json()["status"], revoked.headers["etag"]) == ("revoked", '"2"')
    now = (await get(service, OPERATOR, READINESS, unit="polresta-serang-kota")).json()
    assert (now["order"] or {}).get("id") not in {first["id"], second["id"]}


async def test_of_two_that_supersede_one_order_one_wins(service: Service):
    first = await issued(service, units=["polres-lebak"])
    bodies = [order(units=["polres-lebak"], supersedes=first["id"], level="siaga_1") for _ in range(4)]
    accounts = [COMMANDER, "commander2.polda-banten"] * 2
    answers = await asyncio.gather(
        *(post(service, who, ORDERS, body) for who, body in zip(accounts, bodies, strict=True)),
        post(service, COMMANDER, f"{ORDERS}/{first['id']}/revocation", REVOKED),
    )
    won = [each for each in answers if each.is_success]
    assert len(won) == 1
    assert {each.status_code for each in answers if not each.is_success} == {409}
    ended = (await get(service, OPERATOR, f"{ORDERS}/{first['id']}")).json()
    assert ended["version"] == 2
    listed = await get(service, OPERATOR, ORDERS, agency="polda-banten", limit=200)
    assert sum(each["supersedes"] == first["id"] for each in listed.json()["items"]) == (
        ended["status"] == "superseded"
    )


async def test_a_number_is_given_once_in_a_year(service: Service):
    number = order()["number"]
    answers = await asyncio.gather(
        *(post(service, COMMANDER, ORDERS, order(number=number.lower())) for _ in range(3))
    )
    assert sorted(each.status_code for each in answers) == [201, 409, 409]
    other_year = await post(service, COMMANDER, ORDERS, order(number=number, issued_on="2023-12-31"))
    elsewhere = await post(service, KPU, ORDERS, order(number=number, units=["kpu-kab-serang"]))
    assert (other_year.status_code, elsewhere.status_code) == (201, 201)


@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ({"units": ["polres-lebak", "kodim-0602-serang"]}, "/units/1"),
        ({"units": ["polres-mars"]}, "/units/0"),
        ({"units": []}, "/units"),
        ({"units": ["polres-lebak", "polres-lebak"]}, "/units"),
        ({"level": "siaga_0"}, "/level"),
        ({"number": ""}, "/number"),
        ({"number": "<b>"}, "/number"),
        ({"issued_on": "2199-01-01"}, "/issued_on"),
        ({"valid_until": "2024-11-21T00:00:00+07:00"}, "/valid_until"),
        ({"valid_from": "2024-11-21"}, "/valid_from"),
        ({"region_code": "36.99"}, "/region_code"),
        ({"strength_fraction": "3/2"}, "/strength_fraction"),
        ({"supersedes": ABSENT}, "/supersedes"),
        ({"tlp": "AMBER", "audience": ["tidak-ada"]}, "/audience"),
        ({"basis": ""}, "/basis"),
        ({"siaga": 1}, "/siaga"),
    ],
)
async def test_what_cannot_be_issued_is_refused(service: Service, said: dict[str, Any], pointer: str):
    size = await ledger_size(service)
    refused(await post(service, COMMANDER, ORDERS, order(**said)), 422, "invalid", pointer)
    assert await ledger_size(service) == size


async def test_another_agency_s_order_is_no_order_to_supersede(service: Service):
    hidden, shown = await issued(service), await issued(service, tlp="GREEN")
    mine = {"units": ["kpu-kab-serang"]}
    answer = await post(service, KPU, ORDERS, order(supersedes=hidden["id"], **mine))
    absent = await post(service, KPU, ORDERS, order(supersedes=ABSENT, **mine))
    refused(answer, 422, "invalid", "/supersedes")
    assert answer.content == absent.content
    refused(await post(service, KPU, ORDERS, order(supersedes=shown["id"], **mine)), 403, "forbidden")
    sooner = order(supersedes=shown["id"], valid_from="2024-11-20T00:00:00+07:00")
    refused(await post(service, COMMANDER, ORDERS, sooner), 422, "invalid", "/valid_from")
    over = await issued(service, valid_until="2024-11-22T00:00:00+07:00")
    late = order(supersedes=over["id"], valid_from="2024-11-23T00:00:00+07:00")
    refused(await post(service, COMMANDER, ORDERS, late), 409, "conflict")
    refused(await post(service, COMMANDER, f"{ORDERS}/{over['id']}/revocation", REVOKED), 409, "conflict")
    refused(await get(service, OPERATOR, READINESS, unit="polres-mars"), 422, "invalid", "unit")


async def test_who_may_not_see_what_it_superseded_reads_no_link(service: Service):
    first = await issued(service)
    second = await issued(service, supersedes=first["id"], tlp="GREEN", level="siaga_1")
    assert second["supersedes"] == first["id"]
    place = f"{ORDERS}/{second['id']}"
    assert (await get(service, KPU, place)).json()["supersedes"] is None
    (entry,) = (await get(service, KPU, f"{place}/history")).json()["items"]
    assert entry["state"]["supersedes"] is None
    assert first["id"] not in (await get(service, KPU, ORDERS, limit=200)).text
    repeated = {"Idempotency-Key": "siaga-1"}
    body = order()
    one, again = [await post(service, COMMANDER, ORDERS, body, **repeated) for _ in range(2)]
    assert (one.json(), again.headers["idempotency-replayed"]) == (again.json(), "true")
