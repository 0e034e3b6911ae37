"""The command `siaga`: what scripts of partners do day by day."""

import argparse
import contextlib
import os
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import httpx

from siaga_client import settings
from siaga_client.clients import Client
from siaga_client.mirror import CutOffError, Mirror, TwoMirrorsError
from siaga_client.problems import Problem

AGAIN_SECONDS = 30.0
PROGRESS_SECONDS = 0.5
LOST = (httpx.TransportError, CutOffError)
CODES = """exit codes:
  0  done
  1  refused: by the service, or some lines of a file were
  2  the command was not understood
  4  not reached: try again later"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; the exit code says what came of it."""
    asked = parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    os.umask(0o077)
    try:
        with httpx.Client() as http:
            code: int = asked.run(asked, http)
    except (Problem, TwoMirrorsError, settings.NotSignedInError) as refusal:
        return _failed(refusal, 1)
    except LOST as error:
        return _failed(error, 4)
    except KeyboardInterrupt:
        return 130
    return code


def run_login(asked: argparse.Namespace, http: httpx.Client) -> int:
    """Tries the secret, and keeps it if it is right."""
    account = settings.Account(asked.url, asked.account, settings.secret())
    Client(account.session(), http).request("GET", "/api/v1/me")
    print(f"Signed in as {account.name}; kept in {settings.keep(account)}")
    return 0


def run_mirror(asked: argparse.Namespace, http: httpx.Client) -> int:
    """Follows, over outages too; `--once` ends when all is there."""
    mirror = Mirror(_client(http), Path(asked.directory), asked.type)
    with contextlib.closing(mirror):
        while True:
            progress = Progress()
            try:
                for _ in mirror.follow(progress):
                    progress.end()
                    if asked.format == "ndjson":
                        mirror.export()
                    if asked.once:
                        return 0
            except (*LOST, Problem) as error:
                if asked.once or (isinstance(error, Problem) and not error.passes):
                    raise
                _failed(error, 4)
                time.sleep(AGAIN_SECONDS)


class Progress:
    """How many records came, on a terminal."""

    def __init__(self) -> None:
        self._count, self._at, self._is_shown = 0, 0.0, sys.stderr.isatty()

    def __call__(self, more: int) -> None:
        self._count += more
        if self._is_shown and time.monotonic() - self._at > PROGRESS_SECONDS:
            self._at = time.monotonic()
            print(f"\r{self._count} records", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """All are there; the next ones count anew."""
        if self._is_shown and self._count:
            print(f"\r{self._count} records; up to date", file=sys.stderr)
        self._count, self._at = 0, 0.0


def _client(http: httpx.Client) -> Client:
    return Client(settings.known().session(), http)


def _failed(error: Exception, code: int) -> int:
    print(f"siaga: {error}", file=sys.stderr)
    return code


def parser() -> argparse.ArgumentParser:
    """What can be asked for."""
    whole = argparse.ArgumentParser(
        prog="siaga",
        description="Talks to a SIAGA service.",
        epilog=CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = whole.add_subparsers(required=True, metavar="COMMAND")
    told = "keep an integration's secret, which is read from SIAGA_SECRET, a pipe or the terminal"
    login = commands.add_parser("login", help=told, description=told)
    login.set_defaults(run=run_login)
    login.add_argument("url", help="such as https://siaga.example")
    login.add_argument("account", help="such as integration.kpu-banten")
    told = "keep all that you may see in DIR/mirror.sqlite, and follow; goes on where it was broken off"
    mirror = commands.add_parser("mirror", help=told, description=told)
    mirror.set_defaults(run=run_mirror)
    mirror.add_argument("directory", metavar="DIR")
    mirror.add_argument("--once", action="store_true", help="end when all is there")
    mirror.add_argument("--type", action="append", default=[], help="only these; may be repeated")
    mirror.add_argument(
        "--format",
        choices=("sqlite", "ndjson"),
        default="sqlite",
        help="ndjson: records.ndjson as well",
    )
    return whole
