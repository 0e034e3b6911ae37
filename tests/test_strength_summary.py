"""Strength by region, agency, role and status: one query, of what the reader may see, and right."""

from collections import defaultdict
from typing import Any

import pytest

from tests.support.calls import OPERATOR, get, refused
from tests.support.deployments import KOREM, SUMMARY, TROOPS, WEEKS, deploy, step, window
from tests.support.need_to_know import entitled
from tests.support.need_to_know import post as reader
from tests.support.queries import queries
from tests.support.service import Service

LENGTHS = {"province": 2, "regency": 5, "district": 8, "village": 13}
READERS = ("operator.polda-banten", "operator.korem-064", "commander.kpu-banten", "integration.kpu-banten",
           "auditor.bawaslu-banten")  # fmt: skip


@pytest.fixture(scope="module")
async def field(service: Service) -> list[dict[str, Any]]:
    """Deployments of two agencies in one week of their own, of every marking, in several places."""
    start = next(WEEKS)
    made = []
    shared = {"tlp": "AMBER", "audience": ["kpu-banten"]}
    for number, fields in enumerate(
        (
            {"region_code": "36.04.05", "tlp": "GREEN"},
            {"region_code": "36.04.05.2001", "tlp": "GREEN", "role": "dalmas"},
            {"region_code": "36.04.06", **shared, "classification": "rahasia"},
            {"region_code": "36.73", **shared, "status": "committed"},
            {"region_code": "36", "tlp": "GREEN", "role": "reserve"},
            {"region_code": "36.04"},
        )
    ):
        made.append(await deploy(service, "commander.polda-banten", strength_planned=number + 1,
                                 **{**window(start), **fields}))  # fmt: skip
    made.append(
        await deploy(service, KOREM, home_unit=TROOPS, strength_planned=50, tlp="GREEN", **window(start),
                     controlling_unit="polres-serang", command_relation="perbantuan_tni")
    )  # fmt: skip
    there = await step(service, KOREM, made[-1], "committed", "mobilizing", strength_present=41)
    made[-1] = there.json()
    await deploy(service, OPERATOR, strength_planned=900, tlp="GREEN", **window(start.replace(hour=12)))
    return made


async def summed(service: Service, account: str, field: list[dict[str, Any]], **query: Any) -> dict[str, Any]:
    answer = await get(service, account, SUMMARY, at=field[0]["starts_at"], **query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def expected(field: list[dict[str, Any]], account: str, by: list[str], level: str) -> dict[tuple, list[int]]:
    """The sums, from the deployments themselves."""
    found: dict[tuple, list[int]] = defaultdict(lambda: [0, 0, 0])
    for each in field:
        if entitled(reader(account), each):
            keys = {**each, "region": each["region_code"][: LENGTHS[level]], "agency": each["owner_agency"]}
            group = found[tuple(keys[name] if name in by else None for name in NAMES)]
            for place, number in enumerate((1, each["strength_planned"], each["strength_present"])):
                group[place] += number
    return found


NAMES = ("region", "agency", "controlling_agency", "role", "status")


@pytest.mark.parametrize("level", LENGTHS)
@pytest.mark.parametrize("by", [["region", "agency", "role", "status"], ["region", "status"], list(NAMES)])
async def test_the_sums_are_those_of_what_the_reader_may_see(service: Service, field, by, level):
    for account in READERS:
        told = await summed(service, account, field, by=by, level=level)
        sums = {
            tuple(each["region_code" if name == "region" else name] for name in NAMES): [
                each["deployments"], each["strength_planned"], each["strength_present"],
            ]
            for each in told["items"]
        }  # fmt: skip
        assert sums == expected(field, account, by, level)
        assert told["strength_planned"] == sum(each[1] for each in sums.values())
        assert told["strength_present"] == sum(each[2] for each in sums.values())
        assert (told["scope"], told["level"]) == ("visible_to_you", level)


async def test_it_is_grouped_by_region_agency_role_and_status_unless_told(service: Service, field):
    told = await summed(service, OPERATOR, field)
    assert told == await summed(service, OPERATOR, field, by=["region", "agency", "role", "status"])
    assert {each["controlling_agency"] for each in told["items"]} == {None}


async def test_a_region_narrows_it_and_a_moment_outside_the_window_empties_it(service: Service, field):
    told = await summed(service, OPERATOR, field, region="36.04", by="agency")
    assert {each["agency"] for each in told["items"]} == {"korem-064"}  # only what holds its unit
    assert (await summed(service, OPERATOR, field, region="36.04", by=["agency", "status"]))[
        "strength_planned"
    ] == 1 + 2 + 6 + 50
    after = await get(service, OPERATOR, SUMMARY, at=field[0]["ends_at"])
    before = await get(service, OPERATOR, SUMMARY, at="2029-12-31T00:00:00Z")
    assert (after.json()["strength_planned"], before.json()["items"]) == (900, [])


async def test_what_does_not_hold_its_unit_is_counted_where_it_is_told_apart_or_asked_for(
    service: Service, field
):
    held = await summed(service, OPERATOR, field, by="region")
    assert (held["strength_planned"], "requested" in held["statuses"]) == (4 + 50, False)
    asked = await summed(service, OPERATOR, field, by="region", status=["requested"])
    assert (asked["strength_planned"], asked["statuses"]) == (1 + 2 + 5 + 6, ["requested"])


async def test_now_is_told_to_the_minute_so_that_who_asks_again_gets_304(service: Service, field):
    client = await service.client(OPERATOR)
    first = await client.get(SUMMARY)
    assert first.json()["at"].endswith(":00Z")
    same = await client.get(
        SUMMARY, params={"at": first.json()["at"]}, headers={"If-None-Match": first.headers["etag"]}
    )
    assert (same.status_code, same.content) == (304, b"")


async def test_it_is_one_query(service: Service, field):
    await summed(service, OPERATOR, field)  # the actor is known for a second from now on
    with queries(service.app.state.database) as asked:
        await summed(service, OPERATOR, field, by=["role", "agency"])  # which no other test asks
    about = [each for each, _ in asked if "deployment" in each]
    assert len(about) == 1
    assert "GROUP BY" in about[0]


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("by=colour", "by"),
        ("by=region&by=region&by=role&by=role&by=role&by=role", "by"),
        ("level=street", "level"),
        ("region=%00", "region"),
        ("region=3604", "region"),
        ("at=2024-11-27", "at"),
        ("at=2024-11-27T00:00:00", "at"),
        ("at=9999-12-31T23:59:59-12:00", "at"),
        ("status=gone", "status"),
        ("limit=5", "limit"),
    ],
)
async def test_a_question_out_of_bounds_is_refused(service: Service, query: str, pointer: str):
    client = await service.client(OPERATOR)
    refused(await client.get(f"{SUMMARY}?{query}"), 422, "invalid", pointer)
