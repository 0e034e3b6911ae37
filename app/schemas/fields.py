"""Kinds of fields that many schemas share, each with the bounds that keep bad input out."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field

EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
LATEST = datetime(2200, 1, 1, tzinfo=UTC)
CONTROLS = frozenset(map(chr, [*range(32), 127])) - {"\n", "\t"}
RFC_3339_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
RFC_3339_START = re.compile(RFC_3339_DAY.pattern + "[Tt ]")
AGENCY_PATTERN = r"^[a-z0-9][a-z0-9-]{1,62}$"  # of units too
ACCOUNT_PATTERN = r"^[a-z0-9]+\.[a-z0-9][a-z0-9-]{1,50}$"
REGION_PATTERN = r"^[0-9]{2}(\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4})?)?)?$"


class InvalidValue(ValueError):  # noqa: N818 - the family of problems says what is, not "error"
    """A value that a validator refuses, in words that name what varies apart (as `Problem` does)."""

    def __init__(self, detail: str, **values: object) -> None:
        super().__init__(detail.format(**values))
        self.detail = detail
        self.values = values


class Incoming(BaseModel):
    """What a client sends: unknown members are refused, types are not bent."""

    model_config = ConfigDict(extra="forbid", strict=False, frozen=True, str_strip_whitespace=True)


class Outgoing(BaseModel):
    """What the service answers."""

    model_config = ConfigDict(extra="ignore", frozen=True, from_attributes=True)


class Erasable(Outgoing):
    """An answer that can tell of the past: what was erased since then reads null, and is listed."""

    erased: list[str] = Field(
        default_factory=list,
        exclude_if=lambda paths: not paths,
        description="Fields that were erased, as JSON pointers; left out where none was",
    )


def printable(value: str) -> str:
    if not CONTROLS.isdisjoint(value):
        raise ValueError("control characters are not allowed")
    return value


def _written_out(value: Any) -> Any:
    """Pydantic would take a number too, as seconds since 1970."""
    if not isinstance(value, datetime) and not RFC_3339_START.match(str(value)):
        raise ValueError("write the time as RFC 3339 has it, with an offset")
    return value


def _written_out_day(value: Any) -> Any:
    if not isinstance(value, date) and not RFC_3339_DAY.fullmatch(str(value)):
        raise ValueError("write the day as 2024-11-27")
    return value


def _in_range(value: datetime) -> datetime:
    try:
        utc = value.astimezone(UTC)
    except OverflowError:
        raise ValueError("the time is out of range") from None
    if not EARLIEST <= utc < LATEST:
        raise ValueError("the time must lie between 1970 and 2200")
    return utc


def _day_in_range(value: date) -> date:
    """As of a time; a day at the end of the calendar has no next one, nor a start on another clock."""
    if not EARLIEST.date() <= value < LATEST.date():
        raise ValueError("the time must lie between 1970 and 2200")
    return value


def distinct(values: list[Any]) -> list[Any]:
    if len(set(values)) != len(values):
        raise ValueError("the same value stands twice")
    return values


Line = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(printable)]
Narrative = Annotated[str, Field(max_length=10_000), AfterValidator(printable)]
Remark = Annotated[str, Field(min_length=3, max_length=2_000), AfterValidator(printable)]
Time = Annotated[AwareDatetime, BeforeValidator(_written_out), AfterValidator(_in_range)]
Moment = Annotated[Time, Field(description="A moment in the past; now, if left out")]
Day = Annotated[date, BeforeValidator(_written_out_day), AfterValidator(_day_in_range)]
ErasableText = Annotated[str | None, Field(description="Null where it was erased")]
AgencyCode = Annotated[str, Field(pattern=AGENCY_PATTERN, examples=["kpu-banten"])]
UnitCode = Annotated[str, Field(pattern=AGENCY_PATTERN, examples=["polres-serang"])]
AgencyCodes = Annotated[list[AgencyCode], Field(max_length=64), AfterValidator(distinct)]
AccountName = Annotated[str, Field(pattern=ACCOUNT_PATTERN, examples=["commander.polda-banten"])]
AccountNames = Annotated[list[AccountName], Field(max_length=64), AfterValidator(distinct)]
RegionCode = Annotated[
    str,
    Field(pattern=REGION_PATTERN, description="Kemendagri code with dots", examples=["36.03.13"]),
]
SearchText = Annotated[str, Field(min_length=1, max_length=100), AfterValidator(printable)]
Count = Annotated[int, Field(ge=0, le=1_000_000, strict=True)]


def known(codes: Iterable[str], what: str) -> AfterValidator:
    """The string must be one of these codes."""
    allowed = frozenset(codes)

    def check(value: str) -> str:
        if value not in allowed:
            raise InvalidValue("unknown {what}; GET /api/v1/vocabularies lists them", what=what)
        return value

    return AfterValidator(check)


def listed(codes: Iterable[str]) -> Any:
    """OpenAPI lists the codes."""
    return Field(json_schema_extra={"enum": list(codes)})


def unset() -> Any:
    """The default of a member that may be left out but not be null; OpenAPI shows none."""
    return None


Longitude = Annotated[float, Field(strict=True, ge=-180, le=180, allow_inf_nan=False)]
Latitude = Annotated[float, Field(strict=True, ge=-90, le=90, allow_inf_nan=False)]


class Point(Incoming):
    """A GeoJSON point (RFC 7946): longitude first, then latitude, WGS 84."""

    type: Literal["Point"]
    coordinates: tuple[Longitude, Latitude] = Field(
        examples=[[106.6386, -6.0977]],
        json_schema_extra={"items": {"type": "number"}},  # some tools know no prefixItems
    )

    @classmethod
    def of(cls, row: Mapping[Any, Any]) -> Self | None:
        """From the columns of a row."""
        if row["longitude"] is None:
            return None
        return cls(type="Point", coordinates=(row["longitude"], row["latitude"]))

    @staticmethod
    def columns(point: "Point | None") -> dict[str, float | None]:
        """As the columns of a row."""
        longitude, latitude = point.coordinates if point else (None, None)
        return {"longitude": longitude, "latitude": latitude}
