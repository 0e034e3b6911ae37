"""Requests for assistance between agencies, as tests make and answer them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from tests.support.calls import OPERATOR, REASON, get, post
from tests.support.deployments import WEEKS, stated, written
from tests.support.service import Service

ASSISTANCE = "/api/v1/assistance-requests"
KOREM = "operator.korem-064"
KODIM = "kodim-0602-serang"  # of Korem 064
METRO = "operator.polda-metro-jaya"
METRO_UNIT = "polres-tangerang-selatan"  # of Polda Metro Jaya
REGIONS = {KOREM: "36.04", METRO: "36.74", OPERATOR: "36.04"}
UNITS = {KOREM: KODIM, METRO: METRO_UNIT, OPERATOR: "polres-serang"}


def request(**changes: Any) -> dict[str, Any]:
    """A sound request of Polda Banten to Korem 064 and Polda Metro Jaya, in a week that nothing else uses."""
    begin = changes.pop("begin", None) or next(WEEKS)
    return {
        "kind": "crowd_control",
        "quantity": 60,
        "bases": ["tni_polri_agreement"],
        "addressed": ["korem-064", "polda-metro-jaya"],
        "region_code": "36.04",
        "starts_at": written(begin),
        "ends_at": written(begin + timedelta(days=3)),
        "answer_by": written(begin - timedelta(days=1)),
        **changes,
    }


def long_ago() -> datetime:
    """A week whose deadline for answers is over."""
    return datetime(2024, 11, 25, tzinfo=UTC)


def at(made: dict[str, Any], part: str = "") -> str:
    """Where a request, or a part of it, is."""
    return f"{ASSISTANCE}/{made['id']}{part}"


async def asked(service: Service, account: str = OPERATOR, **changes: Any) -> dict[str, Any]:
    """A request as the service answers it."""
    answer = await post(service, account, ASSISTANCE, request(**changes))
    assert answer.status_code == 201, answer.text
    return answer.json()


async def answer(
    service: Service, account: str, made: dict[str, Any], kind: str, **said: Any
) -> httpx.Response:
    """An answer; who sends personnel has plenty of them."""
    if "quantity" in said and account in UNITS:
        said = {"home_unit": UNITS[account], **said}
        await stated(service, account, said["home_unit"], REGIONS[account])
    return await post(service, account, at(made, "/answers"), {"kind": kind, **said})


async def answered(
    service: Service, account: str, made: dict[str, Any], kind: str, **said: Any
) -> dict[str, Any]:
    """The same, as the service answers it."""
    got = await answer(service, account, made, kind, **said)
    assert got.status_code == 201, got.text
    return got.json()


async def decide(service: Service, account: str, given: dict[str, Any], to: str) -> httpx.Response:
    """A step of an answer."""
    path = f"{ASSISTANCE}/{given['assistance_request_id']}/answers/{given['id']}/steps"
    return await post(service, account, path, {"to": to, "reason": REASON})


async def current(service: Service, made: dict[str, Any], account: str = OPERATOR) -> dict[str, Any]:
    """The request as it stands now."""
    got = await get(service, account, at(made))
    assert got.status_code == 200, got.text
    return got.json()


async def counts(service: Service, made: dict[str, Any], account: str = OPERATOR) -> tuple[int, ...]:
    """Accepted, left, present, returned."""
    now = await current(service, made, account)
    return tuple(now[f"{name}_count"] for name in ("accepted", "left", "present", "returned"))


async def change(
    service: Service, account: str, made: dict[str, Any], version: int | None = None, **values: Any
) -> httpx.Response:
    """A merge patch on the version at hand."""
    version = version or (await current(service, made))["version"]
    client = await service.client(account)
    return await client.patch(at(made), json=values, headers={"If-Match": f'"{version}"'})
