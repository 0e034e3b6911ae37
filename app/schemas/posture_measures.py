"""The measures of a posture plan on the wire, one schema for each kind."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from app.domain.assistance import AssistanceKind, AssistancePriority
from app.domain.deployments import CommandRelation, DeploymentRole
from app.domain.posture import MeasureKind
from app.schemas.assistance import Addressed, Bases
from app.schemas.deployments import Planned
from app.schemas.fields import Incoming, Line, Point, RegionCode, Remark, UnitCode

MOST_MEASURES = 50
LONGEST_DAYS = 31
LONGEST_HOURS = 24 * LONGEST_DAYS
REGION = Field(default=None, description="The region of the plan, if left out")


class AssistanceMeasure(Incoming):
    """Personnel are to be asked of other agencies; times count from the decision to carry it out."""

    kind: Literal[MeasureKind.ASSISTANCE]
    assistance_kind: AssistanceKind = Field(description="What they are asked for")
    quantity: Planned = Field(description="How many persons")
    priority: AssistancePriority = AssistancePriority.BIASA
    bases: Bases = Field(description="On what legal ground; GET /api/v1/vocabularies says what each means")
    basis_note: Line | None = Field(
        default=None, description="Number of the order, or the ground in words; for `order` and `other`"
    )
    addressed: Addressed = Field(description="The agencies that are asked, at most 20")
    controlling_unit: UnitCode | None = Field(
        default=None, description="Which of your units will command; your staff, if left out"
    )
    region_code: RegionCode | None = REGION
    geometry: Point | None = None
    site: Line | None = Field(default=None, description="The place in words")
    note: Remark | None = Field(default=None, description="What they shall do there; no names of persons")
    starts_in_hours: int = Field(
        default=0, ge=0, le=LONGEST_HOURS, strict=True, description="In how many hours they are needed"
    )
    hours: int = Field(ge=1, le=LONGEST_HOURS, strict=True, description="For how long they are needed")
    answer_in_hours: int = Field(
        ge=1, le=LONGEST_HOURS, strict=True, description="How long they have for an answer; before the end"
    )


class DeploymentMeasure(Incoming):
    """A unit of your agency is to be sent."""

    kind: Literal[MeasureKind.DEPLOYMENT]
    home_unit: UnitCode
    role: DeploymentRole
    command_relation: CommandRelation = CommandRelation.ORGANIK
    strength_planned: Planned
    region_code: RegionCode | None = REGION
    site: Line | None = Field(default=None, description="The place in words")
    hours: int = Field(ge=1, le=LONGEST_HOURS, strict=True, description="For how long they are sent")


class NotificationMeasure(Incoming):
    """What your own people are to be told; carried out, it is in their inbox for seven days."""

    kind: Literal[MeasureKind.NOTIFICATION]
    text: Remark


class PatrolMeasure(Incoming):
    """One of your own patrol plans is to be run."""

    kind: Literal[MeasureKind.PATROL]
    patrol_plan_id: UUID
    in_days: int = Field(
        default=0,
        ge=0,
        le=LONGEST_DAYS,
        strict=True,
        description="How many days after the decision, on the clock of the patrol plan",
    )


Measure = Annotated[
    AssistanceMeasure | DeploymentMeasure | NotificationMeasure | PatrolMeasure, Field(discriminator="kind")
]
Measures = Annotated[list[Measure], Field(min_length=1, max_length=MOST_MEASURES)]
