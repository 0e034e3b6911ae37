"""Violations of election law go to who is competent, by clocks that were computed by hand."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from app.domain.referral_rules import CLOCKS, COMPETENT, CRIME_STEPS, OTHER_STEPS
from app.domain.referrals import ReferralStatus, ViolationKind
from app.domain.working_days import TermUnit, ends_at
from app.settings import Settings
from tests.conftest import PASSWORD
from tests.support.acknowledgements import later, moved, refer, referred
from tests.support.calls import ABSENT, INCIDENTS, OPERATOR, accuse, get, ledger_size, refused, url
from tests.support.feeds import since, tip
from tests.support.inbox import waiting
from tests.support.service import Service, report, running

KPU, BAWASLU = "operator.kpu-banten", "operator.bawaslu-banten"
CHIEF, CHIEF_BAWASLU, CHIEF_KPU = (
    "commander.polda-banten",
    "commander.bawaslu-banten",
    "commander.kpu-banten",
)
WORKING, CALENDAR, HOURS = TermUnit.WORKING_DAYS, TermUnit.CALENDAR_DAYS, TermUnit.HOURS
BY_HAND: dict[str, tuple[str, int, TermUnit, str]] = {
    "Thursday and three working days, over a weekend": (
        "2024-11-28T10:00:00+07:00", 3, WORKING, "2024-12-04T00:00:00+07:00",
    ),
    "late on Friday, one working day": ("2024-11-29T23:30:00+07:00", 1, WORKING, "2024-12-03T00:00:00+07:00"),
    "on Saturday, one working day": ("2024-11-30T12:00:00+07:00", 1, WORKING, "2024-12-03T00:00:00+07:00"),
    "Thursday in London, Friday here": ("2024-11-28T18:00:00+00:00", 1, WORKING, "2024-12-03T00:00:00+07:00"),
    "Tuesday, fourteen working days": ("2024-12-03T09:00:00+07:00", 14, WORKING, "2024-12-24T00:00:00+07:00"),
    "Thursday and three days": ("2024-11-28T10:00:00+07:00", 3, CALENDAR, "2024-12-02T00:00:00+07:00"),
    "Friday and twenty-four hours": ("2024-11-29T17:00:00+07:00", 24, HOURS, "2024-11-30T17:00:00+07:00"),
}  # fmt: skip


@pytest.mark.parametrize("name", BY_HAND)
def test_a_term_ends_as_one_counts_by_hand(name: str):
    began, length, unit, over = BY_HAND[name]
    assert ends_at(datetime.fromisoformat(began), length, unit) == datetime.fromisoformat(over)


def test_a_holiday_that_the_table_names_is_no_working_day():
    began = datetime(2024, 11, 29, 3, tzinfo=UTC)
    holidays = frozenset({date(2024, 12, 2)})
    assert ends_at(began, 1, WORKING) == datetime(2024, 12, 2, 17, tzinfo=UTC)
    assert ends_at(began, 1, WORKING, holidays) == datetime(2024, 12, 3, 17, tzinfo=UTC)
    assert ends_at(began, 3, CALENDAR, holidays) == ends_at(began, 3, CALENDAR)


def test_the_tables_are_whole():
    assert COMPETENT.keys() == set(ViolationKind)
    assert all(each.authorities for each in COMPETENT.values())
    assert ReferralStatus.WITH_AUTHORITY not in CLOCKS
    for table in (CRIME_STEPS, OTHER_STEPS):
        reached = {ReferralStatus.STUDY}.union(*table.values())
        assert reached == table.keys()
        assert all(ReferralStatus.ENDED in further for each, further in table.items() if each != "ended")


async def test_a_crime_goes_from_clock_to_clock_as_told_afterwards(service: Service):
    made = await report(service, OPERATOR, tlp="GREEN")
    answer = await refer(service, made, known_on="2024-11-21", received_at="2024-11-28T10:00:00+07:00")
    told = answer.json()
    assert answer.status_code == 201
    assert (told["authorities"], told["status"], told["filed_in_time"]) == (
        ["sentra_gakkumdu"],
        "study",
        True,
    )
    way = [
        (None, None, "study", "bawaslu", "2024-12-03T17:00:00Z"),
        ("study_extended", "2024-12-03T16:00:00+07:00", "study_extended", "bawaslu", "2024-12-05T17:00:00Z"),
        ("forwarding", "2024-12-05T15:00:00+07:00", "forwarding", "bawaslu", "2024-12-06T08:00:00Z"),
        ("investigation", "2024-12-06T14:00:00+07:00", "investigation", "police", "2024-12-26T17:00:00Z"),
        ("prosecution", "2024-12-20T14:00:00+07:00", "prosecution", "prosecutor", "2024-12-27T17:00:00Z"),
        ("trial", "2024-12-27T10:00:00+07:00", "trial", "court", "2025-01-07T17:00:00Z"),
        ("appeal", "2025-01-06T10:00:00+07:00", "appeal", "court_of_appeal", "2025-01-15T17:00:00Z"),
    ]
    for to, at, name, must_act, due_at in way:
        if to:
            answer = await moved(service, told, to, at)
            assert answer.status_code == 200, answer.text
            told = answer.json()
        clock = told["clock"]
        assert (clock["name"], clock["must_act"], clock["due_at"]) == (name, must_act, due_at)
    ended = (await moved(service, told, "ended")).json()
    assert (ended["clock"], ended["status"]) == (None, "ended")
    refused(await moved(service, told, "appeal"), 409, "illegal-step")
    place = f"{INCIDENTS}/{made['id']}/referrals"
    assert (await get(service, KPU, f"{place}/{told['id']}")).json() == ended
    assert (await get(service, KPU, place)).json()["items"] == [ended]
    actions = [each["action"] for each in (await get(service, KPU, url(made, "/history"))).json()["items"]]
    assert actions.count("incident.referral_stepped") == 7
    assert (
        await refer(service, made, known_on="2024-11-20", received_at="2024-11-28T10:00:00+07:00")
    ).json()["filed_in_time"] is False


async def test_what_is_no_crime_goes_to_its_authority_and_no_clock_runs_there(service: Service):
    made = await report(service, OPERATOR, tlp="GREEN")
    told = (await refer(service, made, violation_kind="code_of_ethics")).json()
    assert (told["authorities"], told["filed_in_time"]) == (["dkpp"], None)
    refused(await moved(service, told, "investigation"), 409, "illegal-step")
    there = (await moved(service, told, "with_authority")).json()
    assert (there["status"], there["clock"]) == ("with_authority", None)


async def kinds(service: Service, account: str, made: dict[str, Any]) -> list[str]:
    items = [each for each in await waiting(service, account) if each["record_id"] == made["id"]]
    return [each["kind"] for each in items if each["kind"] == "referral_overdue"]


async def test_a_clock_that_runs_out_is_told_once_to_whom_it_concerns_and_a_step_ends_that(fresh: Settings):
    async with running(fresh, PASSWORD) as service, running(fresh, PASSWORD) as other:
        clocks = (service, service) if fresh.database.startswith("sqlite") else (service, other)
        made = await report(service, OPERATOR, tlp="GREEN")
        told = await referred(service, made)
        due = datetime.fromisoformat(told["clock"]["due_at"])
        wait = due - datetime.now(UTC)
        after, size = await tip(service, KPU), await ledger_size(service)
        assert await later(service, seconds=(wait - timedelta(minutes=1)).total_seconds()) == 0
        past = (wait + timedelta(minutes=1)).total_seconds()
        assert sum(await asyncio.gather(*(later(each, seconds=past) for each in clocks * 2))) == 1
        assert await ledger_size(service) == size + 1
        assert [each["id"] for each in await since(service, KPU, after)] == [made["id"]]
    async with running(fresh, PASSWORD) as service:
        assert await later(service, seconds=past) == 0
        place = f"{INCIDENTS}/{made['id']}/referrals/{told['id']}"
        assert (await get(service, KPU, place)).json()["clock"]["overdue"] is True
        for account in (CHIEF, CHIEF_BAWASLU):
            assert await kinds(service, account, made) == ["referral_overdue"]
        for account in (OPERATOR, CHIEF_KPU):
            assert await kinds(service, account, made) == []
        moved_on = (await moved(service, told, "forwarding")).json()
        assert moved_on["clock"]["overdue"] is False
        assert await kinds(service, CHIEF, made) == []
        assert (await moved(service, moved_on, "ended")).status_code == 200
        assert await later(service, days=60) == 0


async def test_two_steps_at_once_are_one_step(service: Service):
    made = await report(service, OPERATOR, tlp="GREEN")
    for account in (OPERATOR, CHIEF):
        await service.client(account)
    opened = await asyncio.gather(*(refer(service, made, each) for each in (OPERATOR, CHIEF) * 2))
    assert sorted(each.status_code for each in opened) == [201, 409, 409, 409]
    [told] = [each.json() for each in opened if each.status_code == 201]
    answers = await asyncio.gather(
        *(moved(service, told, "forwarding", account=each) for each in (OPERATOR, CHIEF))
    )
    assert sorted(each.status_code for each in answers) == [200, 409]
    place = f"{INCIDENTS}/{made['id']}/referrals/{told['id']}/steps"
    client = await service.client(OPERATOR)
    stale = await client.post(place, json={"to": "ended", "reason": "Lama."}, headers={"If-Match": '"1"'})
    refused(stale, 412, "precondition-failed")


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "an unknown kind": ({"violation_kind": "theft"}, "/violation_kind"),
    "no summary": ({"summary": ""}, "/summary"),
    "received in the future": ({"received_at": "2199-01-01T00:00:00Z"}, "/received_at"),
    "known after it was received": (
        {"known_on": "2024-11-29", "received_at": "2024-11-28T10:00:00+07:00"}, "/known_on",
    ),
    "no day": ({"known_on": "yesterday"}, "/known_on"),
    "an unknown member": ({"authority": "dkpp"}, "/authority"),
}  # fmt: skip


async def test_what_cannot_be_is_refused_and_who_has_no_part_in_it_moves_nothing(service: Service):
    made = await report(service, OPERATOR, tlp="GREEN")
    for name, (said, pointer) in BAD.items():
        answer = await refer(service, made, **said)
        assert answer.status_code == 422, name
        assert pointer in {each["pointer"] for each in answer.json()["errors"]}, (name, answer.text)
    refused(await refer(service, made, KPU), 403, "forbidden")
    told = (await refer(service, made, received_at="2024-11-28T10:00:00+07:00")).json()
    refused(await moved(service, told, "ended", "2024-11-28T09:00:00+07:00"), 422, "invalid", "/at")
    refused(await moved(service, told, "ended", "2199-01-01T00:00:00Z"), 422, "invalid", "/at")
    refused(await moved(service, told, "ended", account=KPU), 403, "forbidden")
    told = (await moved(service, told, "forwarding", account=BAWASLU)).json()  # whom the clock binds
    told = (await moved(service, told, "investigation", account=BAWASLU)).json()
    assert told["status"] == "investigation"
    refused(await moved(service, told, "ended", account=BAWASLU), 403, "forbidden")
    refused(await moved(service, {**told, "id": ABSENT}, "ended"), 404, "not-found")
    assert (await accuse(service, KPU, made, "polda-banten")).is_success
    refused(await moved(service, told, "ended"), 403, "conflict-of-interest")


async def test_a_referral_of_a_hidden_incident_is_no_referral(service: Service):
    made = await report(service, OPERATOR, tlp="AMBER", audience=["bawaslu-banten"])
    told = await referred(service, made)
    other = {**told, "incident_id": ABSENT}
    for call in (
        lambda of: get(service, KPU, f"{INCIDENTS}/{of['incident_id']}/referrals"),
        lambda of: get(service, KPU, f"{INCIDENTS}/{of['incident_id']}/referrals/{of['id']}"),
        lambda of: moved(service, of, "ended", account=KPU),
        lambda of: refer(service, {"id": of["incident_id"]}, KPU),
    ):
        hidden, absent = await call(told), await call(other)
        refused(hidden, 404, "not-found")
        assert hidden.content == absent.content
