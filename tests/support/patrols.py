"""Patrols, as tests plan, start and record them."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import httpx

from app.domain.patrols import Weekday
from tests.support.calls import OPERATOR, REASON, get, post
from tests.support.service import Service
from tests.support.sites import KRAGILAN

PLANS = "/api/v1/patrol-plans"
PATROLS = "/api/v1/patrols"
OVERDUE = "/api/v1/overdue-patrol-stops"
COVERAGE = "/api/v1/patrol-coverage"
POINT = {"type": "Point", "coordinates": [106.28, -6.14]}
NUMBERS = count(1)
WIB = timedelta(hours=7)


def place(minute: int = 0, **changes: Any) -> dict[str, Any]:
    """A stop at a place that is no site."""
    return {"minute": minute, "name": f"Pasar {next(NUMBERS)} (fiktif)", "geometry": POINT, **changes}


def plan(**changes: Any) -> dict[str, Any]:
    """A sound plan of three stops on every day; each test says only what matters to it."""
    return {
        "name": f"Patroli {next(NUMBERS)} (fiktif)",
        "unit": "polres-serang",
        "region_code": KRAGILAN,
        "weekdays": [str(day) for day in Weekday],
        "start_time": "20:00",
        "stops": [place(0), place(30), place(60)],
        **changes,
    }


def at(made: dict[str, Any], part: str = "") -> str:
    """Where a patrol, or a part of it, is."""
    return f"{PATROLS}/{made['id']}{part}"


def plan_at(made: dict[str, Any], part: str = "") -> str:
    """Where a plan, or a part of it, is."""
    return f"{PLANS}/{made['id']}{part}"


async def created(answer: httpx.Response) -> dict[str, Any]:
    """What a call that makes something answers."""
    assert answer.is_success, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def planned(service: Service, account: str = OPERATOR, **changes: Any) -> dict[str, Any]:
    """A plan as the service answers it."""
    return await created(await post(service, account, PLANS, plan(**changes)))


async def run_of(
    service: Service, of: dict[str, Any], account: str = OPERATOR, days_ago: int = 1, **changes: Any
) -> dict[str, Any]:
    """A patrol of a plan, of some day in the past or to come on the clock of Banten."""
    day = (datetime.now(UTC) + WIB - timedelta(days=days_ago)).date()
    body = {"on_date": str(day), **changes}
    return await created(await post(service, account, plan_at(of, "/patrols"), body))


async def step(service: Service, made: dict[str, Any], to: str, **said: Any) -> httpx.Response:
    """The next status of a patrol."""
    return await post(service, OPERATOR, at(made, "/steps"), {"to": to, "reason": REASON, **said})


async def started(
    service: Service, account: str = OPERATOR, days_ago: int = 1, **changes: Any
) -> dict[str, Any]:
    """A patrol that set out when it was planned to, or just now."""
    made = await run_of(service, await planned(service, account, **changes), account, days_ago)
    set_out = min(made["starts_at"], datetime.now(UTC).isoformat())
    return await created(await step(service, made, "under_way", at=set_out))


async def stops_of(service: Service, made: dict[str, Any], account: str = OPERATOR) -> list[dict[str, Any]]:
    """The stops of a patrol as they stand now."""
    items: list[dict[str, Any]] = (await get(service, account, at(made, "/stops"))).json()["items"]
    return items


async def visit(
    service: Service, stop: dict[str, Any], account: str = OPERATOR, **said: Any
) -> httpx.Response:
    """A visit of a stop."""
    where = f"{PATROLS}/{stop['patrol_id']}/stops/{stop['id']}/visit"
    return await post(service, account, where, {"geometry": POINT, **said})


async def skip(
    service: Service, stop: dict[str, Any], account: str = OPERATOR, **said: Any
) -> httpx.Response:
    """A stop that is passed over."""
    where = f"{PATROLS}/{stop['patrol_id']}/stops/{stop['id']}/skip"
    return await post(service, account, where, {"reason": REASON, **said})
