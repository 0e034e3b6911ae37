"""The rounds: everything is measured in each, so that the drift of the machine meets all alike."""

import tempfile
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench import feed, floors, relay, scripts
from bench.hello import serving_hello
from bench.load import Outcome, Plan
from bench.postgresql import postgresql
from bench.service import Play, Running, refreshed, running
from bench.traffic import SOURCES

WORKERS = 2
DATABASE = "siaga"


@dataclass(frozen=True, slots=True)
class Extent:
    """How long and how often."""

    rounds: int
    seconds: float
    incidents: int


@dataclass(slots=True)
class Series:
    """One measurement over all rounds."""

    rates: list[float] = field(default_factory=list)
    latencies: "array[float]" = field(default_factory=lambda: array("d"))
    count: int = 0
    errors: int = 0
    generator_seconds: float = 0.0


@dataclass(slots=True)
class Findings:
    """All measurements, and facts that help to read them."""

    series: dict[str, Series] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, outcome: Outcome | float) -> None:
        """One more round of a measurement."""
        series = self.series.setdefault(name, Series())
        if isinstance(outcome, float):
            series.rates.append(outcome)
            return
        series.rates.append(outcome.rate)
        series.count += outcome.count
        series.errors += outcome.errors
        series.generator_seconds += outcome.cpu_seconds
        for each in outcome.latencies.values():
            series.latencies.extend(each)


Step = tuple[str, Callable[[], Outcome | float]]


def measure(extent: Extent, play: Play, only: str = "") -> Findings:
    """Both databases, one after the other; with `only` the steps that have this word in their names."""
    findings = Findings()
    with tempfile.TemporaryDirectory(prefix="siaga-bench-") as name:
        directory = Path(name)
        directory.chmod(0o755)  # the packaged server may run as a user of its own
        findings.facts["fdatasync of 8 kB"] = f"{floors.sync_seconds(directory) * 1e6:.0f} us (median)"
        with on_postgresql(extent, play, directory, findings.facts) as steps:
            play_rounds("PostgreSQL", extent.rounds, steps, findings, only)
        with on_sqlite(extent, play, directory) as steps:
            play_rounds("SQLite", extent.rounds, steps, findings, only)
    return findings


def play_rounds(
    what: str, rounds: int, steps: Callable[[int], list[Step]], findings: Findings, only: str
) -> None:
    """Every step in each round, every other round backwards."""
    for number in range(rounds):
        print(f"{what}, round {number + 1} of {rounds}", flush=True)
        these = [each for each in steps(number) if only in each[0]]
        for name, act in these if number % 2 == 0 else reversed(these):
            outcome = act()
            findings.add(name, outcome)
            rate, errors = (outcome, 0) if isinstance(outcome, float) else (outcome.rate, outcome.errors)
            print(f"  {name:24}{rate:10,.0f}/s" + (f"  {errors} errors" if errors else ""), flush=True)


@contextmanager
def on_postgresql(
    extent: Extent, play: Play, directory: Path, facts: dict[str, str]
) -> Iterator[Callable[[int], list[Step]]]:
    """The steps on PostgreSQL with several workers."""
    print("starting PostgreSQL, the service and the bare server", flush=True)
    with postgresql(directory / "postgresql") as server:
        facts["PostgreSQL"] = server.sql("postgres", "SHOW server_version")
        server.sql("postgres", f"CREATE DATABASE {DATABASE}")
        place = directory / "first"
        with (
            running(place, server.url(DATABASE), WORKERS, extent.incidents, play) as service,
            serving_hello(WORKERS) as hello,
        ):
            facts["list of 50"] = f"{service.list_octets:,} bytes"
            sql = floors.plain_sql(server, DATABASE, directory)

            def steps(number: int) -> list[Step]:
                ours = _of_service(service, extent, play, number)
                bare = _of_hello(hello, extent, play)
                plain = _of_sql(sql, max(1, round(extent.seconds)))
                return [
                    *(bare["hello"], ours["read"], plain["sql read"]),
                    *(ours["list"], plain["sql list"]),
                    *(ours["same list"], bare["hello 21 KB"], ours["unchanged list"]),
                    *(plain["sql create"], ours["create"], plain["sql gap-free create"]),
                    *(ours["unchanged level"], ours["effective level"], ours["changed level"]),
                    *(ours["strength summary"], plain["sql summary"]),
                    ("feed catch-up", lambda: feed.catch_up(service)),
                    ("sql feed catch-up", lambda: feed.plain_catch_up(server, DATABASE)),
                    ("relay feed to NATS", lambda: relay.catch_up(server.url(DATABASE))),
                    ours["mix"],
                ]

            yield steps


@contextmanager
def on_sqlite(extent: Extent, play: Play, directory: Path) -> Iterator[Callable[[int], list[Step]]]:
    """The steps on SQLite with its one worker."""
    print("starting the service on SQLite", flush=True)
    place = directory / "second"
    with running(place, "", 1, extent.incidents, play) as service, serving_hello(1) as hello:
        source = place / "siaga.db"

        def steps(number: int) -> list[Step]:
            ours = _of_service(service, extent, play, number)
            bare = _of_hello(hello, extent, play)
            floor = lambda: floors.plain_sqlite(source, directory, extent.seconds)  # noqa: E731 - one of a list of steps
            order = [
                *(bare["hello"], ours["read"]),
                *(ours["list"], bare["hello 21 KB"], ours["same list"], ours["unchanged list"]),
                *(("plain create", floor), ours["create"]),
                *(ours["unchanged level"], ours["effective level"], ours["changed level"]),
                ours["strength summary"],
                ours["mix"],
                ("feed catch-up", lambda: feed.catch_up(service)),
                ("relay feed to NATS", lambda: relay.catch_up(f"sqlite+aiosqlite:///{source}")),
                ("feed fan-out, 1,000 listeners", lambda: feed.fan_out(service)),
            ]
            return [(f"sqlite {name}", act) for name, act in order]

        yield steps


def _of_service(service: Running, extent: Extent, play: Play, number: int) -> dict[str, Step]:
    """The entity tags are read when the step begins: writes in between have changed the lists."""

    def step(traffic: str) -> Step:
        def act() -> Outcome:
            now = refreshed(service) if traffic == "unchanged list" else service
            return play(Plan(now.port, traffic, now.callers, seconds=extent.seconds, seed=number))

        return traffic, act

    return {name: step(name) for name in (*SOURCES, *scripts.SOURCES)}


def _of_hello(port: int, extent: Extent, play: Play) -> dict[str, Step]:
    def step(name: str, traffic: str) -> Step:
        return name, lambda: play(Plan(port, traffic, seconds=extent.seconds))

    return {name: step(name, traffic) for name, traffic in (("hello", "hello"), ("hello 21 KB", "hello21k"))}


def _of_sql(sql: floors.PlainSql, seconds: int) -> dict[str, Step]:
    def step(script: str) -> Step:
        return f"sql {script}", lambda: sql.rate(script, seconds)

    return {f"sql {script}": step(script) for script in floors.SCRIPTS}
