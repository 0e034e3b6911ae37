"""Elections: what is held where on which day, by the shipped calendar; rounds, and what KPU enters."""

import asyncio
from typing import Any

import pytest

from app.settings import Settings
from tests.conftest import PASSWORD
from tests.support.calls import ABSENT, OPERATOR, get, ledger_size, post, refused, walk
from tests.support.elections import ELECTIONS, KPU, election, entered, revote, stage
from tests.support.service import Service, running

CURRENT = f"{ELECTIONS}/current"
GOVERNOR, REGENT = "gubernatorial", "regent_mayor"
KRAGILAN = "36.04.11.2001"  # a village of Kab. Serang
OTHER_COMMANDER = "commander.bawaslu-banten"


async def current(service: Service, region: str, at: str, account: str = OPERATOR) -> dict[str, Any]:
    answer = await get(service, account, CURRENT, region=region, at=at)
    assert answer.status_code == 200, answer.text
    return answer.json()


# By hand from PKPU 2/2024 and, for Serang, MK 70/PHPU.BUP-XXIII/2025: days to the next vote, and of each
# election its kind, round, days to voting, stage and the region that it is inherited from.
CALENDAR: list[tuple[str, str, int | None, list[tuple[Any, ...]]]] = [
    # Before the Pemilu: 31 days to 14 Feb; 318 to 27 Nov (2024 is a leap year); no stage is known to run.
    ("36.74", "2024-01-14T12:00:00+07:00", 31, [
        ("legislative", 1, 31, None, "36"), ("presidential", 1, 31, None, "36"),
        (REGENT, 1, 318, None, None), (GOVERNOR, 1, 318, None, "36")]),
    # The plan ends on 26 Jan; since when it runs no source says.
    ("36", "2024-01-26T00:00:00+07:00", 19, [
        ("legislative", 1, 19, None, None), ("presidential", 1, 19, None, None),
        (GOVERNOR, 1, 306, "planning_budget", None)]),
    ("36.01", "2024-05-10T08:00:00+07:00", 201, [
        (REGENT, 1, 201, "independent_support", None), (GOVERNOR, 1, 201, "independent_support", "36")]),
    ("36.04.11", "2024-09-22T08:00:00+07:00", 66, [
        (REGENT, 1, 66, "candidate_determination", "36.04"),
        (GOVERNOR, 1, 66, "candidate_determination", "36")]),
    # A day on which only work behind the scenes runs: 24 Sep, between the draw and the campaign.
    ("36.71", "2024-09-24T08:00:00+07:00", 64, [
        (REGENT, 1, 64, "observer_registration", None), (GOVERNOR, 1, 64, "observer_registration", "36")]),
    ("36.03", "2024-11-23T23:59:59+07:00", 4, [
        (REGENT, 1, 4, "campaign", None), (GOVERNOR, 1, 4, "campaign", "36")]),
    # The quiet period begins at midnight in WIB, while it is 17:00 of the day before in UTC.
    ("36.03", "2024-11-23T17:00:00Z", 3, [
        (REGENT, 1, 3, "quiet_period", None), (GOVERNOR, 1, 3, "quiet_period", "36")]),
    (KRAGILAN, "2024-11-26T16:59:59Z", 1, [
        (REGENT, 1, 1, "quiet_period", "36.04"), (GOVERNOR, 1, 1, "quiet_period", "36")]),
    (KRAGILAN, "2024-11-26T17:00:00Z", 0, [
        (REGENT, 1, 0, "voting", "36.04"), (GOVERNOR, 1, 0, "voting", "36")]),
    ("36", "2024-11-28T08:00:00+07:00", None, [(GOVERNOR, 1, -1, "count_recap", None)]),
    ("36.72", "2024-12-16T23:00:00+07:00", None, [
        (REGENT, 1, -19, "count_recap", None), (GOVERNOR, 1, -19, "count_recap", "36")]),
    ("36.04", "2024-12-17T08:00:00+07:00", None, []),  # over, and nobody knows of another round
    ("36.04", "2025-02-23T23:59:00+07:00", None, []),
    # The court has decided: 54 days to 19 April; the provincial election and other regencies are done.
    (KRAGILAN, "2025-02-24T09:00:00+07:00", 54, [(REGENT, 2, 54, None, "36.04")]),
    ("36.01", "2025-02-24T09:00:00+07:00", None, []),
    ("36.73", "2025-04-18T09:00:00+07:00", None, []),  # the city of Serang is no part of the regency
    ("36.04", "2025-04-19T00:00:00+07:00", 0, [(REGENT, 2, 0, "voting", None)]),
    ("36.04", "2025-04-24T09:00:00+07:00", None, [(REGENT, 2, -5, "count_recap", None)]),
    ("36.04", "2025-04-25T00:00:00+07:00", None, []),
    ("32.01", "2024-11-20T00:00:00+07:00", None, []),  # nothing is known of another province
]  # fmt: skip


async def test_what_is_held_on_a_day_is_what_the_calendar_says(fresh: Settings):
    async with running(fresh, PASSWORD) as service:  # of its own: other tests enter elections
        for region, at, days, held in CALENDAR:
            told = await current(service, region, at)
            assert (told["region_code"], told["days_to_voting"]) == (region, days), at
            assert [shown(each) for each in told["items"]] == held, (region, at)


def shown(each: dict[str, Any]) -> tuple[Any, ...]:
    counted = each["days_to_voting"], each["stage"], each["inherited_from"]
    return each["election"]["kind"], each["election"]["round"], *counted


async def test_all_that_runs_is_told_beside_the_stage(service: Service):
    told = await current(service, "36.02", "2024-09-01T08:00:00+07:00")
    together = ["ad_hoc_bodies", "observer_registration", "voter_list", "verification"]
    assert told["items"][0]["stages_running"] == together
    voting_day = await current(service, "36.02", "2024-11-27T08:00:00+07:00")
    assert voting_day["items"][0]["stages_running"] == ["voting", "count_recap"]
    assert voting_day["on"] == "2024-11-27"


async def test_the_answer_need_not_be_sent_twice(service: Service):
    asked = f"{CURRENT}?region=36&at=2024-11-25T00:00:00%2B07:00"
    client = await service.client(OPERATOR)
    first = await client.get(asked)
    again = await client.get(asked, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_the_shipped_rounds_are_listed_with_what_says_so(service: Service):
    pages = await walk(service, OPERATOR, ELECTIONS, year=2024, limit=5)
    items = [each for page in pages for each in page]
    assert len(items) == 12
    assert {each["owner_agency"] for each in items} == {"kpu-banten"}
    assert sorted(each["region_code"] for each in items if each["kind"] == REGENT) == [
        "36.01", "36.02", "36.03", "36.04", "36.04", "36.71", "36.72", "36.73", "36.74",
    ]  # fmt: skip
    (second,) = (await get(service, OPERATOR, ELECTIONS, round=2, year=2024)).json()["items"]
    (first,) = (
        await get(service, OPERATOR, ELECTIONS, region="36.04", kind=REGENT, year=2024, round=1)
    ).json()["items"]
    told = {name: second[name] for name in ("follows", "revote_kind", "decision", "decided_on", "voting_on")}
    assert told == {
        "follows": first["id"], "revote_kind": "psu", "decided_on": "2025-02-24", "voting_on": "2025-04-19",
        "decision": "Putusan Mahkamah Konstitusi 70/PHPU.BUP-XXIII/2025",
    }  # fmt: skip
    assert all(each["source"] for each in first["stages"])
    (planned,) = [each for each in first["stages"] if each["stage"] == "planning_budget"]
    assert (planned["starts_on"], planned["ends_on"]) == (None, "2024-01-26")


async def test_kpu_enters_an_election_and_sets_its_days(service: Service):
    made = await entered(service, year=2035, stages=[])
    assert made["reference"].startswith("E-")
    assert (made["version"], made["round"], made["voting_on"], made["tlp"]) == (1, 1, None, "CLEAR")
    place = f"{ELECTIONS}/{made['id']}"
    client = await service.client(KPU)
    days = [stage("campaign", "2035-06-01", "2035-06-03"), stage("voting", "2035-06-07", "2035-06-07")]
    days.append({"stage": "regulations", "ends_on": "2035-05-01"})
    answer = await client.patch(place, json={"stages": days}, headers={"If-Match": '"1"'})
    changed = answer.json()
    assert (changed["version"], changed["voting_on"], answer.headers["etag"]) == (2, "2035-06-07", '"2"')
    stale = await client.patch(place, json={"name": "Lain"}, headers={"If-Match": '"1"'})
    refused(stale, 412, "precondition-failed")
    told = await current(service, KRAGILAN, "2035-06-05T00:00:00+07:00")
    (mine,) = [each for each in told["items"] if each["election"]["id"] == made["id"]]
    assert (mine["days_to_voting"], mine["stage"], mine["inherited_from"]) == (2, None, None)
    items = [each for page in await walk(service, OPERATOR, f"{place}/history") for each in page]
    assert [each["action"] for each in items] == ["election.entered", "election.changed"]
    assert (await get(service, OPERATOR, place, as_of=items[0]["at"])).json() == made
    gone = await client.patch(place, json={"cancelled": True}, headers={"If-Match": '"2"'})
    assert gone.json()["cancelled"] is True
    told = await current(service, KRAGILAN, "2035-06-05T00:00:00+07:00")
    assert made["id"] not in [each["election"]["id"] for each in told["items"]]
    again = revote(made)
    refused(await post(service, KPU, ELECTIONS, again), 409, "conflict")


async def test_a_re_vote_of_a_part_holds_there_alone(service: Service):
    first = await entered(
        service, kind="regent_mayor", region_code="36.74", year=2031,
        stages=[stage("voting", "2024-11-27", None), stage("count_recap", "2024-11-27", "2024-12-16")],
    )  # fmt: skip
    again = revote(
        first, region_code="36.74.03", stages=[stage("voting", "2024-12-05", "2024-12-05")]
    )  # fmt: skip
    second = (await post(service, KPU, ELECTIONS, again)).json()
    assert (second["round"], second["follows"]) == (2, first["id"])
    third = await post(service, KPU, ELECTIONS, revote(second, revote_kind="pssu", decided_on="2024-12-03"))
    assert third.json()["round"] == 3

    async def rounds(region: str, day: str) -> list[int]:
        told = await current(service, region, f"{day}T12:00:00+07:00")
        return [each["election"]["round"] for each in told["items"] if each["election"]["year"] == 2031]

    assert await rounds("36.74.03", "2024-11-30") == [1]
    assert await rounds("36.74.03", "2024-12-01") == [2]
    assert await rounds("36.74.03", "2024-12-03") == [3]
    assert await rounds("36.74.01", "2024-12-03") == [1]
    assert await rounds("36.74", "2024-12-03") == [1]


@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ({"stages": [stage("voting", "2040-02-30", None)]}, "/stages/0/starts_on"),
        ({"stages": [stage("voting", "2040-06-07", "2040-06-06")]}, "/stages/0/ends_on"),
        ({"stages": [stage("voting", None, None)]}, "/stages/0"),
        ({"stages": [stage("tps", "2040-06-07", None)]}, "/stages/0/stage"),
        ({"stages": [stage("voting", "2040-06-07", None)] * 2}, "/stages/1/stage"),
        (
            {
                "stages": [
                    stage("quiet_period", "2040-06-03", "2040-06-05"),
                    stage("campaign", "2040-06-01", "2040-06-03"),
                ]
            },
            "/stages/0",
        ),
        (
            {
                "stages": [
                    stage("quiet_period", "2040-06-05", "2040-06-07"),
                    stage("voting", "2040-06-07", None),
                ]
            },
            "/stages/1",
        ),
        (
            {"stages": [stage("voting", "2040-06-07", None), stage("count_recap", "2040-06-06", None)]},
            "/stages/1",
        ),
        ({"region_code": "36.99"}, "/region_code"),
        ({"region_code": "36.04"}, "/region_code"),  # no village
        ({"kind": "gubernatorial", "region_code": "36.04"}, "/region_code"),
        ({"kind": "pilkades"}, "/kind"),
        ({"year": "2040"}, "/year"),
        ({"name": ""}, "/name"),
        ({"decision": "Putusan (fiktif)"}, "/decision"),
        ({"follows": ABSENT}, "/revote_kind"),
        (
            {"follows": ABSENT, "revote_kind": "psu", "decision": "Putusan", "decided_on": "2024-12-01"},
            "/follows",
        ),
        ({"tlp": "RED"}, "/tlp"),
        ({"votes": 1}, "/votes"),
    ],
)
async def test_what_cannot_be_entered_is_refused(service: Service, said: dict[str, Any], pointer: str):
    size = await ledger_size(service)
    refused(await post(service, KPU, ELECTIONS, election(**said)), 422, "invalid", pointer)
    assert await ledger_size(service) == size


async def test_a_round_must_follow_what_is_there(service: Service):
    first = await entered(service)
    year = first["year"]
    for said, pointer in (
        ({"kind": "regent_mayor"}, "/kind"),
        ({"year": year + 1}, "/year"),
        ({"region_code": "36.04.11.2002"}, "/region_code"),
        ({"stages": [stage("voting", f"{year}-06-07", None)]}, "/stages"),
        ({"decided_on": "2199-01-01"}, "/decided_on"),
    ):
        refused(await post(service, KPU, ELECTIONS, revote(first, **said)), 422, "invalid", pointer)
    second = await post(service, KPU, ELECTIONS, revote(first))
    assert second.status_code == 201, second.text
    client = await service.client(KPU)
    early = [stage("voting", f"{year}-06-06", None)]
    answer = await client.patch(
        f"{ELECTIONS}/{second.json()['id']}", json={"stages": early}, headers={"If-Match": '"1"'}
    )
    refused(answer, 422, "invalid", "/stages")


async def test_of_two_that_declare_one_round_one_wins(service: Service):
    first = await entered(service)
    accounts = [KPU, "commander.kpu-banten", KPU, "commander2.kpu-banten"]
    answers = await asyncio.gather(*(post(service, each, ELECTIONS, revote(first)) for each in accounts))
    assert sorted(each.status_code for each in answers) == [201, 409, 409, 409]
    (made,) = [each.json() for each in answers if each.status_code == 201]
    listed = await get(service, OPERATOR, ELECTIONS, year=first["year"], round=2)
    assert [each["id"] for each in listed.json()["items"]] == [made["id"]]
    refused(await post(service, KPU, ELECTIONS, election(year=first["year"])), 409, "conflict")


async def test_nobody_but_the_commission_keeps_the_calendar(service: Service):
    made = await entered(service)
    for account in (OPERATOR, OTHER_COMMANDER):
        refused(await post(service, account, ELECTIONS, election()), 403, "forbidden")
        client = await service.client(account)
        for identity in (made["id"], ABSENT):
            answer = await client.patch(
                f"{ELECTIONS}/{identity}", json={"cancelled": True}, headers={"If-Match": '"1"'}
            )
            refused(answer, 403, "forbidden")
    refused(await post(service, "liaison.kpu-banten", ELECTIONS, election()), 403, "forbidden")
    outside = election(kind="regent_mayor", region_code="32.01")
    refused(await post(service, KPU, ELECTIONS, outside), 403, "outside-jurisdiction")


async def test_every_partner_reads_it_and_a_bad_question_is_told(service: Service):
    made = await entered(service)
    for account in ("liaison.bawaslu-banten", "auditor.korem-064", "privacy.pemprov-banten"):
        assert (await get(service, account, f"{ELECTIONS}/{made['id']}")).json() == made
    refused(await get(service, OPERATOR, f"{ELECTIONS}/{ABSENT}"), 404, "not-found")
    refused(await get(service, OPERATOR, CURRENT), 422, "invalid", "region")
    refused(await get(service, OPERATOR, CURRENT, region="36.99"), 422, "invalid", "region")
    refused(await get(service, OPERATOR, CURRENT, region="36", at="2024-11-27"), 422, "invalid", "at")
