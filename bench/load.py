"""The load generator: keep-alive connections in a process of its own, each sends when it has its answer."""

import gc
import random
import selectors
import socket
import time
from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from bench.requests import Caller, Request
from bench.traffic import sources

CHUNK = 262_144
HEAD_END = b"\r\n\r\n"
LENGTH = b"\r\ncontent-length:"
STATUS = slice(9, 12)
PATIENCE_SECONDS = 10.0
SUCCESS, NOT_MODIFIED = 2, 304


@dataclass(frozen=True, slots=True)
class Plan:
    """What to send, where, for how long; with `requests`, end after so many instead."""

    port: int
    traffic: str
    callers: tuple[Caller, ...] = ()
    connections: int = 32
    seconds: float = 2.0
    warm_up: float = 0.3
    requests: int | None = None
    seed: int = 0


@dataclass(slots=True)
class Outcome:
    """What came back: how often, how fast (seconds), with which status."""

    seconds: float = 0.0
    count: int = 0
    cpu_seconds: float = 0.0  # of the generator itself
    octets: int = 0
    latencies: dict[str, "array[float]"] = field(default_factory=dict)
    statuses: Counter[int] = field(default_factory=Counter)
    errors: int = 0  # neither a success nor 304, or a connection that ended; those of the warm-up too

    @property
    def rate(self) -> float:
        """Requests per second."""
        return self.count / self.seconds


class Connection:
    """One keep-alive connection with one request in flight."""

    __slots__ = ("_head", "_missing", "_requests", "_status", "kind", "socket", "started")

    def __init__(self, port: int, requests: Iterator[Request]) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._requests = requests
        self._missing = 0
        self._head = b""
        self._status = 0
        self.kind = ""
        self.started = 0.0

    def send(self) -> None:
        """Send the next request, which always fits the socket's buffer."""
        self.kind, octets = next(self._requests)
        self.started = time.perf_counter()
        self.socket.sendall(octets)

    def receive(self) -> tuple[int, int] | None:
        """Status and size, once the answer is complete; status 0 where the server hung up."""
        try:
            data = self.socket.recv(CHUNK)
        except ConnectionError:
            data = b""
        if not data:
            return 0, 0
        if self._missing:
            self._missing -= len(data)
            return None if self._missing else (self._status, len(data))
        if self._head:
            data = self._head + data
        end = data.find(HEAD_END)
        if end < 0:
            self._head = data
            return None
        self._head = b""
        self._status = int(data[STATUS])
        at = data.find(LENGTH, 0, end)  # our servers write names of headers in lower case
        length = int(data[at + len(LENGTH) : data.index(b"\r", at + 2)]) if at >= 0 else 0
        self._missing = length - (len(data) - end - len(HEAD_END))
        return None if self._missing else (self._status, len(data))


def run(plan: Plan) -> Outcome:
    """Play a plan to its end; called in a process of its own."""
    gc.collect()
    gc.disable()  # what a run makes is small and has no circles
    chance = random.Random(plan.seed)
    requests = [sources(plan.traffic, plan.callers, chance, number) for number in range(plan.connections)]
    selector = selectors.DefaultSelector()
    connections = [Connection(plan.port, each) for each in requests]
    try:
        for each in connections:
            selector.register(each.socket, selectors.EVENT_READ, each)
            each.send()
        before = Outcome()
        if plan.requests is None:
            _play(selector, before, time.perf_counter() + plan.warm_up, None)
        outcome = Outcome(errors=before.errors)
        cpu, begin = time.process_time(), time.perf_counter()
        _play(selector, outcome, begin + plan.seconds, plan.requests)
        outcome.seconds = time.perf_counter() - begin
        outcome.cpu_seconds = time.process_time() - cpu
        return outcome
    finally:
        for each in connections:
            each.socket.close()
        selector.close()
        gc.enable()


def _play(selector: selectors.BaseSelector, outcome: Outcome, end: float, most: int | None) -> None:
    now, clock = 0.0, time.perf_counter
    while now < end and (most is None or outcome.count < most):
        ready = selector.select(PATIENCE_SECONDS)
        if not ready:
            raise TimeoutError(f"no answer for {PATIENCE_SECONDS} s")
        for key, _ in ready:
            connection: Connection = key.data
            answer = connection.receive()
            if answer is None:
                continue
            now = clock()
            status, octets = answer
            outcome.statuses[status] += 1
            if status // 100 != SUCCESS and status != NOT_MODIFIED:
                outcome.errors += 1
            if not status:
                selector.unregister(connection.socket)
                continue
            outcome.count += 1
            outcome.octets += octets
            outcome.latencies.setdefault(connection.kind, array("d")).append(now - connection.started)
            connection.send()
