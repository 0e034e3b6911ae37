"""A server process of one's own, for tests that kill it or need several workers."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from app.settings import Settings

ROOT = Path(__file__).parents[2]
START_SECONDS = 120


@dataclass
class Server:
    """A process that serves, and where."""

    process: subprocess.Popen[bytes]
    url: str

    def kill(self) -> None:
        """Kill -9 the process and its workers, which share its group."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(settings: Settings, password: str, *, workers: int = 1) -> Iterator[Server]:
    """`python -m app serve` on loopback, until the block ends."""
    port = free_port()
    environment = {
        **os.environ,  # noqa: TID251 - what the child needs besides our settings
        "SIAGA_DATA_DIR": str(settings.data_dir),
        "SIAGA_DATABASE_URL": settings.database,
        "SIAGA_DEMO_PASSWORD": password,
        "SIAGA_PORT": str(port),
        "SIAGA_PUBLIC_URL": settings.public_url,  # one issuer for all that share the database
        "SIAGA_SIGN_IN_TRIES": str(settings.sign_in_tries),
        "SIAGA_RATE_LIMIT_FACTOR": str(settings.rate_limit_factor),
        "SIAGA_WORKERS": str(workers),
        "SIAGA_WEBHOOK_TARGETS": json.dumps(settings.webhook_targets),
        "SIAGA_WITNESS_SECONDS": str(settings.witness_seconds),
        **({"SIAGA_WITNESSES": str(settings.witnesses)} if settings.witnesses else {}),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "app", "serve"], cwd=ROOT, env=environment, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    server = Server(process, f"http://127.0.0.1:{port}")
    try:
        wait_until_live(server)
        yield server
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()


def wait_until_live(server: Server) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        assert server.process.poll() is None, "the server ended at once"
        try:
            if httpx.get(f"{server.url}/livez").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise TimeoutError("the server did not come up")
