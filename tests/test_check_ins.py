"""Check-ins: where personnel in the field were, how often they shall say so, and when that is overdue."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.domain.check_ins import due_at, is_overdue
from app.domain.deployments import DeploymentStatus
from app.services import deployments
from tests.support.calls import ABSENT, OPERATOR, get, ledger_size, post, refused, walk
from tests.support.deployments import (
    DEPLOYMENTS,
    KOREM,
    TROOPS,
    UNIT,
    arrived,
    at,
    change,
    check_in,
    deploy,
    now,
    position,
    step,
    written,
)
from tests.support.service import Service
from tests.support.winding import later

KPU = "operator.kpu-banten"
NOON = datetime(2024, 11, 27, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
S = DeploymentStatus


def time(text: str) -> datetime:
    return datetime.fromisoformat(text)


async def found(service: Service, account: str = OPERATOR, **asked: Any) -> set[str]:
    pages = await walk(service, account, DEPLOYMENTS, limit=200, **asked)
    return {each["id"] for page in pages for each in page}


async def test_who_has_arrived_checks_in_and_who_stays_away_too_long_is_overdue(service: Service):
    there = await arrived(service, tlp="GREEN", check_in_minutes=30)
    assert time(there["check_in_due_at"]) == time(there["arrived_at"]) + HOUR / 2
    assert (there["checked_in_at"], there["check_in_overdue"]) == (None, False)
    first = (await check_in(service, OPERATOR, there, accuracy_meters=12.5)).json()
    shown = await now(service, OPERATOR, there)
    assert shown["checked_in_at"] == first["checked_in_at"]
    assert time(shown["check_in_due_at"]) == time(first["checked_in_at"]) + HOUR / 2
    assert there["id"] not in await found(service, check_in_overdue="true")
    with later(deployments, minutes=31):
        assert (await now(service, KPU, there))["check_in_overdue"] is True
        assert there["id"] in await found(service, KPU, check_in_overdue="true")
        assert there["id"] not in await found(service, KPU, check_in_overdue="false")
        second = (await check_in(service, OPERATOR, there)).json()
    with later(deployments, minutes=29):
        assert (await now(service, KPU, there))["check_in_overdue"] is False
        assert there["id"] in await found(service, KPU, check_in_overdue="false")
    (items,) = await walk(service, KPU, at(there, "/check-ins"), limit=9)
    assert items == [first, second]
    assert first["geometry"] == position()["geometry"]
    assert (first["accuracy_meters"], second["accuracy_meters"]) == (12.5, None)
    assert (await step(service, OPERATOR, there, "released")).json()["check_in_due_at"] is None
    assert (await check_in(service, OPERATOR, there)).status_code == 201  # on the way home


async def test_its_history_tells_of_each_and_of_no_flag_that_came_later(service: Service):
    there = await arrived(service, check_in_minutes=5)
    made = (await check_in(service, OPERATOR, there)).json()
    items = [each for page in await walk(service, OPERATOR, at(there, "/history"), limit=50) for each in page]
    told = [each for each in items if each["action"] == "deployment.checked_in"]
    assert [each["state"] for each in told] == [made]
    assert items[-1]["state"] == await now(service, OPERATOR, there)
    with later(deployments, hours=1):
        then = await get(service, OPERATOR, at(there), as_of=items[-1]["at"])
        assert then.json() == items[-1]["state"]
        assert (await now(service, OPERATOR, there))["check_in_overdue"] is True


async def test_the_entity_tag_tells_what_time_has_changed_and_still_names_the_version(service: Service):
    there = await arrived(service, check_in_minutes=5)
    client, version = await service.client(OPERATOR), there["version"]
    held = {"If-None-Match": f'"{version}"'}
    assert (await client.get(at(there), headers=held)).status_code == 304
    with later(deployments, minutes=6):
        overdue = await client.get(at(there), headers=held)
        assert (overdue.status_code, overdue.headers["etag"]) == (200, f'"{version}-overdue"')
        held = {"If-None-Match": overdue.headers["etag"]}
        assert (await client.get(at(there), headers=held)).status_code == 304
    changed = await client.patch(
        at(there), json={"check_in_minutes": None}, headers={"If-Match": overdue.headers["etag"]}
    )
    assert (changed.status_code, changed.json()["check_in_due_at"]) == (200, None)
    stale = await client.patch(
        at(there), json={"check_in_minutes": 60}, headers={"If-Match": overdue.headers["etag"]}
    )
    refused(stale, 412, "precondition-failed")


async def test_one_that_comes_late_stands_in_the_list_only(service: Service):
    there = await arrived(service, check_in_minutes=30)
    newest = (await check_in(service, OPERATOR, there)).json()
    late = await check_in(service, OPERATOR, there, checked_in_at=there["arrived_at"])
    assert late.status_code == 201
    assert (await now(service, OPERATOR, there))["checked_in_at"] == newest["checked_in_at"]
    (items,) = await walk(service, OPERATOR, at(there, "/check-ins"), limit=9)
    assert [each["checked_in_at"] for each in items] == [newest["checked_in_at"], there["arrived_at"]]


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"geometry": None}, "/geometry"),
    ({"geometry": {"type": "Point", "coordinates": [181, 0]}}, "/geometry/coordinates/0"),
    ({"geometry": {"type": "Point", "coordinates": [106.2]}}, "/geometry/coordinates/1"),
    ({"geometry": {"type": "LineString", "coordinates": [106.2, -6.1]}}, "/geometry/type"),
    ({"accuracy_meters": -1}, "/accuracy_meters"),
    ({"accuracy_meters": 100_001}, "/accuracy_meters"),
    ({"accuracy_meters": "12"}, "/accuracy_meters"),
    ({"checked_in_at": "2024-11-27T07:00:00"}, "/checked_in_at"),
    ({"checked_in_at": 1732694400}, "/checked_in_at"),
    ({"checked_in_at": "2024-11-27T07:00:00Z"}, "/checked_in_at"),  # before it arrived
    ({"checked_in_at": written(datetime.now(UTC) + 24 * HOUR)}, "/checked_in_at"),
    ({"name": "Saksi A (fiktif)"}, "/name"),
]


async def test_what_is_no_check_in_is_refused_and_nothing_is_stored(service: Service):
    there = await arrived(service)
    size = await ledger_size(service)
    for said, pointer in WRONG:
        refused(await check_in(service, OPERATOR, there, **said), 422, "invalid", pointer)
    refused(await check_in(service, OPERATOR, there, {"If-Match": '"1"'}), 412, "precondition-failed")
    refused(await check_in(service, OPERATOR, {"id": ABSENT}), 404, "not-found")
    for wrong in (0, 4, 10_081, 2.5, "30"):
        answer = await change(service, OPERATOR, there, check_in_minutes=wrong)
        refused(answer, 422, "invalid", "/check_in_minutes")
    assert await ledger_size(service) == size


@pytest.mark.parametrize("ways", [(), ("committed",), ("committed", "mobilizing", "en_route", "released")])
async def test_who_has_not_arrived_does_not_check_in(service: Service, ways: tuple[str, ...]):
    made = await deploy(service, check_in_minutes=30)
    assert not ways or (await step(service, OPERATOR, made, *ways)).status_code == 200
    size = await ledger_size(service)
    refused(await check_in(service, OPERATOR, made), 409, "conflict")
    assert await ledger_size(service) == size
    assert (await now(service, OPERATOR, made))["check_in_due_at"] is None


async def test_who_is_made_ready_anew_arrives_anew(service: Service):
    there = await arrived(service, check_in_minutes=30)
    gone = (await step(service, OPERATOR, there, "out_of_service", "mobilizing")).json()
    assert (gone["arrived_at"], gone["check_in_due_at"]) == (None, None)
    refused(await check_in(service, OPERATOR, there), 409, "conflict")
    again = (await step(service, OPERATOR, there, "en_route", "on_scene")).json()
    assert time(again["arrived_at"]) > time(there["arrived_at"])


async def test_who_commands_checks_in_too_and_a_mere_reader_does_not(service: Service):
    lent = await arrived(
        service, KOREM, home_unit=TROOPS, controlling_unit=UNIT, command_relation="perbantuan_tni",
        tlp="GREEN",
    )  # fmt: skip
    assert (await check_in(service, OPERATOR, lent)).status_code == 201
    assert (await check_in(service, KOREM, lent)).status_code == 201
    refused(await check_in(service, "operator.pemkab-tangerang", lent), 403, "forbidden")
    assert [each["agency"] for each in (await walk(service, KPU, at(lent, "/check-ins")))[0]] == [
        "polda-banten", "korem-064",
    ]  # fmt: skip


async def test_hidden_check_ins_are_as_absent_as_their_deployment(service: Service):
    there = await arrived(service, check_in_minutes=5)
    assert (await check_in(service, OPERATOR, there)).status_code == 201
    hidden = await get(service, KPU, at(there, "/check-ins"))
    absent = await get(service, KPU, f"{DEPLOYMENTS}/{ABSENT}/check-ins")
    assert (
        (hidden.status_code, hidden.content) == (absent.status_code, absent.content) == (404, hidden.content)
    )
    tried, unknown = await check_in(service, KPU, there), await check_in(service, KPU, {"id": ABSENT})
    assert (tried.status_code, tried.content) == (unknown.status_code, unknown.content)
    with later(deployments, hours=1):
        assert there["id"] not in await found(service, KPU, check_in_overdue="true")


async def test_of_two_at_once_both_stand_and_the_newer_shows(service: Service):
    there = await arrived(service, check_in_minutes=5)
    answers = await asyncio.gather(*(check_in(service, OPERATOR, there) for _ in range(2)))
    assert [each.status_code for each in answers] == [201, 201]
    newest = max(time(each.json()["checked_in_at"]) for each in answers)
    shown = await now(service, OPERATOR, there)
    assert time(shown["checked_in_at"]) == newest
    match = {"If-Match": f'"{shown["version"]}"'}
    rivals = await asyncio.gather(*(check_in(service, OPERATOR, there, match) for _ in range(2)))
    assert sorted(each.status_code for each in rivals) == [201, 412]
    (items,) = await walk(service, OPERATOR, at(there, "/check-ins"), limit=9)
    assert len(items) == 3


async def test_the_same_key_checks_in_once(service: Service):
    there = await arrived(service)
    key = {"Idempotency-Key": "lapor-1"}
    first, again = [await post(service, OPERATOR, at(there, "/check-ins"), position(), **key) for _ in "ab"]
    assert (again.json(), again.headers["idempotency-replayed"]) == (first.json(), "true")
    (items,) = await walk(service, OPERATOR, at(there, "/check-ins"), limit=9)
    assert items == [first.json()]


@pytest.mark.parametrize("status", DeploymentStatus)
def test_a_check_in_is_awaited_of_those_who_are_there(status: DeploymentStatus):
    awaited = status in {S.ON_SCENE, S.ASSIGNED, S.OUT_OF_SERVICE}
    assert due_at(status, 60, NOON, None) == (NOON + HOUR if awaited else None)
    assert due_at(status, None, NOON, NOON) is None
    assert due_at(status, 60, None, NOON) is None


def test_it_is_due_after_the_arrival_or_the_newest_whichever_is_later():
    assert due_at(S.ON_SCENE, 60, NOON, NOON + HOUR) == NOON + 2 * HOUR
    assert due_at(S.ON_SCENE, 60, NOON, NOON - HOUR) == NOON + HOUR  # of an earlier stay
    assert not is_overdue(None, NOON)
    assert not is_overdue(NOON, NOON)
    assert is_overdue(NOON, NOON + timedelta(microseconds=1))
