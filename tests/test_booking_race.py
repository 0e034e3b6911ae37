"""Many who book one unit at once, over HTTP: as many are let in as fit, on SQLite and by two workers."""

import asyncio
from collections import Counter
from typing import Any

import httpx
import pytest

from app.change import Change
from app.lane import Stale
from app.routers import exchange
from app.schemas.deployments import DeploymentCreate
from app.schemas.unit_strengths import UnitStrengthStatement
from app.services import deployments, unit_strengths
from app.settings import Settings
from tests.support.deployments import DEPLOYMENTS, SUMMARY, at, deployment, statement, strength_of, window
from tests.support.servers import serving
from tests.support.service import Service
from tests.test_concurrency import PASSWORD, signed_in, workers

OPERATOR = "operator.polda-banten"
UNIT = "polres-serang"
MANY = 40


def codes(answers: list[httpx.Response]) -> Counter[int]:
    return Counter(answer.status_code for answer in answers)


async def peak(client: httpx.AsyncClient, week: dict[str, str]) -> int:
    """What is held in the middle of the week, as the service sums it up."""
    query = {"at": week["starts_at"], "by": "agency"}
    return (await client.get(SUMMARY, params=query)).json()["strength_planned"]


async def test_of_forty_commitments_as_many_are_made_as_there_is_room_for(fresh: Settings):
    with serving(fresh, PASSWORD, workers=workers(fresh)) as server:
        async with signed_in(server.url, OPERATOR, connections=MANY) as client:
            await client.put(strength_of(UNIT), json=statement(105))
            week = window()
            body = deployment(**week, status="committed", strength_planned=10)
            answers = await asyncio.gather(*(client.post(DEPLOYMENTS, json=body) for _ in range(MANY)))
            assert codes(answers) == {201: 10, 409: MANY - 10}
            told = {answer.json()["detail"] for answer in answers if answer.status_code == 409}
            assert told == {"Of this unit 5 are left in that time."}
            assert await peak(client, week) == 100


async def test_steps_changes_and_a_lower_strength_at_once_never_promise_more_than_there_is(fresh: Settings):
    with serving(fresh, PASSWORD, workers=workers(fresh)) as server:
        async with signed_in(server.url, OPERATOR, connections=MANY) as client:
            await client.put(strength_of(UNIT), json=statement(100))
            week = window()
            asked = [
                (await client.post(DEPLOYMENTS, json=deployment(**week))).json() for _ in range(MANY // 2)
            ]
            held = await client.post(DEPLOYMENTS, json=deployment(**week, status="committed"))
            grow = {"strength_planned": 55}
            answers = await asyncio.gather(
                *(
                    client.post(at(made, "/steps"), json={"to": "committed", "reason": "Uji."})
                    for made in asked
                ),
                client.patch(at(held.json()), json=grow, headers={"If-Match": '"1"'}),
                *(client.put(strength_of(UNIT), json=statement(strength)) for strength in (70, 80, 90)),
            )
            assert codes(answers).keys() <= {200, 409}
            has = (await client.get(strength_of(UNIT))).json()["strength"]
            promised = await peak(client, week)
            assert promised <= has
            left = await client.post(
                DEPLOYMENTS, json=deployment(**week, status="committed", strength_planned=has - promised or 1)
            )
            assert left.status_code == (201 if has > promised else 409)


async def test_who_is_overtaken_stands_in_line_and_leaves_no_line_behind(service: Service):
    account = "commander.kpu-banten"
    client = await service.client(account)
    unit = {"home_unit": "kpu-kab-lebak", "region_code": "36.02", "status": "committed", **window()}
    await client.put(strength_of("kpu-kab-lebak"), json=statement(1_000, region_code="36.02"))
    body = deployment(**unit, strength_planned=1)
    answers = await asyncio.gather(*(client.post(DEPLOYMENTS, json=body) for _ in range(MANY)))
    assert MANY > exchange.DECISIONS_IN_LINE
    assert codes(answers) == {201: MANY}
    assert dict(service.app.state.lines) == {}


async def decided(service: Service, use_case: Any, *asked: Any) -> Change:
    """What a use case decides for the operator, not yet written."""
    await service.client(OPERATOR)
    known = service.app.state.authenticator._known.values()
    actor = next(each.actor for each in known if each.actor.account == OPERATOR)
    async with service.app.state.database.session() as session:
        return await use_case(session, actor, *asked)


@pytest.mark.parametrize("faster", ["booking", "lowering"])
async def test_of_two_decisions_over_a_unit_on_the_same_ground_one_is_written(service: Service, faster: str):
    unit, week = "polresta-serang-kota", window()
    client = await service.client(OPERATOR)
    stated = await client.put(strength_of(unit), json=statement(100, region_code="36.73"))
    assert stated.is_success
    fields = {"home_unit": unit, "region_code": "36.73", "status": "committed", **week}
    new = DeploymentCreate.model_validate(deployment(**fields, strength_planned=80))
    lower = UnitStrengthStatement.model_validate(statement(50, region_code="36.73"))
    booking = await decided(service, deployments.request, new)
    lowering = await decided(service, unit_strengths.state, unit, lower, None)
    first, second = (lowering, booking) if faster == "lowering" else (booking, lowering)
    lane = service.app.state.lane
    await lane.write(first)
    with pytest.raises(Stale):
        await lane.write(second)
    other = deployment(**fields, strength_planned=80)
    refusal = await client.post(DEPLOYMENTS, json=other)
    assert refusal.status_code == (422 if faster == "lowering" else 409)
    if faster == "booking":
        made = f"{DEPLOYMENTS}/{booking.answer.id}/steps"
        assert (await client.post(made, json={"to": "cancelled", "reason": "Uji."})).is_success
