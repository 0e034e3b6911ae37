"""What is compared with what, and the goal of each ratio, as data."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Comparison:
    """A measurement of the service over a floor of the same run; `first` is the goal of the first version."""

    title: str
    ours: str
    floor: str
    first: float | None = None
    later: str = ""


COMPARISONS = (
    Comparison("audited create / plain SQL, one statement", "create", "sql create", 0.15, "0.4, then 1.0"),
    Comparison("audited create / plain SQL, gap-free", "create", "sql gap-free create", 0.6, "2, then 4"),
    Comparison("read by id / hello", "read", "hello", 0.15, "0.5"),
    Comparison("list 50, computed each time / plain SQL list", "list", "sql list", 0.2, "0.5"),
    Comparison("list 50, unchanged (304) / 21 KB hello", "unchanged list", "hello 21 KB", 0.25, "0.6"),
    Comparison("list 50, unchanged (200) / 21 KB hello", "same list", "hello 21 KB", 0.25, "0.6"),
    Comparison("read by id / plain SQL by primary key", "read", "sql read"),
    Comparison("mix 10/60/30 / hello", "mix", "hello"),
    Comparison("level stated again, unchanged / hello", "unchanged level", "hello"),
    Comparison("level changed (two entries) / plain SQL, gap-free", "changed level", "sql gap-free create"),
    Comparison("effective level of a place / hello", "effective level", "hello"),
    Comparison("strength of 10,000 deployments / plain SQL sum", "strength summary", "sql summary"),
    Comparison("feed catch-up / the same rows by plain SQL", "feed catch-up", "sql feed catch-up"),
    Comparison("SQLite: create / plain SQLite", "sqlite create", "sqlite plain create"),
    Comparison("SQLite: read by id / hello, one worker", "sqlite read", "sqlite hello"),
    Comparison("SQLite: list 50, computed / 21 KB hello, one worker", "sqlite list", "sqlite hello 21 KB"),
    Comparison(
        "SQLite: unchanged (304) / 21 KB hello, one worker", "sqlite unchanged list", "sqlite hello 21 KB"
    ),
    Comparison("SQLite: unchanged (200) / 21 KB hello, one worker", "sqlite same list", "sqlite hello 21 KB"),
    Comparison("SQLite: mix 10/60/30 / hello, one worker", "sqlite mix", "sqlite hello"),
    Comparison("SQLite: level stated again, unchanged / hello", "sqlite unchanged level", "sqlite hello"),
    Comparison("SQLite: effective level of a place / hello", "sqlite effective level", "sqlite hello"),
)


@dataclass(frozen=True, slots=True)
class PeerGoal:
    """A goal against a program that does not run here; our figure is given beside the floor of the run."""

    title: str
    goal: str
    ours: str
    floor: str


PEER_GOALS = (
    PeerGoal("mix 10/60/30 / the faster of Django REST and Directus", "≥ 8, later ≥ 20", "mix", "hello"),
    PeerGoal("p99 of the mix / the best peer's", "≤ 0.3, later ≤ 0.1", "mix", "hello"),
    PeerGoal("SQLite create (FULL) / PocketBase (NORMAL)", "≥ 2, later ≥ 8", "sqlite create", "sqlite hello"),
)
