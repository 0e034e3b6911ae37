"""Posture plans for tests."""

from datetime import UTC, datetime, timedelta
from typing import Any

from app import clock
from tests.support.calls import get, post
from tests.support.service import Service
from tests.support.threats import POLDA, aside, stated

PLANS = "/api/v1/posture-plans"
ACTIVATIONS = "/api/v1/posture-activations"
COMMANDER = "commander.polda-banten"


def measure(**changes: Any) -> dict[str, Any]:
    return {
        "kind": "deployment", "home_unit": "polres-serang", "role": "dalmas", "strength_planned": 1,
        "hours": 24, **changes,
    }  # fmt: skip


def plan(**changes: Any) -> dict[str, Any]:
    return {
        "name": "Kesiapan (fiktif)", "region_code": "36.04", "category": "mass_unrest", "level": 3,
        "measures": [measure(), {"kind": "notification", "text": "Piket siaga (fiktif)."}], **changes,
    }  # fmt: skip


async def prepared(service: Service, account: str = COMMANDER, **changes: Any) -> dict[str, Any]:
    answer = await post(service, account, PLANS, plan(**changes))
    assert answer.status_code == 201, answer.text
    return answer.json()


async def tick(service: Service, **later: float) -> int:
    """How many the clock ended or drafted at this moment, or at one to come."""
    state = service.app.state
    return await clock.tick(state.database, state.lane, datetime.now(UTC) + timedelta(**later))


async def drafted(service: Service, account: str = COMMANDER) -> list[dict[str, Any]]:
    return (await get(service, account, ACTIVATIONS)).json()["items"]


async def activated(service: Service) -> tuple[dict[str, Any], dict[str, Any]]:
    """A plan of its own and what a level made of it: one draft, which moves nothing."""
    at = aside()
    notice = [{"kind": "notification", "text": "Piket siaga (fiktif)."}]
    made = await prepared(service, region_code=at.region, category=at.category, level=1, measures=notice)
    await stated(service, POLDA, at, 1)
    await tick(service)
    [activation] = [each for each in await drafted(service) if each["plan_id"] == made["id"]]
    return made, activation
