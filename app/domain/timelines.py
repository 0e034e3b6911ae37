"""Steps over time: which window is asked for, how many points tell of it, and totals from differences."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from app.domain.errors import Invalid

MOST_POINTS = 500
LONGEST = timedelta(days=366)
UNLESS_ASKED = timedelta(days=1)


def window(
    start: datetime | None, end: datetime | None, now: datetime, earliest: datetime | None = None
) -> tuple[datetime, datetime]:
    """The window that is meant, all aware; raises Invalid where it is empty, too long, or still to come.

    Without a start it begins at `earliest`, or a day before its end, at a full minute. Source: issue 7.
    """
    until = end or now
    begin = start or earliest or (until - UNLESS_ASKED).replace(second=0, microsecond=0)
    if until > now:
        raise Invalid.field("to", "This time is still to come.", "future")
    if begin >= until:
        raise Invalid.field("to", "The end must come after the start.", "window")
    if until - begin > LONGEST and (start or not earliest):
        raise Invalid.field("to", "At most {limit} days after the start.", "window", limit=LONGEST.days)
    return begin, until


def width(start: datetime, end: datetime, most: int = MOST_POINTS) -> int:
    """How many whole seconds equal intervals take, so that `most` points tell of the window; at least one."""
    seconds = int((end - start).total_seconds()) + 1
    return max(1, -(-seconds // (most - 2)))


def totals(differences: Iterable[tuple[datetime, int]], start: datetime) -> Iterator[tuple[datetime, int]]:
    """The total at the start and wherever it changes, from differences in the order of their times."""
    total, shown = 0, None
    for at, difference in differences:
        if at > start and shown is None:
            yield start, 0
            shown = 0
        total += difference
        if total != shown:
            yield at, total
            shown = total
    if shown is None:
        yield start, 0
