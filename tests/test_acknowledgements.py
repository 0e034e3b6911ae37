"""Agencies say that they have seen a record; who stays silent is told on, once, though several clocks run."""

import asyncio
from typing import Any

import pytest

from app.domain.acknowledgement_rules import BY_LEVEL, BY_SEVERITY
from app.settings import Settings
from tests.conftest import PASSWORD
from tests.support.acknowledgements import (
    BAWASLU,
    KPU,
    STATISTICS,
    acknowledge,
    ask,
    later,
    referred,
    standing,
)
from tests.support.calls import ABSENT, OPERATOR, change, get, ledger_size, refused, step, url
from tests.support.feeds import since, tip
from tests.support.inbox import waiting
from tests.support.privacy import OFFICER, erase
from tests.support.service import Service, report, running
from tests.support.threats import LEVELS, spot, stated, withdraw

OP_KPU, OP_BAWASLU = "operator.kpu-banten", "operator.bawaslu-banten"
CHIEF, CHIEF_KPU, CHIEF_BAWASLU = (
    "commander.polda-banten",
    "commander.kpu-banten",
    "commander.bawaslu-banten",
)
FOR_BOTH: dict[str, Any] = {"tlp": "AMBER", "audience": [KPU, BAWASLU], "severity": "severe"}


async def told(service: Service, account: str, made: dict[str, Any]) -> list[str]:
    """What waits for an account of one record, as far as it is about acknowledgement."""
    items = [each for each in await waiting(service, account) if each["record_id"] == made["id"]]
    return [each["kind"] for each in items if each["kind"].startswith("acknowledgement")]


async def happened(service: Service, account: str, made: dict[str, Any]) -> list[str]:
    items = (await get(service, account, url(made, "/history"), limit=200)).json()["items"]
    return [each["action"] for each in items]


async def counted(service: Service, account: str, **query: Any) -> dict[str, dict[str, Any]]:
    answer = await get(service, account, STATISTICS, **query)
    assert answer.status_code == 200, answer.text
    return {each["agency"]: each for each in answer.json()["items"]}


async def test_one_acknowledges_and_who_is_silent_is_told_on_once_though_clocks_race_and_restart(
    fresh: Settings,
):
    async with running(fresh, PASSWORD) as service, running(fresh, PASSWORD) as other:
        clocks = (service, service) if fresh.database.startswith("sqlite") else (service, other)
        made = await report(service, OPERATOR, **FOR_BOTH)
        answer = await ask(service, made, KPU, BAWASLU, note="Mohon segera dibaca (fiktif).")
        assert (answer.status_code, answer.json()["within_seconds"]) == (201, 900)
        assert (
            await told(service, OP_KPU, made) == await told(service, OP_BAWASLU, made) == ["acknowledgement"]
        )
        done = (await acknowledge(service, OP_KPU, made, note="Diterima (fiktif).")).json()
        assert (done["status"], done["agency"], done["role"]) == ("acknowledged", KPU, "operator")
        assert done["acknowledged_at"] < done["due_at"]
        refused(await acknowledge(service, CHIEF_KPU, made), 409, "conflict")
        assert await told(service, OP_KPU, made) == []
        after = await tip(service, OP_KPU)
        size = await ledger_size(service)
        assert await later(service, minutes=14) == 0
        assert sum(await asyncio.gather(*(later(each, minutes=16) for each in clocks * 2))) == 1
        assert await ledger_size(service) == size + 1
        assert await told(service, CHIEF_BAWASLU, made) == ["acknowledgement", "acknowledgement_overdue"]
        assert await told(service, OP_BAWASLU, made) == ["acknowledgement"]
        assert await told(service, CHIEF, made) == []
        [seen] = await since(service, OP_KPU, after)
        assert (seen["change"], seen["id"]) == ("changed", made["id"])
    async with running(fresh, PASSWORD) as service, running(fresh, PASSWORD) as other:
        clocks = (service, service) if fresh.database.startswith("sqlite") else (service, other)
        assert await later(service, minutes=16) == 0
        assert sum(await asyncio.gather(*(later(each, minutes=31) for each in clocks * 2))) == 1
        assert await later(service, hours=9) == 0
        [one] = [each for each in await waiting(service, CHIEF) if each["record_id"] == made["id"]]
        assert (one["kind"], one["agency"]) == ("acknowledgement_escalated", "siaga")
        assert one["path"] == url(made, "/acknowledgements")
        assert await told(service, OPERATOR, made) == []
        assert await standing(service, OPERATOR, made) == {KPU: "acknowledged", BAWASLU: "escalated"}
        assert (await acknowledge(service, OP_BAWASLU, made)).status_code == 200
        assert await told(service, CHIEF, made) == await told(service, CHIEF_BAWASLU, made) == []
        assert (await happened(service, OP_BAWASLU, made))[-6:] == [
            "incident.acknowledgement_asked",
            "incident.acknowledgement_asked",
            "incident.acknowledged",
            "incident.acknowledgement_overdue",
            "incident.acknowledgement_escalated",
            "incident.acknowledged",
        ]
        found = await counted(service, OPERATOR)
        assert {agency: (each["in_time_count"], each["late_count"]) for agency, each in found.items()} == {
            KPU: (1, 0),
            BAWASLU: (0, 1),
        }


async def test_a_level_asks_by_its_height_and_what_has_ended_or_is_hidden_is_told_to_nobody(
    fresh: Settings,
):
    async with running(fresh, PASSWORD) as service:
        level = await stated(service, OPERATOR, spot(), 3)
        answer = await ask(service, level, KPU, BAWASLU, root=LEVELS)
        assert (answer.json()["within_seconds"], answer.json()["urgency"]) == (3600, "3")
        assert (await acknowledge(service, OP_KPU, level, LEVELS)).status_code == 200
        assert await told(service, OP_BAWASLU, level) == ["acknowledgement"]
        assert (await withdraw(service, OPERATOR, level)).status_code == 200
        closed = await report(service, OPERATOR, **FOR_BOTH)
        narrowed = await report(service, OPERATOR, **FOR_BOTH)
        for made in (closed, narrowed):
            assert (await ask(service, made, BAWASLU)).status_code == 201
        assert (await step(service, OPERATOR, closed, "false_report")).status_code == 200
        assert (await change(service, OPERATOR, narrowed, audience=[KPU])).status_code == 200
        for made in (level, closed, narrowed):
            assert await told(service, OP_BAWASLU, made) == []
        assert await later(service, hours=2) == 3
        assert await later(service, hours=9) == 0
        for account in (CHIEF, CHIEF_BAWASLU, OP_BAWASLU):
            for made in (level, closed, narrowed):
                assert await told(service, account, made) == []
        refused(await acknowledge(service, OP_BAWASLU, narrowed), 404, "not-found")
        assert await standing(service, OPERATOR, narrowed) == {BAWASLU: "moot"}
        assert await standing(service, OP_KPU, narrowed) == {}
        assert set(await counted(service, CHIEF_BAWASLU)) == {KPU}


async def test_the_statistics_are_of_what_one_sees_by_the_nearest_rank(fresh: Settings):
    async with running(fresh, PASSWORD) as service:
        for marking in ({"tlp": "GREEN"}, {"tlp": "AMBER", "audience": [KPU]}, FOR_BOTH):
            made = await report(service, OPERATOR, **marking)
            assert (await ask(service, made, KPU)).status_code == 201
            if marking != {"tlp": "GREEN"}:
                assert (await acknowledge(service, OP_KPU, made)).status_code == 200
        asked = (await ask(service, made, BAWASLU, within_seconds=60)).json()
        assert await later(service, seconds=90) == 1
        mine, others = await counted(service, OPERATOR), await counted(service, OP_BAWASLU)
        assert [mine[KPU][f"{name}_count"] for name in ("required", "in_time", "late", "open")] == [
            3,
            2,
            0,
            1,
        ]
        assert [others[KPU][f"{name}_count"] for name in ("required", "in_time", "open")] == [2, 1, 1]
        assert 0 <= mine[KPU]["median_seconds"] <= mine[KPU]["p90_seconds"] <= 60
        assert [mine[BAWASLU][f"{name}_count"] for name in ("open", "overdue")] == [1, 1]
        assert mine[BAWASLU]["median_seconds"] is None
        assert await counted(service, OPERATOR, to=made["recorded_at"]) != mine
        assert set(await counted(service, OPERATOR, **{"from": asked["created_at"]})) == {BAWASLU}


async def test_two_who_answer_for_one_agency_at_once_are_one_answer(service: Service):
    made = await report(service, OPERATOR, tlp="GREEN")
    assert (await ask(service, made, KPU)).status_code == 201
    for account in (OP_KPU, CHIEF_KPU):
        await service.client(account)
    answers = await asyncio.gather(*(acknowledge(service, each, made) for each in (OP_KPU, CHIEF_KPU) * 3))
    assert sorted(each.status_code for each in answers) == [200, *[409] * 5]
    asked = await asyncio.gather(*(ask(service, made, BAWASLU, KPU) for _ in range(4)))
    assert sorted(each.status_code for each in asked) == [201, 409, 409, 409]
    key = {"Idempotency-Key": f"again-{made['id']}"}
    client = await service.client(OP_KPU)
    twice = [await client.post(url(made, "/acknowledgements"), json={}, headers=key) for _ in range(2)]
    assert twice[0].status_code == 200
    assert twice[0].content == twice[1].content


BAD: dict[str, tuple[dict[str, Any], int, str]] = {
    "an agency that does not see it": ({"agencies": [KPU, "pemprov-banten"]}, 422, "/agencies/1"),
    "one's own": ({"agencies": ["polda-banten"]}, 422, "/agencies/0"),
    "unknown": ({"agencies": ["nobody-at-all"]}, 422, "/agencies"),
    "the host": ({"agencies": ["siaga"]}, 422, "/agencies"),
    "none": ({"agencies": []}, 422, "/agencies"),
    "twice": ({"agencies": [KPU, KPU]}, 422, "/agencies"),
    "longer than the severity gives": ({"agencies": [KPU], "within_seconds": 901}, 422, "/within_seconds"),
    "too short": ({"agencies": [KPU], "within_seconds": 59}, 422, "/within_seconds"),
    "no whole number": ({"agencies": [KPU], "within_seconds": "60"}, 422, "/within_seconds"),
    "an unknown member": ({"agencies": [KPU], "by": "noon"}, 422, "/by"),
}


async def test_what_cannot_be_asked_is_refused_with_the_place_and_writes_nothing(service: Service):
    made = await report(service, OPERATOR, **FOR_BOTH)
    place = url(made, "/acknowledgement-requests")
    for name, (body, status, pointer) in BAD.items():
        answer = await (await service.client(OPERATOR)).post(place, json=body)
        assert answer.status_code == status, (name, answer.text)
        assert pointer in {each["pointer"] for each in answer.json()["errors"]}, (name, answer.text)
    assert await standing(service, OPERATOR, made) == {}
    refused(await acknowledge(service, OP_KPU, made), 409, "conflict")
    refused(await ask(service, made, BAWASLU, account=OP_KPU), 403, "forbidden")
    refused(await acknowledge(service, OP_KPU, made, note="x"), 422, "invalid", "/note")
    assert (await step(service, OPERATOR, made, "false_report")).status_code == 200
    refused(await ask(service, made, KPU), 409, "conflict")
    for query in ({"from": "now"}, {"to": "2024-11-27"}):
        refused(await get(service, OPERATOR, STATISTICS, **query), 422, "invalid", *query)


async def test_who_does_not_see_a_record_is_told_nothing_of_it(service: Service):
    made = await report(service, OPERATOR, tlp="AMBER", audience=[KPU])
    assert (await ask(service, made, KPU)).status_code == 201
    for call in (
        lambda of: get(service, OP_BAWASLU, url(of, "/acknowledgements")),
        lambda of: acknowledge(service, OP_BAWASLU, of),
        lambda of: ask(service, of, KPU, account=OP_BAWASLU),
        lambda of: ask(service, of, KPU, account=OP_BAWASLU, root=LEVELS),
        lambda of: acknowledge(service, OP_BAWASLU, of, LEVELS),
        lambda of: get(service, OP_BAWASLU, f"{LEVELS}/{of['id']}/acknowledgements"),
    ):
        hidden, absent = await call(made), await call({"id": ABSENT})
        refused(hidden, 404, "not-found")
        assert hidden.content == absent.content
    assert await told(service, OP_BAWASLU, made) == await told(service, CHIEF_BAWASLU, made) == []


async def test_red_is_acknowledged_by_the_agencies_of_its_recipients(service: Service):
    named = [OPERATOR, CHIEF, OP_KPU]
    made = await report(service, OPERATOR, tlp="RED", recipients=named)
    refused(await ask(service, made, BAWASLU), 422, "invalid", "/agencies/0")
    assert (await ask(service, made, KPU)).status_code == 201
    assert await told(service, OP_KPU, made) == ["acknowledgement"]
    assert await told(service, CHIEF_KPU, made) == []
    assert (await acknowledge(service, OP_KPU, made)).status_code == 200


async def test_what_was_noted_can_be_erased_and_the_clock_goes_on(service: Service):
    made = await report(service, OPERATOR, tlp="GREEN")
    request = (await ask(service, made, KPU, BAWASLU, note="Nama seseorang (fiktif).")).json()
    given = (await acknowledge(service, OP_KPU, made, note="Nama lain (fiktif).")).json()
    violation = await referred(service, made)
    for kind, subject, field, more in (
        ("acknowledgement_request", request, "note", {}),
        ("acknowledgement", given, "note", {}),
        ("referral", violation, "summary", {"rewritten": {"summary": "Diringkas (fiktif)."}}),
    ):
        answer = await erase(service, OFFICER, made, kind, subject, field, **more)
        assert answer.status_code == 201, answer.text
    items = (await get(service, OP_KPU, url(made, "/acknowledgements"))).json()["items"]
    assert [(each["status"], each["note"]) for each in items] == [("acknowledged", None), ("waiting", None)]
    now = (await get(service, OP_KPU, url(made, f"/referrals/{violation['id']}"))).json()
    assert (now["summary"], now["clock"]) == ("Diringkas (fiktif).", violation["clock"])
    told = (await get(service, OP_KPU, url(made, "/history"), limit=200)).text
    assert "Nama" not in told
    assert "di masa tenang" not in told


@pytest.mark.parametrize("table", [BY_SEVERITY, BY_LEVEL], ids=["severity", "level"])
def test_the_graver_a_record_the_shorter_the_time(table: dict[Any, Any]):
    graver = ["minor", "moderate", "severe", "extreme"] if "minor" in table else [1, 2, 3, 4, 5]
    times = [table[each] for each in graver]
    assert times == sorted(times, reverse=True)


async def test_the_times_are_there_to_read(service: Service):
    kept = (await get(service, OP_KPU, "/api/v1/clocks")).json()
    times = {
        (each["record_type"], each["urgency"]): each["within_seconds"]
        for each in kept["acknowledgement_times"]
    }
    assert times["incident", "extreme"] == times["threat_level", "5"] == 300
    assert [(each["told"], each["role"], each["after"]) for each in kept["escalations"]] == [
        ("silent_agency", "commander", 1), ("owner", "commander", 2),
    ]  # fmt: skip
    assert (kept["holidays"], kept["time_zone"]) == ([], "Asia/Jakarta")
    assert {each["violation_kind"]: each["authorities"] for each in kept["competent_authorities"]}[
        "code_of_ethics"
    ] == ["dkpp"]
