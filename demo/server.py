"""A SIAGA of the demo's own: a child process on a free port; its empty database goes when it ends."""

import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).parent.parent
START_SECONDS = 60.0
STOP_SECONDS = 20.0
LOG_LINES = 15


class NotServing(Exception):  # noqa: N818 - a state, not a fault of the caller
    """The server did not start, or ended; the message holds its last words."""


@dataclass(frozen=True)
class Server:
    """The running child, where it answers, and the password of all its demo accounts."""

    process: subprocess.Popen[bytes]
    url: str
    password: str
    log: Path

    def check(self) -> None:
        """Raise NotServing where the child has ended."""
        if self.process.poll() is not None:
            last = "\n".join(self.log.read_text("utf-8", "replace").splitlines()[-LOG_LINES:])
            raise NotServing(f"The server ended with status {self.process.returncode}.\n{last}")


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def environment(data_dir: Path, port: int, url: str, password: str) -> dict[str, str]:
    """What the child inherits: none of the caller's settings, so the demo never touches a real database."""
    inherited = {
        name: value
        for name, value in os.environ.items()  # noqa: TID251 - what a child needs besides our settings
        if not name.startswith("SIAGA_")
    }
    return inherited | {
        "SIAGA_DATA_DIR": str(data_dir),
        "SIAGA_DEMO_PASSWORD": password,
        "SIAGA_HOST": "127.0.0.1",
        "SIAGA_PORT": str(port),
        "SIAGA_PUBLIC_URL": url,
    }


@contextmanager
def serving() -> Iterator[Server]:
    """A server until the block ends, however it ends."""
    with tempfile.TemporaryDirectory(prefix="siaga-demo-", ignore_cleanup_errors=True) as directory:
        log, port, password = Path(directory) / "server.log", free_port(), secrets.token_urlsafe(12)
        url = f"http://127.0.0.1:{port}"
        with log.open("wb") as output:
            # A session of its own: Ctrl-C at the terminal reaches the demo, and the demo ends the server.
            process = subprocess.Popen(
                [sys.executable, "-m", "app", "serve"], cwd=ROOT, start_new_session=True,
                env=environment(Path(directory), port, url, password), stdout=output, stderr=output,
            )  # fmt: skip
        try:
            server = Server(process, url, password, log)
            wait_until_ready(server)
            yield server
        finally:
            stop(process)


def wait_until_ready(server: Server) -> None:
    """Return once the server says that it can work."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        server.check()
        try:
            if httpx.get(f"{server.url}/readyz", trust_env=False).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise NotServing(f"The server was not ready within {START_SECONDS:.0f} seconds.")


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the child: politely, then for certain."""
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
