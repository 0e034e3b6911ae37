"""`python -m demo`: start a server, play the stories, show what each agency sees."""

import argparse
import signal
import sys
import time
from types import FrameType

from demo import stories, table
from demo.agency import Unexpected
from demo.server import NotServing, Server, serving
from demo.stage import PROMPTER, Stage

STORIES = (stories.clash, stories.logistics, stories.finding, stories.accusation)
INTERRUPTED = 130  # what a shell calls a program that Ctrl-C has ended


def main(arguments: list[str] | None = None) -> int:
    """Play; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m demo", description="Play against a SIAGA of its own")
    parser.add_argument("--keep", action="store_true", help="leave the server running until Ctrl-C")
    asked = parser.parse_args(arguments)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _end)
    try:
        print("SIAGA: menyiapkan basis data kosong / preparing an empty database …", flush=True)
        with serving() as server:
            play(server)
            if asked.keep:
                keep(server)
    except (Unexpected, NotServing) as problem:
        print(f"\ndemo: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


def play(server: Server) -> None:
    """The stories, the table, and how the ledger grew."""
    stage = Stage.of(server)
    teller = stage[PROMPTER]
    before = teller.get("/api/v1/ledger/head")["size"]
    print(f"{len(stage.agencies)} lembaga/agencies; buku besar/ledger: {before} entri/entries", flush=True)
    for story in STORIES:
        story(stage)
    table.show(stage)
    after = teller.get("/api/v1/ledger/head")["size"]
    print(f"\nBuku besar/ledger: {before} + {after - before} = {after} entri/entries", flush=True)


def keep(server: Server) -> None:
    """Leave the server to whoever wants to look around; Ctrl-C is the way to end."""
    print(f"\n{server.url}/docs\nakun/account: operator.{PROMPTER}\nsandi/password: {server.password}")
    print("Ctrl-C untuk berhenti / to stop", flush=True)
    try:
        while True:
            server.check()
            time.sleep(0.5)
    except KeyboardInterrupt:
        print()


def _end(number: int, _frame: FrameType | None) -> None:
    """End as Ctrl-C would, so that the server ends too."""
    sys.exit(128 + number)


if __name__ == "__main__":
    sys.exit(main())
