"""Many JSON values in one text: an array, or a line for each (NDJSON); read one at a time, each bounded."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from app.domain.bulk import LONGEST_ITEM
from app.domain.errors import Invalid

SPACE = re.compile(r"[ \t\r\n]*")
NOT_JSON = "The body is not valid JSON in UTF-8, or names a member twice."
TOO_LONG = "An item has at most {limit} characters."
BEHIND = 64  # characters after which a scanner has met whatever ends a number or a word


@dataclass(frozen=True, slots=True)
class Raw:
    """One item as it was sent, or why it cannot be read; where it stands, if that is a line of a sheet.

    `columns` names the heading of the column that each pointer stands for.
    """

    value: Any = None
    problem: Invalid | None = None
    line: int | None = None
    columns: dict[str, str] = field(default_factory=dict)


def each_name_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object in which no name stands twice (RFC 8259 §4)."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


DECODER = json.JSONDecoder(object_pairs_hook=each_name_once)


def array(text: str) -> Iterator[Raw]:
    """The items of a JSON array; raises Invalid where the text is none."""
    place = _space(text, 0)
    if text[place : place + 1] != "[":
        raise Invalid.field("", "Send an array of items.", "json_invalid")
    place = _space(text, place + 1)
    if text[place : place + 1] == "]":
        _end(text, place + 1)
        return
    while True:
        value, place = _one(text, place)
        yield Raw(value)
        place = _space(text, place)
        if text[place : place + 1] == "]":
            _end(text, place + 1)
            return
        if text[place : place + 1] != ",":
            raise Invalid.field("", NOT_JSON, "json_invalid")
        place = _space(text, place + 1)


def lines(text: str) -> Iterator[Raw]:
    """The items of an NDJSON text; a line that cannot be read is the problem of that item alone."""
    number, start = 0, 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        number += 1
        if end - start > LONGEST_ITEM:
            yield Raw(problem=Invalid.field("", TOO_LONG, "too_long", limit=LONGEST_ITEM), line=number)
        elif line := text[start:end].strip():
            yield _line(line, number)
        start = end + 1


def _line(line: str, number: int) -> Raw:
    try:
        return Raw(DECODER.decode(line), line=number)
    except (ValueError, RecursionError):
        return Raw(problem=Invalid.field("", NOT_JSON, "json_invalid"), line=number)


def _one(text: str, place: int) -> tuple[Any, int]:
    """The value at a place and where it ends; no more of the text is looked at than an item may have."""
    part = text[place : place + LONGEST_ITEM + BEHIND]
    try:
        value, length = DECODER.raw_decode(part)
    except (ValueError, RecursionError):
        if len(part) > LONGEST_ITEM:
            raise Invalid.field("", TOO_LONG, "too_long", limit=LONGEST_ITEM) from None
        raise Invalid.field("", NOT_JSON, "json_invalid") from None
    return value, place + length


def _space(text: str, place: int) -> int:
    found = SPACE.match(text, place)
    return found.end() if found else place


def _end(text: str, place: int) -> None:
    if _space(text, place) != len(text):
        raise Invalid.field("", NOT_JSON, "json_invalid")
