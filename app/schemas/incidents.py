"""Incidents on the wire."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import ConfigDict, Field

from app.domain.incident_kinds import GROUP_OF_KIND, INCIDENT_GROUPS, INCIDENT_KINDS
from app.domain.lifecycle import IncidentStatus
from app.domain.sharing import Classification, Tlp
from app.domain.sources import SourceChannel
from app.domain.vocabularies import Severity
from app.schemas.externals import ExternalKeyFields
from app.schemas.fields import (
    AccountNames,
    AgencyCode,
    AgencyCodes,
    Count,
    Erasable,
    ErasableText,
    Incoming,
    Line,
    Narrative,
    Outgoing,
    Point,
    RegionCode,
    Time,
    known,
    listed,
    unset,
)
from app.schemas.markings import ClassificationCode, MarkingFields
from app.schemas.pages import Page
from app.schemas.sources import SourceGrade

IncidentKind = Annotated[str, known(INCIDENT_KINDS, "kind"), listed(INCIDENT_KINDS)]
IncidentGroup = Annotated[str, known(INCIDENT_GROUPS, "group"), listed(INCIDENT_GROUPS)]


class IncidentSource(SourceGrade):
    """How we know, graded by the Admiralty scale."""

    channel: SourceChannel = SourceChannel.AGENCY


class IncidentCreate(MarkingFields, ExternalKeyFields):
    """A new incident. No names of persons here: they belong to the parties."""

    title: Line
    description: Narrative = ""
    kind: IncidentKind
    severity: Severity = Severity.UNKNOWN
    region_code: RegionCode
    geometry: Point | None = None
    site: Line | None = Field(default=None, description="The place in words: a polling station, an office")
    occurred_at: Time
    reported_at: Time | None = Field(default=None, description="When word of it came; now, if left out")
    source: IncidentSource = Field(default_factory=IncidentSource)
    killed_count: Count = 0
    injured_count: Count = 0
    detained_count: Count = 0
    lead_agency: AgencyCode | None = Field(default=None, description="Who leads; must pass the marking")
    assigned_agencies: AgencyCodes = Field(default=[], description="Who takes part; must pass the marking")
    about_agencies: AgencyCodes = Field(default=[], description="Whose people's conduct is alleged")

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "title": "Kotak suara basah di gudang PPK",
                    "description": "Air hujan masuk ke gudang; dua kotak suara perlu diganti.",
                    "kind": "log_damage",
                    "severity": "moderate",
                    "region_code": "36",
                    "geometry": {"type": "Point", "coordinates": [106.6386, -6.0977]},
                    "site": "Gudang PPK",
                    "occurred_at": "2024-11-25T05:30:00+07:00",
                    "source": {"channel": "patrol", "reliability": "b", "credibility": "2"},
                    "tlp": "GREEN",
                }
            ]
        }
    )


class IncidentChange(Incoming):
    """What shall change; what is left out stays (RFC 7396). Status moves by steps, not here."""

    title: Line = Field(default_factory=unset)
    description: Narrative = Field(default_factory=unset)
    kind: IncidentKind = Field(default_factory=unset)
    severity: Severity = Field(default_factory=unset)
    region_code: RegionCode = Field(default_factory=unset)
    geometry: Point | None = Field(default_factory=unset)
    site: Line | None = Field(default_factory=unset)
    occurred_at: Time = Field(default_factory=unset)
    reported_at: Time = Field(default_factory=unset)
    source: IncidentSource = Field(default_factory=unset)
    killed_count: Count = Field(default_factory=unset)
    injured_count: Count = Field(default_factory=unset)
    detained_count: Count = Field(default_factory=unset)
    lead_agency: AgencyCode | None = Field(default_factory=unset)
    assigned_agencies: AgencyCodes = Field(default_factory=unset)
    tlp: Tlp = Field(default_factory=unset)
    audience: AgencyCodes = Field(default_factory=unset)
    recipients: AccountNames = Field(default_factory=unset)
    classification: ClassificationCode = Field(default_factory=unset)

    model_config = ConfigDict(json_schema_extra={"examples": [{"severity": "severe", "injured_count": 2}]})


class Incident(Erasable):
    """Something that happened, as one agency recorded it."""

    id: UUID
    reference: str = Field(examples=["I-7K3Q-F2W"])
    version: int
    owner_agency: str
    tlp: Tlp
    classification: Classification
    audience: list[str]
    recipients: list[str]
    exercise: str
    title: ErasableText
    description: ErasableText
    kind: str
    group: str = Field(description="Follows from the kind")
    severity: Severity
    status: IncidentStatus
    region_code: str
    geometry: Point | None
    site: str | None
    occurred_at: datetime
    reported_at: datetime
    recorded_at: datetime
    updated_at: datetime
    source: IncidentSource
    killed_count: int
    injured_count: int
    detained_count: int
    lead_agency: str | None
    assigned_agencies: list[str]
    about_agencies: list[str]
    offered_to: str | None = Field(description="The agency to which ownership is offered")
    external_source: str | None = None
    external_id: str | None = None

    @classmethod
    def of(cls, row: Mapping[Any, Any]) -> Self:
        """From the columns of a row, or from what an entry says."""
        derived = {"group": GROUP_OF_KIND[row["kind"]], "recorded_at": row["created_at"]}
        return cls.model_validate({**row, **derived, "geometry": Point.of(row)})


class IncidentPage(Page[Incident]):
    """A page of incidents, newest first."""


class ProposedAgency(Outgoing):
    """An agency that covers the place, for one service."""

    agency: str
    unit: str | None
    service: str
    confidence: str


class IncidentSuggestions(Outgoing):
    """Who might lead or take part, and which other records may tell of the same event; nothing is changed."""

    lead_agency: str | None
    agencies: list[ProposedAgency]
    same_event: list[Incident] = Field(description="Among the records you may see")
