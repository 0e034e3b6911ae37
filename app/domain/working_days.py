"""Terms of days: when a term that began at a moment ends, in the time of those who are on duty (WIB).

A term of days leaves out the day on which it begins and ends with the last moment of its last day; a term of
hours runs from its very moment. No list of national holidays was at hand (they are decreed year by year):
working days are Monday to Friday, and the table below waits for the days of a decree.
"""

from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum

from app.domain.incident_kinds import Label

WIB = timezone(timedelta(hours=7))
SATURDAY = 5
HOLIDAYS: frozenset[date] = frozenset()


class TermUnit(StrEnum):
    """In what a term is counted."""

    CALENDAR_DAYS = "calendar_days"
    HOURS = "hours"
    WORKING_DAYS = "working_days"


TERM_UNITS: dict[str, Label] = {
    TermUnit.CALENDAR_DAYS: ("Hari kalender", "Calendar days"),
    TermUnit.HOURS: ("Jam", "Hours"),
    TermUnit.WORKING_DAYS: ("Hari kerja", "Working days"),
}


def is_working(day: date, holidays: frozenset[date] = HOLIDAYS) -> bool:
    """Whether offices are open on a day."""
    return day.weekday() < SATURDAY and day not in holidays


def ends_at(
    began_at: datetime, length: int, unit: TermUnit, holidays: frozenset[date] = HOLIDAYS
) -> datetime:
    """When a term of `length` units that began at an aware moment is over, in UTC; `length` is at least 1."""
    if unit is TermUnit.HOURS:
        return began_at + timedelta(hours=length)
    day = began_at.astimezone(WIB).date()
    left = length
    while left:
        day += timedelta(days=1)
        left -= unit is TermUnit.CALENDAR_DAYS or is_working(day, holidays)
    return datetime.combine(day + timedelta(days=1), time(), WIB).astimezone(UTC)
