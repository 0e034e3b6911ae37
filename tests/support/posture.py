"""Posture plans for tests."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from app import clock
from tests.support.calls import get, post
from tests.support.service import Service
from tests.support.threats import POLDA, Spot, aside, stated

PLANS = "/api/v1/posture-plans"
ACTIVATIONS = "/api/v1/posture-activations"
COMMANDER = "commander.polda-banten"
WHY = "Perintah lisan (fiktif)."
AT = Spot("36.04", "mass_unrest")


def measure(**changes: Any) -> dict[str, Any]:
    return {
        "kind": "deployment", "home_unit": "polres-serang", "role": "dalmas", "strength_planned": 1,
        "hours": 24, **changes,
    }  # fmt: skip


def call(**changes: Any) -> dict[str, Any]:
    """A call for personnel of Korem 064."""
    return {
        "kind": "assistance", "assistance_kind": "crowd_control", "quantity": 40,
        "bases": ["tni_polri_agreement"], "addressed": ["korem-064"], "hours": 48, "answer_in_hours": 3,
        **changes,
    }  # fmt: skip


def patrol(plan_id: str, **changes: Any) -> dict[str, Any]:
    return {"kind": "patrol", "patrol_plan_id": plan_id, **changes}


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


async def decide(
    service: Service, activation: dict[str, Any], number: int, account: str = COMMANDER, **body: Any
) -> httpx.Response:
    """A decision on a draft: to carry it out, if nothing else is said."""
    body = {"decision": "carry_out", "reason": WHY, **body}
    return await post(service, account, f"{ACTIVATIONS}/{activation['id']}/drafts/{number}/decision", body)


async def activated(service: Service) -> tuple[dict[str, Any], dict[str, Any]]:
    """A plan of its own and what a level made of it: one draft, which moves nothing."""
    at = aside()
    notice = [{"kind": "notification", "text": "Piket siaga (fiktif)."}]
    made = await prepared(service, region_code=at.region, category=at.category, level=1, measures=notice)
    await stated(service, POLDA, at, 1)
    await tick(service)
    [activation] = [each for each in await drafted(service) if each["plan_id"] == made["id"]]
    return made, activation
