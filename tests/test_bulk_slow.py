"""A bulk whose body comes slowly: it is let go in time, and its place is another's."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from app.routers import bundles
from tests.support.bulk import BULK, keyed, ndjson, outcomes, send
from tests.support.calls import OPERATOR, ledger_size, refused
from tests.support.service import Service


async def slowly(sent: bytes, *, ends: bool) -> AsyncIterator[bytes]:
    for octet in sent:
        yield bytes([octet])
        await asyncio.sleep(0)
    if not ends:
        await asyncio.Event().wait()


@pytest.mark.parametrize("what", BULK)
async def test_who_does_not_come_to_an_end_is_let_go(
    service: Service, monkeypatch: pytest.MonkeyPatch, what: str
):
    monkeypatch.setattr(bundles, "READ_SECONDS", 0.5)
    size, client = await ledger_size(service), await service.client(OPERATOR)
    headers = {"Content-Type": "application/x-ndjson"}
    answer = await client.post(BULK[what], content=slowly(b'{"title":', ends=False), headers=headers)
    refused(answer, 408, "request-timeout")
    assert "fewer items" in answer.json()["detail"]
    assert answer.headers["connection"] == "close"
    assert await ledger_size(service) == size


async def test_who_is_only_slow_is_served(service: Service):
    body = ndjson([keyed()]).encode()
    headers = {"Content-Type": "application/x-ndjson"}
    client = await service.client(OPERATOR)
    answer = await client.post(BULK["incidents"], content=slowly(body, ends=True), headers=headers)
    assert outcomes(answer) == [(201, "created")]


async def test_a_place_that_was_held_is_free_again(service: Service, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bundles, "READ_SECONDS", 0.5)
    monkeypatch.setattr(bundles, "WAIT_SECONDS", 20.0)
    client, headers = await service.client(OPERATOR), {"Content-Type": "application/json"}
    hanging = asyncio.create_task(
        client.post(BULK["incidents"], content=slowly(b"[", ends=False), headers=headers)
    )
    await asyncio.sleep(0.1)
    monkeypatch.setattr(bundles, "READ_SECONDS", 60)
    assert outcomes(await send(service, OPERATOR, "incidents", [keyed()])) == [(201, "created")]
    assert (await hanging).status_code == 408
