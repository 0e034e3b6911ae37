"""Starts the workers: each listens on a socket of its own, so that the kernel shares out connections."""

import multiprocessing
import signal
import socket
import sys
import time
from contextlib import suppress
from multiprocessing.context import SpawnProcess
from types import FrameType

import uvicorn
from fastapi import FastAPI

from app.main import create_app
from app.settings import Settings

GRACE_SECONDS = 10
QUICK_SECONDS = 3.0  # a worker that ends so soon would end again
SPAWN = multiprocessing.get_context("spawn")


def serve(settings: Settings) -> int:
    """Serve until told to stop; several workers are started anew where one ends by itself."""
    if settings.workers == 1:
        run_worker(settings)
        return 0
    return _supervise(settings)


def check(settings: Settings) -> None:
    """Raise where these settings cannot be served, before anything is prepared."""
    if settings.workers > 1 and settings.database.startswith("sqlite"):
        raise RuntimeError("SQLite allows one worker: set SIAGA_WORKERS=1, or use PostgreSQL.")
    _listen(settings).close()


class Worker(uvicorn.Server):
    """A server that lets go those who follow before it waits for its connections to end."""

    def __init__(self, config: uvicorn.Config, app: FastAPI) -> None:
        super().__init__(config)
        self._app = app

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End in order."""
        self._app.state.feed.news.end()
        await super().shutdown(sockets)


def run_worker(settings: Settings) -> None:
    """One worker, in this process."""
    app = create_app(settings)
    config = uvicorn.Config(
        app,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # who calls is what the socket says, or a proxy that the settings trust
        timeout_graceful_shutdown=GRACE_SECONDS,
        timeout_keep_alive=65,
    )
    with suppress(KeyboardInterrupt):  # uvicorn has shut down in order and passes the signal on
        Worker(config, app).run(sockets=[_listen(settings)])


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if settings.workers > 1:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    listening.bind((settings.host, settings.port))
    listening.listen(2048)
    return listening


def _start(settings: Settings) -> SpawnProcess:
    worker = SPAWN.Process(target=run_worker, args=(settings,))
    worker.start()
    return worker


def _supervise(settings: Settings) -> int:
    """Keep the wanted number of workers running; SIGTERM and SIGINT go on to all of them."""
    workers = [_start(settings) for _ in range(settings.workers)]
    started = dict.fromkeys(range(settings.workers), time.monotonic())
    status: int | None = None

    def stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal status
        status = status or 0
        for worker in workers:
            worker.terminate()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while status is None:
        for place, worker in enumerate(workers):
            worker.join(0.2)
            if worker.is_alive() or status is not None:
                continue
            if time.monotonic() - started[place] < QUICK_SECONDS:
                print(f"siaga: a worker could not start (exit {worker.exitcode})", file=sys.stderr)
                status = 1
                stop(signal.SIGTERM, None)
                break
            print(f"siaga: worker {worker.pid} ended; starting another", file=sys.stderr)
            workers[place], started[place] = _start(settings), time.monotonic()
    for worker in workers:
        worker.join()
    return status
