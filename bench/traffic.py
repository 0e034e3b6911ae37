"""What the callers send: prepared bytes for each kind of traffic, without end, for each connection."""

import base64
import itertools
import random
from collections.abc import Callable, Iterator
from typing import Any

from bench import scripts
from bench.requests import Caller, Request, get, send

LIST = "/api/v1/incidents?limit=50"
KINDS = ("log_damage", "mass_protest_peaceful", "log_delay")
MIX = (("create", 10), ("read", 60), ("list", 30))
BODIES = 64
MARKINGS: tuple[dict[str, Any], ...] = (
    *({"tlp": "GREEN"},) * 12,
    *({"tlp": "GREEN", "classification": "terbatas"},) * 2,
    {"tlp": "CLEAR"},
    *({"tlp": "AMBER", "audience": ["polda-banten", "bawaslu-banten"]},) * 3,
    *({"tlp": "AMBER+STRICT"},) * 2,
)


def sources(
    traffic: str, callers: tuple[Caller, ...], chance: random.Random, number: int
) -> Iterator[Request]:
    """The requests of one connection; connections share out the callers."""
    if traffic == "hello":
        return itertools.repeat(("hello", get("/")))
    if traffic == "hello21k":
        return itertools.repeat(("hello21k", get("/21k")))
    caller = callers[number % len(callers)]
    if traffic in scripts.SOURCES:
        return scripts.SOURCES[traffic](caller, number // len(callers))
    return SOURCES[traffic](caller, chance)


def incident(chance: random.Random, region: str, marking: dict[str, Any]) -> dict[str, Any]:
    """A report of ordinary length."""
    number = chance.randrange(1_000_000)
    return {
        "title": f"Kotak suara basah di gudang PPK nomor {number}",
        "description": "Air hujan masuk ke gudang; dua kotak suara perlu diganti sebelum pagi. " * 3,
        "kind": chance.choice(KINDS),
        "severity": chance.choice(("minor", "moderate", "severe")),
        "region_code": region,
        "geometry": {"type": "Point", "coordinates": [106.6 + number / 1e7, -6.1]},
        "site": f"Gudang PPK {number}",
        "occurred_at": "2024-11-25T05:30:00+07:00",
        "source": {"channel": "patrol", "reliability": "b", "credibility": "2"},
        **marking,
    }


def _post(caller: Caller, chance: random.Random, marking: dict[str, Any]) -> bytes:
    return send(
        "POST", "/api/v1/incidents", caller.token, incident(chance, chance.choice(caller.regions), marking)
    )


def _creates(caller: Caller, chance: random.Random) -> Iterator[Request]:
    return itertools.cycle([("create", _post(caller, chance, MARKINGS[0])) for _ in range(BODIES)])


def _preloads(caller: Caller, chance: random.Random) -> Iterator[Request]:
    """As many kinds of marking as the read filter has to tell apart."""
    return itertools.cycle(
        [("create", _post(caller, chance, chance.choice(MARKINGS))) for _ in range(BODIES)]
    )


def _reads(caller: Caller, chance: random.Random) -> Iterator[Request]:
    some = chance.sample(caller.incidents, min(300, len(caller.incidents)))
    return itertools.cycle([("read", get(f"/api/v1/incidents/{each}", caller.token)) for each in some])


def _lists(caller: Caller, chance: random.Random) -> Iterator[Request]:
    """The newest 50, each time by another cursor that lies after them all, so that no answer can be kept."""
    before, after = get(f"{LIST}&cursor=@", caller.token).split(b"@")
    for number in itertools.count(chance.randrange(1 << 40)):
        key = f'["ffffffff-ffff-7fff-bfff-{number:012x}"]'.encode()
        yield "list", before + base64.urlsafe_b64encode(key).rstrip(b"=") + after


def _same_lists(caller: Caller, _chance: random.Random) -> Iterator[Request]:
    return itertools.repeat(("same list", get(LIST, caller.token)))


def _unchanged_lists(caller: Caller, _chance: random.Random) -> Iterator[Request]:
    held = get(LIST, caller.token, f"If-None-Match: {caller.etag}\r\n")
    return itertools.repeat(("unchanged list", held))


def _mix(caller: Caller, chance: random.Random) -> Iterator[Request]:
    each = {
        "create": _creates(caller, chance),
        "read": _reads(caller, chance),
        "list": _same_lists(caller, chance),
    }
    names = [name for name, share in MIX for _ in range(share)] * 10
    chance.shuffle(names)
    for name in itertools.cycle(names):
        yield name, next(each[name])[1]


SOURCES: dict[str, Callable[[Caller, random.Random], Iterator[Request]]] = {
    "create": _creates,
    "list": _lists,
    "mix": _mix,
    "preload": _preloads,
    "read": _reads,
    "same list": _same_lists,
    "unchanged list": _unchanged_lists,
}
