"""The calendar by which elections are held: days of Western Indonesian Time, whatever clock a reader has."""

from datetime import date, datetime, timedelta, timezone

WIB = timezone(timedelta(hours=7))


def day_of(moment: datetime) -> date:
    """The calendar day in WIB at an aware moment."""
    return moment.astimezone(WIB).date()
