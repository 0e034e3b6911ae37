"""The situation in one call: what the lists say, each reader its own, and a tag that tells when to look."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from app.domain.situation import READ_WITH, SituationPart
from app.schemas.situation import Situation
from app.services import deployments, situation
from tests.support.calls import INCIDENTS, OPERATOR, get, post, refused
from tests.support.calls import change as change_incident
from tests.support.calls import step as step_incident
from tests.support.deployments import DEPLOYMENTS, arrived, check_in, deploy, step, written
from tests.support.queries import queries
from tests.support.service import Service, report
from tests.support.sites import SITES, WHY, registered
from tests.support.situation import KPU, OPEN, SITUATION, Watch, listed, meets, today
from tests.support.threats import LEVELS
from tests.support.winding import later

PATTERNS = "/api/v1/guard-patterns"
COVERAGE = "/api/v1/coverage"
READERS = (OPERATOR, KPU, "auditor.bawaslu-banten", "operator.korem-064", "privacy.polda-banten")
REGENCY, PLACE, ELSEWHERE = "36.04", "36.04.15", "36.04.16"
OVERDUE = 40  # minutes
NUMBERS = count(1)


async def stated(service: Service, region: str, **more: Any) -> None:
    body = {"region_code": region, "category": "logistics", "level": 2, "rationale": WHY, **more}
    assert (await post(service, OPERATOR, LEVELS, body)).status_code == 201


async def some_of_everything(service: Service) -> None:
    """Of each kind one that all partners see, one that its agency alone sees, and one elsewhere."""
    for more in ({"tlp": "GREEN"}, {}, {"tlp": "GREEN", "region_code": ELSEWHERE}):
        marked = {"region_code": PLACE, **more}
        incident = await report(service, OPERATOR, severity="severe", **marked)
        await report(service, OPERATOR, kind="log_delay", severity="minor", **marked)
        ended = await report(service, OPERATOR, **marked)
        assert (await step_incident(service, OPERATOR, ended, "false_report")).status_code == 200
        in_use = {**marked, "tlp": marked.get("tlp", "AMBER+STRICT")}
        await registered(service, risk="rawan", rationale=WHY, **in_use)
        guarded = await registered(service, **in_use)
        await registered(service, in_use=False, **in_use)
        there = await arrived(
            service, check_in_minutes=30, site_ids=[guarded["id"]], strength_planned=3, **today(), **marked
        )
        assert (await check_in(service, OPERATOR, there)).status_code == 201
        await deploy(service, **today(), **marked)
        await deploy(service, **marked)  # in years to come
        await arrived(service, **today(), **marked)
        assert incident["severity"] == "severe"


async def patterns(service: Service) -> None:
    """Of a new operation, as seen by all, and of a newer one that its agency alone sees."""
    number = next(NUMBERS)
    for name, day, more in (("umum", 1, {"tlp": "GREEN"}), ("sendiri", 2, {"tlp": "AMBER+STRICT"})):
        body = {
            "operation": f"{name}-{number}", "region_code": REGENCY, "risk": "rawan", "police_count": 2,
            "site_count": 1, "linmas_count": 2, "source": "Rencana operasi (fiktif)",
            "as_of": f"2025-{number:02}-0{day}", **more,
        }  # fmt: skip
        answer = await post(service, OPERATOR, PATTERNS, body)
        assert answer.status_code == 201, answer.text


@pytest.fixture(scope="module")
async def lived_in(service: Service) -> Service:
    await some_of_everything(service)
    for region, more in (
        (PLACE, {"tlp": "GREEN"}), (REGENCY, {"level": 3, "tlp": "GREEN"}), ("36", {"category": "cyber"}),
        (PLACE, {"category": "mass_unrest", "tlp": "AMBER+STRICT"}), (ELSEWHERE, {"level": 1}),
    ):  # fmt: skip
        await stated(service, region, **more)
    await patterns(service)
    return service


async def oracle(service: Service, account: str, region: str) -> dict[str, Any]:
    """The same from the lists, one record after another."""
    incidents = await listed(service, account, INCIDENTS, region=region, status=OPEN)
    sites = await listed(service, account, SITES, region=region, in_use="true")
    now = written(datetime.now(UTC) + timedelta(minutes=OVERDUE))
    sent = await listed(service, account, DEPLOYMENTS, region=region, active_at=now)
    overdue = await listed(service, account, DEPLOYMENTS, region=region, check_in_overdue="true")
    overdue.sort(key=lambda each: (each["check_in_due_at"], each["id"]))
    sums = ("strength_planned", "strength_present")
    by_kind = Counter((each["kind"], each["severity"]) for each in incidents)
    shown = ("reference", "region_code", "checked_in_at", "check_in_due_at")
    return {
        "threat_levels": in_force(await listed(service, account, LEVELS, status="in_force"), region),
        "incidents": {
            "incidents": len(incidents),
            "items": [
                {"kind": kind, "severity": severity, "incidents": number}
                for (kind, severity), number in sorted(by_kind.items())
            ],
        },
        "sites": {"sites": len(sites), "items": dict(Counter(each["risk"] for each in sites))},
        "coverage": await covered(service, account, region),
        "deployments": {
            "deployments": len(sent),
            **{name: sum(each[name] for each in sent) for name in sums},
            "items": {
                status: [number, *(sum(e[name] for e in sent if e["status"] == status) for name in sums)]
                for status, number in Counter(each["status"] for each in sent).items()
            },
        },
        "check_ins": {
            "overdue": len(overdue),
            "items": [
                {"deployment_id": each["id"], **{name: each[name] for name in shown}} for each in overdue[:10]
            ],
        },
    }


def in_force(levels: list[dict[str, Any]], region: str) -> dict[str, dict[int, int]]:
    """How many hold each level of each threat, of the region, within it and above it."""
    here = [each for each in levels if meets(each["region_code"], region)]
    return {
        category: dict(Counter(each["level"] for each in here if each["category"] == category))
        for category in {each["category"] for each in here}
    }


async def covered(service: Service, account: str, region: str) -> dict[str, Any]:
    known = [each for each in await listed(service, account, PATTERNS) if meets(each["region_code"], region)]
    newest = max(known, key=lambda each: (each["as_of"], each["id"]))["operation"]
    told = (await get(service, account, COVERAGE, operation=newest, region=region)).json()
    names = ("operation", "sites", "unguarded", "without_pattern", "police_gap", "linmas_gap")
    return {name: told[name] for name in names}


def compared(told: dict[str, Any]) -> dict[str, Any]:
    """An answer in the form of the oracle; the order of its items is asked apart."""
    levels = told["threat_levels"]["items"]
    for each in levels:
        assert each["level"] == max(one["level"] for one in each["by_level"]) == each["by_level"][0]["level"]
        assert each["statements"] == sum(one["statements"] for one in each["by_level"])
    numbers = {
        each["status"]: [each["deployments"], each["strength_planned"], each["strength_present"]]
        for each in told["deployments"]["items"]
    }
    return {
        **{name: told[name] for name in ("incidents", "coverage", "check_ins")},
        "threat_levels": {
            each["category"]: {one["level"]: one["statements"] for one in each["by_level"]} for each in levels
        },
        "sites": {
            "sites": told["sites"]["sites"],
            "items": {each["risk"]: each["sites"] for each in told["sites"]["items"]},
        },
        "deployments": {**told["deployments"], "items": numbers},
    }


@pytest.mark.parametrize("account", READERS)
async def test_it_says_what_the_lists_say(lived_in: Service, account: str):
    with later(situation, deployments, minutes=OVERDUE):
        for region in (PLACE, REGENCY):
            told = (await get(lived_in, account, SITUATION, region=region)).json()
            assert (told["scope"], told["region_code"], told["left_out"]) == ("visible_to_you", region, [])
            assert compared(told) == await oracle(lived_in, account, region)
        here = (await get(lived_in, account, SITUATION, region=PLACE)).json()
        assert all(here[part] for part in SituationPart)
        assert here["check_ins"]["overdue"] >= 1
        everywhere = (await get(lived_in, account, SITUATION)).json()
        assert everywhere["incidents"]["incidents"] > here["incidents"]["incidents"]


async def test_what_one_agency_keeps_to_itself_counts_for_nobody_else(lived_in: Service):
    mine, theirs = [(await get(lived_in, each, SITUATION, region=PLACE)).json() for each in (OPERATOR, KPU)]
    assert mine["incidents"]["incidents"] == 2 * theirs["incidents"]["incidents"] == 4
    assert mine["sites"]["sites"] == 2 * theirs["sites"]["sites"] == 4
    assert mine["deployments"]["deployments"] == 2 * theirs["deployments"]["deployments"] == 6
    assert mine["coverage"]["operation"].startswith("sendiri")
    assert theirs["coverage"]["operation"].startswith("umum")
    assert "mass_unrest" not in {each["category"] for each in theirs["threat_levels"]["items"]}


async def test_a_part_without_its_permission_is_absent_and_named(lived_in: Service):
    granted = {"incidents:read"}
    absent: set[str] = {each for each in SituationPart if not READ_WITH[each] <= granted}
    others = sorted({str(each) for needed in READ_WITH.values() for each in needed} - granted)
    for more in ("", *others):
        granted |= {more} - {""}
        token = await lived_in.token(OPERATOR, scope=" ".join(sorted(granted)))
        client = await lived_in.anonymous()
        told = (await client.get(SITUATION, headers={"Authorization": f"Bearer {token}"})).json()
        absent = {each for each in SituationPart if not READ_WITH[each] <= granted}
        assert set(told["left_out"]) == absent
        assert told.keys() == {"scope", "region_code", "left_out", *set(SituationPart) - absent}
    assert absent == set()
    refused(await get(lived_in, "admin.polda-banten", SITUATION), 403, "forbidden")


async def test_a_wrong_region_is_named(service: Service):
    for region in ("3604", "36.04.", "%00", "36.04.15.1"):
        refused(await get(service, OPERATOR, SITUATION, region=region), 422, "invalid", "region")


async def test_its_tag_changes_when_something_visible_does_and_not_before(service: Service):
    place = "36.04.17"
    changed = Watch(await service.client(KPU), place).news
    assert await changed()
    here: dict[str, Any] = {"region_code": place}
    await report(service, OPERATOR, **here)  # for its agency alone
    await report(service, OPERATOR, region_code=ELSEWHERE, tlp="GREEN")
    await registered(service, tlp="AMBER+STRICT", **here)
    await registered(service, in_use=False, **here)
    hidden = await arrived(service, check_in_minutes=5, **today(), **here)
    await deploy(service, tlp="GREEN", **here)  # in years to come
    await stated(service, place, category="terrorism", tlp="AMBER+STRICT")
    await stated(service, ELSEWHERE, category="terrorism", tlp="GREEN")
    assert not await changed()
    made = await report(service, OPERATOR, tlp="GREEN", severity="minor", **here)
    assert await changed()
    assert not await changed()
    noted = await post(service, OPERATOR, f"{INCIDENTS}/{made['id']}/notes", {"text": "Catatan."})
    assert noted.status_code == 201
    made = (await change_incident(service, OPERATOR, made, title="Judul lain (fiktif)")).json()
    assert not await changed()
    made = (await change_incident(service, OPERATOR, made, severity="severe")).json()
    assert await changed()
    await registered(service, **here)
    assert await changed()
    await stated(service, "36.04", category="terrorism", tlp="GREEN", level=2)
    assert await changed()
    there = await arrived(service, check_in_minutes=5, tlp="GREEN", **today(), **here)
    assert await changed()
    assert (await check_in(service, OPERATOR, there)).status_code == 201
    assert not await changed()
    with later(situation, minutes=6):
        assert await changed()  # time alone
        assert not await changed()
        assert (await check_in(service, OPERATOR, hidden)).status_code == 201
        assert not await changed()
        assert (await check_in(service, OPERATOR, there)).status_code == 201
        assert await changed()  # the newest is another, though overdue again by this clock
    assert await changed()
    assert (await step(service, OPERATOR, there, "released")).status_code == 200
    assert await changed()
    assert (await step_incident(service, OPERATOR, made, "false_report")).status_code == 200
    assert await changed()


async def test_it_asks_as_many_statements_of_many_records_as_of_few(lived_in: Service):
    async def asked() -> int:
        with queries(lived_in.app.state.database) as made:
            answer = await get(lived_in, KPU, SITUATION, region=REGENCY)
        assert answer.status_code == 200
        return len(made)

    few = await asked()
    for _ in range(3):
        await some_of_everything(lived_in)
    await patterns(lived_in)
    assert await asked() == few <= 2 * len(SituationPart)


def test_each_part_has_its_function_its_permissions_and_its_member():
    assert situation.PARTS.keys() == READ_WITH.keys() == set(SituationPart)
    assert Situation.model_fields.keys() == {"scope", "region_code", "left_out", *SituationPart}
