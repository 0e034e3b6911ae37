"""Routes that will go: which since when, until when, and what comes after, as data on the route.

A route says so with `**deprecated(Deprecation(…))` in its decorator: OpenAPI then marks it, and every answer
of it carries `Deprecation` (RFC 9745), `Sunset` (RFC 8594) and links. None is deprecated now.
"""

from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Any

MEMBER = "x-deprecation"
Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Deprecation:
    """Since when a route is deprecated, when it goes, which path serves instead, and where that is told."""

    since: datetime
    sunset: datetime
    successor: str
    policy: str


def deprecated(what: Deprecation) -> dict[str, Any]:
    """What the decorator of the route takes."""
    if what.sunset <= what.since:
        raise ValueError("A route goes after it was deprecated, not before.")
    shown = {"sunset": what.sunset.isoformat(), "successor": what.successor, "policy": what.policy}
    return {"deprecated": True, "openapi_extra": {MEMBER: {"since": what.since.isoformat(), **shown}}}


def headers_of(extra: dict[str, Any] | None) -> Headers:
    """The headers of a route's answers; none where it stays."""
    told = (extra or {}).get(MEMBER)
    if told is None:
        return []
    since, sunset = (datetime.fromisoformat(told[name]) for name in ("since", "sunset"))
    return [
        (b"deprecation", b"@%d" % int(since.timestamp())),
        (b"sunset", format_datetime(sunset, usegmt=True).encode()),
        (b"link", f'<{told["successor"]}>; rel="successor-version"'.encode()),
        (b"link", f'<{told["policy"]}>; rel="deprecation"; type="text/html"'.encode()),
    ]
