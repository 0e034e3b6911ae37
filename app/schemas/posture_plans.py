"""Posture plans on the wire."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, ClassVar, Self
from uuid import UUID

from pydantic import ConfigDict, Field, field_serializer

from app.domain.field_mask import LINKS
from app.domain.posture import (
    together,
    without_hidden,
)
from app.domain.sharing import Classification, Tlp
from app.domain.threat_levels import ThreatCategory
from app.schemas.fields import (
    AccountNames,
    AgencyCodes,
    Erasable,
    ErasableText,
    Incoming,
    Line,
    RegionCode,
    unset,
)
from app.schemas.markings import ClassificationCode, MarkingFields
from app.schemas.pages import Page
from app.schemas.posture_measures import Measures

PATROL_PLANS = Field(description="Of the patrols among its measures, in their order; those that you may see")
OWN = Field(default=Tlp.AMBER_STRICT, description="TLP 2.0; by default a plan is its own agency's matter")
Level = Annotated[int, Field(ge=1, le=5, strict=True, description="From this level on it answers")]


class PosturePlanCreate(MarkingFields):
    """A prepared answer to a level of threat in a region. Nothing of it moves without a person's decision."""

    tlp: Tlp = OWN
    name: Line
    region_code: RegionCode = Field(description="It answers a level of this region, or of one around it")
    category: ThreatCategory | None = Field(default=None, description="Null for every kind of threat")
    level: Level
    in_use: bool = True
    measures: Measures

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "name": "Kesiapan kerusuhan di Kabupaten Serang (fiktif)",
                    "region_code": "36.04",
                    "category": "mass_unrest",
                    "level": 3,
                    "measures": [
                        {
                            "kind": "deployment",
                            "home_unit": "polres-serang",
                            "role": "dalmas",
                            "strength_planned": 60,
                            "hours": 72,
                        },
                        {
                            "kind": "assistance",
                            "assistance_kind": "crowd_control",
                            "quantity": 40,
                            "bases": ["tni_polri_agreement"],
                            "addressed": ["korem-064"],
                            "starts_in_hours": 6,
                            "hours": 48,
                            "answer_in_hours": 3,
                        },
                        {"kind": "notification", "text": "Piket siaga di tempat (fiktif)."},
                    ],
                }
            ]
        }
    )


class PosturePlanChange(Incoming):
    """What shall change; what is left out stays (RFC 7396). Activations that there are stay as they are."""

    name: Line = Field(default_factory=unset)
    region_code: RegionCode = Field(default_factory=unset)
    category: ThreatCategory | None = Field(default_factory=unset)
    level: Level = Field(default_factory=unset)
    in_use: bool = Field(default_factory=unset)
    measures: Measures = Field(default_factory=unset)
    tlp: Tlp = Field(default_factory=unset)
    audience: AgencyCodes = Field(default_factory=unset)
    recipients: AccountNames = Field(default_factory=unset)
    classification: ClassificationCode = Field(default_factory=unset)

    model_config = ConfigDict(json_schema_extra={"examples": [{"level": 4}, {"in_use": False}]})


class PosturePlan(Erasable):
    """A prepared answer to a level of threat in a region."""

    NAMES: ClassVar[dict[str, str]] = LINKS["posture_plan"]

    id: UUID
    reference: str = Field(examples=["Z-7K3Q-F2W"])
    version: int
    owner_agency: str
    tlp: Tlp
    classification: Classification
    audience: list[str]
    recipients: list[str]
    exercise: str
    name: ErasableText
    region_code: str
    category: ThreatCategory | None
    level: int
    in_use: bool
    measures: list[dict[str, Any]] | None = Field(
        description="Null where they were erased; `patrol_plan_id` is null where you may not see that"
    )
    patrol_plan_ids: list[UUID] = PATROL_PLANS
    recorded_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, row: Mapping[Any, Any]) -> Self:
        """From the columns of a row, or from what an entry says."""
        measures = row["measures"] and together(row["measures"], row["patrol_plan_ids"])
        return cls.model_validate({**row, "measures": measures, "recorded_at": row["created_at"]})

    @field_serializer("measures")
    def shown_measures(self, measures: list[dict[str, Any]] | None) -> list[dict[str, Any]] | None:
        """Without the ids that were masked since it was read."""
        shown = set(map(str, self.patrol_plan_ids))
        return measures and [without_hidden(each, shown) for each in measures]


class PosturePlanPage(Page[PosturePlan]):
    """A page of posture plans, newest first."""
