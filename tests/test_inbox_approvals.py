"""Approvals in the inbox: before every account that may decide, never before the one that proposed."""

from datetime import UTC, datetime, timedelta

from app.clock import tick
from tests.support.service import Service
from tests.support.threats import CHIEF, CHIEF2, POLDA, decide, proposed, spot, withdraw
from tests.test_inbox import items

OTHERS = ("commander.kpu-banten", "commander.polda-metro-jaya", "auditor.polda-banten")


async def test_a_proposal_waits_for_all_who_may_approve_it_and_for_nobody_else(service: Service):
    made = await proposed(service, CHIEF, at := spot("cyber"), 4)
    assert await items(service, CHIEF, made) == []
    for account in (POLDA, *OTHERS):
        assert await items(service, account, made) == [], account
    (item,) = await items(service, CHIEF2, made)
    assert (item["kind"], item["record_type"]) == ("approval", "threat_level_proposal")
    assert (item["agency"], item["role"]) == ("polda-banten", "commander")
    assert item["title"] == f"cyber {at.region} → 4"
    assert item["reference"] == made["reference"]
    assert item["path"] == f"/api/v1/threat-levels/proposals/{made['id']}/decision"


async def test_it_is_gone_once_it_is_decided_withdrawn_or_over(service: Service):
    for decision in ("approve", "decline"):
        made = await proposed(service, POLDA, spot("cyber"), 4)
        assert len(await items(service, CHIEF, made)) == 1
        assert (await decide(service, CHIEF, made, decision)).status_code == 200
        assert await items(service, CHIEF, made) == []
    made = await proposed(service, POLDA, spot("cyber"), 4)
    assert (await withdraw(service, POLDA, made)).status_code == 200
    assert await items(service, CHIEF, made) == []
    made = await proposed(service, POLDA, spot("cyber"), 4)
    assert len(await items(service, CHIEF, made)) == 1
    state = service.app.state
    await tick(state.database, state.lane, datetime.now(UTC) + timedelta(minutes=61))
    assert await items(service, CHIEF, made) == []
