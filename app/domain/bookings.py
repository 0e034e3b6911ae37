"""How much of a unit is bound at one time: the peak of overlapping bookings within a window."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Booking:
    """So many are bound from a moment until another one, at which they are free again."""

    starts_at: datetime
    ends_at: datetime
    strength: int


def peak(
    bookings: Iterable[Booking], starts_at: datetime | None = None, ends_at: datetime | None = None
) -> int:
    """The most that are bound at any one moment of the window; without bounds, ever.

    A sweep over the bounds of the bookings: who ends at a moment is free for who begins at it.
    """
    changes: list[tuple[datetime, int]] = []
    for each in bookings:
        begin = each.starts_at if starts_at is None else max(each.starts_at, starts_at)
        end = each.ends_at if ends_at is None else min(each.ends_at, ends_at)
        if begin < end:
            changes += [(begin, each.strength), (end, -each.strength)]
    most = bound = 0
    for _, change in sorted(changes):  # at the same moment the ends sort first: they are negative
        bound += change
        most = max(most, bound)
    return most
