"""The copy of a person's data that answers a request for access, and who may read it when."""

from typing import Any

import pytest

from tests.support.access import logged
from tests.support.calls import OPERATOR, get, post, refused
from tests.support.privacy import AUDITOR, OFFICER, REQUESTS, WHY, data_request, erase, person
from tests.support.service import Service, report

NAME = "Saksi Zulaikha (fiktif)"
STRANGER = "privacy.kpu-banten"


async def copy(service: Service, asked: dict[str, Any], account: str = OFFICER):
    return await get(service, account, f"{REQUESTS}/{asked['id']}/copy")


async def asked_by_a_witness(
    service: Service, account: str = OFFICER, **more: Any
) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    made = await report(service, OPERATOR, tlp="GREEN")
    added = await person(
        service, OPERATOR, made, NAME, contact="0800 (fiktif)", national_id="3600000000001234"
    )
    await person(service, OPERATOR, made, "Saksi Lain (fiktif)")
    asked = await data_request(service, account, incident_id=made["id"], party_id=added["id"], **more)
    return made, added, asked


async def test_the_copy_has_every_field_of_what_the_request_names_and_nobody_elses(service: Service):
    made, added, asked = await asked_by_a_witness(service)
    answer = await copy(service, asked)
    assert answer.status_code == 200, answer.text
    own, told = answer.json()["subjects"]
    assert own["fields"] == {name: asked[name] for name in ("answer", "contact", "subject_name", "wish")}
    assert told == {
        "record_type": "incident", "record_id": made["id"], "subject_type": "incident_party",
        "subject_id": added["id"], "agency": "polda-banten", "erased": [],
        "fields": {
            "role": "witness", "name": NAME, "contact": "0800 (fiktif)", "national_id_last4": "1234",
            "remark": None,
        },
    }  # fmt: skip
    assert "Saksi Lain" not in answer.text


async def test_a_request_that_names_nobody_is_answered_from_itself(service: Service):
    asked = await data_request(service)
    [own] = (await copy(service, asked)).json()["subjects"]
    assert (own["subject_id"], own["record_type"]) == (asked["id"], "data_subject_request")


async def test_what_was_erased_is_listed_without_its_value(service: Service):
    made, added, asked = await asked_by_a_witness(service)
    assert (await erase(service, OFFICER, made, "incident_party", added, "name")).status_code == 201
    answer = await copy(service, asked)
    told = answer.json()["subjects"][1]
    assert (told["fields"]["name"], told["erased"]) == (None, ["name"])
    assert NAME not in answer.text


@pytest.mark.parametrize("kind", ["correction", "erasure", "restriction"])
async def test_only_a_request_for_access_has_a_copy(service: Service, kind: str):
    _, _, asked = await asked_by_a_witness(service, asks_for=kind)
    refused(await copy(service, asked), 409, "conflict")


async def test_the_copy_ends_with_the_request(service: Service):
    _, _, asked = await asked_by_a_witness(service)
    for to, status in (("verified", 200), ("fulfilled", 409)):
        step = {"to": to, "reason": WHY}
        assert (await post(service, OFFICER, f"{REQUESTS}/{asked['id']}/steps", step)).status_code == 200
        assert (await copy(service, asked)).status_code == status


async def test_other_agencies_do_not_know_of_it_and_other_roles_may_not(service: Service):
    _, _, asked = await asked_by_a_witness(service)
    refused(await copy(service, asked, STRANGER), 404, "not-found")
    for account in (OPERATOR, "commander.polda-banten", AUDITOR):
        refused(await copy(service, asked, account), 403, "forbidden")


async def test_who_does_not_answer_for_the_data_gives_no_copy(service: Service):
    _, _, asked = await asked_by_a_witness(service, STRANGER)
    answer = await copy(service, asked, STRANGER)
    refused(answer, 403, "forbidden")
    assert NAME not in answer.text


async def test_the_access_log_tells_who_read_it(service: Service):
    made, _, asked = await asked_by_a_witness(service)
    await copy(service, asked)
    items = await logged(service, AUDITOR)
    told = {(each["kind"], each["record_id"], each["account"]) for each in items}
    assert {("data_copy_read", asked["id"], OFFICER), ("parties_read", made["id"], OFFICER)} <= told
