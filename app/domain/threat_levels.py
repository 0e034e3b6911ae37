"""Threat levels: the partners' own scale of five, the categories, and what becomes of a statement."""

from enum import StrEnum

from app.domain.incident_kinds import Label

LOWEST, HIGHEST = 1, 5

# Our own scale: Indonesia has no official one, and no level here may pass for one of BNPT's.
SCHEME = "partners_own"
SCHEMES: dict[str, Label] = {
    SCHEME: (
        "Skala para mitra sendiri, bukan skala resmi BNPT atau lembaga lain",
        "The partners' own scale, not an official one of BNPT or anyone else",
    )
}

LABELS = ("rendah", "sedang", "substansial", "tinggi", "kritis")
THREAT_LEVELS: dict[str, Label] = {
    "1": ("Rendah", "Low"),
    "2": ("Sedang", "Moderate"),
    "3": ("Substansial", "Substantial"),
    "4": ("Tinggi", "Severe"),
    "5": ("Kritis", "Critical"),
}


def label_of(level: int) -> str:
    """The code that goes with the number."""
    return LABELS[level - LOWEST]


class ThreatCategory(StrEnum):
    """What threatens."""

    CYBER = "cyber"
    DISINFORMATION = "disinformation"
    LOGISTICS = "logistics"
    MASS_UNREST = "mass_unrest"
    NATURAL_HAZARD = "natural_hazard"
    POLITICAL_VIOLENCE = "political_violence"
    TERRORISM = "terrorism"


THREAT_CATEGORIES: dict[str, Label] = {
    ThreatCategory.CYBER: ("Siber", "Cyber"),
    ThreatCategory.DISINFORMATION: ("Disinformasi", "Disinformation"),
    ThreatCategory.LOGISTICS: ("Logistik", "Logistics"),
    ThreatCategory.MASS_UNREST: ("Kerusuhan massa", "Mass unrest"),
    ThreatCategory.NATURAL_HAZARD: ("Bahaya alam", "Natural hazard"),
    ThreatCategory.POLITICAL_VIOLENCE: ("Kekerasan politik", "Political violence"),
    ThreatCategory.TERRORISM: ("Terorisme", "Terrorism"),
}


class ThreatStatus(StrEnum):
    """What has become of a statement; only one in force counts."""

    IN_FORCE = "in_force"
    LAPSED = "lapsed"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


THREAT_STATUSES: dict[str, Label] = {
    ThreatStatus.IN_FORCE: ("Berlaku", "In force"),
    ThreatStatus.LAPSED: ("Lewat batas tinjau", "Lapsed"),
    ThreatStatus.SUPERSEDED: ("Digantikan", "Superseded"),
    ThreatStatus.WITHDRAWN: ("Ditarik", "Withdrawn"),
}


class ProposalStatus(StrEnum):
    """What has become of a proposal."""

    APPROVED = "approved"
    DECLINED = "declined"
    LAPSED = "lapsed"
    PENDING = "pending"
    WITHDRAWN = "withdrawn"


PROPOSAL_STATUSES: dict[str, Label] = {
    ProposalStatus.APPROVED: ("Disetujui", "Approved"),
    ProposalStatus.DECLINED: ("Ditolak", "Declined"),
    ProposalStatus.LAPSED: ("Lewat waktu", "Lapsed"),
    ProposalStatus.PENDING: ("Menunggu persetujuan", "Waiting for approval"),
    ProposalStatus.WITHDRAWN: ("Ditarik", "Withdrawn"),
}
