"""Who may do what with a deployment: the home agency, who commands it, who only sees it, and where."""

from itertools import product
from typing import Any

import httpx
import pytest

from tests.support.calls import ABSENT, OPERATOR, REASON, get, post, refused
from tests.support.canary import JSON
from tests.support.deployments import (
    DEPLOYMENTS,
    KOREM,
    STRENGTHS,
    SUMMARY,
    TROOPS,
    UNIT,
    at,
    change,
    deploy,
    now,
    request,
    stated,
    step,
)
from tests.support.need_to_know import entitled
from tests.support.need_to_know import post as reader
from tests.support.service import Service, report
from tests.support.sharing import NO_ONE, client_of

OWNER, CONTROLLING, AUDIENCE, OTHER = "korem-064", "polda-banten", "kpu-banten", "bawaslu-banten"
BOSS = f"commander.{CONTROLLING}"
LENT = {
    "home_unit": TROOPS, "controlling_unit": UNIT, "command_relation": "perbantuan_tni", "role": "reserve",
    "status": "committed",
}  # fmt: skip
NAMED = {"tlp": "AMBER", "audience": [CONTROLLING, AUDIENCE]}
RED = {"tlp": "RED", "recipients": [f"{post}.{each}" for each in (OWNER, CONTROLLING, AUDIENCE)
                                    for post in ("commander", "operator")]}  # fmt: skip
MARKINGS = [{"tlp": "GREEN"}, NAMED, {**NAMED, "classification": "terbatas"},
            {**NAMED, "classification": "rahasia"}, RED]  # fmt: skip

# Each request with what the home agency, who commands and who only sees it are answered.
ALLOWED, LACKING, ILLEGAL = (200, ""), (403, "forbidden"), (409, "illegal-step")
REQUESTS: dict[str, tuple[dict[str, Any], dict[str, tuple[int, str]]]] = {
    "plan": ({"role": "patroli"}, {OWNER: ALLOWED}),
    "command": ({"command_relation": "bko"}, {OWNER: ALLOWED}),
    "mark": ({"classification": "rahasia"}, {OWNER: ALLOWED}),
    "place": ({"site": "Alun-alun"}, {OWNER: ALLOWED, CONTROLLING: ALLOWED}),
    "presence": ({"strength_present": 7}, {OWNER: ALLOWED, CONTROLLING: ALLOWED}),
    "place and plan": ({"site": "Alun-alun", "role": "patroli"}, {OWNER: ALLOWED}),
    "on scene": ({"to": "on_scene"}, {OWNER: ALLOWED, CONTROLLING: ALLOWED}),
    "release": ({"to": "released"}, {OWNER: ALLOWED, CONTROLLING: ALLOWED}),
    "assign": ({"to": "assigned"}, {OWNER: ILLEGAL, CONTROLLING: ILLEGAL}),
    "demobilize": ({"to": "demobilized"}, {OWNER: ILLEGAL}),
    "cancel": ({"to": "cancelled"}, {OWNER: ILLEGAL}),
}
ACCOUNTS = [
    NO_ONE, "admin.siaga",
    *(f"{name}.{agency}" for agency in (OWNER, CONTROLLING, AUDIENCE, OTHER)
      for name in ("commander", "operator", "integration", "liaison", "auditor")),
]  # fmt: skip


def expected(account: str, made: dict[str, Any], name: str) -> tuple[int, str]:
    if account == NO_ONE:
        return 401, "unauthenticated"
    post, _, agency = account.partition(".")
    if post in {"admin", "liaison", "auditor"}:
        return LACKING
    if not entitled(reader(account), made):
        return 404, "not-found"
    return REQUESTS[name][1].get(agency, LACKING)


async def send(service: Service, account: str, made: dict[str, Any], name: str) -> httpx.Response:
    client = await client_of(service, account)
    body = REQUESTS[name][0]
    if "to" in body:
        return await client.post(at(made, "/steps"), json={**body, "reason": REASON})
    return await client.patch(at(made), json=body, headers={"If-Match": f'"{made["version"]}"'})


def outcome(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, "" if answer.is_success else answer.json()["type"].rpartition(":")[2]


@pytest.mark.parametrize("marking", MARKINGS, ids=lambda each: "-".join(map(str, list(each.values())[::2])))
async def test_each_relation_may_do_what_its_command_gives_it(service: Service, marking: dict[str, Any]):
    author = f"commander.{OWNER}"

    async def on_the_way() -> dict[str, Any]:
        made = await deploy(service, author, **LENT, **marking)
        return (await step(service, author, made, "mobilizing", "en_route")).json()

    made, wrong = await on_the_way(), []
    absent = {**made, "id": ABSENT}
    for account, name in product(ACCOUNTS, REQUESTS):
        answer, wanted = await send(service, account, made, name), expected(account, made, name)
        if outcome(answer) != wanted:
            wrong.append(f"{name} by {account}: {wanted}, but {answer.status_code} {answer.text}")
        elif wanted[0] == 404:
            unknown = await send(service, account, absent, name)
            assert (answer.headers, answer.content) == (unknown.headers, unknown.content)
        elif answer.is_success:
            made = await on_the_way()
    assert wrong == []


READINGS = ("", "/history")


@pytest.mark.parametrize("marking", MARKINGS, ids=lambda each: "-".join(map(str, list(each.values())[::2])))
async def test_who_may_not_know_of_it_meets_it_nowhere(service: Service, marking: dict[str, Any]):
    author = f"commander.{OWNER}"
    made = await deploy(service, author, **LENT, **marking, strength_planned=23)
    begin = {"at": made["starts_at"], "by": ["agency", "region"]}
    for account in ACCOUNTS[2:]:
        knows = entitled(reader(account), made)
        for part in READINGS:
            answer = await get(service, account, at(made, part))
            unknown = await get(service, account, f"{DEPLOYMENTS}/{ABSENT}{part}")
            assert answer.status_code == (200 if knows else 404)
            assert knows or (answer.headers, answer.content) == (unknown.headers, unknown.content)
        listed = await get(service, account, DEPLOYMENTS, active_at=made["starts_at"])
        assert [each["id"] for each in listed.json()["items"]] == [made["id"]] * knows
        summed = (await get(service, account, SUMMARY, **begin)).json()
        assert (summed["strength_planned"], len(summed["items"])) == ((23, 1) if knows else (0, 0))


async def test_a_strength_is_its_agencys_own_until_it_is_shared(service: Service):
    unit = "kpu-kota-cilegon"
    await stated(service, "commander.kpu-banten", unit)
    for account in ("operator.polda-banten", "auditor.bawaslu-banten"):
        for part in ("", "/history"):
            hidden = await get(service, account, f"/api/v1/units/{unit}/strength{part}")
            unknown = await get(service, account, f"/api/v1/units/no-such-unit/strength{part}")
            refused(hidden, 404, "not-found")
            assert (hidden.headers, hidden.content) == (unknown.headers, unknown.content)
        listed = await get(service, account, STRENGTHS, agency="kpu-banten", limit=200)
        assert listed.json() == {"items": [], "next": None}


async def test_in_coordination_no_command_passes(service: Service):
    made = await deploy(
        service, KOREM, home_unit=TROOPS, controlling_agency=CONTROLLING, command_relation="koordinasi",
        **NAMED, status="committed",
    )  # fmt: skip
    await step(service, KOREM, made, "mobilizing", "en_route")
    made = await now(service, BOSS, made)
    refused(await step(service, BOSS, made, "on_scene"), 403, "forbidden")
    refused(await change(service, BOSS, made, strength_present=1), 403, "forbidden")


# 36.03.01 is Polda Banten's and Korem 052's, not Korem 064's; 36.71 is Polda Metro Jaya's.
async def test_personnel_are_lent_to_where_the_receiving_agency_covers(service: Service):
    there = {"home_unit": TROOPS, "region_code": "36.03.01", **NAMED}
    refused(await request(service, KOREM, **there), 403, "outside-jurisdiction")
    to_polda = {"controlling_agency": CONTROLLING}
    for relation in ("koordinasi", "perbantuan_tni", "bko"):
        answer = await request(service, KOREM, **there, **to_polda, command_relation=relation)
        if relation == "koordinasi":
            refused(answer, 403, "outside-jurisdiction")
        else:
            assert answer.status_code == 201, answer.text
    far = await request(
        service, KOREM, **{**there, "region_code": "36.71"}, **to_polda, command_relation="bko"
    )
    refused(far, 403, "outside-jurisdiction")


async def test_polda_lends_to_a_polres_and_both_follow_it(service: Service):
    await stated(service, OPERATOR, "satbrimob-polda-banten")
    made = await deploy(
        service, OPERATOR, home_unit="satbrimob-polda-banten", controlling_unit="polresta-serang-kota",
        command_relation="bko", role="brimob_phh", region_code="36.73",
    )  # fmt: skip
    assert made["controlling_agency"] == "polda-banten"
    for unit in ("satbrimob-polda-banten", "polresta-serang-kota"):
        found = await get(service, OPERATOR, DEPLOYMENTS, unit=unit, active_at=made["starts_at"])
        assert [each["id"] for each in found.json()["items"]] == [made["id"]]


async def test_who_commands_moves_it_within_the_places_of_either_and_steps_it_wherever_it_is(
    service: Service,
):
    made = await deploy(service, KOREM, **LENT, **NAMED, region_code="36.04")
    made = (await change(service, BOSS, made, region_code="36.03.01")).json()
    assert made["region_code"] == "36.03.01"
    refused(await change(service, BOSS, made, region_code="36.71"), 403, "outside-jurisdiction")
    refused(await change(service, KOREM, made, command_relation="koordinasi"), 403, "outside-jurisdiction")
    made = (await step(service, KOREM, made, "mobilizing", "en_route")).json()
    made = (await step(service, BOSS, made, "on_scene", strength_present=9)).json()
    assert (made["status"], made["strength_present"]) == ("on_scene", 9)


async def test_the_command_is_given_back_as_it_was_given(service: Service):
    made = await deploy(service, KOREM, **LENT, **NAMED)
    back = await change(
        service, KOREM, made, controlling_unit=TROOPS, command_relation="organik", audience=[]
    )
    assert (back.json()["controlling_agency"], back.json()["audience"]) == (OWNER, [])
    refused(await get(service, BOSS, at(made)), 404, "not-found")
    staff = await change(service, KOREM, back.json(), controlling_unit=None)
    assert (staff.json()["controlling_unit"], staff.json()["controlling_agency"]) == (None, OWNER)


async def test_who_commands_cannot_be_left_out_of_the_marking(service: Service):
    made = await deploy(service, KOREM, **LENT, **NAMED)
    refused(await change(service, KOREM, made, audience=[AUDIENCE]), 422, "invalid", "/controlling_unit")


async def test_a_link_to_what_the_reader_may_not_see_is_blank_wherever_it_is_told(service: Service):
    secret = await report(service, KOREM)
    made = await deploy(service, KOREM, **LENT, **NAMED, incident_id=secret["id"])
    assert made["incident_id"] == secret["id"]
    assert (await now(service, KOREM, made))["incident_id"] == secret["id"]
    liaison = await service.client(BOSS)
    answers = [
        await liaison.get(at(made)),
        await liaison.get(at(made, "/history")),
        await liaison.get(DEPLOYMENTS, params={"active_at": made["starts_at"]}),
        await change(service, BOSS, made, site="Alun-alun"),
        await step(service, KOREM, made, "mobilizing", "en_route"),
        await step(service, BOSS, made, "on_scene"),
    ]
    for answer in (*answers[:4], answers[5]):
        assert answer.is_success
        assert secret["id"] not in answer.text
        assert made["id"] in answer.text
    assert answers[4].json()["incident_id"] == secret["id"]
    hidden = await liaison.get(DEPLOYMENTS, params={"incident_id": secret["id"]})
    unknown = await liaison.get(DEPLOYMENTS, params={"incident_id": ABSENT})
    assert (hidden.json(), hidden.content) == ({"items": [], "next": None}, unknown.content)


async def test_a_replayed_answer_does_not_tell_of_what_was_hidden_meanwhile(service: Service):
    incident = await report(service, KOREM, tlp="AMBER", audience=[CONTROLLING])
    await stated(service, OPERATOR)
    body = {"home_unit": UNIT, "role": "k9", "strength_planned": 1, "region_code": "36.04",
            "starts_at": "2041-01-01T00:00:00Z", "ends_at": "2041-01-02T00:00:00Z",
            "incident_id": incident["id"]}  # fmt: skip
    first = await post(service, OPERATOR, DEPLOYMENTS, body, **{"Idempotency-Key": "k9-1"})
    assert first.json()["incident_id"] == incident["id"]
    client = await service.client(KOREM)
    narrowed = await client.patch(
        f"/api/v1/incidents/{incident['id']}",
        json={"audience": []},
        headers={"If-Match": '"1"', "Content-Type": JSON},
    )
    assert narrowed.is_success
    again = await post(service, OPERATOR, DEPLOYMENTS, body, **{"Idempotency-Key": "k9-1"})
    assert again.json() == {**first.json(), "incident_id": None}


async def test_naming_a_hidden_incident_is_naming_an_unknown_one(service: Service):
    secret = await report(service, KOREM)
    await stated(service, OPERATOR)
    made = await deploy(service, OPERATOR)
    for sending in (
        lambda identity: request(service, OPERATOR, incident_id=identity),
        lambda identity: change(service, OPERATOR, made, incident_id=identity),
    ):
        hidden, unknown = await sending(secret["id"]), await sending(ABSENT)
        refused(hidden, 422, "invalid", "/incident_id")
        assert hidden.content == unknown.content
