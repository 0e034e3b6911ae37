"""What scripts and duty officers send besides incidents: threat levels stated again, strength summed up."""

import itertools
from collections.abc import Callable, Iterator

from bench.requests import Caller, Request, get, send

LEVELS = "/api/v1/threat-levels"
ISSUED = {
    "bawaslu": ("logistics", "disinformation", "political_violence"),
    "korem": ("logistics", "mass_unrest", "terrorism"),
    "kpu": ("cyber", "disinformation", "logistics"),
    "pemkab": ("mass_unrest", "natural_hazard", "political_violence", "cyber"),
    "pemkot": ("mass_unrest", "natural_hazard", "political_violence", "cyber"),
    "polda": ("cyber", "mass_unrest", "terrorism", "logistics"),
}
ROLES = ("pam_tps", "patroli", "pam_objek", "wal_logistik", "dalmas")
DAY = {"starts_at": "2024-11-27T00:00:00+07:00", "ends_at": "2024-11-28T00:00:00+07:00"}


def _place(caller: Caller, turn: int) -> str:
    """A place and a category that no other connection of the agency states."""
    post, _, agency = caller.account.partition(".")
    number = 2 * turn + (post == "commander")
    round_, place = divmod(number, len(caller.regions))
    issued = ISSUED[agency.partition("-")[0]]
    return f"{LEVELS}/{caller.regions[place]}/{issued[round_ % len(issued)]}"


def _wish(caller: Caller, turn: int, level: int) -> bytes:
    return send(
        "PUT", _place(caller, turn), caller.token, {"level": level, "rationale": "Pantauan (fiktif)."}
    )


def _unchanged_levels(caller: Caller, turn: int) -> Iterator[Request]:
    return itertools.repeat(("unchanged level", _wish(caller, turn, 2)))


def _changed_levels(caller: Caller, turn: int) -> Iterator[Request]:
    """Below those that need approval, and never the level that stands."""
    return itertools.cycle([("changed level", _wish(caller, turn, level)) for level in (1, 3)])


def _effective_levels(caller: Caller, turn: int) -> Iterator[Request]:
    return itertools.repeat(("effective level", get(_place(caller, turn), caller.token)))


def _deployments(caller: Caller, _turn: int) -> Iterator[Request]:
    bodies = [
        {
            "home_unit": caller.unit,
            "role": role,
            "strength_planned": 1,
            "region_code": region,
            "tlp": "GREEN",
            **DAY,
        }
        for role in ROLES
        for region in caller.regions
    ]
    return itertools.cycle(
        [("deployment", send("POST", "/api/v1/deployments", caller.token, body)) for body in bodies]
    )


def _summaries(caller: Caller, turn: int) -> Iterator[Request]:
    """Each time of another moment, so that no answer can be kept."""
    for number in itertools.count():
        seconds = (turn * 100_003 + number) % 80_000
        moment = f"2024-11-27T{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}%2B07:00"
        yield "summary", get(f"/api/v1/deployment-strength?at={moment}", caller.token)


SOURCES: dict[str, Callable[[Caller, int], Iterator[Request]]] = {
    "changed level": _changed_levels,
    "deployments": _deployments,
    "effective level": _effective_levels,
    "strength summary": _summaries,
    "unchanged level": _unchanged_levels,
}
