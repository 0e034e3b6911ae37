"""The partners' own keys: one record for each, found again by those who see it, unknown to all others."""

import asyncio
from itertools import count
from typing import Any

import pytest

from tests.support.calls import INCIDENTS, OPERATOR, change, get, move, post, refused
from tests.support.deployments import DEPLOYMENTS, deploy, deployment
from tests.support.service import Service, incident, report
from tests.support.threats import CHIEF, LEVELS, PROPOSALS, spot

NUMBERS = count(1)


def key() -> dict[str, str]:
    """A key that no other test uses."""
    return {"external_source": "uji", "external_id": f"LP/{next(NUMBERS)}/XI"}


def level(at: Any, value: int = 2, **more: Any) -> dict[str, Any]:
    reason = "Dinilai dari laporan lapangan (fiktif)."
    return {"region_code": at.region, "category": at.category, "level": value, "rationale": reason, **more}


async def test_a_record_is_found_by_its_key(service: Service):
    mine = key()
    made = await report(service, OPERATOR, **mine)
    assert {name: made[name] for name in mine} == mine
    found = await get(service, OPERATOR, INCIDENTS, **mine)
    assert [each["id"] for each in found.json()["items"]] == [made["id"]]
    sent = await deploy(service, OPERATOR, **mine)
    found = await get(service, OPERATOR, DEPLOYMENTS, **mine)
    assert [each["id"] for each in found.json()["items"]] == [sent["id"]]
    stated = (await post(service, OPERATOR, LEVELS, level(spot(), **mine))).json()
    found = await get(service, OPERATOR, LEVELS, **mine)
    assert [each["id"] for each in found.json()["items"]] == [stated["id"]]


async def test_a_key_stands_once_for_each_agency_and_type(service: Service):
    mine = key()
    made = await report(service, OPERATOR, **mine)
    again = await post(service, OPERATOR, INCIDENTS, incident(**mine))
    refused(again, 409, "conflict")
    assert made["reference"] in again.json()["detail"]
    await deploy(service, OPERATOR, **mine)
    refused(await post(service, OPERATOR, DEPLOYMENTS, deployment(**mine)), 409, "conflict")
    await report(service, "operator.kpu-banten", **mine)
    await report(service, OPERATOR, **{**mine, "external_source": "lain"})


@pytest.mark.parametrize("name", ["external_source", "external_id"])
async def test_half_a_key_is_refused(service: Service, name: str):
    mine = key()
    del mine[name]
    refused(await post(service, OPERATOR, INCIDENTS, incident(**mine)), 422, "invalid", f"/{name}")


@pytest.mark.parametrize(
    ("name", "value"),
    [("external_source", "Besar"), ("external_source", ""), ("external_id", ""), ("external_id", "x" * 101),
     ("external_id", "a\u0000b"), ("external_id", 7)],
)  # fmt: skip
async def test_what_is_no_key_is_refused(service: Service, name: str, value: Any):
    answer = await post(service, OPERATOR, INCIDENTS, incident(**{**key(), name: value}))
    refused(answer, 422, "invalid", f"/{name}")


async def test_twenty_at_once_with_one_key_make_one_record(service: Service):
    mine = key()
    answers = await asyncio.gather(*(post(service, OPERATOR, INCIDENTS, incident(**mine)) for _ in range(20)))
    assert sorted(each.status_code for each in answers) == [201] + [409] * 19


async def test_a_key_that_is_taken_by_something_hidden_is_free(service: Service):
    mine = key()
    secret = {"tlp": "RED", "recipients": ["commander.polda-banten", "commander2.polda-banten"]}
    hidden = await report(service, "commander.polda-banten", **mine, **secret)
    made = await report(service, OPERATOR, **mine)
    found = await get(service, OPERATOR, INCIDENTS, **mine)
    assert [each["id"] for each in found.json()["items"]] == [made["id"]]
    both = await get(service, "commander.polda-banten", INCIDENTS, **mine)
    assert {each["id"] for each in both.json()["items"]} == {made["id"], hidden["id"]}


async def test_who_would_lose_sight_of_a_record_gives_it_no_key(service: Service):
    above = incident(**key(), classification="rahasia")
    refused(await post(service, OPERATOR, INCIDENTS, above), 422, "invalid", "/classification")
    made = await report(service, OPERATOR, **key())
    refused(
        await change(service, OPERATOR, made, classification="rahasia"), 422, "invalid", "/classification"
    )


async def test_a_key_stays_with_who_gave_it_when_the_record_is_handed_over(service: Service):
    mine = key()
    made = await report(service, OPERATOR, tlp="GREEN", **mine)
    assert (await move(service, OPERATOR, made, "offer", to="kpu-banten")).is_success
    taken = await move(service, "operator.kpu-banten", made, "accept")
    assert taken.json()["external_id"] == mine["external_id"]
    refused(await post(service, OPERATOR, INCIDENTS, incident(**mine)), 409, "conflict")
    await report(service, "operator.kpu-banten", **mine)
    remarked = await change(service, "operator.kpu-banten", taken.json(), classification="terbatas")
    assert remarked.status_code == 200, remarked.text


async def test_the_key_of_a_level_passes_to_what_supersedes_it(service: Service):
    mine, at = key(), spot()
    first = (await post(service, OPERATOR, LEVELS, level(at, **mine))).json()
    second = await post(service, OPERATOR, LEVELS, level(at, 3))
    assert second.json()["supersedes"] == first["id"]
    assert second.json()["external_id"] == mine["external_id"]
    other = await post(service, OPERATOR, LEVELS, level(spot(), **mine))
    refused(other, 409, "conflict")
    assert second.json()["reference"] in other.json()["detail"]


async def test_the_key_of_a_proposal_becomes_that_of_its_statement(service: Service):
    mine, at = key(), spot()
    waits = await post(service, OPERATOR, LEVELS, level(at, 4, **mine))
    assert (waits.status_code, waits.json()["external_id"]) == (202, mine["external_id"])
    place = f"{PROPOSALS}/{waits.json()['id']}/decision"
    approved = await post(
        service, CHIEF, place, {"decision": "approve", "reason": "Sesuai laporan (fiktif)."}
    )
    assert approved.status_code == 200, approved.text
    found = await get(service, OPERATOR, LEVELS, **mine)
    assert [each["id"] for each in found.json()["items"]] == [approved.json()["threat_level_id"]]
