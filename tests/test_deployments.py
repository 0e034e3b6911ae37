"""Deployments: request, read, list, change and step, as the home agency does it."""

from typing import Any

import pytest

from tests.support.calls import ABSENT, OPERATOR, get, ledger_size, post, refused, walk
from tests.support.deployments import (
    DEPLOYMENTS,
    KOREM,
    TROOPS,
    UNIT,
    at,
    change,
    deploy,
    deployment,
    now,
    request,
    stated,
    step,
    window,
)
from tests.support.service import Service, report

COMMANDER = "commander.polda-banten"
ON_THE_WAY = ("committed", "mobilizing", "en_route", "on_scene", "assigned", "released", "demobilized")


async def test_a_deployment_is_requested_for_the_unit_under_its_own_command(service: Service):
    made = await deploy(service, OPERATOR, geometry={"type": "Point", "coordinates": [106.15, -6.11]})
    assert made["reference"].startswith("D-")
    expected = {
        "version": 1, "owner_agency": "polda-banten", "home_unit": UNIT, "controlling_unit": UNIT,
        "controlling_agency": "polda-banten", "command_relation": "organik", "status": "requested",
        "strength_planned": 10, "strength_present": 0, "tlp": "AMBER+STRICT", "audience": [],
        "classification": "biasa", "exercise": "live", "incident_id": None, "threat_level_id": None,
        "geometry": {"type": "Point", "coordinates": [106.15, -6.11]},
    }  # fmt: skip
    assert {name: made[name] for name in expected} == expected
    read = await get(service, OPERATOR, at(made))
    assert (read.json(), read.headers["etag"]) == (made, '"1"')


async def test_it_goes_its_way_to_the_end_and_says_who_is_there(service: Service):
    made = await deploy(service)
    for to in ON_THE_WAY:
        there = {"strength_present": 8} if to == "on_scene" else {}
        answer = await step(service, COMMANDER, made, to, **there)
        assert answer.status_code == 200, answer.text
        told = answer.json()
        assert told["status"] == to
        present = 0 if to in {"committed", "mobilizing", "en_route", "demobilized"} else 8
        assert told["strength_present"] == present
    refused(await step(service, COMMANDER, made, "requested"), 409, "illegal-step")


async def test_its_history_tells_each_step_with_its_reason(service: Service):
    made = await deploy(service)
    await step(service, OPERATOR, made, "committed", "cancelled")
    items = [each for page in await walk(service, COMMANDER, at(made, "/history"), limit=1) for each in page]
    assert [each["action"] for each in items] == [
        "deployment.requested", "deployment.stepped", "deployment.stepped",
    ]  # fmt: skip
    assert [each["state"]["status"] for each in items] == ["requested", "committed", "cancelled"]
    assert items[0]["state"] == made
    assert items[0]["reason"] is None
    assert items[2]["reason"]


@pytest.mark.parametrize("to", ["mobilizing", "on_scene", "released", "out_of_service", "demobilized"])
async def test_a_step_that_the_lifecycle_does_not_know_is_refused(service: Service, to: str):
    made = await deploy(service)
    size = await ledger_size(service)
    answer = await step(service, OPERATOR, made, to)
    refused(answer, 409, "illegal-step")
    assert "committed" in answer.json()["detail"]
    refused(await step(service, OPERATOR, made, "teleported"), 422, "invalid", "/to")
    assert await ledger_size(service) == size


async def test_a_change_names_the_version_it_was_decided_on(service: Service):
    made = await deploy(service)
    client = await service.client(OPERATOR)
    refused(await client.patch(at(made), json={"role": "patroli"}), 428, "precondition-required")
    changed = await change(service, OPERATOR, made, role="patroli", site="Alun-alun", geometry=None)
    assert (changed.json()["role"], changed.json()["site"], changed.json()["version"]) == (
        "patroli", "Alun-alun", 2,
    )  # fmt: skip
    refused(await change(service, OPERATOR, made, role="dalmas"), 412, "precondition-failed")
    refused(await change(service, OPERATOR, changed.json()), 422, "invalid")


async def test_a_step_may_name_its_version_too(service: Service):
    made = await deploy(service)
    body = {"to": "committed", "reason": "Surat perintah."}
    stale = await post(service, OPERATOR, at(made, "/steps"), body, **{"If-Match": '"7"'})
    refused(stale, 412, "precondition-failed")
    assert (await post(service, OPERATOR, at(made, "/steps"), body, **{"If-Match": '"1"'})).is_success


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"home_unit": TROOPS}, "/home_unit"),
    ({"home_unit": "no-such-unit"}, "/home_unit"),
    ({"controlling_unit": "no-such-unit"}, "/controlling_unit"),
    ({"controlling_agency": "no-such-agency", "command_relation": "bko"}, "/controlling_agency"),
    ({"controlling_agency": "siaga", "command_relation": "bko"}, "/controlling_agency"),
    ({"controlling_unit": UNIT, "controlling_agency": "kpu-banten"}, "/controlling_agency"),
    (
        {"controlling_unit": TROOPS, "command_relation": "bko"},
        "/controlling_unit",
    ),  # does not pass the marking
    ({"controlling_agency": "kpu-banten", "command_relation": "bko"}, "/controlling_agency"),
    ({"command_relation": "bko"}, "/command_relation"),
    ({"command_relation": "perbantuan_tni"}, "/command_relation"),
    ({"command_relation": "sewa"}, "/command_relation"),
    ({"role": "PAM_TPS"}, "/role"),
    ({"strength_planned": 0}, "/strength_planned"),
    ({"strength_planned": -1}, "/strength_planned"),
    ({"strength_planned": 1_000_000}, "/strength_planned"),  # more than the unit has
    ({"strength_planned": 1.0}, "/strength_planned"),
    ({"strength_planned": 10**30}, "/strength_planned"),
    ({"region_code": "99"}, "/region_code"),
    ({"starts_at": "2024-11-27T07:00:00", "ends_at": "2024-11-28T07:00:00Z"}, "/starts_at"),
    ({"starts_at": "2024-11-28T07:00:00Z", "ends_at": "2024-11-27T07:00:00Z"}, "/ends_at"),
    ({"starts_at": "2024-11-28T07:00:00Z", "ends_at": "2024-11-28T14:00:00+07:00"}, "/ends_at"),
    ({"starts_at": "2024-11-28T07:00:00Z", "ends_at": "2025-11-29T07:00:01Z"}, "/ends_at"),
    ({"incident_id": ABSENT}, "/incident_id"),
    ({"incident_id": "INC-1"}, "/incident_id"),
    ({"threat_level_id": ABSENT}, "/threat_level_id"),
    ({"status": "on_scene"}, "/status"),
    ({"strength_present": 3}, "/strength_present"),
    ({"audience": ["no-such-agency"], "tlp": "AMBER"}, "/audience"),
    ({"geometry": {"type": "Point", "coordinates": [181, 0]}}, "/geometry"),
]


@pytest.mark.parametrize(("fields", "pointer"), WRONG)
async def test_a_request_with_a_wrong_field_names_it_and_stores_nothing(service: Service, fields, pointer):
    await stated(service)
    size = await ledger_size(service)
    answer = await request(service, OPERATOR, **fields)
    assert answer.status_code == 422, answer.text
    assert all(each["pointer"].startswith(pointer) for each in answer.json()["errors"]), answer.text
    assert await ledger_size(service) == size


WRONG_CHANGES: list[tuple[dict[str, Any], str]] = [
    ({"strength_planned": 1_000_000}, "/strength_planned"),
    ({"strength_present": 3}, "/strength_present"),  # nobody is there while it is requested
    ({"ends_at": "2024-11-27T07:00:00Z"}, "/ends_at"),
    ({"command_relation": "bko"}, "/command_relation"),
    ({"controlling_unit": TROOPS}, "/command_relation"),
    ({"controlling_unit": TROOPS, "command_relation": "bko"}, "/controlling_unit"),
    ({"incident_id": ABSENT}, "/incident_id"),
    ({"region_code": "99"}, "/region_code"),
    ({"tlp": "RED"}, "/recipients"),
    ({"home_unit": UNIT}, "/home_unit"),
    ({"status": "committed"}, "/status"),
]


@pytest.mark.parametrize(("fields", "pointer"), WRONG_CHANGES)
async def test_a_change_with_a_wrong_field_names_it_and_stores_nothing(service: Service, fields, pointer):
    made = await deploy(service)
    size = await ledger_size(service)
    refused(await change(service, OPERATOR, made, **fields), 422, "invalid", pointer)
    assert await ledger_size(service) == size


async def test_no_more_are_present_than_are_planned(service: Service):
    made = await deploy(service)
    answer = await step(service, OPERATOR, made, "committed", "mobilizing", strength_present=11)
    refused(answer, 422, "invalid", "/strength_present")
    answer = await step(service, OPERATOR, made, "mobilizing", strength_present=10)
    assert answer.json()["strength_present"] == 10
    refused(
        await change(service, OPERATOR, answer.json(), strength_planned=9),
        422,
        "invalid",
        "/strength_present",
    )
    refused(
        await step(service, OPERATOR, made, "cancelled", strength_present=1),
        422,
        "invalid",
        "/strength_present",
    )
    assert (await step(service, OPERATOR, made, "cancelled")).json()["strength_present"] == 0


async def test_the_same_key_requests_once(service: Service):
    await stated(service)
    body, key = deployment(), {"Idempotency-Key": "pengerahan-1"}
    first, again = [await post(service, OPERATOR, DEPLOYMENTS, body, **key) for _ in range(2)]
    assert (again.json(), again.headers["idempotency-replayed"]) == (first.json(), "true")


async def test_the_list_is_filtered_by_what_a_duty_officer_asks(service: Service):
    week = window()
    mine = await deploy(service, OPERATOR, **week, role="k9", region_code="36.73.01", tlp="GREEN")
    theirs = await deploy(
        service, KOREM, **week, home_unit=TROOPS, tlp="GREEN", controlling_unit=UNIT, status="committed",
        command_relation="perbantuan_tni",
    )  # fmt: skip
    incident = await report(service, OPERATOR, tlp="GREEN")
    linked = await deploy(service, OPERATOR, **week, incident_id=incident["id"], tlp="GREEN")
    both, end = {"active_from": week["starts_at"], "active_before": week["ends_at"]}, week["ends_at"]

    async def found(**query: Any) -> list[str]:
        pages = await walk(service, OPERATOR, DEPLOYMENTS, **{**both, **query}, limit=2)
        return [each["id"] for page in pages for each in page]

    everything = [linked["id"], theirs["id"], mine["id"]]
    assert await found() == everything
    assert await found(active_at=week["starts_at"]) == everything
    assert await found(active_at=end) == await found(active_from=end) == []
    assert await found(active_before=week["starts_at"]) == []
    assert await found(region="36.73") == await found(role="k9") == [mine["id"]]
    assert await found(unit=TROOPS) == await found(agency="korem-064") == [theirs["id"]]
    assert await found(unit=UNIT) == await found(agency="polda-banten") == everything
    assert await found(status="committed") == [theirs["id"]]
    assert await found(status=["committed", "requested"], role=["k9", "dalmas"]) == [mine["id"]]
    assert await found(incident_id=incident["id"]) == [linked["id"]]
    assert await found(reference=mine["reference"]) == [mine["id"]]


async def test_what_it_is_for_can_be_named_and_taken_away(service: Service):
    incident = await report(service, OPERATOR)
    made = await deploy(service, OPERATOR, incident_id=incident["id"])
    assert made["incident_id"] == incident["id"]
    without = await change(service, OPERATOR, made, incident_id=None)
    assert without.json()["incident_id"] is None
    assert (await now(service, OPERATOR, made))["incident_id"] is None
