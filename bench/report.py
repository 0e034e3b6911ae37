"""RESULTS.md: the machine, the ratios with their goals, the figures behind them, how to read it all."""

import math
import os
import platform
import statistics
from array import array
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from importlib.metadata import version

from bench.goals import COMPARISONS, PEER_GOALS, Comparison, PeerGoal
from bench.rounds import Extent, Findings, Series

PACKAGES = ("fastapi", "uvicorn", "uvloop", "sqlalchemy", "asyncpg", "aiosqlite")
NOTES = """
## How to read it

- Only ratios of one run mean anything: each ratio is taken within a round, and the table gives the median and
  the least of the rounds. Every other round runs backwards, so that the drift of the machine meets all alike.
  The median decides whether a goal is reached.
- The load generator is a process of its own on the same cores, with 32 keep-alive connections and one request
  in flight on each. The last column says what each request takes of it: it slows the fastest answers most, so
  it flatters the ratios over *hello*.
- *create* is a POST of a GREEN incident; one answer stands for three rows (incident, entry, disclosure), the
  head row and a commit that reached the disk (fsync is on).
- *plain SQL* writes the same three rows, with the same keys and indexes, in one prepared statement with a
  commit each, by pgbench with 32 clients; the positions come from a sequence (one statement) or from a head
  row that each transaction locks (gap-free). It has no triggers and no foreign keys.
  *plain SQLite* writes the incident's row alone.
- *list* asks for the newest 50 by a new cursor each time, so no answer can be kept; *same list* repeats one
  address, and *unchanged list* adds If-None-Match. In the *mix* one tenth of the requests writes, so that
  kept lists go stale all the time.
- *hello* is a bare ASGI function on the same uvicorn with the same number of workers and sockets.
- Errors are all answers but 2xx and 304.
"""


def write(findings: Findings, extent: Extent, took: float) -> str:
    """The whole file."""
    parts = [
        "# Results of the bench\n",
        "Written by `./run bench`. The goals are those of the first version.\n",
        *_table(["fact", "value"], _facts(findings, extent, took)),
        "\n## Ratios\n",
        *_table(
            ["ratio", "median", "least", "goal", "reached", "later goal"],
            (_compare(each, findings) for each in COMPARISONS),
        ),
        "\n## Goals against other programs\n",
        "These programs were not in this run, so no ratio is given; the figures are ours.\n",
        *_table(
            ["goal", "value", "ours", "p99", "hello in this run"],
            (_beside_peer(each, findings) for each in PEER_GOALS),
        ),
        "\n## Figures\n",
        *_table(
            ["measurement", "per second (median)", "p50 ms", "p99 ms", "requests", "errors", "generator us"],
            (_figures(name, series) for name, series in findings.series.items()),
        ),
        NOTES.rstrip("\n"),
    ]
    return "\n".join(parts) + "\n"


def figures(findings: Findings) -> list[str]:
    """The figures alone, for a run of some steps."""
    return [" | ".join(_figures(name, series)) for name, series in findings.series.items()]


def ratios(each: Comparison, findings: Findings) -> list[float]:
    """The ratio of each round."""
    pairs = zip(findings.series[each.ours].rates, findings.series[each.floor].rates, strict=True)
    return [ours / floor for ours, floor in pairs]


def _compare(each: Comparison, findings: Findings) -> list[str]:
    found = ratios(each, findings)
    median = statistics.median(found)
    if each.first is None:
        goal, reached = "-", "-"
    else:
        goal, reached = f"≥ {each.first}", "yes" if median >= each.first else "**no**"
    later = f"≥ {each.later}" if each.later else "-"
    return [each.title, f"{median:.3f}", f"{min(found):.3f}", goal, reached, later]


def _beside_peer(each: PeerGoal, findings: Findings) -> list[str]:
    ours, floor = findings.series[each.ours], findings.series[each.floor]
    return [each.title, each.goal, _rate(ours), _milliseconds(ours.latencies, 0.99), _rate(floor)]


def _figures(name: str, series: Series) -> list[str]:
    if not series.count:
        return [name, _rate(series), "-", "-", "-", "-", "-"]
    return [
        name,
        _rate(series),
        _milliseconds(series.latencies, 0.5),
        _milliseconds(series.latencies, 0.99),
        f"{series.count:,}",
        str(series.errors),
        f"{series.generator_seconds / series.count * 1e6:.0f}",
    ]


def _facts(findings: Findings, extent: Extent, took: float) -> Iterator[list[str]]:
    yield ["date", datetime.now(UTC).date().isoformat()]
    yield ["cores", str(os.cpu_count())]
    yield ["system", f"{platform.system()} {platform.machine()}"]
    yield ["Python", f"{platform.python_implementation()} {platform.python_version()}"]
    yield from ([name, value] for name, value in findings.facts.items())
    yield ["packages", ", ".join(f"{name} {version(name)}" for name in PACKAGES)]
    yield [
        "extent",
        f"{extent.rounds} rounds of {extent.seconds} s a step, {extent.incidents:,} incidents before",
    ]
    yield ["took", f"{took / 60:.1f} minutes"]


def _rate(series: Series) -> str:
    return f"{statistics.median(series.rates):,.0f}"


def _milliseconds(latencies: "array[float]", quantile: float) -> str:
    """The nearest rank."""
    return f"{sorted(latencies)[math.ceil(quantile * len(latencies)) - 1] * 1e3:.1f}"


def _table(head: list[str], rows: Iterable[list[str]]) -> Iterator[str]:
    for row in (head, ["---"] * len(head), *rows):
        yield f"| {' | '.join(row)} |"
