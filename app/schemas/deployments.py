"""Deployments on the wire."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field

from app.domain.check_ins import LEAST_MINUTES, MOST_MINUTES, is_overdue
from app.domain.deployments import CommandRelation, DeploymentRole, DeploymentStatus
from app.domain.field_mask import LINKS, WITH_LINK
from app.domain.sharing import Classification, Tlp
from app.schemas.externals import ExternalKeyFields
from app.schemas.fields import (
    AccountNames,
    AgencyCode,
    AgencyCodes,
    Erasable,
    Incoming,
    Line,
    Outgoing,
    Point,
    RegionCode,
    Remark,
    Time,
    UnitCode,
    distinct,
    unset,
)
from app.schemas.markings import ClassificationCode, MarkingFields
from app.schemas.pages import Page

LARGEST = 1_000_000
MOST_SITES = 200  # that one deployment guards
Planned = Annotated[int, Field(ge=1, le=LARGEST, strict=True)]
Present = Annotated[int, Field(ge=0, le=LARGEST, strict=True)]
SiteIds = Annotated[list[UUID], Field(max_length=MOST_SITES), AfterValidator(distinct)]
Minutes = Annotated[int, Field(ge=LEAST_MINUTES, le=MOST_MINUTES, strict=True)]
First = Literal[DeploymentStatus.REQUESTED, DeploymentStatus.COMMITTED]


class DeploymentCreate(MarkingFields, ExternalKeyFields):
    """Personnel of one of your agency's units, to be sent; the unit's strength must have been stated."""

    home_unit: UnitCode = Field(description="A unit of your own agency")
    controlling_unit: UnitCode | None = Field(
        default=None, description="Which unit commands; the home unit, if neither unit nor agency is named"
    )
    controlling_agency: AgencyCode | None = Field(
        default=None, description="Whose staff commands, where none of its units does; must pass the marking"
    )
    command_relation: CommandRelation = CommandRelation.ORGANIK
    role: DeploymentRole
    strength_planned: Planned
    region_code: RegionCode
    geometry: Point | None = None
    site: Line | None = Field(default=None, description="The place in words")
    starts_at: Time
    ends_at: Time = Field(description="From then on they are free again; at most 366 days after the start")
    incident_id: UUID | None = Field(default=None, description="What it is for")
    threat_level_id: UUID | None = Field(default=None, description="What it is for")
    site_ids: SiteIds = Field(default=[], description="Ids of the sites that they guard, which you see")
    check_in_minutes: Minutes | None = Field(
        default=None, description="How often they shall check in once they have arrived, in minutes"
    )
    relieves: UUID | None = Field(
        default=None,
        description="The deployment whose place they take; it is to be released once they arrive",
    )
    status: First = Field(
        default=DeploymentStatus.REQUESTED, description="`committed` binds the personnel at once"
    )

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "home_unit": "polres-serang",
                    "role": "pam_tps",
                    "strength_planned": 40,
                    "region_code": "36.04",
                    "site": "TPS di Kecamatan Kragilan (fiktif)",
                    "starts_at": "2024-11-26T06:00:00+07:00",
                    "ends_at": "2024-11-28T18:00:00+07:00",
                    "tlp": "AMBER",
                    "audience": ["kpu-banten"],
                }
            ]
        }
    )


class DeploymentChange(Incoming):
    """What shall change; what is left out stays (RFC 7396). Status moves by steps, not here."""

    controlling_unit: UnitCode | None = Field(default_factory=unset)
    controlling_agency: AgencyCode = Field(default_factory=unset)
    command_relation: CommandRelation = Field(default_factory=unset)
    role: DeploymentRole = Field(default_factory=unset)
    strength_planned: Planned = Field(default_factory=unset)
    strength_present: Present = Field(default_factory=unset)
    region_code: RegionCode = Field(default_factory=unset)
    geometry: Point | None = Field(default_factory=unset)
    site: Line | None = Field(default_factory=unset)
    starts_at: Time = Field(default_factory=unset)
    ends_at: Time = Field(default_factory=unset)
    incident_id: UUID | None = Field(default_factory=unset)
    threat_level_id: UUID | None = Field(default_factory=unset)
    site_ids: SiteIds = Field(default_factory=unset)
    check_in_minutes: Minutes | None = Field(default_factory=unset)
    tlp: Tlp = Field(default_factory=unset)
    audience: AgencyCodes = Field(default_factory=unset)
    recipients: AccountNames = Field(default_factory=unset)
    classification: ClassificationCode = Field(default_factory=unset)

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"strength_planned": 30, "site": "Gudang logistik KPU (fiktif)"},
                {"ends_at": "2024-11-29T18:00:00+07:00"},
            ]
        }
    )


class DeploymentStep(Incoming):
    """The next status of a deployment, and why."""

    to: DeploymentStatus
    reason: Remark
    strength_present: Present = Field(default_factory=unset, description="How many are there now")

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"to": "committed", "reason": "Surat perintah sudah terbit (fiktif)."},
                {"to": "on_scene", "reason": "Apel di lokasi.", "strength_present": 38},
            ]
        }
    )


class Deployment(Erasable):
    """Personnel of one unit, sent to a place for a time, under a command."""

    NAMES: ClassVar[dict[str, str]] = LINKS["deployment"]
    WITH_LINK: ClassVar[dict[str, str]] = WITH_LINK["deployment"]

    id: UUID
    reference: str = Field(examples=["D-7K3Q-F2W"])
    version: int
    owner_agency: str = Field(description="The agency of the home unit")
    tlp: Tlp
    classification: Classification
    audience: list[str]
    recipients: list[str]
    exercise: str
    home_unit: str
    controlling_unit: str | None = Field(description="Null where the staff of the agency itself commands")
    controlling_agency: str
    command_relation: CommandRelation
    role: DeploymentRole
    status: DeploymentStatus
    strength_planned: int
    strength_present: int
    region_code: str
    geometry: Point | None
    site: str | None
    starts_at: datetime
    ends_at: datetime
    incident_id: UUID | None = Field(description="Null also where you may not see the incident")
    threat_level_id: UUID | None = Field(description="Null also where you may not see the statement")
    site_ids: list[UUID] = Field(description="The sites that they guard, of those that you may see")
    assistance_request_id: UUID | None = Field(
        default=None,
        description="What they were promised for; null also where you may not see the request",
    )
    arrived_at: datetime | None = Field(default=None, description="When they came, by the step `on_scene`")
    check_in_minutes: int | None = Field(default=None, description="How often they shall check in")
    checked_in_at: datetime | None = Field(default=None, description="The newest check-in")
    check_in_due_at: datetime | None = Field(default=None, description="When the next one is awaited")
    check_in_overdue: bool = Field(
        default=False, description="Whether it is awaited in vain, at the moment that the answer tells of"
    )
    relieves: UUID | None = Field(default=None, description="Null also where you may not see that deployment")
    relieved_by: UUID | None = Field(
        default=None, description="Null also where you may not see that deployment"
    )
    relief_arrived_at: datetime | None = Field(
        default=None, description="Since then it is to be released; null where you may not see its relief"
    )
    recorded_at: datetime
    updated_at: datetime
    external_source: str | None = None
    external_id: str | None = None

    @classmethod
    def of(cls, row: Mapping[Any, Any]) -> Self:
        """From the columns of a row, or from what an entry says, as it was when that was written."""
        told = cls.model_validate(
            {
                **row,
                "recorded_at": row["created_at"],
                "geometry": Point.of(row),
                "site_ids": row.get("site_ids") or [],
                "assistance_request_id": row.get("assistance_request_id"),
            }
        )
        return told.seen_at(told.updated_at)

    def seen_at(self, moment: datetime) -> Self:
        """The same at a later moment: time passes, and what is awaited becomes overdue by itself."""
        overdue = is_overdue(self.check_in_due_at, moment)
        if overdue == self.check_in_overdue:
            return self
        return self.model_copy(update={"check_in_overdue": overdue})


class DeploymentPage(Page[Deployment]):
    """A page of deployments, newest first."""


class StrengthRow(Outgoing):
    """What one group adds up to; what was not grouped by is null."""

    region_code: str | None = Field(
        description="At the level that was asked for, or coarser where only that is known"
    )
    agency: str | None = Field(description="Whose personnel they are")
    controlling_agency: str | None
    role: DeploymentRole | None
    status: DeploymentStatus | None = Field(description="The status that they have now")
    deployments: int
    strength_planned: int
    strength_present: int


class StrengthSummary(Outgoing):
    """Strength by region, agency, role and status, of the deployments that you may see."""

    scope: Literal["visible_to_you"] = Field(description="Every number is of what you may see, and no more")
    at: datetime = Field(description="The moment in whose windows the deployments lie")
    level: str
    statuses: list[DeploymentStatus] = Field(description="Which statuses were counted")
    items: list[StrengthRow]
    strength_planned: int = Field(description="The sum of all items")
    strength_present: int = Field(description="The sum of all items")
