"""Units with a strength, deployments of them, and times at which nothing else is planned."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import httpx

from tests.support.calls import OPERATOR, REASON, get, post
from tests.support.service import Service

DEPLOYMENTS = "/api/v1/deployments"
STRENGTHS = "/api/v1/unit-strengths"
SUMMARY = "/api/v1/deployment-strength"
UNIT = "polres-serang"  # of Polda Banten
TROOPS = "kodim-0602-serang"  # of Korem 064
KOREM = "operator.korem-064"
PLENTY = 1_000


def _weeks() -> Iterator[datetime]:
    """Each week once, so that tests that share a service do not fill each other's windows."""
    return (datetime(2030, 1, 7, tzinfo=UTC) + timedelta(weeks=each) for each in count())


WEEKS = _weeks()


def written(time: datetime) -> str:
    return time.isoformat().replace("+00:00", "Z")


def window(start: datetime | None = None, *, days: float = 3) -> dict[str, str]:
    """From a moment on, or in a week that nothing else uses."""
    begin = start or next(WEEKS)
    return {"starts_at": written(begin), "ends_at": written(begin + timedelta(days=days))}


def deployment(**changes: Any) -> dict[str, Any]:
    """A sound deployment of a unit of Polda Banten; each test says only what matters to it."""
    return {
        "home_unit": UNIT,
        "role": "pam_tps",
        "strength_planned": 10,
        "region_code": "36.04",
        **window(),
        **changes,
    }


def statement(strength: int = PLENTY, **changes: Any) -> dict[str, Any]:
    return {
        "strength": strength,
        "source": "Daftar susunan personel (fiktif)",
        "as_of": "2024-11-20",
        "region_code": "36.04",
        **changes,
    }


def strength_of(unit: str, part: str = "") -> str:
    return f"/api/v1/units/{unit}/strength{part}"


def at(made: dict[str, Any], part: str = "") -> str:
    """Where a deployment, or a part of it, is."""
    return f"{DEPLOYMENTS}/{made['id']}{part}"


async def state(
    service: Service, account: str, unit: str, strength: int = PLENTY, **changes: Any
) -> httpx.Response:
    client = await service.client(account)
    return await client.put(strength_of(unit), json=statement(strength, **changes))


async def stated(service: Service, account: str = OPERATOR, unit: str = UNIT, region: str = "36.04") -> None:
    """The unit has plenty, if its strength was not stated before."""
    if (await get(service, account, strength_of(unit))).status_code == 404:
        answer = await state(service, account, unit, region_code=region)
        assert answer.status_code == 200, answer.text


async def request(service: Service, account: str, **changes: Any) -> httpx.Response:
    return await post(service, account, DEPLOYMENTS, deployment(**changes))


async def deploy(service: Service, account: str = OPERATOR, **changes: Any) -> dict[str, Any]:
    """A deployment as the service answers it."""
    body = deployment(**changes)
    await stated(service, account, body["home_unit"])
    answer = await post(service, account, DEPLOYMENTS, body)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def step(
    service: Service, account: str, made: dict[str, Any], *ways: str, **more: Any
) -> httpx.Response:
    """One step after another; what else is given goes with the last."""
    for to in ways[:-1]:
        answer = await post(service, account, at(made, "/steps"), {"to": to, "reason": REASON})
        assert answer.status_code == 200, answer.text
    return await post(service, account, at(made, "/steps"), {"to": ways[-1], "reason": REASON, **more})


ARRIVES = ("committed", "mobilizing", "en_route", "on_scene")


async def arrived(service: Service, account: str = OPERATOR, **changes: Any) -> dict[str, Any]:
    """A deployment whose personnel have just come."""
    made = await deploy(service, account, **changes)
    answer = await step(service, account, made, *ARRIVES)
    assert answer.status_code == 200, answer.text
    return answer.json()


def position(**changes: Any) -> dict[str, Any]:
    """A sound check-in."""
    return {"geometry": {"type": "Point", "coordinates": [106.28, -6.14]}, **changes}


async def check_in(
    service: Service, account: str, made: dict[str, Any], headers: dict[str, str] | None = None, **said: Any
) -> httpx.Response:
    return await post(service, account, at(made, "/check-ins"), position(**said), **(headers or {}))


async def change(service: Service, account: str, made: dict[str, Any], **values: Any) -> httpx.Response:
    """A merge patch on the version at hand."""
    client = await service.client(account)
    return await client.patch(at(made), json=values, headers={"If-Match": f'"{made["version"]}"'})


async def now(service: Service, account: str, made: dict[str, Any]) -> dict[str, Any]:
    answer = await get(service, account, at(made))
    assert answer.status_code == 200, answer.text
    return answer.json()
