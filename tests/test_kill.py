"""Killed under load: what was acknowledged is there, the rest is whole or absent, trying again is safe."""

import asyncio
import os
import random
import signal
from contextlib import suppress
from dataclasses import dataclass, field

import httpx
import psutil
from sqlalchemy import text

from app.database import Database
from app.models import LEDGERED
from app.settings import Settings
from tests.support.servers import Server, serving
from tests.support.service import incident
from tests.test_concurrency import PASSWORD, signed_in, workers

ROUNDS = 3
CLIENTS = 8
SEED = 20241127


@dataclass
class Sent:
    """What one client sent, and what came back."""

    acknowledged: dict[str, str] = field(default_factory=dict)  # key → id
    open: list[str] = field(default_factory=list)  # keys without an answer


async def load(url: str, number: int, sent: Sent) -> None:
    """Report and report, each under a key of its own, until the server is gone."""
    async with signed_in(url, "operator.polda-banten", connections=1) as client:
        for count in range(100_000):
            key = f"{number}-{count}-{id(sent)}"
            sent.open.append(key)
            try:
                answer = await client.post(
                    "/api/v1/incidents", json=incident(title=key), headers={"Idempotency-Key": key}
                )
            except httpx.TransportError:
                return
            if answer.status_code == 201:
                sent.open.pop()
                sent.acknowledged[key] = answer.json()["id"]


async def whole(settings: Settings) -> None:
    """Nothing half done: each row has its entry, each entry what it says, and the head counts them all."""
    database = Database(settings.database)
    async with database.reading.connect() as connection:

        async def count(query: str) -> int:
            return int((await connection.execute(text(query))).scalar_one())

        for table in LEDGERED:
            name = table.__tablename__
            orphans = f"""SELECT count(*) FROM {name} AS t WHERE NOT EXISTS (SELECT 1 FROM ledger AS l
                WHERE l.id = t.entry_id AND l.subject_id = t.id AND l.version = t.version)"""
            assert await count(orphans) == 0, name
            unheard = f"""SELECT count(*) FROM ledger AS l WHERE l.subject_type = '{name}'
                AND NOT EXISTS (SELECT 1 FROM {name} AS t WHERE t.id = l.subject_id)"""
            assert await count(unheard) == 0, name
        size = await count("SELECT size FROM ledger_head")
        assert await count("SELECT count(*) FROM ledger") == size
        assert await count("SELECT max(position) + 1 FROM ledger") == size
        assert await count("SELECT count(*) FROM ledger_disclosure") == size
    await database.close()


async def test_killed_under_load_nothing_acknowledged_is_lost_and_nothing_is_half_done(fresh: Settings):
    chance = random.Random(SEED)  # noqa: S311 - when to kill
    for _ in range(ROUNDS):
        everything = [Sent() for _ in range(CLIENTS)]
        with serving(fresh, PASSWORD, workers=workers(fresh)) as server:
            loading = [asyncio.create_task(load(server.url, n, sent)) for n, sent in enumerate(everything)]
            await asyncio.sleep(chance.uniform(1.0, 2.5))
            server.kill()
            await asyncio.gather(*loading, return_exceptions=True)
        assert any(sent.acknowledged for sent in everything)
        await whole(fresh)
        with serving(fresh, PASSWORD, workers=workers(fresh)) as server:
            async with signed_in(server.url, "operator.polda-banten") as client:
                for sent in everything:
                    await check(client, sent)
        await whole(fresh)


async def check(client: httpx.AsyncClient, sent: Sent) -> None:
    """Each acknowledged report is there once; each open one is there once after trying again."""
    for key in sent.open:
        answer = await client.post(
            "/api/v1/incidents", json=incident(title=key), headers={"Idempotency-Key": key}
        )
        assert answer.status_code == 201
        sent.acknowledged[key] = answer.json()["id"]
    for key, made in list(sent.acknowledged.items())[-25:]:
        found = (await client.get("/api/v1/incidents", params={"text": key})).json()["items"]
        assert [each["id"] for each in found] == [made]


def worker_ids(server: Server) -> set[int]:
    """The worker processes that live; one that was killed is a zombie until the supervisor has seen it."""
    found = set()
    for child in psutil.Process(server.process.pid).children():
        with suppress(psutil.Error):
            if child.status() != psutil.STATUS_ZOMBIE and "spawn_main" in str(child.cmdline()):
                found.add(child.pid)
    return found


async def test_one_killed_worker_is_replaced_and_the_service_goes_on(fresh: Settings):
    if fresh.database.startswith("sqlite"):
        return  # there is one process, and the test above kills it
    with serving(fresh, PASSWORD, workers=2) as server:
        await asyncio.sleep(3.5)  # a worker that ends sooner counts as one that cannot start
        before = worker_ids(server)
        killed = min(before)
        os.kill(killed, signal.SIGKILL)
        async with httpx.AsyncClient(base_url=server.url, timeout=10) as client:
            for _ in range(200):
                now = worker_ids(server)
                with suppress(httpx.TransportError):
                    alive = (await client.get("/livez")).status_code == 200
                    if alive and len(now) == len(before) and killed not in now:
                        return
                await asyncio.sleep(0.1)
        raise AssertionError("the worker was not replaced")
