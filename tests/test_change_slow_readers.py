"""Readers who take nothing for a while: they keep what is theirs, and nobody else's place."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from app.routers import streaming
from app.services import fan_out
from tests.support.calls import OPERATOR, get, refused
from tests.support.feeds import SNAPSHOT, STREAM
from tests.support.service import Service, report

KPU, BAWASLU = "operator.kpu-banten", "operator.bawaslu-banten"


class Reader:
    """Takes what comes, or does not."""

    def __init__(self) -> None:
        self.reads, self.some, self.gone = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self.status, self.body = 0, b""
        self.reads.set()

    async def receive(self) -> dict[str, Any]:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        self.status = self.status or message["status"]
        self.body += message.get("body", b"")
        self.some.set()
        await self.reads.wait()

    async def until(self, text: bytes) -> None:
        async with asyncio.timeout(20):
            while text not in self.body:
                self.some.clear()
                await self.some.wait()


@asynccontextmanager
async def reading(service: Service, account: str, path: str, *, reads: bool) -> AsyncIterator[Reader]:
    """A reader of an answer without a known end, once the first of it has come."""
    bearer = (await service.client(account)).headers["authorization"].encode()
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "scheme": "http",
        "method": "GET", "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "",
        "client": ("127.0.0.1", 1), "server": ("siaga.test", 80),
        "headers": [(b"host", b"siaga.test"), (b"authorization", bearer)],
    }  # fmt: skip
    reader = Reader()
    if not reads:
        reader.reads.clear()
    answering = asyncio.create_task(service.app(scope, reader.receive, reader.send))
    try:
        async with asyncio.timeout(20):
            await reader.some.wait()
        yield reader
    finally:
        reader.gone.set()
        reader.reads.set()
        await answering


async def test_an_account_takes_one_snapshot_at_a_time_and_leaves_a_place_to_others(service: Service):
    await report(service, OPERATOR, tlp="GREEN")
    async with reading(service, KPU, SNAPSHOT, reads=False) as reader:
        assert reader.status == 200
        refused(await get(service, KPU, SNAPSHOT), 429, "too-many-requests")
        assert (await get(service, BAWASLU, SNAPSHOT)).status_code == 200
    assert (await get(service, KPU, SNAPSHOT)).status_code == 200


async def test_who_takes_nothing_for_long_is_not_let_go_for_what_says_nothing(
    service: Service, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(fan_out, "MOST_WAITING", 3)
    monkeypatch.setattr(streaming, "KEEP_ALIVE_SECONDS", 0.0)
    monkeypatch.setattr(streaming, "LOOKS_SECONDS", 0.2)  # a look that is answered later is none
    async with reading(service, KPU, STREAM, reads=True) as reader:
        await reader.until(b": nothing new")
        reader.reads.clear()
        await asyncio.sleep(2)  # many looks
        reader.reads.set()
        made = await report(service, OPERATOR, tlp="GREEN")
        await reader.until(made["id"].encode())
    assert b"goodbye" not in reader.body
