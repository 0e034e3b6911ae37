"""Strict readers: each value has one way to be written, and a bound."""

import base64
import binascii
import json
import re
from typing import Any

from siaga_verify.refusals import Malformed

HASH_BYTES = 32
DEEPEST_JSON = 64
LARGEST_NUMBER = 2**63 - 1

DECIMAL = re.compile(r"(?:0|[1-9][0-9]{0,18})\Z", re.ASCII)
# What opens or closes a level of JSON, or is a text in which such characters mean nothing.
# A text without an end reaches to the end of all: looking for one at each quote would take for ever.
LEVELS = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|[\[\]{}]', re.DOTALL)


def from_base64(text: str) -> bytes:
    """Standard base64 with padding, written in the one canonical way."""
    try:
        content = base64.b64decode(text.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error):
        raise Malformed("Something that should be base64 is not.") from None
    if base64.b64encode(content).decode() != text:
        raise Malformed("Something that should be base64 is not.")
    return content


def from_base64url(text: str) -> bytes:
    """URL-safe base64 without padding, written in the one canonical way."""
    if "=" in text or "+" in text or "/" in text:
        raise Malformed("Something that should be base64url is not.")
    standard = text.replace("-", "+").replace("_", "/")
    try:
        return from_base64(standard + "=" * (-len(standard) % 4))
    except Malformed:
        raise Malformed("Something that should be base64url is not.") from None


def to_base64(content: bytes) -> str:
    """Standard base64 with padding."""
    return base64.b64encode(content).decode()


def hash_from(text: Any) -> bytes:
    """A SHA-256 in base64: 32 bytes, no more and no fewer."""
    content = from_base64(as_text(text))
    if len(content) != HASH_BYTES:
        raise Malformed("A hash has {count} bytes; it must have 32.", count=len(content))
    return content


def decimal(text: str) -> int:
    """A size or an index, without sign or leading zeros, below 2^63."""
    if not DECIMAL.match(text) or int(text) > LARGEST_NUMBER:
        raise Malformed("Something that should be a decimal number is not.")
    return int(text)


def as_text(value: Any) -> str:
    """A text of JSON; raises where it is another type."""
    if not isinstance(value, str):
        raise Malformed("A text is missing, or is of another type.")
    return value


def as_list(value: Any) -> list[Any]:
    """A list of JSON; raises where it is another type."""
    if not isinstance(value, list):
        raise Malformed("A list is missing, or is of another type.")
    return value


def as_object(value: Any) -> dict[str, Any]:
    """An object of JSON; raises where it is another type."""
    if not isinstance(value, dict):
        raise Malformed("An object is missing, or is of another type.")
    return value


def as_number(value: Any) -> int:
    """A size or an index of JSON; true and false are no numbers here."""
    if type(value) is not int or not 0 <= value <= LARGEST_NUMBER:
        raise Malformed("A number is missing, or is out of range.")
    return value


def as_octets(value: Any) -> bytes:
    """A text of JSON as UTF-8; half a character of UTF-16 has none."""
    try:
        return as_text(value).encode()
    except UnicodeEncodeError:
        raise Malformed("The text is not UTF-8.") from None


def as_utf8(content: bytes) -> str:
    """UTF-8, strictly."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise Malformed("The text is not UTF-8.") from None


def read_json(text: str) -> Any:
    """JSON of a bounded depth, without duplicate names and without NaN."""
    depth = 0
    for match in LEVELS.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(match[0], 0)
        if depth > DEEPEST_JSON:
            raise Malformed("The JSON is nested more than {most} levels deep.", most=DEEPEST_JSON)
    try:
        return json.loads(text, object_pairs_hook=_each_once, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise Malformed("The JSON cannot be read.") from None


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = dict(pairs)
    if len(names) != len(pairs):
        raise ValueError("a name stands twice")
    return names


def _no_constant(name: str) -> Any:
    raise ValueError(name)
