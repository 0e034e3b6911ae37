"""Readiness orders on the wire."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Self
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from app.domain.field_mask import LINKS
from app.domain.readiness import ReadinessLevel, ReadinessStatus
from app.domain.sharing import Classification, Tlp
from app.schemas.fields import (
    Day,
    Erasable,
    ErasableText,
    Incoming,
    Line,
    Outgoing,
    RegionCode,
    Remark,
    Time,
    UnitCode,
    distinct,
)
from app.schemas.markings import MarkingFields
from app.schemas.pages import Page

OrderNumber = Annotated[
    str,
    # Upper case, so that one number is not given twice in two spellings.
    StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9 ./-]{0,98}$", strip_whitespace=True, to_upper=True),
    Field(description="As the order bears it; once in a year for an agency", examples=["STR/900/XI/2024"]),
]


def _at_most_all(value: str) -> str:
    part, _, whole = value.partition("/")
    if int(part) > int(whole):
        raise ValueError("the part is more than the whole")
    return value


Fraction = Annotated[
    str,
    Field(pattern=r"^[1-9]/[1-9]$", description="How much of the strength stands ready", examples=["2/3"]),
    AfterValidator(_at_most_all),
]
Units = Annotated[
    list[UnitCode],
    Field(min_length=1, max_length=64),
    AfterValidator(distinct),
]


class ReadinessOrderCreate(MarkingFields):
    """An order that puts units of your agency on a level of readiness; it stays inside, unless marked so."""

    number: OrderNumber
    issued_on: Day = Field(description="The day the order bears, in WIB")
    level: ReadinessLevel
    units: Units | None = Field(description="Units of your agency; null for the whole agency")
    region_code: RegionCode
    basis: Remark = Field(description="What it is based on: a telegram, an operation plan, an event")
    issued_by_post: Line | None = Field(default=None, description="The post that issued it, never a name")
    strength_fraction: Fraction | None = None
    valid_from: Time
    valid_until: Time | None = Field(default=None, description="Null: until it is revoked or superseded")
    supersedes: UUID | None = Field(
        default=None, description="The order of your agency that ends where this one begins"
    )

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "number": "STR/900/XI/2024",
                    "issued_on": "2024-11-23",
                    "level": "siaga_1",
                    "units": ["polres-serang"],
                    "region_code": "36.04",
                    "basis": "Pengamanan pemungutan suara (fiktif)",
                    "issued_by_post": "Kapolda Banten",
                    "valid_from": "2024-11-24T00:00:00+07:00",
                    "valid_until": "2024-11-29T00:00:00+07:00",
                }
            ]
        }
    )


class ReadinessRevocation(Incoming):
    """The end of an order before its time."""

    reason: Remark

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "Situasi terkendali (fiktif)."}]})


class ReadinessOrder(Erasable):
    """An order as it was issued, and what became of it."""

    NAMES: ClassVar[dict[str, str]] = LINKS["readiness_order"]

    id: UUID
    reference: str = Field(examples=["Q-7K3Q-F2W"])
    version: int
    owner_agency: str
    tlp: Tlp
    classification: Classification
    audience: list[str]
    recipients: list[str]
    exercise: str
    number: str
    issued_on: date
    level: ReadinessLevel
    units: list[str] | None = Field(description="Null: the whole agency")
    region_code: str
    basis: ErasableText
    issued_by_post: str | None
    strength_fraction: str | None
    status: ReadinessStatus
    valid_from: datetime
    valid_until: datetime | None
    supersedes: UUID | None
    ended_at: datetime | None = Field(description="When it ended, where it was revoked or superseded")
    recorded_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, row: Mapping[Any, Any]) -> Self:
        """From the columns of a row, or from what an entry says."""
        return cls.model_validate({**row, "recorded_at": row["created_at"]})


class ReadinessOrderPage(Page[ReadinessOrder]):
    """A page of readiness orders, newest first."""


class UnitReadiness(Outgoing):
    """The order that holds for a unit at a moment, of those that you may see."""

    unit: str
    agency: str
    at: datetime | None = Field(description="The moment that was asked for; null: now")
    level: ReadinessLevel | None = Field(description="Null where you may see no order that holds")
    order: ReadinessOrder | None
    inherited_from: str | None = Field(
        description="The unit above, or the agency, that the order names; null where it names the unit"
    )
