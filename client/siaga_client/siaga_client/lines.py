"""Lines of an answer that comes in pieces, and the events that they are."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from siaga_client.problems import read_json


def lines_of(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Lines that ended; JSON may hold what other readers of lines take for an end."""
    rest = b""
    for piece in pieces:
        *whole, rest = (rest + piece).split(b"\n")
        yield from whole


@dataclass(frozen=True)
class Event:
    """A server-sent event: what it is, what it says, and where to go on after it."""

    kind: str
    said: dict[str, Any] | None
    last_id: str


def events_of(lines: Iterable[bytes], last_id: str = "") -> Iterator[Event]:
    """Events, each when it is whole; one without content only moves the place to go on from."""
    kind, data = "message", ""
    for line in lines:
        name, _, value = line.rstrip(b"\r").decode().partition(":")
        value = value.removeprefix(" ")
        if name == "event":
            kind = value
        elif name == "data":
            data += value
        elif name == "id":
            last_id = value
        elif not name and not line.strip():
            yield Event(kind, read_json(data) if data else None, last_id)
            kind, data = "message", ""
