"""`python -m demo`: start a server, play the day, show what each agency sees."""

import argparse
import signal
import sys
import time
from types import FrameType

from demo import approval, chain, deploying, forces, incidents, levels, sectors, stories, table, told
from demo.agency import Unexpected
from demo.figures import Figures
from demo.server import NotServing, Server, serving
from demo.stage import DAY, PROMPTER, Stage

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
    """The day from its eve to its evening, the tables, and how the ledger grew."""
    began, stage, figures = time.monotonic(), Stage.of(server), Figures.read()
    before = stage.ledger_size()
    print(f"{DAY:%d-%m-%Y}: {len(stage.agencies)} lembaga/agencies; {before} entri/entries", flush=True)
    told.told(stage, figures)
    levels.keep(stage, figures)
    stage.title("Siapa menjaga apa · Who guards what")
    found, areas = sectors.survey(stage, figures)
    sent = deploying.send(stage, figures, forces.postings(stage, figures, found, areas), areas)
    stories.logistics(stage)
    deploying.roll_call(stage, sent)
    stories.finding(stage)
    incidents.happen(stage, "06:30", "11:00", "Pagi · In the morning")
    stories.accusation(stage)
    incidents.happen(stage, "11:05", "13:50", "Siang · At noon")
    stories.clash(stage)
    incidents.happen(stage, "14:30", "24:00", "Penghitungan · The count")
    approval.raise_level(stage, sent)
    chain.play(stage)
    table.strength(stage, figures)
    table.show(stage)
    after = stage.ledger_size()
    spent = f"{time.monotonic() - began:.0f} detik/seconds"
    print(f"\nBuku besar/ledger: {before} + {after - before} = {after} entri/entries; {spent}", flush=True)


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
