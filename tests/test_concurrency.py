"""Many at once, over HTTP, against real servers: two workers on PostgreSQL, one process on SQLite."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from app.settings import Settings
from tests.support.servers import ROOT, serving
from tests.support.service import incident

PASSWORD = "for-tests-only-" * 2
CREATES = 200


def workers(settings: Settings) -> int:
    return 1 if settings.database.startswith("sqlite") else 2


@asynccontextmanager
async def signed_in(url: str, account: str, connections: int = 32) -> AsyncIterator[httpx.AsyncClient]:
    limits = httpx.Limits(max_connections=connections)
    async with httpx.AsyncClient(base_url=url, limits=limits, timeout=60) as client:
        form = {"grant_type": "password", "username": account, "password": PASSWORD}
        token = (await client.post("/oauth2/token", data=form)).json()["access_token"]
        client.headers["Authorization"] = f"Bearer {token}"
        yield client


async def entries(client: httpx.AsyncClient, cursor: str | None) -> tuple[list[dict[str, Any]], str | None]:
    """All pages from a cursor on, and the cursor of the last full page."""
    found: list[dict[str, Any]] = []
    while True:
        query = {"limit": "200"} | ({"cursor": cursor} if cursor else {})
        page = (await client.get("/api/v1/ledger/entries", params=query)).json()
        found += page["items"]
        if page["next"] is None:
            return found, cursor
        cursor = page["next"]


async def test_two_hundred_at_once_leave_no_gap_and_a_reader_misses_nothing(fresh: Settings):
    with serving(fresh, PASSWORD, workers=workers(fresh)) as server:
        async with (
            signed_in(server.url, "operator.polda-banten") as writer,
            signed_in(server.url, "auditor.polda-banten") as reader,
        ):
            before = (await writer.get("/api/v1/ledger/head")).json()["size"]
            done = asyncio.Event()
            seen: list[int] = []

            async def poll() -> None:
                """Read on and on; remember each position the first time it shows, in the order shown."""
                cursor: str | None = None
                while True:
                    last_round = done.is_set()
                    page, cursor = await entries(reader, cursor)
                    known = set(seen)
                    seen.extend(entry["position"] for entry in page if entry["position"] not in known)
                    if last_round:
                        return

            polling = asyncio.create_task(poll())
            answers = await asyncio.gather(
                *(
                    writer.post("/api/v1/incidents", json=incident(title=f"Laporan {number}"))
                    for number in range(CREATES)
                )
            )
            done.set()
            await polling
            assert {answer.status_code for answer in answers} == {201}
            assert len({answer.json()["reference"] for answer in answers}) == CREATES
            positions = sorted(int(answer.headers["siaga-ledger-position"]) for answer in answers)
            assert positions == list(range(before, before + CREATES))
            assert seen == sorted(seen)
            assert [position for position in seen if position >= before] == positions


async def test_of_fifty_changes_to_one_version_exactly_one_is_made(fresh: Settings):
    with serving(fresh, PASSWORD, workers=workers(fresh)) as server:
        async with signed_in(server.url, "operator.polda-banten", connections=50) as client:
            made = (await client.post("/api/v1/incidents", json=incident())).json()
            path = f"/api/v1/incidents/{made['id']}"
            size = (await client.get("/api/v1/ledger/head")).json()["size"]
            answers = await asyncio.gather(
                *(
                    client.patch(path, json={"injured_count": number}, headers={"If-Match": '"1"'})
                    for number in range(1, 51)
                )
            )
            assert sorted(answer.status_code for answer in answers) == [200] + [412] * 49
            kept = next(answer.json() for answer in answers if answer.status_code == 200)
            assert (await client.get(path)).json() == kept
            assert (await client.get("/api/v1/ledger/head")).json()["size"] == size + 1


async def test_one_key_sent_many_times_at_once_has_one_effect(fresh: Settings):
    with serving(fresh, PASSWORD, workers=workers(fresh)) as server:
        async with signed_in(server.url, "operator.polda-banten") as client:
            body, key = incident(title="Sekali saja"), {"Idempotency-Key": "sekali"}
            answers = await asyncio.gather(
                *(client.post("/api/v1/incidents", json=body, headers=key) for _ in range(60))
            )
            assert {answer.status_code for answer in answers} <= {201, 409}
            made = {answer.json()["id"] for answer in answers if answer.status_code == 201}
            assert len(made) == 1
            found = (await client.get("/api/v1/incidents", params={"text": "Sekali saja"})).json()["items"]
            assert [each["id"] for each in found] == list(made)


async def test_a_second_process_on_one_sqlite_file_is_refused(fresh: Settings):
    if not fresh.database.startswith("sqlite"):
        return  # PostgreSQL serves as many as one likes: the tests above run two
    with serving(fresh, PASSWORD):
        environment = {
            **os.environ,  # noqa: TID251 - what the child needs besides our settings
            "SIAGA_DATA_DIR": str(fresh.data_dir),
            "SIAGA_DATABASE_URL": fresh.database,
            "SIAGA_PORT": "0",
        }
        second = await asyncio.to_thread(
            subprocess.run,
            [sys.executable, "-m", "app", "serve"],
            cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert second.returncode == 1
        assert "SQLite allows one" in second.stderr
        assert "Traceback" not in second.stderr
