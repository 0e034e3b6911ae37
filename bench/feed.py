"""The change feed: how fast a partner catches up, and how soon a thousand listeners hear of a change."""

import asyncio
import json
import random
import selectors
import socket
import time
from array import array

import asyncpg  # type: ignore[import-untyped]
import httpx

from bench.load import Outcome
from bench.postgresql import PostgreSQL
from bench.requests import get
from bench.service import Running
from bench.traffic import MARKINGS, incident

LISTENERS = 1_000
EVENTS = 10
PAGE = 1_000
PATIENCE_SECONDS = 30.0
ROWS = """
SELECT l.position, r.* FROM ledger l JOIN {table} r ON r.id = l.record_id
WHERE l.record_type = '{table}' AND l.position >= $1 ORDER BY l.position LIMIT {page}
"""


def catch_up(service: Running) -> float:
    """Records per second for one who begins at the first entry, page after page."""
    caller = service.callers[0]
    headers = {"Authorization": f"Bearer {caller.token}"}
    count, after, more = 0, "", True
    with httpx.Client(base_url=f"http://127.0.0.1:{service.port}", timeout=60, headers=headers) as client:
        begin = time.perf_counter()
        while more:
            answer = client.get(f"/api/v1/changes?limit={PAGE}{after and f'&after={after}'}")
            answer.raise_for_status()
            page = json.loads(answer.content)
            count, after, more = count + len(page["items"]), page["next"], page["more"]
        return count / (time.perf_counter() - begin)


def plain_catch_up(server: PostgreSQL, database: str) -> float:
    """Rows per second: the same records by their entries, page after page, by the driver alone."""

    async def read() -> float:
        connection = await asyncpg.connect(host=str(server.socket), user="postgres", database=database)
        count, begin = 0, time.perf_counter()
        for table in ("incident", "deployment"):
            since, found = 0, PAGE
            while found == PAGE:
                rows = await connection.fetch(ROWS.format(table=table, page=PAGE), since)
                found = len(rows)
                count += found
                since = rows[-1]["position"] + 1 if rows else 0
        taken = time.perf_counter() - begin
        await connection.close()
        return count / taken

    return asyncio.run(read())


def fan_out(service: Running) -> Outcome:
    """Many listeners on one worker; from the moment at which a report is sent until each has heard of it."""
    selector = selectors.DefaultSelector()
    streams = [_listen(service, number) for number in range(LISTENERS)]
    outcome = Outcome(latencies={"event": array("d")})
    try:
        for stream in streams:
            selector.register(stream, selectors.EVENT_READ, stream)
        _all(selector, b"retry:")
        writer = service.callers[0]
        headers = {"Authorization": f"Bearer {writer.token}"}
        with httpx.Client(base_url=f"http://127.0.0.1:{service.port}", headers=headers) as client:
            whole = time.perf_counter()
            for _ in range(EVENTS):
                body = incident(random.Random(1), writer.regions[0], MARKINGS[0])
                begin = time.perf_counter()
                client.post("/api/v1/incidents", json=body).raise_for_status()
                for heard in _all(selector, b"event: changed"):
                    outcome.latencies["event"].append(heard - begin)
            outcome.seconds = time.perf_counter() - whole
        outcome.count = EVENTS * LISTENERS
        return outcome
    finally:
        for stream in streams:
            stream.close()
        selector.close()


def _listen(service: Running, number: int) -> socket.socket:
    caller = service.callers[number % len(service.callers)]
    stream = socket.create_connection(("127.0.0.1", service.port), timeout=PATIENCE_SECONDS)
    stream.sendall(get("/api/v1/stream", caller.token))
    return stream


def _all(selector: selectors.BaseSelector, word: bytes) -> list[float]:
    """Wait until each has received something with this word; when each did."""
    missing = {key.fileobj for key in selector.get_map().values()}
    heard = []
    end = time.perf_counter() + PATIENCE_SECONDS
    while missing and time.perf_counter() < end:
        for key, _ in selector.select(1):
            stream: socket.socket = key.data
            if word in stream.recv(262_144) and stream in missing:
                missing.discard(stream)
                heard.append(time.perf_counter())
    if missing:
        raise TimeoutError(f"{len(missing)} listeners heard nothing")
    return heard
