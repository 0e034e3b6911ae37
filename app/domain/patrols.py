"""Patrols: on which days a plan runs, how one run of it goes on, and what has become of each stop."""

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from math import asin, cos, radians, sin, sqrt

from app.domain.incident_kinds import Label

EARTH_METRES = 6_371_008.8  # mean radius (IUGG)
MOST_STOPS = 100
LAST_MINUTE = 24 * 60  # a patrol is over within a day
LONGEST_GRACE = 12 * 60
CLOCK_SKEW = timedelta(minutes=5)  # devices in the field go a little wrong


class Weekday(StrEnum):
    """The days of the week, Monday first (ISO 8601)."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"


class TimeZone(StrEnum):
    """Whose clock a plan's time of day is read from (Keppres 41/1987)."""

    WIB = "wib"
    WITA = "wita"
    WIT = "wit"


class PatrolStatus(StrEnum):
    """How far one run of a plan has come."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class StopOutcome(StrEnum):
    """What was put on record of a stop; nothing else is ever stored of it."""

    SKIPPED = "skipped"
    VISITED = "visited"


class StopState(StrEnum):
    """How a stop stands at a moment: its outcome, or what the lack of one means by then."""

    CALLED_OFF = "called_off"
    MISSED = "missed"
    OVERDUE = "overdue"
    PENDING = "pending"
    SKIPPED = "skipped"
    VISITED = "visited"


S = PatrolStatus
PATROL_STEPS: dict[PatrolStatus, frozenset[PatrolStatus]] = {
    S.PLANNED: frozenset({S.UNDER_WAY, S.CANCELLED}),
    S.UNDER_WAY: frozenset({S.COMPLETED, S.CANCELLED}),
    S.COMPLETED: frozenset(),
    S.CANCELLED: frozenset(),
}
OPEN = tuple(sorted(status for status, further in PATROL_STEPS.items() if further))
UTC_HOURS: dict[TimeZone, int] = {TimeZone.WIB: 7, TimeZone.WITA: 8, TimeZone.WIT: 9}  # none has summer time

PATROL_STATUSES: dict[str, Label] = {
    S.PLANNED: ("Direncanakan", "Planned"),
    S.UNDER_WAY: ("Sedang berjalan", "Under way"),
    S.COMPLETED: ("Selesai", "Completed"),
    S.CANCELLED: ("Dibatalkan", "Cancelled"),
}
STOP_OUTCOMES: dict[str, Label] = {
    StopOutcome.SKIPPED: ("Dilewati dengan alasan", "Skipped with a reason"),
    StopOutcome.VISITED: ("Dikunjungi", "Visited"),
}
STOP_STATES: dict[str, Label] = {
    StopState.CALLED_OFF: ("Patroli dibatalkan", "The patrol was cancelled"),
    StopState.MISSED: ("Tidak dikunjungi sampai patroli selesai", "Not visited until the patrol ended"),
    StopState.OVERDUE: ("Lewat waktu", "Overdue"),
    StopState.PENDING: ("Belum waktunya", "Still to come"),
    **{StopState(outcome): label for outcome, label in STOP_OUTCOMES.items()},
}
TIME_ZONES: dict[str, Label] = {
    TimeZone.WIB: ("Waktu Indonesia Barat (UTC+7)", "Western Indonesia Time (UTC+7)"),
    TimeZone.WITA: ("Waktu Indonesia Tengah (UTC+8)", "Central Indonesia Time (UTC+8)"),
    TimeZone.WIT: ("Waktu Indonesia Timur (UTC+9)", "Eastern Indonesia Time (UTC+9)"),
}
WEEKDAYS: dict[str, Label] = {
    Weekday.MON: ("Senin", "Monday"),
    Weekday.TUE: ("Selasa", "Tuesday"),
    Weekday.WED: ("Rabu", "Wednesday"),
    Weekday.THU: ("Kamis", "Thursday"),
    Weekday.FRI: ("Jumat", "Friday"),
    Weekday.SAT: ("Sabtu", "Saturday"),
    Weekday.SUN: ("Minggu", "Sunday"),
}


def weekday(on: date) -> Weekday:
    """The day of the week on which a date falls."""
    return list(Weekday)[on.weekday()]


def planned_start(on: date, start_time: str, zone: TimeZone) -> datetime:
    """When a run begins, in UTC; `start_time` is the time of day as `20:00` on the clock of the zone."""
    local = datetime.combine(on, time.fromisoformat(start_time), UTC)
    return local - timedelta(hours=UTC_HOURS[zone])


def local_day(moment: datetime, zone: TimeZone) -> date:
    """The day that a moment falls on, on the clock of the zone; the moment is aware."""
    return (moment.astimezone(UTC) + timedelta(hours=UTC_HOURS[zone])).date()


def stop_state(outcome: str | None, status: str, overdue_at: datetime, now: datetime) -> StopState:
    """How a stop stands; `overdue_at` is its planned time with the grace, from which on it is late."""
    if outcome is not None:
        return StopState(outcome)
    if status == PatrolStatus.CANCELLED:
        return StopState.CALLED_OFF
    if status == PatrolStatus.COMPLETED:
        return StopState.MISSED
    return StopState.OVERDUE if overdue_at <= now else StopState.PENDING


def distance_metres(one: tuple[float, float], other: tuple[float, float]) -> int:
    """The distance over ground between two positions (longitude, latitude in degrees, WGS 84), in metres.

    By the haversine formula on a sphere: within half a per cent, which is enough to see who stood elsewhere.
    """
    (east, north), (east_2, north_2) = (tuple(map(radians, each)) for each in (one, other))
    chord = sin((north_2 - north) / 2) ** 2 + cos(north) * cos(north_2) * sin((east_2 - east) / 2) ** 2
    return round(2 * EARTH_METRES * asin(min(1.0, sqrt(chord))))
