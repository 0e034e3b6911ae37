"""Sites (titik rawan): what they are, who may do what to one it sees, and how much each is at risk."""

from enum import StrEnum

from app.domain.incident_kinds import Label


class SiteKind(StrEnum):
    """What stands at a place that is watched."""

    AIRPORT = "airport"
    BAWASLU_OFFICE = "bawaslu_office"
    CANDIDATE_POST = "candidate_post"
    COUNTING_PLACE = "counting_place"
    GOVERNMENT_OFFICE = "government_office"
    KPU_OFFICE = "kpu_office"
    LOGISTICS_WAREHOUSE = "logistics_warehouse"
    MALL = "mall"
    OTHER = "other"
    POLLING_STATION = "polling_station"
    PORT = "port"
    TERMINAL = "terminal"
    VITAL_OBJECT = "vital_object"
    WORSHIP_PLACE = "worship_place"


class RiskCategory(StrEnum):
    """The categories of the Polri for polling stations, in rising order; `khusus` stands apart."""

    # Not the threat level of a place, not Bawaslu's indicators, not readiness: each is a scale of its own.

    KURANG_RAWAN = "kurang_rawan"
    RAWAN = "rawan"
    SANGAT_RAWAN = "sangat_rawan"
    KHUSUS = "khusus"


class SiteAct(StrEnum):
    """What can be done to a site, as far as rights tell them apart."""

    ASSESS = "assess"  # by whoever sees it, in its own area
    DESCRIBE = "describe"
    MARK = "mark"


OWNER_ACTS = frozenset({SiteAct.DESCRIBE, SiteAct.MARK})

SITE_KINDS: dict[str, Label] = {
    SiteKind.AIRPORT: ("Bandar udara", "Airport"),
    SiteKind.BAWASLU_OFFICE: ("Kantor Bawaslu", "Office of Bawaslu"),
    SiteKind.CANDIDATE_POST: ("Posko atau rumah pasangan calon", "Post or house of a candidate"),
    SiteKind.COUNTING_PLACE: ("Tempat rekapitulasi suara", "Place of the recapitulation"),
    SiteKind.GOVERNMENT_OFFICE: ("Kantor pemerintah", "Government office"),
    SiteKind.KPU_OFFICE: ("Kantor KPU", "Office of KPU"),
    SiteKind.LOGISTICS_WAREHOUSE: ("Gudang logistik pemilihan", "Warehouse of election supplies"),
    SiteKind.MALL: ("Pusat perbelanjaan", "Shopping centre"),
    SiteKind.OTHER: ("Lainnya", "Other"),
    SiteKind.POLLING_STATION: ("Tempat pemungutan suara (TPS)", "Polling station"),
    SiteKind.PORT: ("Pelabuhan", "Port"),
    SiteKind.TERMINAL: ("Terminal atau stasiun", "Bus terminal or railway station"),
    SiteKind.VITAL_OBJECT: ("Objek vital", "Vital object"),
    SiteKind.WORSHIP_PLACE: ("Tempat ibadah", "Place of worship"),
}
RISK_CATEGORIES: dict[str, Label] = {
    RiskCategory.KURANG_RAWAN: ("Kurang rawan", "Less vulnerable"),
    RiskCategory.RAWAN: ("Rawan", "Vulnerable"),
    RiskCategory.SANGAT_RAWAN: ("Sangat rawan", "Very vulnerable"),
    RiskCategory.KHUSUS: ("Khusus", "Special"),
}
