"""Legal holds: what belongs to a case is not erased, whoever asks, until the hold is lifted or has ended."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from app.schemas.legal_holds import RECORD_TYPES
from app.services.records import BY_TYPE
from tests.support.calls import ABSENT, OPERATOR, accuse, change, get, refused, url
from tests.support.privacy import HOLDS, OFFICER, WHY, erase, hold, lift, person
from tests.support.service import Service, report

NAME = "Saksi A (fiktif)"
CHIEF = "commander.polda-banten"


def test_every_kind_of_record_can_be_held():
    assert set(RECORD_TYPES) == BY_TYPE.keys()


async def test_nothing_of_a_held_record_is_erased_until_the_hold_is_lifted(service: Service):
    made = await report(service, OPERATOR)
    added = await person(service, OPERATOR, made, NAME)
    held = (await hold(service, CHIEF, made, order_number="SP.Sita/12 (fiktif)")).json()
    for kind, subject, field in (("incident_party", added, "name"), ("incident", made, "site")):
        answer = await erase(service, OFFICER, made, kind, subject, field)
        refused(answer, 409, "conflict")
        assert "SP.Sita/12 (fiktif)" in answer.json()["detail"]
        assert "2199-12-30" in answer.json()["detail"]
    assert (await lift(service, CHIEF, held)).json()["lifted_at"]
    assert (await erase(service, OFFICER, made, "incident_party", added, "name")).status_code == 201


async def test_a_hold_that_has_ended_binds_nobody(service: Service):
    made = await report(service, OPERATOR)
    added = await person(service, OPERATOR, made, NAME)
    until = datetime.now(UTC) + timedelta(seconds=1)
    assert (await hold(service, CHIEF, made, until=until.isoformat())).status_code == 201
    refused(await erase(service, OFFICER, made, "incident_party", added, "name"), 409, "conflict")
    await asyncio.sleep(1)
    assert (await erase(service, OFFICER, made, "incident_party", added, "name")).status_code == 201


async def test_of_a_hold_and_an_erasure_at_once_one_knows_of_the_other(service: Service):
    made = await report(service, OPERATOR)
    added = await person(service, OPERATOR, made, NAME)
    held, erased = await asyncio.gather(
        hold(service, CHIEF, made), erase(service, OFFICER, made, "incident_party", added, "name")
    )
    assert held.status_code == 201
    items = (await get(service, OPERATOR, url(made, "/history"))).json()["items"]
    actions = [each["action"] for each in items]
    if erased.status_code == 201:
        assert actions.index("erasure.erased") < actions.index("legal_hold.placed")
    else:
        refused(erased, 409, "conflict")


async def test_a_hold_is_told_in_the_history_and_its_grounds_to_who_may_hold(service: Service):
    made = await report(service, OPERATOR)
    await hold(service, CHIEF, made)
    told = {
        account: (await get(service, account, url(made, "/history"))).json()["items"]
        for account in (OPERATOR, CHIEF)
    }
    assert [each["action"] for each in told[CHIEF]] == [
        "incident.reported",
        "legal_hold.placed",
        "incident.held",
    ]
    assert told[CHIEF][1]["state"]["order_number"] == "SP/1 (fiktif)"
    assert WHY in str(told[CHIEF])
    assert told[OPERATOR][1]["state"] is None
    assert WHY not in str(told[OPERATOR])


async def test_owner_lead_and_oversight_hold_and_nobody_else(service: Service):
    made = await report(service, OPERATOR, tlp="GREEN", lead_agency="korem-064")
    refused(await hold(service, "commander.kpu-banten", made), 403, "forbidden")
    refused(await hold(service, "commander.bawaslu-banten", made), 403, "forbidden")
    assert (await hold(service, "commander.korem-064", made)).status_code == 201
    assert (await hold(service, OFFICER, made)).status_code == 201
    await accuse(service, "operator.kpu-banten", made, "polda-banten")
    assert (await hold(service, "commander.bawaslu-banten", made)).status_code == 201


async def test_only_who_placed_it_lifts_it_and_nobody_who_is_accused(service: Service):
    made = await report(service, OPERATOR, tlp="GREEN")
    held = (await hold(service, CHIEF, made)).json()
    refused(await lift(service, "commander.kpu-banten", held), 403, "forbidden")
    await accuse(service, "operator.kpu-banten", made, "polda-banten")
    refused(await lift(service, CHIEF, held), 403, "conflict-of-interest")


async def test_a_lifted_hold_is_not_lifted_again(service: Service):
    held = (await hold(service, CHIEF, await report(service, OPERATOR))).json()
    assert (await lift(service, CHIEF, held)).status_code == 200
    refused(await lift(service, CHIEF, held), 409, "conflict")


async def test_holds_of_hidden_records_are_not_there(service: Service):
    made = await report(service, OPERATOR)
    held = (await hold(service, CHIEF, made)).json()
    assert (await get(service, CHIEF, HOLDS, record_id=made["id"])).json()["items"] == [held]
    assert (await get(service, "commander.kpu-banten", HOLDS, record_id=made["id"])).json()["items"] == []
    refused(await lift(service, "commander.kpu-banten", held), 404, "not-found")
    refused(await lift(service, CHIEF, {"id": ABSENT}), 404, "not-found")
    hidden = await hold(service, "commander.kpu-banten", made)
    absent = await hold(service, "commander.kpu-banten", {"id": ABSENT})
    refused(hidden, 422, "invalid", "/record_id")
    assert hidden.content == absent.content


@pytest.mark.parametrize(
    ("pointer", "wrong"),
    [
        ("/until", "2020-01-01T00:00:00Z"),
        ("/until", "besok"),
        ("/reason", ""),
        ("/order_number", ""),
        ("/record_type", "ledger"),
        ("/record_id", "x"),
    ],
)
async def test_what_is_wrong_with_a_hold_is_named(service: Service, pointer: str, wrong: str):
    made = await report(service, OPERATOR)
    answer = await hold(service, CHIEF, made, **{pointer[1:]: wrong})
    refused(answer, 422, "invalid", pointer)


async def test_a_held_record_changes_as_any_other(service: Service):
    made = await report(service, OPERATOR)
    await hold(service, CHIEF, made)
    made = (await get(service, OPERATOR, url(made))).json()
    assert made["version"] == 2
    assert (await change(service, OPERATOR, made, title="Judul baru")).status_code == 200
