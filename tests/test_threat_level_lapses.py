"""What nobody reviews or decides ends by itself: an entry of the system, once, and told at once."""

import asyncio
from datetime import UTC, datetime, timedelta

from app import clock
from app.settings import Settings
from tests.conftest import PASSWORD
from tests.support.calls import get, ledger_size, refused
from tests.support.service import Service, running
from tests.support.threats import (
    CHIEF,
    KPU,
    LEVELS,
    POLDA,
    PROPOSALS,
    actions,
    agreed,
    decide,
    effective,
    hours,
    proposed,
    read,
    spot,
    stated,
    sync,
    withdraw,
)

STOPPED = {"clock_seconds": 3600}
MOMENT = 1.0  # seconds


async def soon(service: Service) -> str:
    """A moment from now; all who act have signed in before, which takes its time."""
    for account in (POLDA, CHIEF, KPU):
        await service.client(account)
    return hours(MOMENT / 3600)


async def until_then() -> None:
    await asyncio.sleep(MOMENT + 0.05)


async def later(service: Service, **time: float) -> int:
    """How many a tick ends at a moment to come."""
    state = service.app.state
    return await clock.tick(state.database, state.lane, datetime.now(UTC) + timedelta(**time))


async def test_a_statement_past_its_review_lapses_with_an_entry_that_names_the_rule(fresh: Settings):
    async with running(fresh, PASSWORD) as service:
        at = spot()
        made, lasting = (
            await stated(service, POLDA, at, 3, review_by=hours(1)),
            await stated(service, KPU, at, 2),
        )
        size = await ledger_size(service)
        assert await later(service, minutes=59) == 0
        assert await ledger_size(service) == size
        assert await later(service, minutes=61) == 1
        assert await later(service, minutes=62) == 0
        assert await ledger_size(service) == size + 1
        told = (await get(service, KPU, f"{LEVELS}/{made['id']}/history")).json()["items"][-1]
        assert (told["action"], told["agency"], told["state"]["status"]) == (
            "threat_level.lapsed",
            "siaga",
            "lapsed",
        )
        assert "review_by" in told["reason"]
        now = await read(service, KPU, made["id"])
        assert (now["status"], now["ended_at"]) == ("lapsed", made["review_by"])
        shown = await effective(service, KPU, at)
        assert [each["id"] for each in shown["statements"]] == [lasting["id"]]
        refused(await withdraw(service, POLDA, made), 409, "conflict")
        assert (await stated(service, POLDA, at, 1))["supersedes"] is None


async def test_the_entry_of_the_system_is_metadata_for_an_auditor(fresh: Settings):
    async with running(fresh, PASSWORD) as service:
        made = await stated(service, POLDA, spot(), 2, review_by=hours(1))
        await later(service, hours=2)
        query = {"record_id": made["id"]}
        items = (await get(service, "auditor.polda-banten", "/api/v1/ledger/entries", **query)).json()[
            "items"
        ]
        assert [(each["action"], each["agency"]) for each in items] == [
            ("threat_level.stated", "polda-banten"), ("threat_level.lapsed", "siaga"),
        ]  # fmt: skip


async def test_what_is_past_its_review_is_shown_as_lapsed_before_the_clock_says_so(fresh: Settings):
    async with running(fresh.model_copy(update=STOPPED), PASSWORD) as service:
        at = spot()
        low = await stated(service, POLDA, at, 3, review_by=await soon(service))
        client = await service.client(KPU)
        held = (await client.get(f"{LEVELS}/{low['id']}")).headers["etag"]
        shown = (await client.get(at.url)).headers["etag"]
        await until_then()
        assert (await effective(service, KPU, at))["level"] is None
        assert (await client.get(at.url, headers={"If-None-Match": shown})).status_code == 200
        answer = await client.get(f"{LEVELS}/{low['id']}", headers={"If-None-Match": held})
        assert (answer.status_code, answer.json()["status"]) == (200, "lapsed")
        for status, found in (("in_force", []), ("lapsed", [low["id"]])):
            items = (await get(service, KPU, LEVELS, region=at.region, status=status)).json()["items"]
            assert [each["id"] for each in items if each["category"] == at.category] == found
        refused(await withdraw(service, POLDA, low), 409, "conflict")
        assert (await effective(service, KPU, at, as_of=low["stated_at"]))["level"] == 3
        size = await ledger_size(service)
        again = await sync(service, POLDA, at, 3)
        assert (again.status_code, again.json()["supersedes"]) == (201, None)
        assert await ledger_size(service) == size + 2  # and the lapse that had not been written yet
        assert await actions(service, KPU, low["id"]) == ["threat_level.stated", "threat_level.lapsed"]


async def test_after_a_high_level_has_lapsed_a_low_one_needs_no_second_account(fresh: Settings):
    async with running(fresh.model_copy(update=STOPPED), PASSWORD) as service:
        at = spot()
        await agreed(service, at, 5, review_by=await soon(service))
        await until_then()
        await stated(service, POLDA, at, 2)


async def test_a_proposal_that_nobody_decides_lapses_after_an_hour(fresh: Settings):
    async with running(fresh, PASSWORD) as service:
        at = spot()
        waits = await proposed(service, POLDA, at, 4)
        assert await later(service, minutes=59) == 0
        assert await later(service, minutes=61) == 1
        now = await read(service, CHIEF, waits["id"], PROPOSALS)
        assert (now["status"], now["ended_at"]) == ("lapsed", waits["expires_at"])
        refused(await decide(service, CHIEF, waits), 409, "conflict")
        happened = await actions(service, KPU, waits["id"], PROPOSALS)
        assert happened == ["threat_level.proposed", "threat_level.proposal_lapsed"]
        assert (await effective(service, KPU, at))["level"] is None


async def test_a_proposal_past_its_time_is_decided_by_nobody_though_the_clock_stands(fresh: Settings):
    quick = fresh.model_copy(update={**STOPPED, "approval_minutes": MOMENT / 60})
    async with running(quick, PASSWORD) as service:
        at = spot()
        await soon(service)
        waits = await proposed(service, POLDA, at, 4)
        await until_then()
        refused(await decide(service, CHIEF, waits), 409, "conflict")
        refused(await decide(service, CHIEF, waits, "decline"), 409, "conflict")
        refused(await withdraw(service, POLDA, waits), 409, "conflict")
        assert (await read(service, CHIEF, waits["id"], PROPOSALS))["status"] == "lapsed"
        again = await proposed(service, CHIEF, at, 4)
        assert again["id"] != waits["id"]
        happened = await actions(service, POLDA, waits["id"], PROPOSALS)
        assert happened[-1] == "threat_level.proposal_lapsed"


async def test_what_was_proposed_until_a_time_that_has_passed_is_not_approved(fresh: Settings):
    async with running(fresh, PASSWORD) as service:
        waits = await proposed(service, POLDA, spot(), 4, review_by=await soon(service))
        await until_then()
        refused(await decide(service, CHIEF, waits), 409, "conflict")


async def test_several_clocks_write_a_lapse_once(fresh: Settings):
    async with running(fresh, PASSWORD) as service, running(fresh, PASSWORD) as other:
        clocks = (service, service) if fresh.database.startswith("sqlite") else (service, other)
        for _ in range(12):
            await stated(service, POLDA, spot(), 2, review_by=hours(1))
        size = await ledger_size(service)
        ended = await asyncio.gather(*(later(each, hours=2) for each in clocks * 3))
        assert sum(ended) == 12
        assert await ledger_size(service) == size + 12


async def test_the_clock_of_the_service_runs_by_itself(fresh: Settings):
    async with running(fresh.model_copy(update={"clock_seconds": 0.05}), PASSWORD) as service:
        made = await stated(service, POLDA, spot(), 2, review_by=await soon(service))
        for _ in range(100):
            await asyncio.sleep(0.1)
            if (await actions(service, KPU, made["id"]))[-1] == "threat_level.lapsed":
                return
        raise AssertionError("nothing lapsed")
