"""Who follows the changes: pages, snapshots, and a mirror that obeys them."""

import json
from typing import Any

import httpx

from tests.support.calls import get
from tests.support.service import Service

CHANGES, SNAPSHOT, STREAM = "/api/v1/changes", "/api/v1/snapshot", "/api/v1/stream"


async def page(service: Service, account: str, **query: Any) -> dict[str, Any]:
    answer = await get(service, account, CHANGES, **query)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def tip(service: Service, account: str, **query: Any) -> str:
    """The cursor of who has been told everything."""
    return taken(await get(service, account, SNAPSHOT, **query))[1]


async def since(service: Service, account: str, after: str | None, **query: Any) -> list[dict[str, Any]]:
    """All changes after a cursor, page by page."""
    found: list[dict[str, Any]] = []
    while True:
        asked = {**query, "after": after} if after else query
        told = await page(service, account, **asked)
        found += told["items"]
        after = told["next"]
        if not told["more"]:
            return found


def taken(answer: httpx.Response) -> tuple[list[dict[str, Any]], str]:
    """The records of a snapshot, and its cursor."""
    assert answer.status_code == 200, answer.text
    first, *lines, last = [json.loads(line) for line in answer.text.splitlines()]
    assert first["format"] == "siaga-snapshot/v1"
    assert last["end"] is True
    assert first["count"] == last["count"] == len(lines)
    return lines, last["next"]


def brief(items: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """What happened to which record."""
    return [(each["change"], each["id"]) for each in items]
