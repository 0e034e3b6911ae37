"""Sites to be watched, as tests register and judge them."""

from itertools import count
from typing import Any

import httpx

from tests.support.calls import OPERATOR, get, post
from tests.support.service import Service

SITES = "/api/v1/sites"
PATTERNS = "/api/v1/guard-patterns"
COVERAGE = "/api/v1/coverage"
UNGUARDED = f"{COVERAGE}/unguarded-sites"
OPERATION = "mantap-praja-maung-2024"
WHY = "Kunjungan lapangan (fiktif)."
KRAGILAN = "36.04.11"
NUMBERS = count(1)


def site(**changes: Any) -> dict[str, Any]:
    """A sound polling station; each test says only what matters to it."""
    name = f"TPS {next(NUMBERS):03} Kragilan (fiktif)"
    return {"kind": "polling_station", "name": name, "region_code": KRAGILAN, **changes}


def at(made: dict[str, Any], part: str = "") -> str:
    """Where a site, or a part of it, is."""
    return f"{SITES}/{made['id']}{part}"


async def registered(service: Service, account: str = OPERATOR, **changes: Any) -> dict[str, Any]:
    """A site as the service answers it."""
    answer = await post(service, account, SITES, site(**changes))
    assert answer.status_code == 201, answer.text
    return answer.json()


def pattern(**changes: Any) -> dict[str, Any]:
    """A sound guard pattern: two police for twelve polling stations with two Linmas each."""
    return {
        "operation": OPERATION,
        "region_code": "36.04",
        "risk": "kurang_rawan",
        "police_count": 2,
        "site_count": 12,
        "linmas_count": 24,
        "source": "Rencana operasi (fiktif)",
        "as_of": "2024-11-01",
        **changes,
    }


async def pattern_set(service: Service, account: str = OPERATOR, **changes: Any) -> dict[str, Any]:
    """A guard pattern as the service answers it."""
    answer = await post(service, account, PATTERNS, pattern(**changes))
    assert answer.status_code == 201, answer.text
    return answer.json()


async def assess(
    service: Service, account: str, made: dict[str, Any], headers: dict[str, str] | None = None, **said: Any
) -> httpx.Response:
    """A judgement of a site."""
    body = {"rationale": WHY, **said}
    return await post(service, account, at(made, "/assessments"), body, **(headers or {}))


async def current(service: Service, made: dict[str, Any], account: str = OPERATOR) -> dict[str, Any]:
    """The site as it stands now."""
    return (await get(service, account, at(made))).json()


async def change(
    service: Service, account: str, made: dict[str, Any], version: int | None = None, **values: Any
) -> httpx.Response:
    """A merge patch on the version at hand."""
    client = await service.client(account)
    match = {"If-Match": f'"{version or made["version"]}"'}
    return await client.patch(at(made), json=values, headers=match)
