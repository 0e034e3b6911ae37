"""Posture plans on the wire."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import ConfigDict, Field

from app.domain.deployments import CommandRelation, DeploymentRole
from app.domain.posture import MeasureKind
from app.domain.sharing import Classification, Tlp
from app.domain.threat_levels import ThreatCategory
from app.schemas.deployments import Planned
from app.schemas.fields import (
    AccountNames,
    AgencyCodes,
    Erasable,
    ErasableText,
    Incoming,
    Line,
    RegionCode,
    Remark,
    UnitCode,
    unset,
)
from app.schemas.markings import ClassificationCode, MarkingFields
from app.schemas.pages import Page

MOST_MEASURES = 50
LONGEST_HOURS = 24 * 31
OWN = Field(default=Tlp.AMBER_STRICT, description="TLP 2.0; by default a plan is its own agency's matter")
Level = Annotated[int, Field(ge=1, le=5, strict=True, description="From this level on it answers")]


class DeploymentMeasure(Incoming):
    """A unit of your agency is to be sent."""

    kind: Literal[MeasureKind.DEPLOYMENT]
    home_unit: UnitCode
    role: DeploymentRole
    command_relation: CommandRelation = CommandRelation.ORGANIK
    strength_planned: Planned
    region_code: RegionCode | None = Field(default=None, description="The region of the plan, if left out")
    site: Line | None = Field(default=None, description="The place in words")
    hours: int = Field(ge=1, le=LONGEST_HOURS, strict=True, description="For how long they are sent")


class NotificationMeasure(Incoming):
    """What your own people are to be told; who carries it out tells them."""

    kind: Literal[MeasureKind.NOTIFICATION]
    text: Remark


Measure = Annotated[DeploymentMeasure | NotificationMeasure, Field(discriminator="kind")]
Measures = Annotated[list[Measure], Field(min_length=1, max_length=MOST_MEASURES)]


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
    measures: list[dict[str, Any]] | None = Field(description="Null where they were erased")
    recorded_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, row: Mapping[Any, Any]) -> Self:
        """From the columns of a row, or from what an entry says."""
        return cls.model_validate({**row, "recorded_at": row["created_at"]})


class PosturePlanPage(Page[PosturePlan]):
    """A page of posture plans, newest first."""
