"""Posture plans: a level that comes makes drafts, once; nothing moves without a person."""

import asyncio
from typing import Any

import pytest

from app.settings import Settings
from tests.conftest import PASSWORD
from tests.support.calls import ABSENT, get, post, refused
from tests.support.deployments import UNIT
from tests.support.deployments import state as strength
from tests.support.posture import (
    ACTIVATIONS,
    AT,
    COMMANDER,
    PLANS,
    call,
    decide,
    drafted,
    measure,
    patrol,
    plan,
    prepared,
    tick,
)
from tests.support.service import Service, running
from tests.support.threats import KPU, POLDA, agreed, hours, stated


async def waiting(service: Service) -> list[tuple[str, str, str]]:
    items = (await get(service, COMMANDER, "/api/v1/inbox")).json()["items"]
    return [(each["kind"], each["record_id"], each["title"]) for each in items]


async def test_an_approved_level_makes_drafts_and_a_person_makes_a_deployment_of_one(fresh: Settings):
    async with running(fresh, PASSWORD) as service:
        made = await prepared(service, measures=[measure(strength_planned=60), *plan()["measures"]])
        assert await tick(service) == 0
        assert (await strength(service, POLDA, UNIT, 50)).status_code == 200
        level = await agreed(service, AT, 4)
        assert await tick(service) == 1
        assert await tick(service) == 0
        [activation] = await drafted(service)
        assert (activation["plan_id"], activation["threat_level_id"]) == (made["id"], level["id"])
        assert (activation["tlp"], activation["status"]) == ("AMBER+STRICT", "open")
        assert [each["shortfall"] for each in activation["drafts"]] == [
            {"reason": "too_few", "asked": 60, "available": 50}, None, None,
        ]  # fmt: skip
        assert (await get(service, COMMANDER, "/api/v1/deployments")).json()["items"] == []
        assert await waiting(service) == [("posture", activation["id"], made["name"])]

        refused(await decide(service, activation, 1), 422, "invalid", "/strength_planned")
        answer = await decide(service, activation, 1, strength_planned=40, starts_at=hours(1))
        assert answer.status_code == 200, answer.text
        [sent] = (await get(service, COMMANDER, "/api/v1/deployments")).json()["items"]
        assert answer.json()["deployment_ids"] == [sent["id"]]
        assert (sent["strength_planned"], sent["threat_level_id"], sent["status"]) == (
            40, level["id"], "requested",
        )  # fmt: skip
        refused(await decide(service, activation, 1), 409, "conflict")
        refused(await decide(service, activation, 3, strength_planned=4), 422, "invalid", "/strength_planned")
        assert (await decide(service, activation, 2, decision="drop")).json()["status"] == "open"
        closed = (await decide(service, activation, 3)).json()
        assert (closed["status"], closed["ended_at"] is None) == ("closed", False)
        assert await waiting(service) == []
        assert [each["state"] for each in closed["drafts"]] == ["carried_out", "dropped", "carried_out"]
        history = (await get(service, COMMANDER, f"{ACTIVATIONS}/{activation['id']}/history")).json()["items"]
        assert [each["action"] for each in history] == [
            "posture_activation.drafted", *["posture_activation.decided"] * 2, "posture_activation.told",
        ]  # fmt: skip


async def test_only_a_rise_to_the_level_of_a_plan_brings_it_to_life(fresh: Settings):
    async with running(fresh, PASSWORD) as service:
        await prepared(service, level=2)
        await stated(service, POLDA, AT, 1)
        assert await tick(service) == 0
        await stated(service, POLDA, AT, 2)
        assert await tick(service) == 1
        await stated(service, POLDA, AT, 2, rationale="Tetap (fiktif).")
        await stated(service, POLDA, AT, 3, rationale="Naik (fiktif).")
        assert await tick(service) == 0
        await stated(service, POLDA, AT, 1, rationale="Turun (fiktif).")
        await stated(service, POLDA, AT, 2, rationale="Naik lagi (fiktif).")
        assert await tick(service) == 1
        assert len(await drafted(service)) == 2


@pytest.mark.parametrize(
    ("changes", "level", "answers"),
    [
        ({"region_code": "36.04.11"}, {}, True),
        ({"region_code": "36"}, {}, False),
        ({"category": "cyber"}, {}, False),
        ({"category": None}, {}, True),
        ({"level": 4}, {}, False),
        ({"in_use": False}, {}, False),
        ({}, {"tlp": "AMBER", "audience": ["bawaslu-banten"]}, False),
        ({}, {"tlp": "AMBER", "audience": ["kpu-banten"]}, True),
        ({}, {"tlp": "RED", "recipients": [POLDA, "commander.kpu-banten"]}, False),
    ],
)
async def test_which_levels_a_plan_answers(
    fresh: Settings, changes: dict[str, Any], level: dict[str, Any], *, answers: bool
):
    async with running(fresh, PASSWORD) as service:
        note = [{"kind": "notification", "text": "Siaga (fiktif)."}]
        await prepared(service, "commander.kpu-banten", **{"measures": note, **changes})
        await stated(service, POLDA, AT, 3, **level)
        assert await tick(service) == int(answers)
        assert len(await drafted(service, "commander.kpu-banten")) == int(answers)
        assert await drafted(service) == []  # another agency's matter


async def test_two_clocks_draft_once_and_two_who_decide_make_one_deployment(fresh: Settings):
    async with running(fresh, PASSWORD) as service:
        await prepared(service)
        await strength(service, POLDA, UNIT, 50)
        await stated(service, POLDA, AT, 3)
        assert sum(await asyncio.gather(tick(service), tick(service), tick(service))) == 1
        [activation] = await drafted(service)
        answers = await asyncio.gather(*[decide(service, activation, 1) for _ in range(4)])
        assert sorted(each.status_code for each in answers) == [200, 409, 409, 409]
        assert len((await get(service, POLDA, "/api/v1/deployments")).json()["items"]) == 1


async def test_a_hidden_deployment_and_a_hidden_level_are_left_out(fresh: Settings):
    async with running(fresh, PASSWORD) as service:
        await prepared(service)
        await strength(service, POLDA, UNIT, 50)
        level = await stated(service, POLDA, AT, 3)
        await tick(service)
        [activation] = await drafted(service)
        await decide(service, activation, 1)
        client = await service.client(POLDA)
        [sent] = (await get(service, POLDA, "/api/v1/deployments")).json()["items"]
        red = {"tlp": "RED", "recipients": [POLDA, "commander2.polda-banten"], "audience": []}
        changed = await client.patch(
            f"/api/v1/deployments/{sent['id']}", json=red, headers={"If-Match": f'"{sent["version"]}"'}
        )
        assert changed.status_code == 200, changed.text
        path = f"{ACTIVATIONS}/{activation['id']}"
        assert (await get(service, POLDA, path)).json()["deployment_ids"] == [sent["id"]]
        shown = (await get(service, COMMANDER, path)).json()
        assert (shown["deployment_ids"], shown["threat_level_id"]) == ([], level["id"])
        refused(await get(service, KPU, path), 404, "not-found")


BAD = {
    "another's unit": ({"measures": [measure(home_unit="kodim-0602-serang")]}, "/measures/0/home_unit"),
    "no such unit": ({"measures": [measure(), measure(home_unit="tidak-ada")]}, "/measures/1/home_unit"),
    "no such region": ({"measures": [measure(region_code="36.99")]}, "/measures/0/region_code"),
    "no measure": ({"measures": []}, "/measures"),
    "unknown kind": ({"measures": [{"kind": "parade"}]}, "/measures/0"),
    "its own help": ({"measures": [call(addressed=["polda-banten"])]}, "/measures/0/addressed"),
    "help of nobody": ({"measures": [call(addressed=["tidak-ada"])]}, "/measures/0/addressed"),
    "help for another's unit": (
        {"measures": [call(controlling_unit="kodim-0602-serang")]},
        "/measures/0/controlling_unit",
    ),
    "help by an order": ({"measures": [call(bases=["order"])]}, "/measures/0/basis_note"),
    "help too late": ({"measures": [call(hours=2)]}, "/measures/0/answer_in_hours"),
    "help nowhere": ({"measures": [call(region_code="36.99")]}, "/measures/0/region_code"),
    "help of whom": ({"measures": [measure(), call(addressed=[])]}, "/measures/1/addressed"),
    "help of agencies by accounts": (
        {"measures": [call()], "tlp": "RED", "recipients": [COMMANDER, POLDA]},
        "/tlp",
    ),
    "no such patrol plan": (
        {"measures": [measure(), measure(), patrol(ABSENT)]},
        "/measures/2/patrol_plan_id",
    ),
    "no id of one": ({"measures": [patrol("tidak-ada")]}, "/measures/0/patrol_plan_id"),
    "for too long": ({"measures": [measure(hours=10_000)]}, "/measures/0/hours"),
    "no such level": ({"level": 6}, "/level"),
    "no such place": ({"region_code": "99"}, "/region_code"),
}


@pytest.mark.parametrize("name", BAD)
async def test_a_plan_that_cannot_be_is_refused_by_name(service: Service, name: str):
    changes, pointer = BAD[name]
    answer = await post(service, COMMANDER, PLANS, plan(**changes))
    assert answer.status_code == 422, answer.text
    assert any(each["pointer"].startswith(pointer) for each in answer.json()["errors"]), answer.text


async def test_who_may_prepare_and_decide(service: Service):
    made = await prepared(service, tlp="GREEN")
    refused(await post(service, POLDA, PLANS, plan()), 403, "forbidden")
    client = await service.client("commander.kpu-banten")
    path, at = f"{PLANS}/{made['id']}", {"If-Match": '"1"'}
    refused(await client.patch(path, json={"in_use": False}, headers=at), 403, "forbidden")
    refused(await decide(service, {"id": made["id"]}, 1), 404, "not-found")
    own = await service.client(COMMANDER)
    assert (await own.patch(path, json={"in_use": False}, headers=at)).json()["in_use"] is False
