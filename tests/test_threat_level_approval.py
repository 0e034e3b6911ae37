"""A high level takes two accounts of the agency: what waits, who decides, and what each refusal says."""

import asyncio

import pytest

from tests.support.calls import get, ledger_size, post, refused, walk
from tests.support.service import Service, report
from tests.support.threats import (
    BAWASLU,
    CHIEF,
    CHIEF2,
    KPU,
    LEVELS,
    POLDA,
    PROPOSALS,
    WHY,
    actions,
    agreed,
    decide,
    effective,
    hours,
    proposed,
    read,
    spot,
    state,
    stated,
    sync,
    withdraw,
)

SCRIPT = "integration.polda-banten"


@pytest.mark.parametrize("level", [4, 5])
async def test_a_high_level_waits_while_the_one_in_force_stays(service: Service, level: int):
    at = spot()
    now = await stated(service, POLDA, at, 3)
    size = await ledger_size(service)
    answer = await state(service, POLDA, at, level)
    assert answer.status_code == 202
    waits = answer.json()
    assert (waits["status"], waits["level"], waits["record_type"]) == (
        "pending",
        level,
        "threat_level_proposal",
    )
    assert int(answer.headers["siaga-ledger-position"]) == size
    assert (await effective(service, KPU, at))["level"] == 3
    approved = await decide(service, CHIEF, waits)
    assert approved.status_code == 200, approved.text
    assert approved.json()["status"] == "approved"
    made = await read(service, KPU, approved.json()["threat_level_id"])
    assert (made["level"], made["supersedes"], made["rationale"]) == (level, now["id"], WHY)
    assert (await effective(service, KPU, at))["level"] == level
    assert (await read(service, POLDA, now["id"]))["status"] == "superseded"
    assert await ledger_size(service) == size + 4
    happened = await actions(service, POLDA, waits["id"], PROPOSALS)
    assert happened == ["threat_level.proposed", "threat_level.approved"]


async def test_lowering_from_a_high_level_waits_too(service: Service):
    at = spot()
    high = await agreed(service, at, 5)
    for account, level in ((POLDA, 1), (POLDA, 3)):
        await proposed(service, account, at, level)
        assert (await effective(service, KPU, at))["level"] == 5
    lower = await proposed(service, POLDA, at, 2)
    approved = (await decide(service, CHIEF2, lower)).json()
    assert (await effective(service, KPU, at))["level"] == 2
    assert (await read(service, POLDA, approved["threat_level_id"]))["supersedes"] == high["id"]


async def test_withdrawing_a_high_level_waits_too(service: Service):
    at = spot()
    high = await agreed(service, at, 4)
    asked = await withdraw(service, POLDA, high)
    assert asked.status_code == 202
    waits = asked.json()
    assert (waits["level"], waits["withdraws"], waits["rationale"]) == (None, high["id"], WHY)
    size = await ledger_size(service)
    again = await withdraw(service, CHIEF, high)
    assert (again.status_code, again.json()) == (200, waits)
    assert await ledger_size(service) == size
    assert (await effective(service, KPU, at))["level"] == 4
    assert (await decide(service, CHIEF, waits)).status_code == 200
    assert (await effective(service, KPU, at))["level"] is None
    assert (await read(service, KPU, high["id"]))["status"] == "withdrawn"


async def test_the_same_statement_while_it_waits_is_that_proposal_and_no_entry(service: Service):
    at = spot()
    waits = await proposed(service, POLDA, at, 4)
    size = await ledger_size(service)
    for account in (POLDA, CHIEF, SCRIPT):
        for answer in (await state(service, account, at, 4), await sync(service, account, at, 4)):
            assert (answer.status_code, answer.json()) == (200, waits)
            assert "siaga-ledger-position" not in answer.headers
    assert await ledger_size(service) == size


async def test_who_proposed_may_change_the_wish_and_others_may_not(service: Service):
    at = spot()
    first = await proposed(service, POLDA, at, 4)
    refused(await state(service, CHIEF, at, 5), 409, "conflict")
    second = await proposed(service, POLDA, at, 5)
    assert (await read(service, POLDA, first["id"], PROPOSALS))["status"] == "withdrawn"
    refused(await decide(service, CHIEF, first), 409, "conflict")
    assert (await decide(service, CHIEF, second)).status_code == 200


async def test_a_lower_wish_of_the_same_script_takes_its_proposal_back(service: Service):
    at = spot()
    low = await stated(service, SCRIPT, at, 2)
    for wish in (2, 3):  # as it stands already, and something new
        waits = await proposed(service, SCRIPT, at, 4)
        answer = await sync(service, SCRIPT, at, wish)
        assert answer.status_code == (200 if wish == 2 else 201)
        assert (await read(service, POLDA, waits["id"], PROPOSALS))["status"] == "withdrawn"
        happened = await actions(service, POLDA, waits["id"], PROPOSALS)
        assert happened == ["threat_level.proposed", "threat_level.proposal_withdrawn"]
    assert (await read(service, POLDA, low["id"]))["status"] == "superseded"


async def test_a_script_does_not_take_back_what_a_person_proposed(service: Service):
    at = spot()
    await stated(service, SCRIPT, at, 2)
    waits = await proposed(service, POLDA, at, 4)
    for wish in (2, 3, 3):
        assert (await sync(service, SCRIPT, at, wish)).is_success
    assert (await decide(service, CHIEF, waits)).json()["status"] == "approved"
    assert (await effective(service, KPU, at))["level"] == 4


async def test_neither_the_proposer_nor_another_agency_decides(service: Service):
    at = spot()
    mine = await proposed(service, CHIEF, at, 4)
    size = await ledger_size(service)
    for decision in ("approve", "decline"):
        refused(await decide(service, CHIEF, mine, decision), 403, "forbidden")
        refused(await decide(service, "commander.kpu-banten", mine, decision), 403, "forbidden")
    for account in (POLDA, SCRIPT, "auditor.polda-banten", "liaison.polda-banten", "admin.siaga"):
        refused(await decide(service, account, mine), 403, "forbidden")
    assert await ledger_size(service) == size
    assert (await decide(service, CHIEF2, mine)).status_code == 200


async def test_a_hidden_proposal_does_not_exist_for_another_agency(service: Service):
    at = spot()
    hidden = await proposed(service, POLDA, at, 5, tlp="AMBER+STRICT")
    where = f"{PROPOSALS}/{hidden['id']}"
    for path in (where, f"{where}/history"):
        refused(await get(service, KPU, path), 404, "not-found")
    refused(await decide(service, "commander.kpu-banten", hidden), 404, "not-found")
    refused(await withdraw(service, KPU, hidden), 404, "not-found")
    assert hidden["id"] not in (await get(service, KPU, PROPOSALS, region=at.region)).text
    made = (await decide(service, CHIEF, hidden)).json()
    refused(await get(service, KPU, f"{LEVELS}/{made['threat_level_id']}"), 404, "not-found")


async def test_a_proposal_that_is_declined_or_withdrawn_changes_no_level(service: Service):
    at = spot()
    await stated(service, POLDA, at, 2)
    declined = await decide(service, CHIEF, await proposed(service, POLDA, at, 4), "decline")
    assert declined.json()["status"] == "declined"
    waits = await proposed(service, POLDA, at, 4)
    refused(await withdraw(service, CHIEF, waits), 403, "forbidden")
    assert (await withdraw(service, POLDA, waits)).json()["status"] == "withdrawn"
    for over in (declined.json(), waits):
        for act in (decide(service, CHIEF, over), decide(service, CHIEF2, over, "decline")):
            refused(await act, 409, "conflict")
        refused(await withdraw(service, POLDA, over), 409, "conflict")
    assert (await effective(service, KPU, at))["level"] == 2
    happened = await actions(service, POLDA, declined.json()["id"], PROPOSALS)
    assert happened[-1] == "threat_level.declined"


async def test_a_decision_may_name_the_version_that_was_read(service: Service):
    waits = await proposed(service, POLDA, spot(), 4)
    refused(await decide(service, CHIEF, waits, **{"If-Match": '"2"'}), 412, "precondition-failed")
    assert (await decide(service, CHIEF, waits, **{"If-Match": '"1"'})).headers["etag"] == '"2"'


async def test_of_two_approvals_at_once_one_is_made(service: Service):
    at = spot()
    waits = await proposed(service, POLDA, at, 5)
    answers = await asyncio.gather(*(decide(service, each, waits) for each in (CHIEF, CHIEF2) * 4))
    assert sorted(each.status_code for each in answers) == [200] + [409] * 7
    shown = await effective(service, KPU, at)
    assert [each["level"] for each in shown["statements"]] == [5]


async def test_of_yes_and_no_at_once_one_counts(service: Service):
    for _ in range(5):
        at = spot()
        waits = await proposed(service, POLDA, at, 4)
        yes, no = await asyncio.gather(
            decide(service, CHIEF, waits), decide(service, CHIEF2, waits, "decline")
        )
        assert sorted((yes.status_code, no.status_code)) == [200, 409]
        level = (await effective(service, KPU, at))["level"]
        assert level == (4 if yes.status_code == 200 else None)


async def test_proposals_are_listed_for_who_may_know(service: Service):
    at = spot()
    over = await proposed(service, POLDA, at, 5)
    await decide(service, CHIEF, over, "decline")
    waits = await proposed(service, POLDA, at, 4)
    pages = await walk(service, BAWASLU, PROPOSALS, region=at.region, category=at.category, limit=1)
    assert [each["id"] for page in pages for each in page] == [waits["id"], over["id"]]
    pending = (await get(service, CHIEF, PROPOSALS, region=at.region, status="pending")).json()["items"]
    assert [each["id"] for each in pending if each["category"] == at.category] == [waits["id"]]
    assert POLDA not in (await get(service, BAWASLU, f"{PROPOSALS}/{waits['id']}/history")).text
    assert POLDA in (await get(service, CHIEF, f"{PROPOSALS}/{waits['id']}/history")).text


async def test_the_basis_of_a_proposal_is_shown_as_far_as_the_reader_sees_it(service: Service):
    at, closed = spot(), await report(service, CHIEF, classification="rahasia")
    waits = await proposed(service, CHIEF, at, 4, basis=[closed["id"]])
    assert waits["basis"] == [closed["id"]]
    assert (await read(service, POLDA, waits["id"], PROPOSALS))["basis"] == []
    made = (await decide(service, CHIEF2, waits)).json()["threat_level_id"]
    assert (await read(service, CHIEF, made))["basis"] == [closed["id"]]
    assert (await read(service, KPU, made))["basis"] == []


async def test_a_proposal_is_told_again_by_its_key(service: Service):
    at, key = spot(), {"Idempotency-Key": f"usul-{hours(0)}"}
    body = {"region_code": at.region, "category": at.category, "level": 5, "rationale": WHY}
    first = await post(service, POLDA, LEVELS, body, **key)
    size = await ledger_size(service)
    again = await post(service, POLDA, LEVELS, body, **key)
    assert (again.status_code, again.content) == (202, first.content)
    assert again.headers["idempotency-replayed"] == "true"
    assert again.headers["siaga-ledger-position"] == first.headers["siaga-ledger-position"]
    await decide(service, CHIEF, first.json(), "decline")
    assert (await post(service, POLDA, LEVELS, body, **key)).content == first.content
    assert await ledger_size(service) == size + 1
