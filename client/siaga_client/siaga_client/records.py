"""What the service answers, as types: made out of openapi.yaml by scripts/client_types.py."""

from typing import Any, Literal, NotRequired, TypedDict

AnswerKind = Literal["acknowledge", "accept", "counter_offer", "decline"]
AnswerStatus = Literal["acknowledged", "accepted", "declined", "offered", "refused", "withdrawn"]
Classification = Literal["biasa", "terbatas", "rahasia"]
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
Tlp = Literal["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"]
AssistanceBasis = Literal[
    "crowd_control_rule",
    "election_desk",
    "linmas_appointment",
    "operations_rule",
    "order",
    "other",
    "social_conflict_law",
    "tni_polri_agreement",
    "tni_polri_regulation",
]
AssistanceKind = Literal[
    "bomb_disposal",
    "crowd_control",
    "dog_unit",
    "escort_of_supplies",
    "guard_of_object",
    "guard_of_polling_stations",
    "intelligence",
    "medical",
    "negotiation",
    "patrol",
    "reserve",
    "riot_control",
    "traffic",
]
AssistancePriority = Literal["biasa", "segera", "amat_segera"]
AssistanceStatus = Literal["open", "closed", "withdrawn"]
ChangeKind = Literal["changed", "erased", "gone"]
CommandRelation = Literal["organik", "bko", "perbantuan_tni", "koordinasi"]
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
ElectionKind = Literal["gubernatorial", "legislative", "presidential", "regent_mayor", "village_head"]
RevoteKind = Literal["psl", "pss", "pssu", "psu"]
ElectionStage = Literal[
    "planning_budget",
    "regulations",
    "ad_hoc_bodies",
    "observer_registration",
    "population_data",
    "independent_support",
    "voter_list",
    "registration_notice",
    "registration",
    "verification",
    "candidate_determination",
    "number_draw",
    "campaign",
    "logistics_distribution",
    "quiet_period",
    "voting",
    "count_recap",
    "dispute",
    "determination",
    "inauguration",
]
RiskCategory = Literal["kurang_rawan", "rawan", "sangat_rawan", "khusus"]
SiteKind = Literal[
    "airport",
    "bawaslu_office",
    "candidate_post",
    "counting_place",
    "government_office",
    "kpu_office",
    "logistics_warehouse",
    "mall",
    "other",
    "polling_station",
    "port",
    "terminal",
    "vital_object",
    "worship_place",
]
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
PatrolStatus = Literal["planned", "under_way", "completed", "cancelled"]
TimeZone = Literal["wib", "wita", "wit"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
ActivationStatus = Literal["open", "closed"]
Shortfall = Literal["no_partner", "no_strength_stated", "plan_hidden", "plan_out_of_use", "too_few"]
DraftState = Literal["waiting", "carried_out", "dropped"]
ThreatCategory = Literal[
    "cyber", "disinformation", "logistics", "mass_unrest", "natural_hazard", "political_violence", "terrorism"
]
ReadinessLevel = Literal["siaga_3", "siaga_2", "siaga_1"]
ReadinessStatus = Literal["issued", "revoked", "superseded"]
RecordType = Literal[
    "assistance_answer",
    "assistance_request",
    "deployment",
    "election",
    "guard_pattern",
    "incident",
    "patrol",
    "patrol_plan",
    "readiness_order",
    "posture_activation",
    "posture_plan",
    "site",
    "threat_level",
    "threat_level_proposal",
    "unit_strength",
]
ThreatStatus = Literal["in_force", "lapsed", "superseded", "withdrawn"]
ProposalStatus = Literal["approved", "declined", "lapsed", "pending", "withdrawn"]


class AssistanceAnswer(TypedDict):
    """What one addressed agency says to a request; it and the requester know of it."""

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
    assistance_request_id: str | None
    kind: AnswerKind
    status: AnswerStatus
    quantity: int | None
    home_unit: str | None
    role: DeploymentRole | None
    starts_at: str | None
    ends_at: str | None
    reason: str | None
    outcome_reason: str | None
    deployment_id: str | None
    region_code: str
    recorded_at: str
    updated_at: str


class Point(TypedDict):
    """A GeoJSON point (RFC 7946): longitude first, then latitude, WGS 84."""

    type: Literal["Point"]
    coordinates: list[float]


class AssistanceRequest(TypedDict):
    """Personnel that an agency asks of others, and how far that is filled."""

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
    kind: AssistanceKind
    quantity: int
    priority: AssistancePriority
    bases: list[AssistanceBasis]
    basis_note: str | None
    addressed: list[str]
    controlling_unit: str | None
    region_code: str
    geometry: Point | None
    site: str | None
    note: str | None
    starts_at: str
    ends_at: str
    answer_by: str
    status: AssistanceStatus
    accepted_count: int
    left_count: int
    present_count: int
    returned_count: int
    overdue: bool
    recorded_at: str
    updated_at: str


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
    site_ids: list[str]
    assistance_request_id: NotRequired[str | None]
    arrived_at: NotRequired[str | None]
    check_in_minutes: NotRequired[int | None]
    checked_in_at: NotRequired[str | None]
    check_in_due_at: NotRequired[str | None]
    check_in_overdue: NotRequired[bool]
    relieves: NotRequired[str | None]
    relieved_by: NotRequired[str | None]
    relief_arrived_at: NotRequired[str | None]
    recorded_at: str
    updated_at: str
    external_source: NotRequired[str | None]
    external_id: NotRequired[str | None]


class StageDates(TypedDict):
    """A stage of an election with its days in WIB, both ends included. A day that is not known is null."""

    stage: ElectionStage
    starts_on: NotRequired[str | None]
    ends_on: NotRequired[str | None]
    source: NotRequired[str | None]


class Election(TypedDict):
    """One round of an election in a region, with the stages whose days are known."""

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
    kind: ElectionKind
    year: int
    round: int
    region_code: str
    name: str | None
    stages: list[StageDates]
    voting_on: str | None
    source: str | None
    follows: str | None
    revote_kind: RevoteKind | None
    decision: str | None
    decided_on: str | None
    cancelled: bool
    recorded_at: str
    updated_at: str


class ErasedPart(TypedDict):
    """Values that went from a record or a part of it, by an erasure or at the end of a retention."""

    subject_type: str
    subject_id: str
    paths: list[str]


class GuardPattern(TypedDict):
    """How many guard how many sites of one category, in an operation and a place."""

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
    operation: str
    region_code: str
    site_kind: SiteKind
    risk: RiskCategory
    police_count: int
    site_count: int
    linmas_count: int | None
    source: str
    as_of: str
    recorded_at: str
    updated_at: str


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


class Patrol(TypedDict):
    """One run of a plan on a day; its stops have a list of their own."""

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
    plan_id: str | None
    name: str | None
    unit: str
    region_code: str
    on_date: str
    starts_at: str
    grace_minutes: int
    stop_count: int
    status: PatrolStatus
    started_at: str | None
    ended_at: str | None
    recorded_at: str
    updated_at: str


class PatrolPlan(TypedDict):
    """Where a unit goes, on which days of the week, from when on; its stops have a list of their own."""

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
    name: str | None
    unit: str
    region_code: str
    weekdays: list[Weekday]
    start_time: str
    time_zone: TimeZone
    grace_minutes: int
    first_on: str | None
    last_on: str | None
    in_use: bool
    stop_count: int
    recorded_at: str
    updated_at: str


class DraftShortfall(TypedDict):
    """Why a measure cannot be carried out as planned, as it was when the level came."""

    reason: Shortfall
    asked: int
    available: int


class Draft(TypedDict):
    """One prepared measure, and what a person decided."""

    number: int
    measure: dict[str, Any]
    state: DraftState
    shortfall: DraftShortfall | None
    reason: str | None
    decided_at: str | None


class PostureActivation(TypedDict):
    """What a threat level made of a plan: drafts that wait for a person, and what was decided."""

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
    plan_id: str | None
    plan_name: str | None
    threat_level_id: str | None
    region_code: str
    category: ThreatCategory
    level: int
    status: ActivationStatus
    drafts: list[Draft] | None
    patrol_plan_ids: list[str]
    assistance_request_ids: list[str]
    deployment_ids: list[str]
    patrol_ids: list[str]
    ended_at: str | None
    recorded_at: str
    updated_at: str


class PosturePlan(TypedDict):
    """A prepared answer to a level of threat in a region."""

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
    name: str | None
    region_code: str
    category: ThreatCategory | None
    level: int
    in_use: bool
    measures: list[dict[str, Any]] | None
    patrol_plan_ids: list[str]
    recorded_at: str
    updated_at: str


class ReadinessOrder(TypedDict):
    """An order as it was issued, and what became of it."""

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
    number: str
    issued_on: str
    level: ReadinessLevel
    units: list[str] | None
    region_code: str
    basis: str | None
    issued_by_post: str | None
    strength_fraction: str | None
    status: ReadinessStatus
    valid_from: str
    valid_until: str | None
    supersedes: str | None
    ended_at: str | None
    recorded_at: str
    updated_at: str


class Site(TypedDict):
    """A place that is watched, as its owner describes it and as it was last assessed."""

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
    kind: SiteKind
    name: str | None
    note: str | None
    region_code: str
    geometry: Point | None
    in_use: bool
    risk: RiskCategory | None
    risk_index: int | None
    indicators: list[str] | None
    assessed_at: str | None
    recorded_at: str
    updated_at: str
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
    record: (
        Incident
        | ThreatLevel
        | ThreatLevelProposal
        | Deployment
        | UnitStrength
        | Site
        | GuardPattern
        | AssistanceRequest
        | AssistanceAnswer
        | Patrol
        | PatrolPlan
        | Election
        | ReadinessOrder
        | PosturePlan
        | PostureActivation
        | None
    )
    erased: NotRequired[list[ErasedPart]]


class ChangePage(TypedDict):
    """Changes in the order of the ledger, each record once."""

    items: list[Change]
    next: str
    more: bool
