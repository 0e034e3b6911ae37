"""Guard patterns on the wire."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import ConfigDict, Field

from app.domain.sharing import Classification, Tlp
from app.domain.sites import RiskCategory, SiteKind
from app.schemas.externals import SOURCE_PATTERN
from app.schemas.fields import (
    AccountNames,
    AgencyCodes,
    Day,
    Erasable,
    Incoming,
    Line,
    Outgoing,
    RegionCode,
    unset,
)
from app.schemas.markings import ClassificationCode, MarkingFields
from app.schemas.pages import Page

MOST = 10_000
Personnel = Annotated[int, Field(ge=0, le=MOST, strict=True)]
Sites = Annotated[int, Field(ge=1, le=MOST, strict=True, description="For how many sites they are")]
Operation = Annotated[
    str, Field(pattern=SOURCE_PATTERN, description="A short name", examples=["mantap-praja-maung-2024"])
]


class GuardPatternCreate(MarkingFields):
    """How many guard how many sites of one category. Each number has a name."""

    operation: Operation
    region_code: RegionCode = Field(
        description="Where it holds: a province, a regency or a kecamatan; the nearest counts"
    )
    site_kind: SiteKind = SiteKind.POLLING_STATION
    risk: RiskCategory
    police_count: Personnel = Field(description="Police, or military in their place")
    site_count: Sites
    linmas_count: Personnel | None = Field(
        default=None, description="Of local government; null where the plan does not say"
    )
    source: Line = Field(description="The order or plan that says so")
    as_of: Day

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "operation": "mantap-praja-maung-2024",
                    "region_code": "36.04",
                    "risk": "kurang_rawan",
                    "police_count": 2,
                    "site_count": 12,
                    "linmas_count": 24,
                    "source": "Rencana operasi (fiktif)",
                    "as_of": "2024-11-01",
                }
            ]
        }
    )


class GuardPatternChange(Incoming):
    """What shall change; what is left out stays (RFC 7396)."""

    police_count: Personnel = Field(default_factory=unset)
    site_count: Sites = Field(default_factory=unset)
    linmas_count: Personnel | None = Field(default_factory=unset)
    source: Line = Field(default_factory=unset)
    as_of: Day = Field(default_factory=unset)
    tlp: Tlp = Field(default_factory=unset)
    audience: AgencyCodes = Field(default_factory=unset)
    recipients: AccountNames = Field(default_factory=unset)
    classification: ClassificationCode = Field(default_factory=unset)

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"police_count": 4, "source": "Perubahan rencana operasi (fiktif)"}]}
    )


class GuardPattern(Erasable):
    """How many guard how many sites of one category, in an operation and a place."""

    id: UUID
    reference: str = Field(examples=["G-7K3Q-F2W"])
    version: int
    owner_agency: str
    tlp: Tlp
    classification: Classification
    audience: list[str]
    recipients: list[str]
    exercise: str
    operation: str
    region_code: str
    site_kind: SiteKind
    risk: RiskCategory
    police_count: int
    site_count: int
    linmas_count: int | None
    source: str
    as_of: date
    recorded_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, row: Mapping[Any, Any]) -> Self:
        """From the columns of a row, or from what an entry says."""
        return cls.model_validate({**row, "recorded_at": row["created_at"]})


class GuardPatternPage(Page[GuardPattern]):
    """A page of guard patterns, newest first."""


class KnownGuardPattern(Outgoing):
    """What an order or a report has told of how many guard how many sites of a category."""

    year: int
    region_code: str | None = Field(description="Null where it is told of the whole country")
    told_of: str = Field(description="Whose pattern it was", examples=["Polres Serang"])
    site_kind: SiteKind
    risk: RiskCategory
    police_count: int
    site_count: int
    linmas_count: int | None = Field(description="Null where the source does not tell it")
    source: str
    note_id: str | None = Field(description="What else is told, in Indonesian")
    note_en: str | None = Field(description="The same in English")


class KnownGuardPatterns(Outgoing):
    """Patterns of past elections: they differ by place and year, and bind nobody."""

    as_of: date = Field(description="When they were gathered")
    items: list[KnownGuardPattern]
