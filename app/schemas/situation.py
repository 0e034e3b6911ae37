"""The situation summary on the wire: every part that its reader may read."""

from datetime import datetime
from typing import Annotated, Literal, TypeVar
from uuid import UUID

from pydantic import Field

from app.domain.deployments import DeploymentStatus
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


class Situation(Outgoing):
    """How a region stands at this moment, of what you may see; a part that you may not read is absent."""

    scope: Literal["visible_to_you"] = Field(description="Every number is of what you may see, and no more")
    region_code: str | None = Field(description="Null where no region was named")
    threat_levels: IfRead[ThreatLevelsInForce]
    incidents: IfRead[OpenIncidents]
    sites: IfRead[SitesInUse]
    coverage: IfRead[CoverageTotals]
    deployments: IfRead[DeploymentsByStatus]
    check_ins: IfRead[OverdueCheckIns]
    left_out: list[SituationPart] = Field(description="Parts that you lack a permission for")
