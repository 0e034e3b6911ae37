"""The lifecycle of an incident, and how it moves from one agency to another."""

from itertools import product

import pytest

from app.domain.lifecycle import INCIDENT_STEPS, IncidentStatus
from tests.support.calls import (
    ABSENT,
    OPERATOR,
    change,
    get,
    move,
    original_for,
    refused,
    standing_at,
    step,
    url,
)
from tests.support.service import Service, report

KPU = "operator.kpu-banten"
BAWASLU = "operator.bawaslu-banten"
PAIRS = list(product(IncidentStatus, IncidentStatus))
ALLOWED = [(before, to) for before, to in PAIRS if to in INCIDENT_STEPS[before]]
FORBIDDEN = [pair for pair in PAIRS if pair not in ALLOWED]
SHARED = {"tlp": "AMBER", "audience": ["kpu-banten", "bawaslu-banten"]}


@pytest.mark.parametrize(("before", "to"), ALLOWED)
async def test_the_lifecycle_allows_each_step_of_its_table(service: Service, before, to):
    made = await standing_at(service, OPERATOR, before)
    answer = await step(service, OPERATOR, made, to, **await original_for(service, OPERATOR, to))
    assert answer.status_code == 200
    assert answer.json() == {
        **made,
        "status": to,
        "version": made["version"] + 1,
        "updated_at": answer.json()["updated_at"],
    }


@pytest.mark.parametrize(("before", "to"), FORBIDDEN)
async def test_the_lifecycle_refuses_every_other_step(service: Service, before, to):
    made = await standing_at(service, OPERATOR, before)
    answer = await step(service, OPERATOR, made, to, **await original_for(service, OPERATOR, to))
    refused(answer, 409, "illegal-step")
    assert (await get(service, OPERATOR, url(made))).json() == made


async def test_a_duplicate_is_linked_to_its_original(service: Service):
    original = await report(service, OPERATOR)
    made = await report(service, OPERATOR)
    await step(service, OPERATOR, made, "duplicate", duplicate_of=original["id"])
    for end in (made, original):
        links = (await get(service, OPERATOR, url(end, "/links"))).json()["items"]
        assert [(each["incident_id"], each["target_id"], each["kind"]) for each in links] == [
            (made["id"], original["id"], "duplicate_of")
        ]


async def test_a_hidden_original_is_as_unknown_as_an_absent_one(service: Service):
    hidden = await report(service, KPU)
    made = await report(service, OPERATOR)
    answers = [
        await step(service, OPERATOR, made, "duplicate", duplicate_of=each) for each in (hidden["id"], ABSENT)
    ]
    refused(answers[0], 422, "invalid", "/duplicate_of")
    assert answers[0].content == answers[1].content


async def test_an_incident_is_no_duplicate_of_itself(service: Service):
    made = await report(service, OPERATOR)
    answer = await step(service, OPERATOR, made, "duplicate", duplicate_of=made["id"])
    refused(answer, 422, "invalid", "/duplicate_of")


@pytest.mark.parametrize("more", [{"to": "duplicate"}, {"to": "verified", "duplicate_of": ABSENT}])
async def test_only_a_duplicate_names_its_original_and_always_does(service: Service, more):
    made = await report(service, OPERATOR)
    client = await service.client(OPERATOR)
    answer = await client.post(url(made, "/steps"), json={"reason": "Sudah dilaporkan.", **more})
    refused(answer, 422, "invalid")


async def test_the_lead_takes_steps_and_handles_but_does_not_describe(service: Service):
    made = await report(service, OPERATOR, **SHARED, lead_agency="kpu-banten")
    made = (await step(service, KPU, made, "verified")).json()
    made = (await change(service, KPU, made, severity="severe", injured_count=1)).json()
    assert (made["status"], made["severity"]) == ("verified", "severe")
    for values in ({"title": "Judul lain"}, {"tlp": "GREEN"}, {"lead_agency": None}):
        refused(await change(service, KPU, made, **values), 403, "forbidden")


async def test_a_lead_may_step_where_it_covers_nothing(service: Service):
    far = {"region_code": "36.03.13", "tlp": "GREEN", "lead_agency": "polda-banten"}
    made = await report(service, "operator.polda-metro-jaya", **far)
    assert (await step(service, OPERATOR, made, "verified")).status_code == 200
    refused(
        await change(service, OPERATOR, {**made, "version": 2}, severity="minor"), 403, "outside-jurisdiction"
    )


async def test_who_only_sees_or_only_helps_takes_no_steps(service: Service):
    made = await report(service, OPERATOR, **SHARED, assigned_agencies=["kpu-banten"])
    for account in (KPU, BAWASLU):
        refused(await step(service, account, made, "verified"), 403, "forbidden")
        refused(await change(service, account, made, severity="minor"), 403, "forbidden")


async def test_a_step_on_another_version_is_refused_only_where_one_is_named(service: Service):
    made = await report(service, OPERATOR)
    await step(service, OPERATOR, made, "verified")
    client = await service.client(OPERATOR)
    body = {"to": "responding", "reason": "Tim bergerak."}
    stale = await client.post(url(made, "/steps"), json=body, headers={"If-Match": '"1"'})
    refused(stale, 412, "precondition-failed")
    assert (await client.post(url(made, "/steps"), json=body)).status_code == 200


async def test_ownership_moves_by_offer_and_acceptance(service: Service):
    made = await report(service, OPERATOR, **SHARED)
    offered = await move(service, OPERATOR, made, "offer", to="kpu-banten")
    assert offered.json()["offered_to"] == "kpu-banten"
    assert offered.json()["owner_agency"] == "polda-banten"
    accepted = (await move(service, KPU, made, "accept")).json()
    assert accepted["owner_agency"] == "kpu-banten"
    assert accepted["offered_to"] is None
    assert sorted(accepted["audience"]) == ["bawaslu-banten", "polda-banten"]
    assert (await change(service, KPU, accepted, title="Diambil alih")).status_code == 200
    refused(await change(service, OPERATOR, {**accepted, "version": 4}, title="Tidak lagi"), 403, "forbidden")


async def test_a_declined_offer_leaves_the_owner(service: Service):
    made = await report(service, OPERATOR, **SHARED)
    await move(service, OPERATOR, made, "offer", to="kpu-banten")
    declined = (await move(service, KPU, made, "decline")).json()
    assert (declined["owner_agency"], declined["offered_to"]) == ("polda-banten", None)
    refused(await move(service, KPU, made, "accept"), 409, "conflict")


async def test_a_withdrawn_offer_cannot_be_accepted(service: Service):
    made = await report(service, OPERATOR, **SHARED)
    await move(service, OPERATOR, made, "offer", to="kpu-banten")
    assert (await move(service, OPERATOR, made, "withdraw")).json()["offered_to"] is None
    refused(await move(service, KPU, made, "accept"), 409, "conflict")
    refused(await move(service, OPERATOR, made, "withdraw"), 409, "conflict")


async def test_only_the_owner_offers_and_withdraws(service: Service):
    made = await report(service, OPERATOR, **SHARED, lead_agency="kpu-banten")
    refused(await move(service, KPU, made, "offer", to="kpu-banten"), 403, "forbidden")
    await move(service, OPERATOR, made, "offer", to="kpu-banten")
    refused(await move(service, KPU, made, "withdraw"), 403, "forbidden")


@pytest.mark.parametrize("action", ["accept", "decline"])
async def test_only_the_agency_that_is_asked_answers(service: Service, action):
    made = await report(service, OPERATOR, **SHARED)
    await move(service, OPERATOR, made, "offer", to="kpu-banten")
    for account in (BAWASLU, OPERATOR):
        refused(await move(service, account, made, action), 409, "conflict")


@pytest.mark.parametrize("agency", ["polda-banten", "siaga", "no-such-agency", "pemprov-banten"])
async def test_an_offer_names_another_partner_that_passes_the_marking(service: Service, agency):
    made = await report(service, OPERATOR, **SHARED)
    refused(await move(service, OPERATOR, made, "offer", to=agency), 422, "invalid", "/to")


async def test_an_incident_is_not_handed_to_where_its_place_is_not_covered(service: Service):
    made = await report(service, OPERATOR, region_code="36.03.01", tlp="GREEN")
    await move(service, OPERATOR, made, "offer", to="polda-metro-jaya")
    answer = await move(service, "operator.polda-metro-jaya", made, "accept")
    refused(answer, 403, "outside-jurisdiction")


async def test_narrowing_withdraws_the_offer_to_who_loses_sight(service: Service):
    made = await report(service, OPERATOR, **SHARED)
    made = (await move(service, OPERATOR, made, "offer", to="kpu-banten")).json()
    narrowed = await change(service, OPERATOR, made, audience=["bawaslu-banten"])
    assert narrowed.json()["offered_to"] is None
    refused(await move(service, KPU, made, "accept"), 404, "not-found")


@pytest.mark.parametrize("body", [{"action": "offer"}, {"action": "accept", "to": "kpu-banten"}])
async def test_an_offer_names_the_new_owner_and_nothing_else_does(service: Service, body):
    made = await report(service, OPERATOR)
    client = await service.client(OPERATOR)
    answer = await client.post(url(made, "/hand-over"), json={"reason": "Serah terima.", **body})
    refused(answer, 422, "invalid")
