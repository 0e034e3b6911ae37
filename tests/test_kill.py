"""Killed under load: what was acknowledged is there, the rest is whole or absent, trying again is safe."""

import asyncio
import os
import random
import signal
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import httpx
import psutil
from sqlalchemy import text
from sqlmodel import select

from app.database import Database
from app.models import LEDGERED
from app.models.incidents import IncidentNoteRow, IncidentRow
from app.settings import Settings
from tests.support.servers import serving
from tests.support.service import incident
from tests.support.waiting import until
from tests.test_concurrency import PASSWORD, signed_in, workers

ROUNDS = 3
CLIENTS = 8
SEED = 20241127
ACCOUNT = "operator.polda-banten"
INCIDENTS = "/api/v1/incidents"
NAMED = {"title", "injured_count", "text"}  # of what was sent, the part that differs


@dataclass
class Sent:
    """One request, and what was answered, if anything was."""

    method: str
    path: str
    body: dict[str, Any]
    headers: dict[str, str]
    told: dict[str, Any] | None = None

    async def by(self, client: httpx.AsyncClient) -> dict[str, Any]:
        answer = await client.request(self.method, self.path, json=self.body, headers=self.headers)
        if answer.status_code == 412:  # a change sent again that had been made: the version has moved on
            answer = await client.get(self.path)
        assert answer.is_success, answer.text
        self.told = answer.json()
        return self.told


def posted(path: str, key: str, body: dict[str, Any]) -> Sent:
    return Sent("POST", path, body, {"Idempotency-Key": key})


def alone(url: str, token: str) -> httpx.AsyncClient:
    """A client with one connection of its own."""
    limits = httpx.Limits(max_connections=1)
    return httpx.AsyncClient(base_url=url, headers={"Authorization": token}, limits=limits, timeout=60)


async def load(url: str, token: str, name: str, everything: list[Sent]) -> None:
    """Report, change, note, and so on, until the server is gone."""
    async with alone(url, token) as client:
        for count in range(100_000):
            key = f"{name}-{count}"
            try:
                everything.append(report := posted(INCIDENTS, key, incident(title=key)))
                path = f"{INCIDENTS}/{(await report.by(client))['id']}"
                everything.append(Sent("PATCH", path, {"injured_count": count + 1}, {"If-Match": '"1"'}))
                await everything[-1].by(client)
                everything.append(posted(f"{path}/notes", key, {"text": key}))
                await everything[-1].by(client)
            except httpx.TransportError:
                return


async def kept(settings: Settings, everything: list[Sent]) -> None:
    """Each acknowledged request has its effect, exactly once; none that was sent has it twice."""
    database = Database(settings.database)
    async with database.session() as session:
        reports = (await session.exec(select(IncidentRow))).all()
        notes = (await session.exec(select(IncidentNoteRow))).all()
    await database.close()
    titles, texts = Counter(row.title for row in reports), Counter(row.text for row in notes)
    assert set(titles.values()) | set(texts.values()) == {1}
    assert {row.version for row in reports} <= {1, 2}
    by_id = {str(row.id): row for row in (*reports, *notes)}
    for sent in everything:
        if sent.told is not None:
            row = by_id[sent.told["id"]]
            assert {name: getattr(row, name) for name in sent.body if name in NAMED} == {
                name: value for name, value in sent.body.items() if name in NAMED
            }


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
    everything: list[Sent] = []
    for number in range(ROUNDS):
        known = len(everything)
        with serving(fresh, PASSWORD, workers=workers(fresh)) as server:
            token = await tried_again(server.url, everything)
            loading = [
                asyncio.create_task(load(server.url, token, f"{number}-{client}", everything))
                for client in range(CLIENTS)
            ]
            await until(lambda known=known: any(sent.told for sent in everything[known:]))
            await asyncio.sleep(chance.uniform(1.0, 2.5))
            server.kill()
            await asyncio.gather(*loading)
        await whole(fresh)
        await kept(fresh, everything)
    with serving(fresh, PASSWORD, workers=workers(fresh)) as server:
        await tried_again(server.url, everything)
    assert all(sent.told for sent in everything)
    await whole(fresh)
    await kept(fresh, everything)


async def tried_again(url: str, everything: list[Sent]) -> str:
    """Send each request once more that was left without an answer; the token it was done with."""
    async with signed_in(url, ACCOUNT) as client:
        for sent in everything:
            if sent.told is None:
                await sent.by(client)
        return client.headers["Authorization"]


async def insist(url: str, token: str, name: str, everything: list[Sent], done: asyncio.Event) -> None:
    """Report and report; where no answer comes, try again with the same key."""
    async with alone(url, token) as client:
        for count in range(100_000):
            if done.is_set():
                return
            everything.append(sent := posted(INCIDENTS, f"{name}-{count}", incident(title=f"{name}-{count}")))
            while sent.told is None:
                try:
                    await sent.by(client)
                except httpx.TransportError:
                    await asyncio.sleep(0.05)


def spawned(supervisor: int) -> set[int]:
    """The workers of a server that are alive."""
    found = set()
    for child in psutil.Process(supervisor).children():
        with suppress(psutil.NoSuchProcess):
            if "spawn_main" in " ".join(child.cmdline()):
                found.add(child.pid)
    return found


async def test_one_killed_worker_is_replaced_and_the_service_goes_on(fresh: Settings):
    if fresh.database.startswith("sqlite"):
        return  # there is one process, and the test above kills it
    everything: list[Sent] = []
    done = asyncio.Event()
    with serving(fresh, PASSWORD, workers=2) as server:
        token = await tried_again(server.url, [])
        loading = [
            asyncio.create_task(insist(server.url, token, str(client), everything, done))
            for client in range(CLIENTS)
        ]
        await asyncio.sleep(4)  # a worker that ends sooner counts as one that cannot start
        before = spawned(server.process.pid)
        assert len(before) == 2
        os.kill(min(before), signal.SIGKILL)
        for _ in range(200):
            await asyncio.sleep(0.1)
            if len(after := spawned(server.process.pid) - {min(before)}) == 2:
                break
        assert len(after) == 2
        assert max(before) in after
        await asyncio.sleep(1)
        done.set()
        await asyncio.gather(*loading)
    await whole(fresh)
    await kept(fresh, everything)
