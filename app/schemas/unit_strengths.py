"""The strength of units on the wire."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import ConfigDict, Field

from app.domain.sharing import Classification, Tlp
from app.schemas.fields import Day, Erasable, ErasableText, Line, RegionCode
from app.schemas.markings import MarkingFields
from app.schemas.pages import Page


class UnitStrengthStatement(MarkingFields):
    """How many personnel a unit has; the whole statement, in place of the one before."""

    strength: Annotated[int, Field(ge=0, le=1_000_000, strict=True)]
    source: Line = Field(description="From where the number is known")
    as_of: Day = Field(description="The day for which it was counted")
    region_code: RegionCode = Field(description="Where the unit is based")

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "strength": 610,
                    "source": "Daftar susunan personel (fiktif)",
                    "as_of": "2024-11-20",
                    "region_code": "36.04",
                },
                {
                    "strength": 120,
                    "source": "Cadangan Power on Hand (fiktif)",
                    "as_of": "2024-11-20",
                    "region_code": "36",
                    "tlp": "AMBER",
                    "audience": ["kpu-banten"],
                },
            ]
        }
    )


class UnitStrength(Erasable):
    """How many personnel a unit has, as its agency states it."""

    id: UUID
    reference: str = Field(examples=["U-7K3Q-F2W"])
    version: int
    owner_agency: str
    tlp: Tlp
    classification: Classification
    audience: list[str]
    recipients: list[str]
    exercise: str
    unit: str
    strength: int
    source: ErasableText
    as_of: date
    region_code: str
    recorded_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, row: Mapping[Any, Any]) -> Self:
        """From the columns of a row, or from what an entry says."""
        return cls.model_validate({**row, "recorded_at": row["created_at"]})


class UnitStrengthPage(Page[UnitStrength]):
    """A page of unit strengths, those first stated first."""
