"""The witness over HTTP, with the standard library only; TLS is the business of a proxy before it."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from siaga_verify.witness import LARGEST_REQUEST, TEXT, Answer, Witness

SECONDS = 10
MOST_AT_ONCE = 32
MONITORED = "/checkpoint"


class Server(ThreadingHTTPServer):
    """A bounded number of requests at once; one that hangs is cut off."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, host: str, port: int, witness: Witness) -> None:
        super().__init__((host, port), Requests)
        self.witness = witness
        self.places = threading.BoundedSemaphore(MOST_AT_ONCE)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Where there is no place the connection is closed."""
        if not self.places.acquire(blocking=False):
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Gives the place back."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self.places.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Who breaks off is no news."""


class Requests(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    server_version = "siaga-verify"
    sys_version = ""
    timeout = SECONDS
    server: Server

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name in the library
        """No address of a caller is written anywhere."""

    def do_POST(self) -> None:
        """`add-checkpoint`, below any prefix that a proxy leaves."""
        told = self.headers.get("Content-Length", "")
        if not self.path.endswith("/add-checkpoint"):
            self._give((404, TEXT, b"There is nothing here.\n"), is_last=True)
        elif "Transfer-Encoding" in self.headers or not (told.isascii() and told.isdigit()):
            self._give((411, TEXT, b"Say how long the request is.\n"), is_last=True)
        elif len(told) > len(str(LARGEST_REQUEST)) or int(told) > LARGEST_REQUEST:
            self._give((413, TEXT, b"The request is too large.\n"), is_last=True)
        else:
            self._give(self.server.witness.answer(self.rfile.read(int(told))))

    def do_GET(self) -> None:
        """Whether it runs, and the last checkpoint of a log."""
        if self.path == "/healthz":
            self._give((200, TEXT, b"ok\n"))
            return
        name = self.path.removesuffix(MONITORED).rpartition("/")[2]
        found = self.server.witness.monitor(name) if self.path.endswith(MONITORED) else None
        self._give(found or (404, TEXT, b"There is nothing here.\n"))

    def _give(self, answer: Answer, *, is_last: bool = False) -> None:
        status, kind, content = answer
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        if is_last:  # the body was not read
            self.send_header("Connection", "close")
            self.close_connection = True
        self.end_headers()
        self.wfile.write(content)
