"""The relay to NATS JetStream: how fast an agency that was away is told, by a server on this machine."""

import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nats.aio.client import Client

from app.database import Database
from app.services.news import News
from app.services.relaying import Relay
from app.settings import Settings
from bench.processes import free_port, wait_for

AGENCY, STREAM, PASSWORD = "polda-banten", "SIAGA", "bench-only"


def catch_up(url: str) -> float:
    """Messages per second that are kept, for one agency from the first entry on, in one process."""
    with tempfile.TemporaryDirectory(prefix="siaga-nats-") as name, _server(Path(name)) as port:
        settings = Settings(database_url=url, nats=_file(Path(name), port))
        return asyncio.run(_relay(settings, f"nats://127.0.0.1:{port}"))


async def _relay(settings: Settings, server: str) -> float:
    client = Client()
    await client.connect(server, user=AGENCY, password=PASSWORD)
    await client.jetstream().add_stream(name=STREAM, subjects=[f"siaga.{AGENCY}.>"])
    database = Database(settings.database)
    news = News(database)
    relay = Relay(database, news, settings)
    line = relay.lines[0]
    line.position, size = 0, await news.size()
    begin = time.perf_counter()
    while line.position < size:
        await relay.turn(line)
    taken = time.perf_counter() - begin
    count = (await client.jetstream().stream_info(STREAM)).state.messages
    await line.sender.close()
    await client.close()
    await database.close()
    return count / taken


def _file(directory: Path, port: int) -> Path:
    (directory / "password").write_text(PASSWORD, "utf-8")
    line = {
        "agency": AGENCY,
        "account": f"integration.{AGENCY}",
        "servers": [f"nats://127.0.0.1:{port}"],
        "user": AGENCY,
        "password_file": "password",
    }
    path = directory / "relays.json"
    path.write_text(json.dumps({"agency": [line]}), "utf-8")
    return path


@contextmanager
def _server(directory: Path) -> Iterator[int]:
    port = free_port()
    users = [{"user": AGENCY, "password": PASSWORD}]
    told = {
        "listen": f"127.0.0.1:{port}",
        "jetstream": {"store_dir": str(directory / "jetstream")},
        "accounts": {AGENCY: {"jetstream": "enabled", "users": users}},
    }
    (directory / "server.conf").write_text(json.dumps(told), "utf-8")
    program = Path(sys.executable).with_name("nats-server")
    process = subprocess.Popen(  # noqa: S603 - the server of our own environment
        [program, "-c", directory / "server.conf"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(20)
