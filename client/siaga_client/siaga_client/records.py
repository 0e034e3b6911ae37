"""What the service answers, as types: made out of openapi.yaml by scripts/client_types.py."""

from typing import Literal, NotRequired, TypedDict

ChangeKind = Literal["changed", "erased", "gone"]
Classification = Literal["biasa", "terbatas", "rahasia"]
CommandRelation = Literal["organik", "bko", "perbantuan_tni", "koordinasi"]
DeploymentRole = Literal[
    "brimob_phh",
    "dalmas",
    "intel",
    "jibom",
    "k9",
    "lantas",
    "medis",
    "negosiator",
    "pam_objek",
    "pam_tps",
    "patroli",
    "raimas",
    "reserve",
    "wal_logistik",
]
DeploymentStatus = Literal[
    "requested",
    "committed",
    "mobilizing",
    "en_route",
    "on_scene",
    "assigned",
    "out_of_service",
    "released",
    "demobilized",
    "declined",
    "cancelled",
]
Tlp = Literal["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"]
Credibility = Literal["1", "2", "3", "4", "5", "6"]
Reliability = Literal["a", "b", "c", "d", "e", "f"]
SourceChannel = Literal[
    "agency",
    "cctv",
    "other",
    "patrol",
    "phone_110",
    "press",
    "sigap_lapor",
    "social_media",
    "sp4n_lapor",
    "wa_bawaslu",
    "walk_in_posko",
]
IncidentStatus = Literal[
    "reported", "verified", "responding", "contained", "resolved", "closed", "false_report", "duplicate"
]
Severity = Literal["unknown", "minor", "moderate", "severe", "extreme"]
RecordType = Literal["deployment", "incident", "threat_level", "threat_level_proposal", "unit_strength"]
ThreatCategory = Literal[
    "cyber", "disinformation", "logistics", "mass_unrest", "natural_hazard", "political_violence", "terrorism"
]
ThreatStatus = Literal["in_force", "lapsed", "superseded", "withdrawn"]
ProposalStatus = Literal["approved", "declined", "lapsed", "pending", "withdrawn"]


class Point(TypedDict):
    """A GeoJSON point (RFC 7946): longitude first, then latitude, WGS 84."""

    type: Literal["Point"]
    coordinates: list[float]


class Deployment(TypedDict):
    """Personnel of one unit, sent to a place for a time, under a command."""

    erased: NotRequired[list[str]]
    id: str
    reference: str
    version: int
    owner_agency: str
    tlp: Tlp
    classification: Classification
    audience: list[str]
    recipients: list[str]
    exercise: str
    home_unit: str
    controlling_unit: str | None
    controlling_agency: str
    command_relation: CommandRelation
    role: DeploymentRole
    status: DeploymentStatus
    strength_planned: int
    strength_present: int
    region_code: str
    geometry: Point | None
    site: str | None
    starts_at: str
    ends_at: str
    incident_id: str | None
    threat_level_id: str | None
    recorded_at: str
    updated_at: str
    external_source: NotRequired[str | None]
    external_id: NotRequired[str | None]


class ErasedPart(TypedDict):
    """Values that went from a record or a part of it, by an erasure or at the end of a retention."""

    subject_type: str
    subject_id: str
    paths: list[str]


class IncidentSource(TypedDict):
    """How we know, graded by the Admiralty scale."""

    reliability: NotRequired[Reliability]
    credibility: NotRequired[Credibility]
    channel: NotRequired[SourceChannel]


class Incident(TypedDict):
    """Something that happened, as one agency recorded it."""

    erased: NotRequired[list[str]]
    id: str
    reference: str
    version: int
    owner_agency: str
    tlp: Tlp
    classification: Classification
    audience: list[str]
    recipients: list[str]
    exercise: str
    title: str | None
    description: str | None
    kind: str
    group: str
    severity: Severity
    status: IncidentStatus
    region_code: str
    geometry: Point | None
    site: str | None
    occurred_at: str
    reported_at: str
    recorded_at: str
    updated_at: str
    source: IncidentSource
    killed_count: int
    injured_count: int
    detained_count: int
    lead_agency: str | None
    assigned_agencies: list[str]
    about_agencies: list[str]
    offered_to: str | None
    external_source: NotRequired[str | None]
    external_id: NotRequired[str | None]


class SourceGrade(TypedDict):
    """How far the source and what it says can be relied on, by the Admiralty scale."""

    reliability: NotRequired[Reliability]
    credibility: NotRequired[Credibility]


class ThreatLevel(TypedDict):
    """A statement of one agency: its content never changes, only what has become of it."""

    erased: NotRequired[list[str]]
    record_type: NotRequired[Literal["threat_level"]]
    id: str
    reference: str
    version: int
    owner_agency: str
    tlp: Tlp
    classification: Classification
    audience: list[str]
    recipients: list[str]
    exercise: str
    region_code: str
    category: ThreatCategory
    level: int
    label: str
    status: ThreatStatus
    rationale: str | None
    basis: list[str]
    source: SourceGrade
    valid_from: str
    review_by: str
    supersedes: str | None
    stated_at: str
    ended_at: str | None
    external_source: NotRequired[str | None]
    external_id: NotRequired[str | None]


class ThreatLevelProposal(TypedDict):
    """A level, or a withdrawal, that takes effect when another account of the issuing agency approves it."""

    erased: NotRequired[list[str]]
    record_type: NotRequired[Literal["threat_level_proposal"]]
    id: str
    reference: str
    version: int
    owner_agency: str
    tlp: Tlp
    classification: Classification
    audience: list[str]
    recipients: list[str]
    exercise: str
    region_code: str
    category: ThreatCategory
    level: int | None
    label: str | None
    withdraws: str | None
    status: ProposalStatus
    rationale: str | None
    basis: list[str]
    source: SourceGrade
    valid_from: str | None
    review_by: str | None
    role: str
    proposed_at: str
    expires_at: str
    ended_at: str | None
    external_source: NotRequired[str | None]
    external_id: NotRequired[str | None]
    threat_level_id: str | None


class UnitStrength(TypedDict):
    """How many personnel a unit has, as its agency states it."""

    erased: NotRequired[list[str]]
    id: str
    reference: str
    version: int
    owner_agency: str
    tlp: Tlp
    classification: Classification
    audience: list[str]
    recipients: list[str]
    exercise: str
    unit: str
    strength: int
    source: str | None
    as_of: str
    region_code: str
    recorded_at: str
    updated_at: str


class Change(TypedDict):
    """What has become of a record that you may know of, or might until now."""

    position: int
    change: ChangeKind
    record_type: RecordType
    id: str
    version: int | None
    record: Incident | ThreatLevel | ThreatLevelProposal | Deployment | UnitStrength | None
    erased: NotRequired[list[ErasedPart]]


class ChangePage(TypedDict):
    """Changes in the order of the ledger, each record once."""

    items: list[Change]
    next: str
    more: bool
