"""What the client for partners does with a service that is busy, hangs or is gone: it waits, and it ends."""

import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest
from siaga_client import clients
from siaga_client.clients import Client
from siaga_client.flows import ATTEMPTS, Session
from siaga_client.problems import Problem, SnapshotRequired
from siaga_client.watching import watched


class Busy(ThreadingHTTPServer):
    """Refuses so often before it answers, and notes when it was asked and with which key."""

    daemon_threads = True

    def __init__(self, refusals, status=503, retry_after="0"):
        super().__init__(("127.0.0.1", 0), Answers)
        self.refusals, self.status, self.retry_after = refusals, status, retry_after
        self.asked, self.keys = [], set()


class Answers(BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.asked.append(time.monotonic())
        self.server.keys.add(self.headers["Idempotency-Key"])
        if len(self.server.asked) <= self.server.refusals:
            self.send_response(self.server.status)
            self.send_header("Retry-After", self.server.retry_after)
        else:
            self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    do_GET = do_POST  # noqa: N815 - named by the base class

    def log_message(self, *_):
        """Says nothing."""


@contextmanager
def busy(*how):
    with Busy(*how) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        session = Session(f"http://127.0.0.1:{server.server_port}", {}, token="x", until=float("inf"))
        with httpx.Client() as http:
            yield server, Client(session, http)
        server.shutdown()


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_service_is_asked_again_not_before_it_says(status):
    with busy(1, status, "2") as (server, client):
        assert client.request("POST", "/api/v1/incidents", json={}).status_code == 200
        first, second = server.asked
        assert 2.0 <= second - first < 10.0
        assert len(server.keys) == 1


def test_it_ends_after_six_attempts_with_what_the_service_said(monkeypatch):
    paused = []
    monkeypatch.setattr(clients.time, "sleep", paused.append)
    with busy(99) as (server, client):
        with pytest.raises(Problem, match="503") as refused:
            client.request("GET", "/api/v1/incidents")
        assert refused.value.status == 503
        assert len(server.asked) == ATTEMPTS == 6
    assert len(paused) == 5
    assert paused == sorted(paused)


def test_a_pause_is_a_minute_at_most_whatever_is_said(monkeypatch):
    paused = []
    monkeypatch.setattr(clients.time, "sleep", paused.append)
    with busy(2, 503, "86400") as (_, client):
        client.request("GET", "/")
    assert paused == [60.0, 60.0]


def test_a_service_that_is_gone_is_told_after_as_many_attempts(monkeypatch):
    paused = []
    monkeypatch.setattr(clients.time, "sleep", paused.append)
    with busy(0) as (server, client):
        server.server_close()
        with pytest.raises(httpx.ConnectError):
            client.request("GET", "/")
    assert len(paused) == 5


def test_waiting_for_changes_outlasts_the_time_that_the_service_may_wait():
    seen = []

    def answer(asked):
        seen.append((asked.headers["Prefer"], asked.extensions["timeout"]["read"]))
        return httpx.Response(200, json={"items": [], "next": "c", "more": False})

    with httpx.Client(transport=httpx.MockTransport(answer), timeout=1) as http:
        next(Client(Session("http://siaga.test", {}, "x", float("inf")), http).changes("c"))
    assert seen == [("wait=30", 60.0)]


CUT_OFF = """retry: 2000
id: a

event: changed
data: {"id": 1}

event: gone
data: {"id": 2}
id: b

event: changed
data: {"id": "cut"""
REST = """event: changed
data: {"id": "\u2028"}
id: c

: nothing new
id: d

"""


def goodbye(reason):
    return f'event: goodbye\ndata: {{"reason": "{reason}"}}\n\n'


def test_watching_goes_on_after_the_last_event_and_ends_where_waiting_does_not_help(monkeypatch):
    monkeypatch.setattr(clients.time, "sleep", lambda _: None)
    pieces = iter(
        (CUT_OFF, REST + goodbye("unauthenticated"), goodbye("shutdown"), goodbye("snapshot-required"))
    )
    asked, signed_in = [], []

    def answer(request):
        if request.url.path == "/oauth2/token":
            signed_in.append(len(asked))
            return httpx.Response(200, json={"access_token": "y", "expires_in": 900})
        asked.append(request.headers.get("Last-Event-ID"))
        return httpx.Response(200, text=next(pieces))

    with httpx.Client(transport=httpx.MockTransport(answer)) as http:
        client = Client(Session("http://siaga.test", {}, "x", float("inf")), http)
        told = watched(client)
        seen = [next(told)["id"] for _ in range(3)]
        with pytest.raises(SnapshotRequired):
            next(told)
    assert seen == [1, 2, "\u2028"]
    assert asked == [None, "b", "d", "d"]
    assert signed_in == [2]
