"""The strength that was present over time: of one deployment and of a region, as far as one may see it."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import timelines
from app.domain.deployments import HOLDING
from tests.support.calls import ABSENT, OPERATOR, get, refused, walk
from tests.support.deployments import DEPLOYMENTS, arrived, at, change, deploy, now, step, written
from tests.support.service import Service

STRENGTH = "/api/v1/strength"
KPU = "operator.kpu-banten"
PLACE = "36.72.03"  # nobody else deploys here
NOON = datetime(2024, 11, 27, 12, tzinfo=UTC)
S = timedelta(seconds=1)


def time(text: str) -> datetime:
    return datetime.fromisoformat(text)


async def points(service: Service, account: str, path: str, **asked: str) -> list[tuple[str, int | None]]:
    answer = await get(service, account, path, **asked)
    assert answer.status_code == 200, answer.text
    assert (answer.json()["scope"], answer.json()["step_seconds"]) == ("visible_to_you", None)
    return [(each["at"], each["strength_present"]) for each in answer.json()["items"]]


async def states(service: Service, account: str, made: dict[str, Any]) -> list[dict[str, Any]]:
    """What the history tells of a deployment itself."""
    pages = await walk(service, account, at(made, "/history"), limit=200)
    return [each for page in pages for each in page if each["subject_type"] == "deployment"]


def present(state: dict[str, Any] | None, region: str = "") -> int:
    if state is None or state["status"] not in HOLDING or not state["region_code"].startswith(region):
        return 0
    return state["strength_present"]


def shown(steps: list[tuple[str, int | None]]) -> list[tuple[str, int | None]]:
    """Only those that change the number."""
    return [step for before, step in pairwise([("", -1), *steps]) if step[1] != before[1]]


async def test_a_deployment_tells_how_many_were_there_and_since_when(service: Service):
    made = await arrived(service, tlp="GREEN", strength_planned=40, region_code=PLACE)
    for number in (38, 38, 35):
        made = (await change(service, OPERATOR, made, strength_present=number)).json()
    assert (await step(service, OPERATOR, made, "released")).json()["strength_present"] == 35
    told = await states(service, KPU, made)
    expected = shown([(each["at"], present(each["state"])) for each in told])
    assert [number for _, number in expected] == [0, 38, 35, 0]
    assert await points(service, KPU, at(made, "/strength")) == expected
    middle = expected[1][0]
    assert await points(service, KPU, at(made, "/strength"), **{"from": middle}) == expected[1:]
    assert await points(service, KPU, at(made, "/strength"), to=middle) == expected[:2]


async def test_a_region_tells_the_total_of_what_one_may_see(service: Service):
    begin = written(datetime.now(UTC))
    mine = await arrived(service, region_code=PLACE, strength_planned=40)
    open_to_all = await arrived(service, region_code=PLACE, strength_planned=40, tlp="GREEN")
    for number in (7, 9):
        mine = (await change(service, OPERATOR, mine, strength_present=number)).json()
        open_to_all = (await change(service, OPERATOR, open_to_all, strength_present=number + 1)).json()
    for marking in ({"tlp": "AMBER+STRICT"}, {"tlp": "GREEN", "strength_present": 20}):
        open_to_all = (await change(service, OPERATOR, open_to_all, **marking)).json()
    moved = await change(service, OPERATOR, open_to_all, region_code="36.72.04")
    assert moved.status_code == 200
    await step(service, OPERATOR, mine, "released")
    for account in (OPERATOR, KPU, "auditor.bawaslu-banten"):
        for region in (PLACE, "36.72"):
            expected = shown(await totals(service, account, region, begin))
            assert await points(service, account, STRENGTH, region=region, **{"from": begin}) == expected
            assert len(expected) > 4
            start, end = expected[2][0], expected[-2][0]
            window = {"from": start, "to": end}
            assert await points(service, account, STRENGTH, region=region, **window) == expected[2:-1]


async def totals(service: Service, account: str, region: str, begin: str) -> list[tuple[str, int | None]]:
    """The same from the list and the histories: an entry that is hidden counts as nobody."""
    pages = await walk(service, account, DEPLOYMENTS, region="36.72", limit=200)
    known = {each["id"]: 0 for page in pages for each in page}
    steps = []
    for page in pages:
        for made in page:
            seen = {each["version"]: each for each in await states(service, account, made)}
            # Its owner sees every state; of one that is hidden another only sees that nobody counts.
            for each in await states(service, OPERATOR, made):
                state = seen.get(each["version"], {}).get("state")
                steps.append((each["at"], made["id"], present(state, region)))
    told: list[tuple[str, int | None]] = [(begin, 0)]
    for moment, identity, number in sorted(steps):
        known[identity] = number
        told = [*(told if moment > begin else []), (max(moment, begin), sum(known.values()))]
    return told


async def test_times_in_which_it_was_hidden_read_null(service: Service):
    made = await arrived(service, tlp="GREEN", strength_planned=40)
    for values in (
        {"strength_present": 7},
        {"tlp": "AMBER+STRICT"},
        {"strength_present": 3},
        {"tlp": "GREEN"},
    ):
        made = (await change(service, OPERATOR, made, **values)).json()
    path = at(made, "/strength")
    assert [number for _, number in await points(service, KPU, path)] == [0, 7, None, 3]
    assert [number for _, number in await points(service, OPERATOR, path)] == [0, 7, 3]
    hidden = await deploy(service)
    refused(await get(service, KPU, at(hidden, "/strength")), 404, "not-found")
    refused(await get(service, KPU, f"{DEPLOYMENTS}/{ABSENT}/strength"), 404, "not-found")


async def test_a_wrong_window_is_named(service: Service):
    made = await now(service, OPERATOR, await deploy(service))
    for path in (STRENGTH, at(made, "/strength")):
        for asked, pointer in (
            ({"to": "2099-01-01T00:00:00Z"}, "to"),
            ({"from": "2024-11-27T00:00:00Z", "to": "2024-11-27T00:00:00Z"}, "to"),
            ({"from": "2024-11-27T00:00:00Z", "to": "2025-11-28T00:00:01Z"}, "to"),
            ({"from": "2024-11-27T00:00:00"}, "from"),
            ({"to": "yesterday"}, "to"),
        ):
            refused(await get(service, OPERATOR, path, **asked), 422, "invalid", pointer)
    refused(await get(service, OPERATOR, STRENGTH, region="%00"), 422, "invalid", "region")


async def test_of_many_changes_the_totals_at_equal_intervals_are_told(
    service: Service, monkeypatch: pytest.MonkeyPatch
):
    begin = written(datetime.now(UTC))
    made = await arrived(service, tlp="GREEN", strength_planned=40, region_code="36.72.05")
    for number in range(8):
        made = (await change(service, OPERATOR, made, strength_present=number + 1)).json()
    window = {"region": "36.72.05", "from": begin}
    exact = await points(service, KPU, STRENGTH, **window)
    assert [number for _, number in exact] == list(range(9))
    monkeypatch.setattr(timelines, "MOST_POINTS", 5)
    monkeypatch.setattr("app.services.strength_timelines.LAST", 4)
    monkeypatch.setattr(timelines.width, "__defaults__", (5,))
    told = (await get(service, KPU, STRENGTH, **window)).json()
    assert told["step_seconds"] >= 1
    sampled = [(time(each["at"]), each["strength_present"]) for each in told["items"]]
    assert len(sampled) <= 5
    assert sampled[-1][1] == 8
    for moment, number in sampled[:-1]:
        assert number == [value for each, value in exact if time(each) <= moment][-1]
    refused(await get(service, KPU, at(made, "/strength")), 422, "invalid", "to")


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(-5, 5)), max_size=30))
def test_totals_add_up_differences(steps: list[tuple[int, int]]):
    by_time: dict[int, int] = {}
    for moment, difference in sorted(steps):
        by_time[moment] = by_time.get(moment, 0) + difference
    told = list(timelines.totals([(NOON + moment * S, each) for moment, each in by_time.items()], NOON))
    assert told[0][0] == NOON
    assert all(before[1] != after[1] and before[0] < after[0] for before, after in pairwise(told))
    for moment in range(52):
        total = sum(each for at, each in by_time.items() if at <= moment)
        assert [number for at, number in told if at <= NOON + moment * S][-1] == total


@given(st.integers(1, 10**8), st.integers(3, 1_000))
def test_intervals_are_no_more_than_the_points(seconds: int, most: int):
    wide = timelines.width(NOON, NOON + seconds * S, most)
    assert (seconds + wide) // wide < most
    assert wide == 1 or seconds + 1 > (wide - 1) * (most - 2)
