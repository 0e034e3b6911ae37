"""The strength of units: stated by their agency, kept whole in the history, listed to whom it is shared."""

import asyncio

import pytest

from tests.support.calls import OPERATOR, get, ledger_size, refused, walk
from tests.support.deployments import STRENGTHS, state, stated, statement, strength_of
from tests.support.service import Service

POLDA = "commander.polda-banten"
JAYA = "operator.polda-metro-jaya"


async def test_a_strength_is_stated_read_and_stated_anew(service: Service):
    unit = "polres-cilegon"
    first = await state(service, OPERATOR, unit, 350, region_code="36.72")
    assert first.status_code == 200
    told = first.json()
    assert told["reference"].startswith("U-")
    assert (told["unit"], told["strength"], told["owner_agency"]) == (unit, 350, "polda-banten")
    assert (told["version"], told["tlp"], told["as_of"]) == (1, "AMBER+STRICT", "2024-11-20")
    second = await state(service, POLDA, unit, 340, region_code="36.72", as_of="2024-11-25")
    assert (second.json()["version"], second.json()["id"]) == (2, told["id"])
    read = await get(service, OPERATOR, strength_of(unit))
    assert (read.json(), read.headers["etag"]) == (second.json(), '"2"')
    items = [
        each for page in await walk(service, POLDA, strength_of(unit, "/history"), limit=1) for each in page
    ]
    assert [each["state"] for each in items] == [first.json(), second.json()]


async def test_a_statement_may_name_the_version_it_replaces(service: Service):
    unit, client = "polres-pandeglang", await service.client(OPERATOR)
    body = statement(400, region_code="36.01")
    refused(
        await client.put(strength_of(unit), json=body, headers={"If-Match": '"1"'}),
        412,
        "precondition-failed",
    )
    assert (await client.put(strength_of(unit), json=body)).json()["version"] == 1
    for tag, status in (('"2"', 412), ('"1"', 200), ('"1"', 412)):
        answer = await client.put(strength_of(unit), json=body, headers={"If-Match": tag})
        assert answer.status_code == status


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"strength": -1}, "/strength"),
        ({"strength": 1.5}, "/strength"),
        ({"strength": "12"}, "/strength"),
        ({"strength": 1_000_001}, "/strength"),
        ({"source": ""}, "/source"),
        ({"as_of": "2024-02-30"}, "/as_of"),
        ({"as_of": 1732487400}, "/as_of"),
        ({"region_code": "99"}, "/region_code"),
        ({"tlp": "AMBER", "audience": ["no-such"]}, "/audience"),
        ({"tlp": "GREEN", "audience": ["kpu-banten"]}, "/audience"),
        ({"unit": "polres-serang"}, "/unit"),
    ],
)
async def test_a_wrong_statement_names_its_field_and_stores_nothing(service: Service, fields, pointer):
    await stated(service)
    size = await ledger_size(service)
    client = await service.client(OPERATOR)
    answer = await client.put(strength_of("polres-serang"), json={**statement(), **fields})
    refused(answer, 422, "invalid", pointer)
    assert await ledger_size(service) == size


async def test_only_the_agency_of_a_unit_states_its_strength(service: Service):
    refused(await state(service, JAYA, "polres-serang", 10, region_code="36.71"), 403, "forbidden")
    refused(await state(service, OPERATOR, "no-such-unit", 10), 404, "not-found")
    refused(
        await state(service, OPERATOR, "polres-serang", 10, region_code="36.71"), 403, "outside-jurisdiction"
    )
    refused(await state(service, "liaison.polda-banten", "polres-serang", 10), 403, "forbidden")


async def test_who_may_not_see_the_statement_does_not_replace_it(service: Service):
    unit, secret = "kpu-kab-serang", {"classification": "rahasia"}
    assert (await state(service, "commander.kpu-banten", unit, 77, **secret)).is_success
    operator = "operator.kpu-banten"
    refused(await get(service, operator, strength_of(unit)), 404, "not-found")
    refused(await state(service, operator, unit, 5), 404, "not-found")
    assert (await get(service, "commander.kpu-banten", strength_of(unit))).json()["strength"] == 77


async def test_the_list_holds_what_the_reader_may_see(service: Service):
    units = {"polres-metro-tangerang-kota": "GREEN", "polres-tangerang-selatan": "AMBER+STRICT"}
    for unit, tlp in units.items():
        assert (await state(service, JAYA, unit, 500, region_code="36.71", tlp=tlp)).is_success

    async def listed(account: str) -> list[str]:
        pages = await walk(service, account, STRENGTHS, agency="polda-metro-jaya", limit=1)
        return [each["unit"] for page in pages for each in page]

    assert await listed(JAYA) == list(units)
    assert await listed(OPERATOR) == ["polres-metro-tangerang-kota"]


async def test_two_first_statements_at_once_are_one_after_the_other(service: Service):
    unit, account = "bawaslu-kab-lebak", "operator.bawaslu-banten"
    await service.client(account)
    answers = await asyncio.gather(
        *(state(service, account, unit, strength, region_code="36.02") for strength in (10, 20))
    )
    assert {answer.status_code for answer in answers} == {200}
    assert {answer.json()["version"] for answer in answers} == {1, 2}
    assert len({answer.json()["id"] for answer in answers}) == 1
