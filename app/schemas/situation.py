"""The situation summary on the wire: every part that its reader may read."""

from datetime import date, datetime
from typing import Annotated, Literal, TypeVar
from uuid import UUID

from pydantic import Field

from app.domain.assistance import AssistancePriority
from app.domain.deployments import DeploymentStatus
from app.domain.elections import ElectionKind, ElectionStage
from app.domain.readiness import ReadinessLevel
from app.domain.sites import RiskCategory
from app.domain.situation import SituationPart
from app.domain.threat_levels import ThreatCategory
from app.domain.vocabularies import Severity
from app.schemas.fields import Outgoing

Part = TypeVar("Part")
IfRead = Annotated[Part | None, Field(default=None, exclude_if=lambda part: part is None)]


class LevelCount(Outgoing):
    """How many statements of one level are in force."""

    level: int
    statements: int


class CategoryInForce(Outgoing):
    """What is in force of one threat."""

    category: ThreatCategory
    level: int = Field(description="The highest that any statement holds")
    statements: int
    by_level: list[LevelCount] = Field(description="The highest first")


class ThreatLevelsInForce(Outgoing):
    """The threat levels in force in a region, within it, and above it: those hold there too."""

    items: list[CategoryInForce] = Field(description="Of each threat that anything is stated of")


class IncidentCount(Outgoing):
    """How many open incidents are of one kind and one severity."""

    kind: str
    severity: Severity
    incidents: int


class OpenIncidents(Outgoing):
    """The incidents that have not come to an end."""

    incidents: int
    items: list[IncidentCount]


class RiskCount(Outgoing):
    """How many sites were last judged so."""

    risk: RiskCategory | None = Field(description="Null where nobody has judged")
    sites: int


class SitesInUse(Outgoing):
    """The sites in use by their risk."""

    sites: int
    items: list[RiskCount]


class CoverageTotals(Outgoing):
    """The totals of `GET /api/v1/coverage`; null where you see no guard pattern that holds here."""

    operation: str | None = Field(description="Of the newest guard pattern that holds here")
    sites: int | None
    unguarded: int | None
    without_pattern: int | None
    police_gap: int | None
    linmas_gap: int | None


class StatusStrength(Outgoing):
    """The deployments of one status, and what they add up to."""

    status: DeploymentStatus
    deployments: int
    strength_planned: int
    strength_present: int


class DeploymentsByStatus(Outgoing):
    """The deployments in whose window the moment lies."""

    deployments: int
    strength_planned: int
    strength_present: int
    items: list[StatusStrength]


class OverdueCheckIn(Outgoing):
    """A deployment whose check-in is awaited in vain."""

    deployment_id: UUID
    reference: str
    region_code: str
    checked_in_at: datetime | None
    check_in_due_at: datetime


class OverdueCheckIns(Outgoing):
    """The check-ins that are overdue."""

    overdue: int
    items: list[OverdueCheckIn] = Field(description="Those that are longest overdue, ten at most")


class ElectionAhead(Outgoing):
    """A round of an election that counts here."""

    election_id: UUID
    reference: str = Field(examples=["E-7K3Q-F2W"])
    kind: ElectionKind
    year: int
    round: int
    name: str | None
    region_code: str = Field(description="Of this region or of one above it, for which it is held")
    voting_on: date | None
    days_to_voting: int | None = Field(
        description="Calendar days in WIB; 0 on the day itself, negative after it, null where none is known"
    )
    stage: ElectionStage | None = Field(description="Null where none is known to run")


class ElectionsAhead(Outgoing):
    """The elections that the region has ahead, in short."""

    days_to_voting: int | None = Field(description="To the next vote that is known; null where none is")
    items: list[ElectionAhead] | None = Field(
        description="The next vote first; null where no region was named"
    )


class AgencyReadiness(Outgoing):
    """How many orders of an agency put units on one level."""

    agency: str
    level: ReadinessLevel
    orders: int


class ReadinessInForce(Outgoing):
    """The readiness orders in force for a region, within it, and above it."""

    orders: int
    items: list[AgencyReadiness] = Field(description="Of each agency the highest level first")


class OpenActivation(Outgoing):
    """A posture plan that a threat level brought to life, with drafts that wait for a decision."""

    activation_id: UUID
    reference: str = Field(examples=["Y-7K3Q-F2W"])
    region_code: str
    category: ThreatCategory
    level: int
    plan_name: str | None = Field(description="Null where it was erased")
    waiting: int = Field(description="Drafts that nobody has decided yet")


class OpenPosture(Outgoing):
    """The posture activations that are open in a region, within it, and above it."""

    activations: int
    items: list[OpenActivation] = Field(description="Those of the highest levels, ten at most")


class OverdueAcknowledgement(Outgoing):
    """An agency that was asked to acknowledge a record, and has not in time."""

    record_type: str
    record_id: UUID
    reference: str = Field(examples=["I-7K3Q-F2W"])
    region_code: str
    agency: str
    due_at: datetime


class OverdueAcknowledgements(Outgoing):
    """The acknowledgements that are overdue, of records that have not come to an end."""

    overdue: int
    items: list[OverdueAcknowledgement] = Field(description="Those that are longest overdue, ten at most")


class OverduePatrolStop(Outgoing):
    """A stop that a patrol is late for."""

    stop_id: UUID
    patrol_id: UUID
    reference: str = Field(description="Of the patrol", examples=["K-7K3Q-F2W"])
    number: int = Field(description="In the order of the plan, from 1")
    site_id: UUID | None = Field(description="Null for a place that is no site, or one you may not see")
    region_code: str
    overdue_at: datetime


class OverduePatrolStops(Outgoing):
    """The stops that are overdue, of patrols that are not over."""

    overdue: int
    items: list[OverduePatrolStop] = Field(description="Those that are longest overdue, ten at most")


class PriorityOfAssistance(Outgoing):
    """The open requests for assistance of one priority."""

    priority: AssistancePriority
    requests: int
    overdue: int
    left_count: int


class OpenAssistance(Outgoing):
    """The requests for assistance that are open."""

    requests: int
    overdue: int = Field(description="Their time to answer is over, and persons are still missing")
    left_count: int = Field(description="Persons that nobody has promised yet")
    items: list[PriorityOfAssistance] = Field(description="The most urgent first")


class Situation(Outgoing):
    """How a region stands at this moment, of what you may see; a part that you may not read is absent."""

    scope: Literal["visible_to_you"] = Field(description="Every number is of what you may see, and no more")
    region_code: str | None = Field(description="Null where no region was named")
    elections: IfRead[ElectionsAhead]
    threat_levels: IfRead[ThreatLevelsInForce]
    readiness: IfRead[ReadinessInForce]
    posture: IfRead[OpenPosture]
    incidents: IfRead[OpenIncidents]
    acknowledgements: IfRead[OverdueAcknowledgements]
    sites: IfRead[SitesInUse]
    coverage: IfRead[CoverageTotals]
    deployments: IfRead[DeploymentsByStatus]
    check_ins: IfRead[OverdueCheckIns]
    patrols: IfRead[OverduePatrolStops]
    assistance: IfRead[OpenAssistance]
    left_out: list[SituationPart] = Field(description="Parts that you lack a permission for")
