"""Plans of patrols and their stops on the wire."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Self
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field

from app.domain.field_mask import LINKS
from app.domain.patrols import LAST_MINUTE, LONGEST_GRACE, MOST_STOPS, TimeZone, Weekday
from app.domain.sharing import Classification, Tlp
from app.schemas.fields import (
    AccountNames,
    AgencyCodes,
    Day,
    Erasable,
    ErasableText,
    Incoming,
    Line,
    Point,
    RegionCode,
    UnitCode,
    distinct,
    unset,
)
from app.schemas.markings import ClassificationCode, MarkingFields
from app.schemas.pages import Page

TimeOfDay = Annotated[
    str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", description="On the clock of `time_zone`")
]
Weekdays = Annotated[
    list[Weekday],
    Field(min_length=1, max_length=7, description="On which days it runs"),
    AfterValidator(distinct),
]
Grace = Annotated[
    int,
    Field(ge=0, le=LONGEST_GRACE, strict=True, description="How late a stop may be before it is overdue"),
]
Minute = Annotated[
    int, Field(ge=0, le=LAST_MINUTE, strict=True, description="Minutes after the start of the patrol")
]


class PatrolPlanStopCreate(Incoming):
    """A site, or a place with its name and position, and when to be there."""

    minute: Minute
    site_id: UUID | None = Field(default=None, description="A site within the region of the plan")
    name: Line | None = Field(default=None, description="Of a place that is no site; no names of persons")
    region_code: RegionCode | None = Field(
        default=None, description="Of that place, within the region of the plan; that region, if left out"
    )
    geometry: Point | None = Field(default=None, description="Where that place is")


Stops = Annotated[
    list[PatrolPlanStopCreate],
    Field(min_length=1, max_length=MOST_STOPS, description="In the order in which they are visited"),
]


class PatrolPlanCreate(MarkingFields):
    """Where a unit goes, on which days of the week, from when on."""

    name: Line
    unit: UnitCode = Field(description="A unit of your agency")
    region_code: RegionCode
    weekdays: Weekdays
    start_time: TimeOfDay
    time_zone: TimeZone = TimeZone.WIB
    grace_minutes: Grace = 15
    first_on: Day | None = Field(default=None, description="Not before this day")
    last_on: Day | None = Field(default=None, description="Not after this day")
    stops: Stops

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "name": "Patroli malam Kragilan (fiktif)",
                    "unit": "polres-serang",
                    "region_code": "36.04.11",
                    "weekdays": ["mon", "wed", "fri"],
                    "start_time": "21:00",
                    "stops": [
                        {
                            "minute": 15,
                            "name": "Pasar Kragilan (fiktif)",
                            "geometry": {"type": "Point", "coordinates": [106.28, -6.14]},
                        }
                    ],
                }
            ]
        }
    )


class PatrolPlanChange(Incoming):
    """What shall change; what is left out stays (RFC 7396). Patrols that are made stay as they are."""

    name: Line = Field(default_factory=unset)
    unit: UnitCode = Field(default_factory=unset)
    weekdays: Weekdays = Field(default_factory=unset)
    start_time: TimeOfDay = Field(default_factory=unset)
    time_zone: TimeZone = Field(default_factory=unset)
    grace_minutes: Grace = Field(default_factory=unset)
    first_on: Day | None = Field(default_factory=unset)
    last_on: Day | None = Field(default_factory=unset)
    in_use: bool = Field(default_factory=unset, strict=True)
    stops: Stops = Field(default_factory=unset)
    tlp: Tlp = Field(default_factory=unset)
    audience: AgencyCodes = Field(default_factory=unset)
    recipients: AccountNames = Field(default_factory=unset)
    classification: ClassificationCode = Field(default_factory=unset)

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"start_time": "22:00", "weekdays": ["tue", "thu"]}]}
    )


class PatrolPlan(Erasable):
    """Where a unit goes, on which days of the week, from when on; its stops have a list of their own."""

    id: UUID
    reference: str = Field(examples=["L-7K3Q-F2W"])
    version: int
    owner_agency: str
    tlp: Tlp
    classification: Classification
    audience: list[str]
    recipients: list[str]
    exercise: str
    name: ErasableText
    unit: str
    region_code: str
    weekdays: list[Weekday]
    start_time: str = Field(examples=["21:00"])
    time_zone: TimeZone
    grace_minutes: int
    first_on: date | None
    last_on: date | None
    in_use: bool = Field(description="False where no more patrols are made of it")
    stop_count: int
    recorded_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, row: Mapping[Any, Any]) -> Self:
        """From the columns of a row, or from what an entry says."""
        return cls.model_validate({**row, "recorded_at": row["created_at"]})


class PatrolPlanPage(Page[PatrolPlan]):
    """A page of plans of patrols, newest first."""


class PatrolPlanStop(Erasable):
    """One stop of a plan: a site, or a place with its name and position."""

    NAMES: ClassVar[dict[str, str]] = LINKS["patrol_plan_stop"]

    id: UUID
    plan_id: UUID
    number: int = Field(description="In the order in which they are visited, from 1")
    minute: int = Field(description="Minutes after the start of the patrol")
    site_id: UUID | None = Field(description="Null also where you may not see the site")
    name: str | None = Field(description="Of a place that is no site")
    region_code: str = Field(description="Of the place; of a site that of the plan")
    geometry: Point | None
    recorded_at: datetime

    @classmethod
    def of(cls, row: Mapping[Any, Any]) -> Self:
        """From the columns of a row, or from what an entry says."""
        return cls.model_validate({**row, "recorded_at": row["created_at"], "geometry": Point.of(row)})


class PatrolPlanStopPage(Page[PatrolPlanStop]):
    """The stops of a plan as it stands now, in their order."""
