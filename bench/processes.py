"""The service as processes on loopback, started as an operator starts it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).parents[1]
START_SECONDS = 120
STOP_SECONDS = 20


def free_port() -> int:
    """A port of loopback that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int, process: "subprocess.Popen[bytes] | None" = None) -> None:
    """Wait until somebody listens."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process and process.poll() is not None:
            raise RuntimeError(f"the service ended at once, with status {process.returncode}")
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise TimeoutError(f"nobody listens on port {port}")


@contextmanager
def serving(directory: Path, url: str, password: str, workers: int, module: str = "app") -> Iterator[int]:
    """The port of a service with its data in a directory (and in a database, if a URL is given)."""
    port = free_port()
    environment = {
        **os.environ,  # noqa: TID251 - what the child needs besides our settings
        "SIAGA_DATA_DIR": str(directory),
        "SIAGA_DATABASE_URL": url,
        "SIAGA_DEMO_PASSWORD": password,
        "SIAGA_PORT": str(port),
        "SIAGA_RATE_LIMIT_FACTOR": "0",
        "SIAGA_WORKERS": str(workers),
    }
    with (directory / "service.log").open("wb") as log:
        command = [sys.executable, "-m", module, "serve"]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)  # noqa: S603 - our own
    try:
        wait_for(port, process)
        time.sleep(1)  # all workers, not only the first
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
