"""The command `siaga`: what scripts of partners do day by day."""

import argparse
import contextlib
import json
import os
import signal
import sqlite3
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias

import httpx

from siaga_client import levels, settings
from siaga_client.clients import Client
from siaga_client.mirror import CutOffError, Mirror, TwoMirrorsError
from siaga_client.problems import NotUnderstoodError, Problem
from siaga_client.signing import WrongKeyError
from siaga_client.watching import watched

AGAIN_SECONDS = 30.0
BAR = 30
PROGRESS_SECONDS = 0.5
LOST = (httpx.TransportError, CutOffError, NotUnderstoodError)
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - it has no other name
TYPES: dict[str, Any] = {"action": "append", "default": [], "help": "only these; may be repeated"}
OUTCOMES = ("created", "updated", "unchanged", "waiting", "refused")
CODES = """exit codes:
  0  done
  1  refused: by the service, or some lines of a file were
  2  the command was not understood
  3  a file could not be read or written
  4  not reached, something else answered, or it cannot answer now: try again later"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; the exit code says what came of it."""
    asked = parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    os.umask(0o077)
    try:
        with httpx.Client() as http:
            code: int = asked.run(asked, http)
    except Problem as problem:
        return _failed(problem, 4 if problem.passes else 1)
    except (TwoMirrorsError, WrongKeyError, settings.NotSignedInError) as refusal:
        return _failed(refusal, 1)
    except LOST as error:
        return _failed(error, 4)
    except (OSError, sqlite3.Error) as error:
        return _failed(error, 3)
    except KeyboardInterrupt:
        return 130
    return code


def run_login(asked: argparse.Namespace, http: httpx.Client) -> int:
    """Tries the secret or the key, and keeps that secret, or where the key is, if it is right."""
    proof = {"key": str(asked.key.resolve())} if asked.key else {"secret": settings.secret()}
    account = settings.Account(asked.url, asked.account, **proof)
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
                    if asked.format == "ndjson" or mirror.is_exported:
                        mirror.export()
                    if asked.once:
                        return 0
            except (*LOST, Problem) as error:
                if asked.once or (isinstance(error, Problem) and not error.passes):
                    raise
                _failed(error, 4)
                time.sleep(AGAIN_SECONDS)


def run_pull(asked: argparse.Namespace, http: httpx.Client) -> int:
    """The levels of one's own agency, as a table."""
    count = levels.pull(_client(http), Path(asked.file))
    print(f"{count} threat levels in {asked.file}")
    return 0


def run_push(asked: argparse.Namespace, http: httpx.Client) -> int:
    """A table of levels; each line that is refused is told."""
    told = levels.push(_client(http), Path(asked.file), dry_run=asked.dry_run)
    for said in levels.refusals(told):
        print(f"{asked.file}: {said}", file=sys.stderr)
    print(", ".join(f"{told[each]} {each}" for each in OUTCOMES) + (" (dry run)" if asked.dry_run else ""))
    return 1 if told["refused"] else 0


def run_watch(asked: argparse.Namespace, http: httpx.Client) -> int:
    """A line of JSON for each change, until stopped."""
    types = {"type": asked.type} if asked.type else {}
    for said in watched(_client(http), lambda error: _failed(error, 4), **types):
        print(json.dumps(said, ensure_ascii=False), flush=True)
    return 0


class Progress:
    """How many records came, on a terminal; a bar where it is known how many will."""

    def __init__(self) -> None:
        self._count, self._at, self._is_shown = 0, 0.0, sys.stderr.isatty()

    def __call__(self, more: int, total: int | None) -> None:
        self._count += more
        if self._is_shown and time.monotonic() - self._at > PROGRESS_SECONDS:
            self._at = time.monotonic()
            bar = f" of {total} [{'#' * (BAR * self._count // total):.<{BAR}}]" if total else ""
            print(f"\r{self._count}{bar} records", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """All are there; the next ones count anew."""
        if self._is_shown and self._count:
            print(f"\r{f'{self._count} records; up to date':<{BAR * 2}}", file=sys.stderr)
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
    login.add_argument("--key", type=Path, help="its private key (PEM) instead; it stays where it is")
    _add_mirror(commands)
    _add_levels(commands)
    told = "print each change as a line of JSON, as it is committed"
    watch = commands.add_parser("watch", help=told, description=told)
    watch.set_defaults(run=run_watch)
    watch.add_argument("--type", **TYPES)
    return whole


def _add_mirror(commands: Commands) -> None:
    told = "keep all that you may see in DIR/mirror.sqlite, and follow; goes on where it was broken off"
    mirror = commands.add_parser("mirror", help=told, description=told)
    mirror.set_defaults(run=run_mirror)
    mirror.add_argument("directory", metavar="DIR")
    mirror.add_argument("--once", action="store_true", help="end when all is there")
    mirror.add_argument("--type", **TYPES)
    mirror.add_argument(
        "--format",
        choices=("sqlite", "ndjson"),
        default="sqlite",
        help="ndjson: records.ndjson as well",
    )


def _add_levels(commands: Commands) -> None:
    told = "threat levels of your agency as a table"
    table = commands.add_parser("threat-levels", help=told, description=told)
    ways = table.add_subparsers(required=True, metavar="COMMAND")
    pull = ways.add_parser("pull", help="write those in force")
    push = ways.add_parser("push", help="state what a table says; again, it changes nothing")
    pull.set_defaults(run=run_pull)
    push.set_defaults(run=run_push)
    push.add_argument("--dry-run", action="store_true", help="decide, and write nothing")
    for each in (pull, push):
        each.add_argument("file", metavar="FILE.csv")
