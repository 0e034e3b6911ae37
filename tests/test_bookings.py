"""A unit is never promised more than it has, at any moment; what is refused says what is left and no more."""

import re
from datetime import timedelta

import httpx

from tests.support.calls import OPERATOR, REASON, ledger_size, post, refused
from tests.support.deployments import (
    DEPLOYMENTS,
    WEEKS,
    at,
    change,
    deploy,
    deployment,
    request,
    state,
    step,
    window,
)
from tests.support.service import Service

COMMANDER = "commander.polda-banten"
HUNDRED = {"home_unit": "polres-lebak", "region_code": "36.02"}  # has a hundred in this module
DAY = timedelta(days=1)


async def booked(service: Service, strength: int, **fields: object) -> httpx.Response:
    """A commitment of the unit that has a hundred."""
    await state(service, OPERATOR, HUNDRED["home_unit"], 100, region_code="36.02")
    return await request(
        service, OPERATOR, **{**HUNDRED, "status": "committed", "strength_planned": strength, **fields}
    )


def says_left(answer: httpx.Response, left: int) -> None:
    """The refusal names one number, and nothing of what the others are."""
    refused(answer, 409, "conflict")
    assert re.findall(r"\d+", answer.json()["detail"]) == [str(left)]
    assert answer.json().keys() == {"type", "title", "status", "detail"}


async def test_what_is_left_can_be_committed_and_one_more_cannot(service: Service):
    week = window()
    assert (await booked(service, 60, **week)).status_code == 201
    size = await ledger_size(service)
    says_left(await booked(service, 41, **week), 40)
    assert await ledger_size(service) == size + 1  # the strength, stated again
    assert (await booked(service, 40, **week)).status_code == 201
    says_left(await booked(service, 1, **week), 0)


async def test_who_ends_when_another_begins_does_not_count_against_it(service: Service):
    start = next(WEEKS)
    assert (await booked(service, 100, **window(start, days=2))).status_code == 201
    assert (await booked(service, 100, **window(start + 2 * DAY, days=2))).status_code == 201
    says_left(await booked(service, 1, **window(start + DAY, days=2)), 0)


async def test_those_who_follow_each_other_count_by_their_peak_not_by_their_sum(service: Service):
    start = next(WEEKS)
    for day in range(3):
        assert (await booked(service, 60, **window(start + day * DAY, days=1))).status_code == 201
    assert (await booked(service, 40, **window(start, days=3))).status_code == 201
    says_left(await booked(service, 1, **window(start + 2 * DAY, days=5)), 0)


async def test_a_request_binds_nobody_until_it_is_committed(service: Service):
    week = window()
    asked = [await booked(service, 60, **week, status="requested") for _ in range(2)]
    first, second = [answer.json() for answer in asked]
    assert (await step(service, COMMANDER, first, "committed")).status_code == 200
    says_left(await step(service, COMMANDER, second, "committed"), 40)
    assert (await step(service, COMMANDER, first, "cancelled")).status_code == 200
    assert (await step(service, COMMANDER, second, "committed")).status_code == 200


async def test_who_is_released_is_free_and_who_is_out_of_service_is_not(service: Service):
    week = window()
    made = (await booked(service, 100, **week)).json()
    await step(service, OPERATOR, made, "mobilizing", "out_of_service")
    says_left(await booked(service, 1, **week), 0)
    await step(service, OPERATOR, made, "released")
    assert (await booked(service, 100, **week)).status_code == 201


async def test_a_committed_deployment_grows_and_moves_within_what_is_left(service: Service):
    start = next(WEEKS)
    made = (await booked(service, 60, **window(start, days=1))).json()
    assert (await booked(service, 50, **window(start + DAY, days=2))).status_code == 201
    says_left(await change(service, OPERATOR, made, **window(start, days=2)), 50)
    made = (await change(service, OPERATOR, made, strength_planned=50, **window(start, days=2))).json()
    assert made["strength_planned"] == 50
    says_left(await change(service, OPERATOR, made, strength_planned=51), 50)
    made = (await change(service, OPERATOR, made, strength_planned=100, **window(start, days=1))).json()
    assert made["strength_planned"] == 100


async def test_a_unit_cannot_have_fewer_than_are_committed_at_one_time(service: Service):
    unit = {"home_unit": "polresta-tangerang", "region_code": "36.03.01", "status": "committed"}
    start = next(WEEKS)

    async def stating(strength: int) -> httpx.Response:
        return await state(service, OPERATOR, unit["home_unit"], strength, region_code="36.03.01")

    assert (await stating(100)).status_code == 200
    made = await deploy(service, OPERATOR, **unit, strength_planned=30, **window(start, days=3))
    await deploy(service, OPERATOR, **unit, strength_planned=30, **window(start + DAY, days=1))
    await deploy(service, OPERATOR, **unit, strength_planned=40, **window(start + 2 * DAY, days=9))
    says_left(await stating(69), 70)
    assert (await stating(70)).status_code == 200
    await step(service, OPERATOR, made, "cancelled")
    assert (await stating(40)).status_code == 200
    says_left(await stating(0), 40)


async def test_a_unit_whose_strength_nobody_stated_is_not_deployed(service: Service):
    size = await ledger_size(service)
    answer = await request(service, OPERATOR, home_unit="ditsamapta-polda-banten")
    refused(answer, 409, "conflict")
    assert "/units/ditsamapta-polda-banten/strength" in answer.json()["detail"]
    other = await request(
        service, "operator.kpu-banten", home_unit="ditsamapta-polda-banten", region_code="36"
    )
    refused(other, 422, "invalid", "/home_unit")
    assert await ledger_size(service) == size


async def test_what_the_caller_may_not_see_counts_too_and_stays_unseen(service: Service):
    week = window()
    secret = {"classification": "rahasia", "tlp": "RED", "recipients": [COMMANDER, "commander2.polda-banten"]}
    body = deployment(**HUNDRED, **week, **secret, status="committed", strength_planned=70)
    await booked(service, 1)
    assert (await post(service, COMMANDER, DEPLOYMENTS, body)).status_code == 201
    says_left(await booked(service, 31, **week), 30)
    assert (await booked(service, 30, **week)).status_code == 201


async def test_a_key_does_not_commit_twice(service: Service):
    week, key = window(), {"Idempotency-Key": "janji-1"}
    made = (await booked(service, 60, **week, status="requested")).json()
    body = {"to": "committed", "reason": REASON}
    first, again = [await post(service, COMMANDER, at(made, "/steps"), body, **key) for _ in range(2)]
    assert (first.status_code, again.headers["idempotency-replayed"]) == (200, "true")
    says_left(await booked(service, 41, **week), 40)
