"""Pages of a list, and the opaque cursor that leads to the next one."""

import base64
import json
from typing import Annotated, Any, Generic, TypeVar

from pydantic import Field

from app.domain.errors import Invalid
from app.schemas.fields import Outgoing

Item = TypeVar("Item")

PAGE_LIMIT = 200
Limit = Annotated[int, Field(ge=1, le=PAGE_LIMIT, description=f"How many items, at most {PAGE_LIMIT}")]
CURSOR_LENGTH = 300
Cursor = Annotated[str, Field(max_length=CURSOR_LENGTH, description="`next` of the page before")]


class Page(Outgoing, Generic[Item]):
    """Some items, and where to go on; `next` is null on the last page."""

    items: list[Item]
    next: str | None = Field(default=None, description="Give it as `cursor` to get the page that follows")


def make_cursor(*key: Any) -> str:
    """An opaque cursor for the key of the last item shown."""
    text = json.dumps(key, separators=(",", ":"), default=str)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(cursor: str | None, *kinds: type) -> tuple[Any, ...] | None:
    """The key in a cursor, each part made by its kind; raises Invalid for anything we did not issue."""
    if cursor is None:
        return None
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        return tuple(kind(part) for kind, part in zip(kinds, json.loads(text), strict=True))
    except (ValueError, TypeError, AttributeError, RecursionError, OverflowError):
        raise Invalid.field("cursor", "This is no cursor of ours; begin without one.", "cursor") from None
