"""Many records in one request, as tests send them."""

import json
from itertools import count
from typing import Any

import httpx

from tests.support.service import Service, incident
from tests.support.threats import WHY, Spot, spot

BULK = {
    "incidents": "/api/v1/incidents/bulk",
    "deployments": "/api/v1/deployments/bulk",
    "sites": "/api/v1/sites/bulk",
    "threat-levels": "/api/v1/threat-levels/bulk",
}
NUMBERS = count(1)


def key() -> dict[str, str]:
    """A key that no other test uses."""
    return {"external_source": "bulk-uji", "external_id": f"LP/{next(NUMBERS)}"}


def keyed(**changes: Any) -> dict[str, Any]:
    """A sound report with a key of its own."""
    return incident(**{**key(), **changes})


def level(at: Spot | None = None, value: int = 2, **more: Any) -> dict[str, Any]:
    at = at or spot()
    return {"region_code": at.region, "category": at.category, "level": value, "rationale": WHY, **more}


async def send(
    service: Service, account: str, what: str, items: Any, headers: dict[str, str] | None = None, **query: Any
) -> httpx.Response:
    """Items as a JSON array."""
    client = await service.client(account)
    return await client.post(BULK[what], json=items, params=query, headers=headers)


async def send_text(
    service: Service, account: str, what: str, text: str | bytes, kind: str, **query: Any
) -> httpx.Response:
    """A body as it stands."""
    headers = {"Content-Type": kind, **query.pop("headers", {})}
    content = text if isinstance(text, bytes) else text.encode()
    return await (await service.client(account)).post(
        BULK[what], content=content, params=query, headers=headers
    )


def ndjson(items: list[Any]) -> str:
    return "".join(json.dumps(each) + "\n" for each in items)


def outcomes(answer: httpx.Response) -> list[tuple[int, str]]:
    """Status and outcome of each item."""
    assert answer.status_code == 200, answer.text
    return [(each["status"], each["outcome"]) for each in answer.json()["items"]]
