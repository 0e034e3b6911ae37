"""Erasures in the change feed: who keeps a record hears what of it went; of what lies behind nobody does."""

from typing import Any

import pytest

from app.domain.changes import TOLD_SUBJECTS
from app.services.subjects import ANSWERS
from app.settings import Settings
from tests.conftest import PASSWORD
from tests.support.access import tell_of_accesses
from tests.support.break_glass import KPU_CHIEF, open_glass
from tests.support.calls import OPERATOR, change, get, url
from tests.support.feeds import brief, since, tip
from tests.support.privacy import AUDITOR, OFFICER, breach, data_request, erase, hold, lift, order, person
from tests.support.service import Service, report, running
from tests.test_retention import ended, retain

KPU, LIAISON = "operator.kpu-banten", "liaison.kpu-banten"
OPEN = {"tlp": "GREEN"}


def part(kind: str, subject: dict[str, Any], *paths: str) -> dict[str, Any]:
    return {"subject_type": kind, "subject_id": subject["id"], "paths": list(paths)}


async def test_an_erasure_is_told_with_its_paths_and_the_record_as_it_stands(service: Service):
    made = await report(service, OPERATOR, **OPEN, site="Rumah A (fiktif)")
    after = await tip(service, KPU)
    assert (await erase(service, OFFICER, made, "incident", made, "site")).status_code == 201
    (told,) = await since(service, KPU, after)
    assert (told["change"], told["id"]) == ("erased", made["id"])
    assert told["erased"] == [part("incident", made, "/site")]
    assert told["record"] == (await get(service, KPU, url(made))).json()
    assert told["record"]["site"] is None


async def test_what_was_erased_of_a_person_is_told_to_who_may_read_persons(service: Service):
    made = await report(service, OPERATOR, **OPEN)
    witness = await person(service, OPERATOR, made, "Saksi A (fiktif)")
    ours, theirs = await tip(service, KPU), await tip(service, LIAISON)
    await erase(service, OFFICER, made, "incident_party", witness, "name")
    (told,) = await since(service, KPU, ours)
    assert (told["change"], told["erased"]) == ("erased", [part("incident_party", witness, "/name")])
    (told,) = await since(service, LIAISON, theirs)
    assert told["change"] == "changed"
    assert "erased" not in told
    assert witness["id"] not in str(told)


async def test_an_erasure_is_not_passed_over_for_what_came_after(service: Service):
    made = await report(service, OPERATOR, **OPEN, site="Rumah A (fiktif)")
    after = await tip(service, KPU)
    await erase(service, OFFICER, made, "incident", made, "site")
    await erase(service, OFFICER, made, "incident", made, "description", rewritten={"description": "Lain."})
    now = (await get(service, OPERATOR, url(made))).json()
    assert (await change(service, OPERATOR, now, title="Judul lain")).status_code == 200
    (told,) = await since(service, KPU, after)
    assert told["change"] == "erased"
    assert [each["paths"] for each in told["erased"]] == [["/site"], ["/description"]]
    assert told["record"]["title"] == "Judul lain"


async def test_who_lost_sight_of_a_record_hears_that_it_is_gone_and_no_more(service: Service):
    made = await report(service, OPERATOR, **OPEN)
    after = await tip(service, KPU)
    await erase(service, OFFICER, made, "incident", made, "site")
    now = (await get(service, OPERATOR, url(made))).json()
    await change(service, OPERATOR, now, tlp="AMBER+STRICT")
    assert brief(told := await since(service, KPU, after)) == [("gone", made["id"])]
    assert "erased" not in told[0]
    after = await tip(service, KPU)
    await erase(service, OFFICER, made, "incident", made, "description", rewritten={"description": "Lain."})
    assert await since(service, KPU, after) == []


async def test_the_end_of_a_retention_is_told_as_an_erasure(fresh: Settings):
    async with running(fresh, PASSWORD) as service:
        made = await ended(service, **OPEN)
        after = await tip(service, KPU)
        await retain(service, 3)
        (told,) = await since(service, KPU, after)
        assert {each["subject_type"] for each in told["erased"]} == {"incident_party"}
        after = await tip(service, KPU)
        await retain(service, 6)
        (told,) = await since(service, KPU, after)
        assert (told["change"], told["id"]) == ("erased", made["id"])
        assert {"incident", "incident_note"} <= {each["subject_type"] for each in told["erased"]}
        assert "Zulaikha" not in str(told)


def test_what_the_feed_passes_over_is_chosen():
    passed_over = {"breach", "break_glass", "data_subject_request", "disclosure", "legal_hold"}
    assert set(ANSWERS) - set(TOLD_SUBJECTS) == passed_over


async def test_of_holds_orders_requests_breaches_grants_and_the_access_log_nobody_is_told(service: Service):
    made, hidden = await report(service, OPERATOR, **OPEN), await report(service, OPERATOR)
    readers = (OPERATOR, OFFICER, AUDITOR, KPU_CHIEF, "commander.polda-banten")
    before = await tip(service, KPU)
    held = (await hold(service, OFFICER, made)).json()
    (told,) = await since(service, KPU, before)  # of a hold only that the record has a new version
    assert (told["change"], told["version"], told["record"]) == (
        "changed", 2, (await get(service, KPU, url(made))).json()
    )  # fmt: skip
    after = {account: await tip(service, account) for account in readers}
    assert (await lift(service, OFFICER, held)).is_success
    assert (await order(service, made)).status_code == 201
    await data_request(service)
    await breach(service)
    await open_glass(service, KPU_CHIEF, hidden)
    assert await tell_of_accesses(service) == 1
    for account in readers:
        assert await since(service, account, after[account]) == [], account


@pytest.mark.parametrize("which", ["incident", "incident_party"])
async def test_who_begins_without_a_cursor_hears_of_erasures_too(service: Service, which: str):
    made = await report(service, OPERATOR, **OPEN)
    subject = made if which == "incident" else await person(service, OPERATOR, made, "Saksi A (fiktif)")
    await erase(service, OFFICER, made, which, subject, "site" if which == "incident" else "name")
    told = {each["id"]: each for each in await since(service, KPU, None)}
    assert [each["subject_id"] for each in told[made["id"]]["erased"]] == [subject["id"]]
