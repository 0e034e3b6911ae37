"""The situation as tests ask for it, and the lists that it is compared with."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from app.domain.lifecycle import ENDING_STEPS, IncidentStatus
from tests.support import assistance as helping
from tests.support import elections as voting
from tests.support import patrols as rounds
from tests.support.calls import INCIDENTS, get, walk
from tests.support.deployments import window
from tests.support.posture import ACTIVATIONS
from tests.support.service import Service
from tests.support.threats import LEVELS

SITUATION = "/api/v1/situation"
KPU = "liaison.kpu-banten"
OPEN = [each for each in IncidentStatus if each not in ENDING_STEPS]


def today() -> dict[str, str]:
    """A window in which this moment lies."""
    return window(datetime.now(UTC) - timedelta(hours=1), days=1)


def meets(one: str, other: str) -> bool:
    """Whether one of two regions lies within the other."""
    return f"{one}.".startswith(f"{other}.") or f"{other}.".startswith(f"{one}.")


async def listed(service: Service, account: str, path: str, **asked: Any) -> list[dict[str, Any]]:
    """All that a list shows to an account."""
    return [each for page in await walk(service, account, path, limit=200, **asked) for each in page]


class Watch:
    """One who asks again and again for a region, and is told whether anything is new."""

    def __init__(self, client: httpx.AsyncClient, region: str) -> None:
        self._client = client
        self._region = region
        self._tag = ""
        self.told: dict[str, Any] = {}

    async def news(self) -> bool:
        """Whether anything else is told than at the last time, by the tag, which the content bears out."""
        headers = {"If-None-Match": self._tag}
        answer = await self._client.get(SITUATION, params={"region": self._region}, headers=headers)
        is_new = answer.status_code == 200
        assert is_new == (answer.headers["etag"] != self._tag)
        self._tag = answer.headers["etag"]
        assert not is_new or answer.json() != self.told
        self.told = answer.json() if is_new else self.told
        return is_new


async def parts_listed(service: Service, account: str, region: str, now: datetime) -> dict[str, Any]:
    """Some parts of the situation from the lists, one record after another."""
    return {
        "acknowledgements": _first_of(await _silent(service, account, region, now), "due_at"),
        "assistance": await _asked_for(service, account, region),
        "elections": await _ahead(service, account, region, now),
        "patrols": _first_of(await _late_stops(service, account, region), "overdue_at"),
        "posture": await _drafts(service, account, region),
        "readiness": await _ordered(service, account, region, now),
    }


def _first_of(found: list[tuple[str, dict[str, Any]]], by: str) -> dict[str, Any]:
    found.sort(key=lambda each: (each[1][by], each[0]))
    return {"overdue": len(found), "items": [shown for _, shown in found[:10]]}


async def _silent(
    service: Service, account: str, region: str, now: datetime
) -> list[tuple[str, dict[str, Any]]]:
    waited = []
    levels = await listed(service, account, LEVELS, status="in_force")
    records = [
        (INCIDENTS, each) for each in await listed(service, account, INCIDENTS, region=region, status=OPEN)
    ]
    records += [(LEVELS, each) for each in levels if f"{each['region_code']}.".startswith(f"{region}.")]
    for root, record in records:
        named = {name: record[name] for name in ("reference", "region_code")}
        for each in await listed(service, account, f"{root}/{record['id']}/acknowledgements"):
            is_silent = each["status"] in {"waiting", "overdue", "escalated"}
            if is_silent and datetime.fromisoformat(each["due_at"]) <= now:
                shown = {name: each[name] for name in ("record_type", "record_id", "agency", "due_at")}
                waited.append((each["id"], {**named, **shown}))
    return waited


async def _late_stops(service: Service, account: str, region: str) -> list[tuple[str, dict[str, Any]]]:
    found = []
    for each in await listed(service, account, rounds.OVERDUE, region=region):
        patrol = (await get(service, account, rounds.at({"id": each["patrol_id"]}))).json()
        site, place = each["site_id"], each["region_code"]
        if site:
            place = (await get(service, account, f"/api/v1/sites/{site}")).json()["region_code"]
        same = {name: each[name] for name in ("patrol_id", "number", "site_id", "overdue_at")}
        shown = {**same, "stop_id": each["id"], "reference": patrol["reference"], "region_code": place}
        found.append((each["id"], shown))
    return found


async def _asked_for(service: Service, account: str, region: str) -> dict[str, Any]:
    found = await listed(service, account, helping.ASSISTANCE, region=region, status="open")

    def summed(of: list[dict[str, Any]]) -> dict[str, int]:
        late, left = (sum(each[name] for each in of) for name in ("overdue", "left_count"))
        return {"requests": len(of), "overdue": late, "left_count": left}

    items = [
        {"priority": each, **summed([one for one in found if one["priority"] == each])}
        for each in ("amat_segera", "segera", "biasa")
    ]
    return {**summed(found), "items": [each for each in items if each["requests"]]}


async def _ahead(service: Service, account: str, region: str, now: datetime) -> dict[str, Any]:
    path = "/api/v1/elections/current"
    told = (await get(service, account, path, region=region, at=now.isoformat())).json()
    shown = ("reference", "kind", "year", "round", "name", "region_code", "voting_on")
    items = [
        {
            "election_id": each["election"]["id"],
            **{name: each["election"][name] for name in shown},
            **{name: each[name] for name in ("days_to_voting", "stage")},
        }
        for each in told["items"]
    ]
    return {"days_to_voting": told["days_to_voting"], "items": items}


async def _drafts(service: Service, account: str, region: str) -> dict[str, Any]:
    found = await listed(service, account, ACTIVATIONS, status="open")
    found = [each for each in found if meets(each["region_code"], region)]
    found.sort(key=lambda each: (-each["level"], each["id"]))
    shown = ("reference", "region_code", "category", "level", "plan_name")
    items = [
        {
            "activation_id": each["id"],
            **{name: each[name] for name in shown},
            "waiting": sum(one["state"] == "waiting" for one in each["drafts"]),
        }
        for each in found[:10]
    ]
    return {"activations": len(found), "items": items}


async def _ordered(service: Service, account: str, region: str, now: datetime) -> dict[str, Any]:
    def holds(each: dict[str, Any]) -> bool:
        begins, *ends = (each[name] for name in ("valid_from", "valid_until", "ended_at"))
        is_over = any(end and datetime.fromisoformat(end) <= now for end in ends)
        return datetime.fromisoformat(begins) <= now and not is_over

    found = [
        each for each in await listed(service, account, voting.ORDERS) if meets(each["region_code"], region)
    ]
    counted = Counter((each["owner_agency"], each["level"]) for each in found if holds(each))
    items = [
        {"agency": agency, "level": level, "orders": number}
        for (agency, level), number in sorted(counted.items())
    ]
    return {"orders": counted.total(), "items": items}
