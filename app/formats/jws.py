"""Signed tokens in compact form (RFC 7515 §3.1), in the one spelling that is taken; nothing is believed."""

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any

PARTS = 3  # header, claims, signature


@dataclass(frozen=True, slots=True)
class Jws:
    """A token taken apart. Its signature is still to be checked."""

    header: dict[str, Any]
    claims: dict[str, Any]
    signed: bytes
    signature: bytes


def read(token: str, longest: int) -> Jws:
    """The parts of a token; raises ValueError, TypeError or RecursionError for anything but the one form."""
    if len(token) > longest or not token.isascii():
        raise ValueError
    parts = token.split(".")
    if len(parts) != PARTS:
        raise ValueError
    header, claims, signature = map(octets, parts)
    return Jws(members(header), members(claims), token.rpartition(".")[0].encode(), signature)


def octets(text: str) -> bytes:
    """What base64url without padding stands for, in the only spelling of its bytes."""
    try:
        content = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error:
        raise ValueError from None
    if not content or base64.urlsafe_b64encode(content).rstrip(b"=").decode() != text:
        raise ValueError
    return content


def members(text: bytes) -> dict[str, Any]:
    """The members of a JSON object in UTF-8 in which no name stands twice and every number is one."""
    value = json.loads(text.decode(), object_pairs_hook=_each_name_once, parse_constant=_no_number)
    if not isinstance(value, dict):
        raise TypeError
    return value


def _each_name_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def _no_number(_name: str) -> Any:
    raise ValueError  # NaN and Infinity are no JSON
