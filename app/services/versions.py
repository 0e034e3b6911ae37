"""What If-Match asks: that a row still has a version that the caller has read."""

from app.domain.errors import PreconditionFailed
from app.models.columns import Versioned


def require(row: Versioned, expected: frozenset[int] | None) -> None:
    """Raise where the row has another version by now; None expects nothing."""
    if expected is not None and row.version not in expected:
        raise PreconditionFailed("Read the record again: it has another version now.")
