"""Whoever is accused does not decide on the accusation."""

import pytest

from tests.support.calls import OPERATOR, accuse, change, clear, get, move, refused, step, url
from tests.support.calls import standing_at as standing
from tests.support.service import Service, incident, report

KPU = "operator.kpu-banten"
BAWASLU = "operator.bawaslu-banten"
PEMPROV = "operator.pemprov-banten"
GREEN = {"tlp": "GREEN"}


async def about_kpu(service: Service, **fields: object) -> dict:
    """A record of the KPU's own, in which its own people are accused."""
    return await report(service, KPU, about_agencies=["kpu-banten"], **fields)


ENDINGS = [("reported", "false_report"), ("verified", "resolved"), ("resolved", "closed")]


@pytest.mark.parametrize(("before", "to"), ENDINGS)
async def test_an_accused_owner_does_not_end_the_matter(service: Service, before, to):
    made = await standing(service, KPU, before)
    made = (await accuse(service, KPU, made, "kpu-banten")).json()
    refused(await step(service, KPU, made, to), 403, "conflict-of-interest")
    assert (await step(service, BAWASLU, made, to)).json()["status"] == to


async def test_an_accused_owner_does_not_call_it_a_duplicate(service: Service):
    other = await report(service, KPU, **GREEN)
    made = await about_kpu(service)
    refused(
        await step(service, KPU, made, "duplicate", duplicate_of=other["id"]), 403, "conflict-of-interest"
    )
    assert (await step(service, BAWASLU, made, "duplicate", duplicate_of=other["id"])).status_code == 200


async def test_an_accused_owner_still_works_on_it(service: Service):
    made = await about_kpu(service, severity="minor")
    made = (await step(service, KPU, made, "verified")).json()
    made = (await change(service, KPU, made, severity="severe", title="Lebih jelas")).json()
    assert (made["status"], made["severity"], made["title"]) == ("verified", "severe", "Lebih jelas")


@pytest.mark.parametrize("severity", ["minor", "unknown"])
async def test_an_accused_owner_does_not_downgrade(service: Service, severity):
    made = await about_kpu(service, severity="moderate")
    refused(await change(service, KPU, made, severity=severity), 403, "conflict-of-interest")
    assert (await change(service, BAWASLU, made, severity=severity)).json()["severity"] == severity


@pytest.mark.parametrize("count", ["killed_count", "injured_count", "detained_count"])
async def test_an_accused_owner_does_not_lower_the_harm(service: Service, count):
    made = await about_kpu(service, **{count: 3})
    refused(await change(service, KPU, made, **{count: 2}), 403, "conflict-of-interest")
    made = (await change(service, KPU, made, **{count: 4})).json()
    assert (await change(service, BAWASLU, made, **{count: 2})).json()[count] == 2


async def test_an_accused_owner_does_not_shake_off_its_overseer(service: Service):
    made = await about_kpu(service)
    refused(await accuse(service, KPU, made, "bawaslu-banten"), 403, "conflict-of-interest")
    assert (await accuse(service, KPU, made, "pemprov-banten")).status_code == 200


@pytest.mark.parametrize(
    "marking",
    [
        {"tlp": "AMBER"},
        {"audience": []},
        {"audience": ["bawaslu-banten", "polda-banten"]},
        {"classification": "rahasia"},
        {"recipients": []},
    ],
)
async def test_an_accused_owner_does_not_mark_it_anew(service: Service, marking):
    made = await about_kpu(service)
    refused(await change(service, KPU, made, **marking), 403, "conflict-of-interest")


async def test_oversight_marks_it_anew_but_cannot_lose_its_own_sight(service: Service):
    made = await about_kpu(service)
    wider = (await change(service, BAWASLU, made, audience=["bawaslu-banten", "polda-banten"])).json()
    assert wider["audience"] == ["bawaslu-banten", "polda-banten"]
    narrow = (await change(service, BAWASLU, wider, audience=[])).json()
    assert narrow["audience"] == ["bawaslu-banten"]


async def test_an_accused_lead_takes_no_ending_step_and_loses_the_lead(service: Service):
    made = await report(service, OPERATOR, **GREEN, lead_agency="kpu-banten")
    made = (await accuse(service, BAWASLU, made, "kpu-banten")).json()
    assert made["lead_agency"] is None
    refused(await step(service, KPU, made, "false_report"), 403, "forbidden")
    refused(await change(service, OPERATOR, made, lead_agency="kpu-banten"), 422, "invalid", "/lead_agency")


async def test_a_report_cannot_put_the_accused_in_the_lead(service: Service):
    client = await service.client(OPERATOR)
    body = incident(**GREEN, lead_agency="kpu-banten", about_agencies=["kpu-banten"])
    refused(await client.post("/api/v1/incidents", json=body), 422, "invalid", "/lead_agency")


async def test_an_accused_agency_neither_gives_nor_takes_the_record(service: Service):
    made = await about_kpu(service, **GREEN)
    refused(await move(service, KPU, made, "offer", to="polda-banten"), 403, "conflict-of-interest")
    other = await report(service, OPERATOR, **GREEN, about_agencies=["kpu-banten"])
    refused(await move(service, OPERATOR, other, "offer", to="kpu-banten"), 422, "invalid", "/to")


async def test_an_offer_ends_when_the_agency_asked_is_accused(service: Service):
    made = await report(service, OPERATOR, **GREEN)
    await move(service, OPERATOR, made, "offer", to="kpu-banten")
    assert (await accuse(service, PEMPROV, made, "kpu-banten")).json()["offered_to"] is None
    refused(await move(service, KPU, made, "accept"), 409, "conflict")


async def test_oversight_joins_the_audience_when_the_owner_is_accused(service: Service):
    made = await about_kpu(service)
    assert made["audience"] == ["bawaslu-banten"]
    assert (await get(service, BAWASLU, url(made))).status_code == 200
    refused(await get(service, PEMPROV, url(made)), 404, "not-found")


async def test_oversight_joins_when_a_guest_accuses_the_owner(service: Service):
    made = await report(service, KPU, tlp="AMBER", audience=["pemprov-banten"])
    refused(await get(service, BAWASLU, url(made)), 404, "not-found")
    assert (await accuse(service, PEMPROV, made, "kpu-banten")).json()["audience"] == [
        "pemprov-banten",
        "bawaslu-banten",
    ]
    assert (await get(service, BAWASLU, url(made))).status_code == 200


async def test_oversight_does_not_join_when_somebody_else_than_the_owner_is_accused(service: Service):
    made = await report(service, OPERATOR, about_agencies=["kpu-banten"])
    assert made["audience"] == []
    refused(await get(service, BAWASLU, url(made)), 404, "not-found")


async def test_the_kpu_watches_where_bawaslu_itself_is_accused(service: Service):
    made = await report(service, BAWASLU, about_agencies=["bawaslu-banten"], severity="severe")
    assert made["audience"] == ["kpu-banten"]
    refused(await step(service, BAWASLU, made, "false_report"), 403, "conflict-of-interest")
    refused(await clear(service, BAWASLU, made, "bawaslu-banten"), 403, "forbidden")
    assert (await step(service, KPU, made, "verified")).status_code == 200
    assert (await clear(service, KPU, {**made, "version": 2}, "bawaslu-banten")).status_code == 200


async def test_a_record_about_its_owner_cannot_be_red(service: Service):
    red = {"tlp": "RED", "recipients": ["operator.kpu-banten", "commander.kpu-banten"]}
    body = incident(**red, about_agencies=["kpu-banten"])
    answer = await (await service.client(KPU)).post("/api/v1/incidents", json=body)
    refused(answer, 422, "invalid", "/tlp")
    made = await report(service, KPU, **red)
    refused(await accuse(service, KPU, made, "kpu-banten"), 422, "invalid", "/tlp")
    about = await about_kpu(service)
    mixed = {"tlp": "RED", "audience": [], "recipients": ["operator.bawaslu-banten", "operator.kpu-banten"]}
    refused(await change(service, BAWASLU, about, **mixed), 422, "invalid", "/tlp")


async def test_only_oversight_clears(service: Service):
    made = await report(service, OPERATOR, **GREEN, about_agencies=["kpu-banten"])
    for account in (OPERATOR, KPU, PEMPROV):
        refused(await clear(service, account, made, "kpu-banten"), 403, "forbidden")
    cleared = await clear(service, BAWASLU, made, "kpu-banten")
    assert cleared.json()["about_agencies"] == []


async def test_a_cleared_owner_decides_again(service: Service):
    made = await about_kpu(service)
    made = (await clear(service, BAWASLU, made, "kpu-banten")).json()
    assert (await step(service, KPU, made, "false_report")).status_code == 200


async def test_who_is_not_named_cannot_be_cleared(service: Service):
    made = await report(service, OPERATOR, **GREEN)
    refused(await clear(service, BAWASLU, made, "kpu-banten"), 404, "not-found")


async def test_an_agency_is_named_once(service: Service):
    made = await report(service, OPERATOR, **GREEN)
    assert (await accuse(service, PEMPROV, made, "kpu-banten")).status_code == 200
    refused(await accuse(service, BAWASLU, made, "kpu-banten"), 409, "conflict")


@pytest.mark.parametrize("agency", ["siaga", "no-such-agency"])
async def test_only_a_partner_can_be_named(service: Service, agency):
    made = await report(service, OPERATOR)
    refused(await accuse(service, OPERATOR, made, agency), 422, "invalid", "/agency")


async def test_who_does_not_see_the_record_names_nobody(service: Service):
    made = await report(service, OPERATOR)
    refused(await accuse(service, KPU, made, "polda-banten"), 404, "not-found")


async def test_a_patch_does_not_change_who_is_accused(service: Service):
    made = await about_kpu(service)
    refused(await change(service, KPU, made, about_agencies=[]), 422, "invalid", "/about_agencies")
