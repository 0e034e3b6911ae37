"""Patrols: a plan, a run of it, its stops visited and skipped, and what each refuses."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from app.domain.patrols import PatrolStatus, StopState, TimeZone, Weekday, distance_metres, planned_start
from tests.support.calls import ABSENT, OPERATOR, get, ledger_size, post, refused, walk
from tests.support.patrols import (
    OVERDUE,
    PATROLS,
    PLANS,
    POINT,
    at,
    created,
    place,
    plan,
    plan_at,
    planned,
    run_of,
    skip,
    started,
    step,
    stops_of,
    visit,
)
from tests.support.service import Service
from tests.support.sites import registered

KPU = "operator.kpu-banten"
NEAR = {"type": "Point", "coordinates": [106.2801, -6.14]}
TOMORROW = (datetime.now(UTC) + timedelta(days=1)).isoformat()


async def test_a_round_from_its_plan_to_its_end(service: Service):
    site = await registered(service, geometry=POINT)
    stops = [{"minute": 0, "site_id": site["id"]}, place(30), place(60)]
    wanted = await planned(service, stops=stops, tlp="GREEN", grace_minutes=10)
    assert (wanted["reference"][:2], wanted["stop_count"], wanted["version"]) == ("L-", 3, 1)
    listed = (await get(service, KPU, plan_at(wanted, "/stops"))).json()["items"]
    assert [(each["number"], each["minute"], each["site_id"]) for each in listed] == [
        (1, 0, site["id"]), (2, 30, None), (3, 60, None),
    ]  # fmt: skip
    made = await run_of(service, wanted)
    assert (made["reference"][:2], made["status"], made["plan_id"]) == ("K-", "planned", wanted["id"])
    assert made["starts_at"] == f"{made['on_date']}T13:00:00Z"  # 20:00 WIB
    first, second, third = await stops_of(service, made)
    assert [each["state"] for each in (first, second, third)] == [StopState.OVERDUE] * 3
    assert first["overdue_at"] == f"{made['on_date']}T13:10:00Z"
    refused(await visit(service, first), 409, "conflict")
    under_way = await created(await step(service, made, "under_way", at=made["starts_at"]))
    assert (under_way["status"], under_way["started_at"]) == ("under_way", made["starts_at"])
    seen = await created(
        await visit(service, first, geometry=NEAR, visited_at=made["starts_at"], remark="Aman (fiktif).")
    )
    assert (seen["outcome"], seen["distance_m"], seen["agency"]) == ("visited", 11, "polda-banten")
    passed = await created(await skip(service, second, reason="Jembatan putus (fiktif)."))
    assert (passed["outcome"], passed["remark"]) == ("skipped", "Jembatan putus (fiktif).")
    late = (await get(service, OPERATOR, OVERDUE, limit=200)).json()["items"]
    assert [each["id"] for each in late if each["patrol_id"] == made["id"]] == [third["id"]]
    done = await created(await step(service, made, "completed"))
    assert (done["status"], done["version"]) == ("completed", 3)
    states = [each["state"] for each in await stops_of(service, made, KPU)]
    assert states == [StopState.VISITED, StopState.SKIPPED, StopState.MISSED]
    late = (await get(service, OPERATOR, OVERDUE, limit=200)).json()["items"]
    assert third["id"] not in {each["id"] for each in late}
    told = [each for page in await walk(service, KPU, at(made, "/history"), limit=3) for each in page]
    assert [each["action"] for each in told] == [
        "patrol.planned", *["patrol.stop_planned"] * 3, "patrol.stepped", "patrol.stop_visited",
        "patrol.stop_skipped", "patrol.stepped",
    ]  # fmt: skip
    assert (told[0]["state"], told[5]["state"]) == (made, seen)
    assert (await get(service, KPU, at(made), as_of=told[0]["at"])).json() == made


async def test_a_later_change_of_the_plan_changes_no_patrol(service: Service):
    wanted = await planned(service)
    made = await run_of(service, wanted)
    before = await stops_of(service, made)
    client = await service.client(OPERATOR)
    body = {"stops": [place(5)], "name": "Lain (fiktif)", "weekdays": ["tue", "mon"], "start_time": "04:00"}
    changed = await created(await client.patch(plan_at(wanted), json=body, headers={"If-Match": '"1"'}))
    assert (changed["stop_count"], changed["version"], changed["weekdays"]) == (1, 2, ["mon", "tue"])
    assert len((await get(service, OPERATOR, plan_at(wanted, "/stops"))).json()["items"]) == 1
    assert (await get(service, OPERATOR, at(made))).json() == made
    assert await stops_of(service, made) == before
    refused(
        await client.patch(plan_at(wanted), json={"in_use": False}, headers={"If-Match": '"1"'}),
        412, "precondition-failed",
    )  # fmt: skip
    await created(await client.patch(plan_at(wanted), json={"in_use": False}, headers={"If-Match": '"2"'}))
    answer = await post(service, OPERATOR, plan_at(wanted, "/patrols"), {"on_date": "2024-11-26"})
    refused(answer, 409, "conflict")


@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ({"weekdays": []}, "/weekdays"),
        ({"weekdays": ["mon", "mon"]}, "/weekdays"),
        ({"weekdays": ["senin"]}, "/weekdays/0"),
        ({"start_time": "24:00"}, "/start_time"),
        ({"start_time": "9:00"}, "/start_time"),
        ({"time_zone": "utc"}, "/time_zone"),
        ({"grace_minutes": -1}, "/grace_minutes"),
        ({"first_on": "2024-11-27", "last_on": "2024-11-26"}, "/last_on"),
        ({"first_on": "2024-11-31"}, "/first_on"),
        ({"unit": "tidak-ada"}, "/unit"),
        ({"unit": "kpu-kab-lebak"}, "/unit"),
        ({"region_code": "36.99"}, "/region_code"),
        ({"stops": []}, "/stops"),
        ({"stops": [place(1441)]}, "/stops/0/minute"),
        ({"stops": [place(10), place(9)]}, "/stops/1/minute"),
        ({"stops": [{"minute": 0}]}, "/stops/0/name"),
        ({"stops": [place(geometry=None)]}, "/stops/0/geometry"),
        ({"stops": [{"minute": 0, "site_id": ABSENT}]}, "/stops/0/site_id"),
        ({"stops": [place(region_code="36.04.12")]}, "/stops/0/region_code"),
        ({"stops": [place(region_code="36.04.99")]}, "/stops/0/region_code"),
        ({"tlp": "AMBER", "audience": ["tidak-ada"]}, "/audience"),
        ({"officer": "Seseorang"}, "/officer"),
    ],
)
async def test_what_cannot_be_planned_is_refused(service: Service, said, pointer: str):
    size = await ledger_size(service)
    refused(await post(service, OPERATOR, PLANS, plan(**said)), 422, "invalid", pointer)
    assert await ledger_size(service) == size


async def test_a_stop_takes_from_a_site_what_the_site_says(service: Service):
    away = await registered(service, region_code="36.04.12")
    here = await registered(service)
    for stop, pointer in (
        ({"site_id": away["id"]}, "/stops/0/site_id"),
        ({"site_id": here["id"], "name": "Lain (fiktif)"}, "/stops/0/name"),
        ({"site_id": here["id"], "geometry": POINT}, "/stops/0/geometry"),
    ):
        body = plan(stops=[{"minute": 0, **stop}])
        refused(await post(service, OPERATOR, PLANS, body), 422, "invalid", pointer)


async def test_a_patrol_is_made_for_a_day_of_its_plan_and_once(service: Service):
    tuesdays = await planned(service, weekdays=["tue"], first_on="2024-11-05", last_on="2024-11-26")
    for day in ("2024-11-27", "2024-10-29", "2024-12-03"):
        answer = await post(service, OPERATOR, plan_at(tuesdays, "/patrols"), {"on_date": day})
        refused(answer, 422, "invalid", "/on_date")
    refused(await post(service, OPERATOR, plan_at(tuesdays, "/patrols"), {}), 422, "invalid", "/on_date")
    body = {"on_date": "2024-11-26"}
    answers = await asyncio.gather(
        *(post(service, OPERATOR, plan_at(tuesdays, "/patrols"), body) for _ in range(4))
    )
    assert Counter(answer.status_code for answer in answers) == {201: 1, 409: 3}
    (made,) = (answer.json() for answer in answers if answer.status_code == 201)
    assert len(await stops_of(service, made)) == 3
    cancelled = await created(await step(service, made, "cancelled"))
    assert (cancelled["status"], cancelled["started_at"]) == ("cancelled", None)
    assert {each["state"] for each in await stops_of(service, made)} == {StopState.CALLED_OFF}
    refused(await step(service, made, "under_way"), 409, "illegal-step")
    again = await created(await post(service, OPERATOR, plan_at(tuesdays, "/patrols"), body))
    assert again["id"] != made["id"]
    found = (await get(service, OPERATOR, PATROLS, plan=tuesdays["id"], on_date="2024-11-26")).json()["items"]
    assert [each["id"] for each in found] == [again["id"], made["id"]]


async def test_times_that_cannot_be_are_refused(service: Service):
    made = await run_of(service, await planned(service))
    before = (datetime.fromisoformat(made["starts_at"]) - timedelta(days=1, minutes=1)).isoformat()
    refused(await step(service, made, "under_way", at=TOMORROW), 422, "invalid", "/at")
    refused(await step(service, made, "under_way", at=before), 422, "invalid", "/at")
    refused(await step(service, made, "under_way", at="2024-11-26 20:00"), 422, "invalid", "/at")
    await created(await step(service, made, "under_way", at=made["starts_at"]))
    first, second, _ = await stops_of(service, made)
    size = await ledger_size(service)
    refused(await visit(service, first, visited_at=TOMORROW), 422, "invalid", "/visited_at")
    refused(await visit(service, first, visited_at=before), 422, "invalid", "/visited_at")
    refused(await visit(service, first, geometry=None), 422, "invalid", "/geometry")
    refused(await skip(service, first, skipped_at=TOMORROW), 422, "invalid", "/skipped_at")
    refused(await skip(service, first, reason=""), 422, "invalid", "/reason")
    refused(
        await post(service, OPERATOR, at(made, f"/stops/{first['id']}/skip"), {}), 422, "invalid", "/reason"
    )
    refused(await visit(service, {**first, "id": ABSENT}), 404, "not-found")
    assert await ledger_size(service) == size
    await created(await visit(service, first, geometry={"type": "Point", "coordinates": [0, 0]}))
    refused(await visit(service, first), 409, "conflict")
    refused(await skip(service, first), 409, "conflict")
    refused(await step(service, made, "completed", at=before), 422, "invalid", "/at")
    refused(await step(service, made, "completed", at=made["starts_at"]), 422, "invalid", "/at")
    await created(await step(service, made, "completed"))
    refused(await visit(service, second), 409, "conflict")


async def test_of_visits_at_once_one_is_put_on_record(service: Service):
    made = await started(service)
    first, second, third = await stops_of(service, made)
    answers = await asyncio.gather(
        *(visit(service, stop) for stop in (first, second) for _ in range(4)),
        *(skip(service, second) for _ in range(4)),
        visit(service, third), step(service, made, "completed"),
    )  # fmt: skip
    codes = [answer.status_code for answer in answers]
    assert set(codes) <= {200, 201, 409}
    recorded = {each["number"]: each["outcome"] for each in await stops_of(service, made)}
    assert codes.count(201) == sum(outcome is not None for outcome in recorded.values())
    told = (await get(service, OPERATOR, at(made, "/history"), limit=200)).json()["items"]
    outcomes = Counter(each["subject_id"] for each in told if each["action"] in {
        "patrol.stop_visited", "patrol.stop_skipped",
    })  # fmt: skip
    assert set(outcomes.values()) <= {1}
    assert len(outcomes) == codes.count(201)


async def test_two_visits_of_one_stop_at_once_are_one(service: Service):
    (stop, *_) = await stops_of(service, await started(service))
    answers = await asyncio.gather(visit(service, stop), visit(service, stop))
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    key = {"Idempotency-Key": f"kunjungan-{stop['id']}"}
    (other, *_) = await stops_of(service, await started(service))
    path = f"{PATROLS}/{other['patrol_id']}/stops/{other['id']}/visit"
    one, two = [await post(service, OPERATOR, path, {"geometry": POINT}, **key) for _ in range(2)]
    assert (one.json(), two.headers["idempotency-replayed"]) == (two.json(), "true")


async def test_the_overdue_are_told_from_the_oldest_on_and_those_to_come_are_not(service: Service):
    place_of = {"region_code": "36.04.18"}
    old = await run_of(service, await planned(service, **place_of), days_ago=3)
    new = await started(service, days_ago=2, **place_of)
    ahead = await run_of(service, await planned(service, **place_of), days_ago=-2)
    assert {each["state"] for each in await stops_of(service, ahead)} == {StopState.PENDING}
    expected = [each["id"] for made in (old, new) for each in await stops_of(service, made)]
    pages = await walk(service, OPERATOR, OVERDUE, limit=2, region="36.04.18")
    assert [each["id"] for page in pages for each in page] == expected
    assert (await get(service, OPERATOR, OVERDUE, region="36.04.19")).json()["items"] == []


def test_a_time_of_day_is_that_of_its_zone():
    day = datetime(2024, 11, 27, tzinfo=UTC).date()
    hours = [planned_start(day, "06:30", zone).hour for zone in TimeZone]
    assert hours == [23, 22, 21]
    assert planned_start(day, "06:30", TimeZone.WIB).day == 26
    assert list(Weekday)[day.weekday()] is Weekday.WED


def test_distances_are_those_of_the_sphere():
    # A minute of latitude is a nautical mile, 1,853 m on the mean sphere; as much east at the equator.
    assert distance_metres((106.0, 0.0), (106.0, 1 / 60)) == 1853
    assert distance_metres((0.0, 0.0), (1 / 60, 0.0)) == 1853
    assert distance_metres((106.28, -6.14), (106.28, -6.14)) == 0
    assert distance_metres((180.0, 0.0), (-180.0, 0.0)) == 0
    assert distance_metres((0.0, 0.0), (180.0, 0.0)) == 20_015_114


async def test_every_status_and_state_has_its_labels(service: Service):
    told = (await get(service, OPERATOR, "/api/v1/vocabularies")).json()["vocabularies"]
    for name, codes in {
        "patrol_status": PatrolStatus, "patrol_stop_state": StopState, "time_zone": TimeZone,
        "weekday": Weekday,
    }.items():  # fmt: skip
        assert [each["code"] for each in told[name]] == list(codes)
