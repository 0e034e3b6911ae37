"""Threat levels as tests state them, each at a place of its own, so that none meets another's."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any

import httpx

from tests.support.calls import get, post
from tests.support.service import Service

LEVELS = "/api/v1/threat-levels"
PROPOSALS = f"{LEVELS}/proposals"
POLDA, CHIEF, CHIEF2 = "operator.polda-banten", "commander.polda-banten", "commander2.polda-banten"
KPU, BAWASLU = "operator.kpu-banten", "operator.bawaslu-banten"
WHY = "Dinilai dari laporan lapangan (fiktif)."
REFERENCE = Path(__file__).parents[2] / "app" / "reference"
NEAR = ("36.01.", "36.02.", "36.04.")  # Polda Banten, KPU, Bawaslu, Korem 064 and the province cover these
FAR = ("36.03.0", "36.03.18.", "36.03.19.", "36.72.", "36.73.")  # these are Polda Banten's too


@dataclass(frozen=True)
class Spot:
    """A place and a category."""

    region: str
    category: str

    @property
    def url(self) -> str:
        return f"{LEVELS}/{self.region}/{self.category}"

    @property
    def within(self) -> str:
        """A village of it."""
        return next(code for code in codes("villages_36.csv") if code.startswith(self.region))


@cache
def codes(name: str, within: tuple[str, ...] = NEAR) -> list[str]:
    """The regions in a file of reference data that the agencies of most tests cover."""
    lines = (line for line in (REFERENCE / name).read_text("utf-8").splitlines() if not line.startswith("#"))
    return [row["code"] for row in csv.DictReader(lines) if row["code"].startswith(within)]


def places(name: str, *within: str) -> Iterator[str]:
    """The regions of a file that lie in these regencies."""
    return iter([each for each in codes(name) if each.startswith(within)])


# More villages than the tests use up on both databases together.
VILLAGES: dict[str, Iterator[str]] = defaultdict(lambda: cycle(places("villages_36.csv", "36.01.", "36.02.")))
TOWNS: Iterator[str] = cycle(places("regions.csv", "36.04."))


def spot(category: str = "logistics") -> Spot:
    """A village for which nobody has stated anything of this category, nor for a region above it."""
    return Spot(next(VILLAGES[category]), category)


def town() -> Spot:
    """The same for a kecamatan, which has villages within it."""
    return Spot(next(TOWNS), "logistics")


ASIDE = cycle(
    Spot(region, category)
    for category in ("cyber", "disinformation", "logistics", "mass_unrest", "terrorism")
    for region in codes("villages_36.csv", FAR)
)


def aside() -> Spot:
    """A place for a level or a proposal of Polda Banten that only has to be there; there are plenty."""
    return next(ASIDE)


def hours(count: float) -> str:
    """So many hours from now."""
    return (datetime.now(UTC) + timedelta(hours=count)).isoformat()


def statement(level: int, **more: Any) -> dict[str, Any]:
    return {"level": level, "rationale": WHY, **more}


async def state(service: Service, account: str, at: Spot, level: int, **more: Any) -> httpx.Response:
    body = statement(level, **{"region_code": at.region, "category": at.category, **more})
    return await post(service, account, LEVELS, body)


async def stated(service: Service, account: str, at: Spot, level: int, **more: Any) -> dict[str, Any]:
    answer = await state(service, account, at, level, **more)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def sync(service: Service, account: str, at: Spot, level: int, **more: Any) -> httpx.Response:
    return await (await service.client(account)).put(at.url, json=statement(level, **more))


async def proposed(service: Service, account: str, at: Spot, level: int, **more: Any) -> dict[str, Any]:
    answer = await state(service, account, at, level, **more)
    assert answer.status_code == 202, answer.text
    return answer.json()


async def decide(
    service: Service, account: str, proposal: dict[str, Any], decision: str = "approve", **headers: str
) -> httpx.Response:
    body = {"decision": decision, "reason": WHY}
    return await post(service, account, f"{PROPOSALS}/{proposal['id']}/decision", body, **headers)


async def withdraw(service: Service, account: str, record: dict[str, Any], **headers: str) -> httpx.Response:
    """Take back a statement or a proposal."""
    where = PROPOSALS if record["record_type"] == "threat_level_proposal" else LEVELS
    return await post(service, account, f"{where}/{record['id']}/withdrawal", {"reason": WHY}, **headers)


async def agreed(service: Service, at: Spot, level: int, **more: Any) -> dict[str, Any]:
    """A high level of Polda Banten that two accounts stand for."""
    proposal = await proposed(service, POLDA, at, level, **more)
    answer = await decide(service, CHIEF, proposal)
    assert answer.status_code == 200, answer.text
    return await read(service, CHIEF, answer.json()["threat_level_id"])


async def read(service: Service, account: str, identity: str, of: str = LEVELS) -> dict[str, Any]:
    answer = await get(service, account, f"{of}/{identity}")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def effective(
    service: Service, account: str, at: Spot, region: str | None = None, **query: Any
) -> dict[str, Any]:
    answer = await get(service, account, f"{LEVELS}/{region or at.region}/{at.category}", **query)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def actions(service: Service, account: str, identity: str, of: str = LEVELS) -> list[str]:
    """What happened to a statement or a proposal, oldest first."""
    answer = await get(service, account, f"{of}/{identity}/history")
    assert answer.status_code == 200, answer.text
    return [each["action"] for each in answer.json()["items"]]
