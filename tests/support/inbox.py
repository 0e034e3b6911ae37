"""The inbox as a test reads it: whole, however much other tests left in it."""

from typing import Any

from tests.support.calls import get
from tests.support.service import Service


async def waiting(service: Service, account: str) -> list[dict[str, Any]]:
    """All that waits for an account."""
    found: list[dict[str, Any]] = []
    cursor: dict[str, str] = {}
    while True:
        page = (await get(service, account, "/api/v1/inbox", limit=200, **cursor)).json()
        found += page["items"]
        if page["next"] is None:
            return found
        cursor = {"cursor": page["next"]}
