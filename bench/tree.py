"""`python -m bench.tree`: creates with the tree and without it, and how soon everything is signed."""

import argparse
import multiprocessing
import statistics
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import httpx
import psutil  # type: ignore[import-untyped]

from bench import load
from bench.load import Outcome, Plan
from bench.postgresql import PostgreSQL, postgresql
from bench.processes import serving
from bench.requests import Caller
from bench.service import AGENCIES, PASSWORD, POSTS, sign_in

RESULTS = Path(__file__).with_name("TREE.md")
CLIENTS = (16, 64)
WORKERS = 2
Found = dict[tuple[str, int], list[tuple[Outcome, float]]]
BUILDS = {"with": "app", "without": "bench.treeless"}
SIGNED = """
    SELECT percentile_disc(array[0.5, 0.99, 1.0]) WITHIN GROUP (ORDER BY extract(epoch FROM c.at - l.at))
    FROM ledger AS l CROSS JOIN LATERAL
      (SELECT at FROM ledger_checkpoint WHERE size > l.position ORDER BY size LIMIT 1) AS c
    WHERE l.action = 'incident.reported'
"""
VOLUME = """
    SELECT pg_total_relation_size('ledger_leaf') / count(*), pg_total_relation_size('ledger_tile') / count(*)
    FROM ledger
"""


def main() -> None:
    """Measure, print, and write bench/TREE.md."""
    parser = argparse.ArgumentParser(prog="python -m bench.tree", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--output", type=Path, default=RESULTS)
    asked = parser.parse_args()
    spawn = multiprocessing.get_context("spawn")
    with ExitStack() as stack:
        generator = stack.enter_context(ProcessPoolExecutor(max_workers=1, mp_context=spawn))
        directory = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="siaga-tree-")))
        server = stack.enter_context(postgresql(directory / "pg"))
        running = {build: stack.enter_context(_served(server, directory, build)) for build in BUILDS}
        found: Found = {}
        for number in range(asked.rounds):
            for clients in CLIENTS:
                # Each goes first in every other round.
                for build in sorted(BUILDS, reverse=bool(number % 2)):
                    port, callers = running[build]
                    plan = Plan(port, "create", callers, clients, asked.seconds, seed=number)
                    before = _cpu_seconds(build)
                    outcome = generator.submit(load.run, plan).result()
                    found.setdefault((build, clients), []).append((outcome, _cpu_seconds(build) - before))
        text = "\n".join(_lines(found, server, asked.rounds, asked.seconds)) + "\n"
    asked.output.write_text(text, encoding="utf-8")
    print(text)


class _served(ExitStack):  # noqa: N801 - used as `with _served(…)`
    """One build with a database of its own, and who may write to it."""

    def __init__(self, server: PostgreSQL, directory: Path, build: str) -> None:
        super().__init__()
        self._server, self._directory, self._build = server, directory / build, build

    def __enter__(self) -> tuple[int, tuple[Caller, ...]]:  # type: ignore[override]
        self._server.sql("postgres", f"CREATE DATABASE tree_{self._build}")
        self._directory.mkdir()
        url = self._server.url(f"tree_{self._build}")
        port = self.enter_context(serving(self._directory, url, PASSWORD, WORKERS, BUILDS[self._build]))
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
            return port, tuple(sign_in(client, f"{post}.{agency}") for agency in AGENCIES for post in POSTS)


def _cpu_seconds(build: str) -> float:
    """What the processes of a build have used so far: on a shared machine it says more than a rate."""
    servers = [each for each in psutil.Process().children() if BUILDS[build] in each.cmdline()]
    family = [process for each in servers for process in (each, *each.children(recursive=True))]
    return sum(sum(each.cpu_times()[:2]) for each in family)


def _lines(found: Found, server: PostgreSQL, rounds: int, seconds: float) -> Iterator[str]:
    yield "# What the tree costs"
    yield ""
    yield f"Creates of incidents on PostgreSQL with {WORKERS} workers, {rounds} rounds of {seconds} s for"
    yield "each build, by turns, in one run on one machine. Goal: with the tree at least 0.75 of the rate"
    yield "without it, and no fewer with 64 clients than with 16. Written by `python -m bench.tree`."
    yield ""
    yield "| clients | with, per second | without | ratio | lowest to highest | CPU with | without | errors |"
    yield "|--:|--:|--:|--:|--:|--:|--:|--:|"
    for clients in CLIENTS:
        ours, bare = found["with", clients], found["without", clients]
        ratios = [one.rate / other.rate for (one, _), (other, _) in zip(ours, bare, strict=True)]
        rates = [statistics.median(each.rate for each, _ in of) for of in (ours, bare)]
        cpu = [1000 * sum(used for _, used in of) / sum(each.count for each, _ in of) for of in (ours, bare)]
        errors = sum(each.errors for each, _ in (*ours, *bare))
        yield (
            f"| {clients} | {rates[0]:,.0f} | {rates[1]:,.0f} | {statistics.median(ratios):.2f} "
            f"| {min(ratios):.2f} to {max(ratios):.2f} | {cpu[0]:.2f} ms | {cpu[1]:.2f} ms | {errors} |"
        )
    few, many = (statistics.median(each.rate for each, _ in found["with", clients]) for clients in CLIENTS)
    yield ""
    yield f"With the tree, 64 clients against 16: {many / few:.2f}. CPU: of the service, for one create."
    half, late, last = map(float, server.sql("tree_with", SIGNED).strip("{}").split(","))
    yield ""
    yield f"From the decision of a report to the signed tree that holds it: median {half:.2f} s,"
    yield f"p99 {late:.2f} s, longest {last:.2f} s (goal: p99 2 s)."
    leaf, tile = server.sql("tree_with", VOLUME).split("|")
    yield f"On disk an entry has {leaf} bytes of leaf and {tile} of tiles."


if __name__ == "__main__":
    main()
