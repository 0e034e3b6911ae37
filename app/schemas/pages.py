"""Pages of a list, and the opaque cursor that leads to the next one."""

import base64
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar

from pydantic import Field

from app.domain.errors import Invalid
from app.schemas.fields import REGION_PATTERN, Outgoing

Item = TypeVar("Item")

PAGE_LIMIT = 200
Limit = Annotated[int, Field(ge=1, le=PAGE_LIMIT, description=f"How many items, at most {PAGE_LIMIT}")]
CURSOR_LENGTH = 300
Cursor = Annotated[str, Field(max_length=CURSOR_LENGTH, description="`next` of the page before")]


class Page(Outgoing, Generic[Item]):
    """Some items, and where to go on; `next` is null on the last page."""

    items: list[Item]
    next: str | None = Field(default=None, description="Give it as `cursor` to get the page that follows")


@dataclass(frozen=True, slots=True)
class Rendered:
    """An answer that is JSON already; `version` is that of the record, where it is one.

    `aged` names what time alone has changed since that version was written.
    """

    body: bytes
    version: int | None = None
    aged: str | None = None


def rendered_page(items: Sequence[bytes], following: str | None) -> Rendered:
    """A page whose items are JSON already."""
    last = f'"{following}"'.encode() if following else b"null"
    return Rendered(b'{"items":[' + b",".join(items) + b'],"next":' + last + b"}")


def make_cursor(*key: Any) -> str:
    """An opaque cursor for the key of the last item shown."""
    text = json.dumps(key, separators=(",", ":"), default=str)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(cursor: str | None, *kinds: Callable[[Any], Any]) -> tuple[Any, ...] | None:
    """The key in a cursor, each part made by its kind; raises Invalid for anything we did not issue."""
    if cursor is None:
        return None
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        key = tuple(kind(part) for kind, part in zip(kinds, json.loads(text), strict=True))
    except (ValueError, TypeError, AttributeError, RecursionError, OverflowError):
        key = ()
    if not key or make_cursor(*key) != cursor:
        raise Invalid.field("cursor", "This is no cursor of ours; begin without one.", "cursor")
    return key


def position(part: Any) -> int:
    """A position in the ledger, from a cursor."""
    if type(part) is not int or not 0 <= part < 2**63:
        raise ValueError
    return part


def region_code(part: Any) -> str:
    """The code of a region, from a cursor."""
    if not re.fullmatch(REGION_PATTERN, part):
        raise ValueError
    return str(part)
