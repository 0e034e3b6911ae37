"""The least that the server program can do: a bare ASGI answer, by as many workers as the service has."""

import multiprocessing
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import uvicorn

from bench.processes import free_port, wait_for

BODIES = {"/": b'{"hello":"siaga"}', "/21k": b'{"hello":"' + b"s" * 20_988 + b'"}'}


async def hello(scope: dict[str, Any], _receive: Any, send: Any) -> None:
    """Answer with a body that is ready."""
    body = BODIES[scope["path"]]
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def run_worker(port: int) -> None:
    """One worker, with the settings of the service's own."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    listening.bind(("127.0.0.1", port))
    listening.listen(2048)
    config = uvicorn.Config(hello, access_log=False, server_header=False, lifespan="off", log_level="warning")
    with suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listening])


@contextmanager
def serving_hello(workers: int) -> Iterator[int]:
    """The port of a bare server, until the block ends."""
    port = free_port()
    spawn = multiprocessing.get_context("spawn")
    processes = [spawn.Process(target=run_worker, args=(port,), daemon=True) for _ in range(workers)]
    for each in processes:
        each.start()
    try:
        wait_for(port)
        time.sleep(0.5)  # all workers, not only the first
        yield port
    finally:
        for each in processes:
            each.terminate()
            each.join(5)
