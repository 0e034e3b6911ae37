"""Levels that make no sense: each refused by the field that is wrong, and nothing is stored."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.support.calls import ABSENT, ledger_size, post, refused
from tests.support.service import Service, report
from tests.support.threats import (
    CHIEF,
    CHIEF2,
    KPU,
    LEVELS,
    POLDA,
    PROPOSALS,
    WHY,
    Spot,
    decide,
    hours,
    proposed,
    spot,
    state,
    statement,
    sync,
)


@pytest.fixture
async def nothing_stored(service: Service) -> AsyncIterator[None]:
    """The ledger ends as it began."""
    size = await ledger_size(service)
    yield
    assert await ledger_size(service) == size


FIELDS: list[Any] = [
    *(("level", wrong) for wrong in (0, 6, -1, 10**30, True, "3", 3.0, 2.5, None, [], {})),
    *(("rationale", wrong) for wrong in ("", "  ", "x", "x" * 2001, "a\u0000b", 3, None)),
    *(("basis", wrong) for wrong in ("x", ["x"], [ABSENT, ABSENT], [ABSENT] * 21, [None], [1])),
    ("basis", [ABSENT]),
    ("source", {"reliability": "A"}),
    ("source", {"credibility": 2}),
    ("source", {"channel": "press"}),
    ("source", None),
    *(
        (name, wrong)
        for name in ("valid_from", "review_by")
        for wrong in ("2024-11-25T05:30:00", "2024-11-25", 1732487400, "1732487400", "2024-02-30T00:00:00Z",
                      "9999-12-31T23:59:59-12:00", "besok")
    ),
    pytest.param("valid_from", hours(24), id="valid_from-tomorrow"),  # the whole run may take an hour
    pytest.param("review_by", hours(-1), id="review_by-an-hour-ago"),
    pytest.param("review_by", hours(24 * 91), id="review_by-in-91-days"),
    ("review_by", "2199-12-31T00:00:00Z"),
    ("tlp", "green"),
    ("tlp", "RED"),
    ("audience", ["kpu-banten"]),
    ("recipients", [POLDA, CHIEF]),
    ("classification", "sangat_rahasia"),
    ("status", "in_force"),
    ("owner_agency", "kpu-banten"),
    ("supersedes", ABSENT),
    ("label", "kritis"),
    ("proposal", ABSENT),
]  # fmt: skip
BLAMED = {("tlp", "RED"): "/recipients"}


@pytest.mark.usefixtures("nothing_stored")
@pytest.mark.parametrize(("name", "value"), FIELDS)
async def test_one_wrong_field_is_named(service: Service, name: str, value: Any):
    at, client = Spot("36.02.01", "mass_unrest"), await service.client(POLDA)
    body = {**statement(2), name: value}
    headers = {"Content-Type": "application/json"}
    for answer in (
        await client.put(at.url, content=json.dumps(body), headers=headers),
        await client.post(LEVELS, json={**body, "region_code": at.region, "category": at.category}),
    ):
        assert answer.status_code == 422, answer.text
        [error] = answer.json()["errors"]
        assert error["pointer"].startswith(BLAMED.get((name, str(value)), f"/{name}"))


@pytest.mark.usefixtures("nothing_stored")
@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("region_code", wrong) for wrong in ("36.99", "99", "36.01.01.9999", "3601", None)),
        *(("category", wrong) for wrong in ("plague", "TERRORISM", None)),
    ],
)
async def test_a_place_or_category_that_is_not_known_is_named(service: Service, name: str, value: Any):
    body = {**statement(2), "region_code": "36.02.01", "category": "mass_unrest", name: value}
    refused(await post(service, POLDA, LEVELS, body), 422, "invalid", f"/{name}")


@pytest.mark.usefixtures("nothing_stored")
async def test_a_review_before_the_beginning_is_refused(service: Service):
    for begin, review in ((-1, -2), (-3, -3)):
        answer = await sync(service, POLDA, spot(), 2, valid_from=hours(begin), review_by=hours(review))
        refused(answer, 422, "invalid", "/review_by")


@pytest.mark.usefixtures("nothing_stored")
async def test_a_put_names_its_place_in_the_address_only(service: Service):
    answer = await sync(service, POLDA, spot(), 2, region_code="36", category="cyber")
    refused(answer, 422, "invalid", "/region_code", "/category")


@pytest.mark.usefixtures("nothing_stored")
async def test_a_level_outside_the_area_is_refused(service: Service):
    for account, region in ((POLDA, "36.74"), (POLDA, "32"), (KPU, "31"), ("operator.pemkab-lebak", "36.01")):
        at = Spot(region, "disinformation")
        refused(await sync(service, account, at, 2), 403, "outside-jurisdiction")


async def test_a_hidden_incident_is_as_unknown_as_one_that_is_not(service: Service):
    hidden, seen = await report(service, POLDA), await report(service, POLDA, tlp="GREEN")
    size = await ledger_size(service)
    at = spot()
    answers = [await state(service, KPU, at, 2, basis=[seen["id"], each]) for each in (hidden["id"], ABSENT)]
    for answer in answers:
        refused(answer, 422, "invalid", "/basis/1")
    assert answers[0].content == answers[1].content
    assert await ledger_size(service) == size


async def test_what_a_decision_must_say(service: Service):
    waits = await proposed(service, POLDA, spot(), 4)
    size = await ledger_size(service)
    where = f"{PROPOSALS}/{waits['id']}/decision"
    for body, field in (
        ({"decision": "withdraw", "reason": WHY}, "/decision"),
        ({"decision": "approve"}, "/reason"),
        ({"decision": "approve", "reason": "x"}, "/reason"),
        ({"reason": WHY}, "/decision"),
        ({"decision": True, "reason": WHY}, "/decision"),
        ({"decision": "approve", "reason": WHY, "level": 3}, "/level"),
    ):
        refused(await post(service, CHIEF, where, body), 422, "invalid", field)
    refused(await decide(service, CHIEF, {"id": ABSENT}), 404, "not-found")
    assert await ledger_size(service) == size
    assert (await decide(service, CHIEF2, waits)).status_code == 200
