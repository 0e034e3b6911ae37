"""One who listens to the stream of a real server, and what it was told."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from tests.conftest import PASSWORD
from tests.support.feeds import STREAM


@dataclass
class Event:
    """An event as a browser would hand it on; `id` is the last one that was seen."""

    name: str
    data: dict[str, Any]
    id: str | None


class Listening:
    """Reads events as the HTML standard has it."""

    def __init__(self, answer: httpx.Response) -> None:
        self.answer = answer
        self.last_id: str | None = None
        self._lines = answer.aiter_lines()

    async def raw(self) -> list[str]:
        """The lines of the next block."""
        block = []
        async for line in self._lines:
            if not line:
                return block
            block.append(line)
        raise EOFError

    async def event(self, seconds: float = 15) -> Event:
        """The next event with data."""
        async with asyncio.timeout(seconds):
            while True:
                name, data = "message", ""
                for line in await self.raw():
                    field, _, value = line.partition(": ")
                    if field == "event":
                        name = value
                    elif field == "data":
                        data += value
                    elif field == "id":
                        self.last_id = value
                if data:
                    return Event(name, json.loads(data), self.last_id)


@asynccontextmanager
async def signed_in(url: str, account: str) -> AsyncIterator[httpx.AsyncClient]:
    """A client of a demo account that keeps as many connections as one wants."""
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(base_url=url, timeout=30, limits=limits) as client:
        form = {"grant_type": "password", "username": account, "password": PASSWORD}
        token = (await client.post("/oauth2/token", data=form)).json()["access_token"]
        client.headers["Authorization"] = f"Bearer {token}"
        yield client


@asynccontextmanager
async def listening(
    client: httpx.AsyncClient, last: str | None = None, **query: Any
) -> AsyncIterator[Listening]:
    """A stream that has begun: whatever is committed from here on comes."""
    headers = {"Last-Event-ID": last} if last else {}
    async with client.stream("GET", STREAM, params=query, headers=headers) as answer:
        assert answer.status_code == 200, await answer.aread()
        assert answer.headers["content-type"].startswith("text/event-stream")
        there = Listening(answer)
        assert (await there.raw())[0] == "retry: 2000"
        yield there
