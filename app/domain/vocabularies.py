"""Every code that crosses the wire, with its Indonesian and English label."""

from enum import StrEnum

from app.domain.access_log import ACCESS_KINDS
from app.domain.acknowledgements import ACKNOWLEDGEMENT_STATUSES, ESCALATION_TOLD
from app.domain.assistance import (
    ANSWER_KINDS,
    ANSWER_STATUSES,
    ASSISTANCE_KINDS,
    ASSISTANCE_PRIORITIES,
    ASSISTANCE_STATUSES,
)
from app.domain.assistance_bases import ASSISTANCE_BASES
from app.domain.attachments import CUSTODY_KINDS, MEDIA_TYPES
from app.domain.break_glass import REVIEWS
from app.domain.bulk import BULK_MODES, BULK_OUTCOMES
from app.domain.changes import CHANGE_KINDS, RECORD_TYPES, STREAM_ENDS
from app.domain.credentials import CREDENTIAL_KINDS
from app.domain.data_protection import BREACH_TOLD, REQUEST_KINDS, REQUEST_STATUSES
from app.domain.deployments import COMMAND_RELATIONS, DEPLOYMENT_ROLES, DEPLOYMENT_STATUSES
from app.domain.elections import ELECTION_KINDS, ELECTION_STAGES, REVOTE_KINDS
from app.domain.inbox import INBOX_KINDS
from app.domain.incident_kinds import INCIDENT_GROUPS, INCIDENT_KINDS, Label
from app.domain.lifecycle import IncidentStatus
from app.domain.patrols import PATROL_STATUSES, STOP_OUTCOMES, STOP_STATES, TIME_ZONES, WEEKDAYS
from app.domain.permissions import Role
from app.domain.personal_data import ERASURE_KINDS, LEGAL_BASES, SUBJECT_TYPES
from app.domain.posture import (
    ACTIVATION_STATUSES,
    DRAFT_DECISIONS,
    DRAFT_STATES,
    MEASURE_KINDS,
    SHORTFALLS,
)
from app.domain.readiness import READINESS_LEVELS, READINESS_STATUSES
from app.domain.referrals import AUTHORITIES, MUST_ACT, REFERRAL_STATUSES, VIOLATION_KINDS
from app.domain.relay import RELAY_STATES
from app.domain.sharing import Classification, Tlp
from app.domain.site_indicators import INDICATOR_LABELS, RISK_VARIABLES
from app.domain.sites import RISK_CATEGORIES, SITE_KINDS
from app.domain.sources import CREDIBILITIES, RELIABILITIES, SOURCE_CHANNELS
from app.domain.strength_summary import REGION_LEVELS, STRENGTH_BY
from app.domain.threat_levels import (
    PROPOSAL_STATUSES,
    SCHEMES,
    THREAT_CATEGORIES,
    THREAT_LEVELS,
    THREAT_STATUSES,
)
from app.domain.webhooks import DELIVERY_ERRORS, DELIVERY_STATES
from app.domain.witnesses import WITNESS_REASONS, WITNESS_STATES
from app.domain.working_days import TERM_UNITS


class AgencyKind(StrEnum):
    """What an agency is; some rules go by it."""

    COUNTER_TERRORISM = "counter_terrorism"
    ELECTION_COMMISSION = "election_commission"
    ELECTION_SUPERVISOR = "election_supervisor"
    HOST = "host"
    LOCAL_GOVERNMENT = "local_government"
    MILITARY = "military"
    POLICE = "police"


class Confidence(StrEnum):
    """How sure we are of a fact of the field."""

    SOURCED = "sourced"
    INFERRED = "inferred"
    GENERAL_KNOWLEDGE = "general_knowledge"
    UNKNOWN = "unknown"


class Severity(StrEnum):
    """Severity of the Common Alerting Protocol 1.2 (OASIS), in lower case."""

    UNKNOWN = "unknown"
    MINOR = "minor"
    MODERATE = "moderate"
    SEVERE = "severe"
    EXTREME = "extreme"


SEVERITY_RANK = {value: rank for rank, value in enumerate(Severity)}


class LinkKind(StrEnum):
    """How one incident refers to another."""

    CAUSED_BY = "caused_by"
    DUPLICATE_OF = "duplicate_of"
    RELATED_TO = "related_to"
    SAME_EVENT_AS = "same_event_as"


class PartyRole(StrEnum):
    """What a person is in an incident."""

    OFFICER = "officer"
    REPORTED = "reported"
    REPORTER = "reporter"
    VICTIM = "victim"
    WITNESS = "witness"


VOCABULARIES: dict[str, dict[str, Label]] = {
    "access_kind": ACCESS_KINDS,
    "acknowledgement_status": ACKNOWLEDGEMENT_STATUSES,
    "agency_kind": {
        AgencyKind.COUNTER_TERRORISM: ("Penanggulangan terorisme", "Counter-terrorism"),
        AgencyKind.ELECTION_COMMISSION: ("Komisi pemilihan umum", "Election commission"),
        AgencyKind.ELECTION_SUPERVISOR: ("Pengawas pemilihan", "Election supervisor"),
        AgencyKind.HOST: ("Pengelola layanan", "Host of the service"),
        AgencyKind.LOCAL_GOVERNMENT: ("Pemerintah daerah", "Local government"),
        AgencyKind.MILITARY: ("Tentara", "Military"),
        AgencyKind.POLICE: ("Kepolisian", "Police"),
    },
    "assistance_answer_kind": ANSWER_KINDS,
    "assistance_answer_status": ANSWER_STATUSES,
    "assistance_basis": ASSISTANCE_BASES,
    "assistance_kind": ASSISTANCE_KINDS,
    "assistance_priority": ASSISTANCE_PRIORITIES,
    "assistance_status": ASSISTANCE_STATUSES,
    "authority": AUTHORITIES,
    "break_glass_review": REVIEWS,
    "breach_told": BREACH_TOLD,
    "bulk_mode": BULK_MODES,
    "bulk_outcome": BULK_OUTCOMES,
    "change_kind": CHANGE_KINDS,
    "classification": {
        Classification.BIASA: ("Biasa", "Ordinary"),
        Classification.TERBATAS: ("Terbatas", "Restricted"),
        Classification.RAHASIA: ("Rahasia", "Secret"),
    },
    "command_relation": COMMAND_RELATIONS,
    "confidence": {
        Confidence.SOURCED: ("Bersumber", "Sourced"),
        Confidence.INFERRED: ("Disimpulkan", "Inferred"),
        Confidence.GENERAL_KNOWLEDGE: ("Pengetahuan umum, belum bersumber", "General knowledge, unsourced"),
        Confidence.UNKNOWN: ("Tidak diketahui", "Unknown"),
    },
    "credential_kind": CREDENTIAL_KINDS,
    "custody_kind": CUSTODY_KINDS,
    "inbox_kind": INBOX_KINDS,
    "data_request_kind": REQUEST_KINDS,
    "data_request_status": REQUEST_STATUSES,
    "delivery_error": DELIVERY_ERRORS,
    "delivery_state": DELIVERY_STATES,
    "deployment_role": DEPLOYMENT_ROLES,
    "deployment_status": DEPLOYMENT_STATUSES,
    "election_kind": ELECTION_KINDS,
    "election_stage": ELECTION_STAGES,
    "erasure_kind": ERASURE_KINDS,
    "escalation_told": ESCALATION_TOLD,
    "incident_group": INCIDENT_GROUPS,
    "incident_kind": INCIDENT_KINDS,
    "incident_status": {
        IncidentStatus.REPORTED: ("Dilaporkan", "Reported"),
        IncidentStatus.VERIFIED: ("Terverifikasi", "Verified"),
        IncidentStatus.RESPONDING: ("Ditangani", "Responding"),
        IncidentStatus.CONTAINED: ("Terkendali", "Contained"),
        IncidentStatus.RESOLVED: ("Selesai ditangani", "Resolved"),
        IncidentStatus.CLOSED: ("Ditutup", "Closed"),
        IncidentStatus.FALSE_REPORT: ("Laporan tidak benar", "False report"),
        IncidentStatus.DUPLICATE: ("Duplikat", "Duplicate"),
    },
    "legal_basis": LEGAL_BASES,
    "link_kind": {
        LinkKind.CAUSED_BY: ("Akibat dari", "Caused by"),
        LinkKind.DUPLICATE_OF: ("Duplikat dari", "Duplicate of"),
        LinkKind.RELATED_TO: ("Terkait dengan", "Related to"),
        LinkKind.SAME_EVENT_AS: ("Peristiwa yang sama dengan", "Same event as"),
    },
    "media_type": MEDIA_TYPES,
    "must_act": MUST_ACT,
    "party_role": {
        PartyRole.OFFICER: ("Petugas", "Officer"),
        PartyRole.REPORTED: ("Terlapor", "Reported person"),
        PartyRole.REPORTER: ("Pelapor", "Reporter"),
        PartyRole.VICTIM: ("Korban", "Victim"),
        PartyRole.WITNESS: ("Saksi", "Witness"),
    },
    "patrol_status": PATROL_STATUSES,
    "patrol_stop_outcome": STOP_OUTCOMES,
    "patrol_stop_state": STOP_STATES,
    "readiness_level": READINESS_LEVELS,
    "readiness_status": READINESS_STATUSES,
    "record_type": RECORD_TYPES,
    "referral_status": REFERRAL_STATUSES,
    "region_level": REGION_LEVELS,
    "posture_activation_status": ACTIVATION_STATUSES,
    "posture_draft_decision": DRAFT_DECISIONS,
    "posture_draft_state": DRAFT_STATES,
    "posture_measure_kind": MEASURE_KINDS,
    "posture_shortfall": SHORTFALLS,
    "relay_state": RELAY_STATES,
    "revote_kind": REVOTE_KINDS,
    "risk_category": RISK_CATEGORIES,
    "risk_indicator": INDICATOR_LABELS,
    "risk_variable": RISK_VARIABLES,
    "role": {
        Role.ADMIN: ("Administrator", "Administrator"),
        Role.AUDITOR: ("Auditor", "Auditor"),
        Role.COMMANDER: ("Komandan atau pimpinan", "Commander"),
        Role.INTEGRATION: ("Integrasi sistem", "System integration"),
        Role.LIAISON: ("Perwira atau petugas penghubung", "Liaison officer"),
        Role.OPERATOR: ("Operator", "Operator"),
        Role.PRIVACY: ("Pejabat pelindungan data pribadi", "Data protection officer"),
    },
    "severity": {
        Severity.UNKNOWN: ("Belum diketahui", "Unknown"),
        Severity.MINOR: ("Ringan", "Minor"),
        Severity.MODERATE: ("Sedang", "Moderate"),
        Severity.SEVERE: ("Berat", "Severe"),
        Severity.EXTREME: ("Sangat berat", "Extreme"),
    },
    "site_kind": SITE_KINDS,
    "source_channel": SOURCE_CHANNELS,
    "source_credibility": CREDIBILITIES,
    "source_reliability": RELIABILITIES,
    "stream_end": STREAM_ENDS,
    "strength_by": STRENGTH_BY,
    "subject_type": SUBJECT_TYPES,
    "term_unit": TERM_UNITS,
    "threat_category": THREAT_CATEGORIES,
    "threat_level": THREAT_LEVELS,
    "threat_level_proposal_status": PROPOSAL_STATUSES,
    "threat_level_scheme": SCHEMES,
    "threat_level_status": THREAT_STATUSES,
    "time_zone": TIME_ZONES,
    "tlp": {
        Tlp.CLEAR: ("Boleh untuk umum", "May become public"),
        Tlp.GREEN: ("Semua lembaga mitra", "Every partner agency"),
        Tlp.AMBER: ("Pemilik dan lembaga yang disebut", "The owner and the agencies named"),
        Tlp.AMBER_STRICT: (
            "Pemilik dan lembaga yang disebut, tanpa penerusan",
            "The owner and the agencies named, no onward sharing",
        ),
        Tlp.RED: ("Hanya akun yang disebut", "Only the accounts named"),
    },
    "violation_kind": VIOLATION_KINDS,
    "weekday": WEEKDAYS,
    "witness_reason": WITNESS_REASONS,
    "witness_state": WITNESS_STATES,
}
