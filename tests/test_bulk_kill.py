"""Killed in the middle of a bulk: nothing is half done, and sending it again makes each item exactly once."""

import asyncio
import random
from collections import Counter
from typing import Any

import httpx
import pytest
from sqlmodel import select

from app.database import Database
from app.models.incidents import IncidentRow
from app.settings import Settings
from tests.support.bulk import BULK, keyed
from tests.support.calls import OPERATOR
from tests.support.servers import serving
from tests.support.tampering import verified
from tests.test_concurrency import PASSWORD, signed_in, workers
from tests.test_kill import whole

PATH = BULK["incidents"]
SEED = 20241127
MANY, MOST_AT_ONCE = 2_000, 1_000


async def sent(client: httpx.AsyncClient, items: list[Any], **query: str) -> httpx.Response:
    header = {"Idempotency-Key": items[0]["external_id"]}
    return await client.post(PATH, json=items, params=query, headers=header, timeout=300)


async def held(settings: Settings, items: list[Any]) -> int:
    """How many of the items are there; none is there twice, and none is other than it was sent."""
    database = Database(settings.database)
    async with database.session() as session:
        rows = (await session.exec(select(IncidentRow))).all()
    await database.close()
    by_key = {each["external_id"]: each for each in items}
    found = Counter(row.external_id for row in rows if row.external_id in by_key)
    assert set(found.values()) <= {1}
    assert all(
        row.version == 1 and row.title == by_key[row.external_id]["title"]
        for row in rows
        if row.external_id in found
    )
    return len(found)


async def size(client: httpx.AsyncClient) -> int:
    return int((await client.get("/api/v1/ledger/head")).json()["size"])


async def killed(settings: Settings, items: list[Any], grown: int, seconds: float, **query: str) -> bool:
    """Send a bulk, kill the server once so many entries came of it and so much later: was it cut off?"""
    with serving(settings, PASSWORD, workers=workers(settings)) as server:
        async with signed_in(server.url, OPERATOR) as client:
            begin = await size(client)
            bulk = asyncio.create_task(sent(client, items, **query))
            while grown and not bulk.done() and await size(client) < begin + grown:
                pass
            await asyncio.wait((bulk,), timeout=seconds)
            server.kill()
            try:
                return not (await bulk).is_success
            except httpx.TransportError:
                return True


async def made_whole(settings: Settings, items: list[Any], there: int, **query: str) -> None:
    """Sent again after a restart, and once more: each item is there exactly once, with one answer."""
    with serving(settings, PASSWORD, workers=workers(settings)) as server:
        async with signed_in(server.url, OPERATOR) as client:
            answer = await sent(client, items, **query)
            assert answer.status_code == 200, answer.text
            if "idempotency-replayed" not in answer.headers:
                told = Counter(each["outcome"] for each in answer.json()["items"])
                assert (told["unchanged"], told["created"]) == (there, len(items) - there)
            again = await sent(client, items, **query)
            assert again.content == answer.content
            assert again.headers["idempotency-replayed"] == "true"
    assert await held(settings, items) == len(items)
    await whole(settings)
    assert list((await verified(settings)).findings) == []


async def test_killed_in_a_bulk_of_thousands_sending_it_again_completes_it(fresh: Settings):
    items = [keyed(title=f"Kotak suara {number}") for number in range(MANY)]
    assert await killed(fresh, items, 300, 0)
    await whole(fresh)
    there = await held(fresh, items)
    assert 300 <= there < MANY
    await made_whole(fresh, items, there)


async def test_killed_in_all_or_nothing_there_is_all_or_nothing(fresh: Settings):
    chance = random.Random(SEED)  # noqa: S311 - when to kill
    cut_off = []
    for number, seconds in enumerate((0.1, chance.uniform(0.5, 3))):
        items = [keyed(title=f"Kotak suara {number}") for _ in range(MOST_AT_ONCE)]
        cut_off.append(await killed(fresh, items, 0, seconds, mode="all_or_nothing"))
        await whole(fresh)
        there = await held(fresh, items)
        assert there in {0, MOST_AT_ONCE}
    assert cut_off[0]
    await made_whole(fresh, items, there, mode="all_or_nothing")


@pytest.mark.parametrize("mode", ["all_or_nothing", "best_effort"])
async def test_killed_in_a_dry_run_there_is_nothing(fresh: Settings, mode: str):
    items = [keyed() for _ in range(MOST_AT_ONCE)]
    assert await killed(fresh, items, 0, 0.1, mode=mode, dry_run="true")
    await whole(fresh)
    assert await held(fresh, items) == 0
