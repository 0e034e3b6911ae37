"""Bawaslu's indicators of vulnerable polling stations as data, and the index that is made of them.

The 8 variables and 25 indicators are those of Bawaslu for the Pilkada of 27 November 2024, assembled from its
press statements (Antara Jabar 559985, Media Indonesia, Bantenekspres 2024-11-23): the numbers and the
grouping are sourced, the codes and the English are ours. Bawaslu published counts of polling stations and NO
WEIGHTS: those in `WEIGHTS` are the choice of this service, all alike, and every index says so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.domain.incident_kinds import Label


class RiskVariable(StrEnum):
    """The eight variables, in Bawaslu's order."""

    HAK_PILIH = "hak_pilih"
    KEAMANAN = "keamanan"
    POLITIK_UANG = "politik_uang"
    POLITISASI_SARA = "politisasi_sara"
    NETRALITAS = "netralitas"
    LOGISTIK = "logistik"
    LOKASI = "lokasi"
    JARINGAN = "jaringan"


V = RiskVariable
RISK_VARIABLES: dict[str, Label] = {
    V.HAK_PILIH: ("Penggunaan hak pilih", "Use of the right to vote"),
    V.KEAMANAN: ("Keamanan", "Security"),
    V.POLITIK_UANG: ("Politik uang", "Vote buying"),
    V.POLITISASI_SARA: ("Politisasi SARA", "Politics of religion, ethnicity, race and group"),
    V.NETRALITAS: ("Netralitas", "Neutrality"),
    V.LOGISTIK: ("Logistik", "Election supplies"),
    V.LOKASI: ("Lokasi TPS", "Place of the polling station"),
    V.JARINGAN: ("Jaringan internet dan listrik", "Internet and electricity"),
}

# Each indicator with its variable; codes are only added, never given another meaning.
RISK_INDICATORS: dict[str, tuple[RiskVariable, Label]] = {
    "disabled_voters": (V.HAK_PILIH, ("Pemilih disabilitas dalam DPT", "Disabled voters in the roll")),
    "ineligible_voters": (
        V.HAK_PILIH,
        ("Pemilih DPT yang tidak lagi memenuhi syarat", "Voters in the roll no longer eligible"),
    ),
    "transferred_voters": (V.HAK_PILIH, ("Pemilih tambahan (DPTb)", "Transferred voters")),
    "organisers_voting_elsewhere": (
        V.HAK_PILIH,
        ("Penyelenggara yang memilih di luar TPS domisilinya", "Organisers who vote away from home"),
    ),
    "unlisted_voters": (V.HAK_PILIH, ("Potensi pemilih khusus (DPK)", "Possible voters not in the roll")),
    "revote_history": (V.HAK_PILIH, ("Riwayat PSU atau PSSU", "History of a re-vote or re-count")),
    "violence_history": (V.KEAMANAN, ("Riwayat kekerasan", "History of violence")),
    "intimidation_history": (
        V.KEAMANAN,
        ("Riwayat intimidasi terhadap penyelenggara", "History of intimidation of organisers"),
    ),
    "rejection": (
        V.KEAMANAN,
        ("Riwayat atau potensi penolakan pemungutan suara", "History or prospect of rejection of the vote"),
    ),
    "vote_buying_history": (
        V.POLITIK_UANG,
        ("Riwayat pemberian uang atau barang di sekitar TPS", "History of money or goods around it"),
    ),
    "sara_incitement": (
        V.POLITISASI_SARA,
        (
            "Penghinaan atau hasutan soal agama, suku, ras, dan golongan",
            "Insult or incitement on religion, ethnicity, race or group",
        ),
    ),
    "organisers_campaigning": (
        V.NETRALITAS,
        ("KPPS berkampanye untuk pasangan calon", "Organisers campaign for a candidate"),
    ),
    "officials_partial": (
        V.NETRALITAS,
        (
            "ASN, TNI, Polri, kepala atau perangkat desa menguntungkan atau merugikan pasangan calon",
            "Officials act for or against a candidate",
        ),
    ),
    "supplies_damaged": (V.LOGISTIK, ("Logistik rusak", "Supplies damaged")),
    "supplies_short": (
        V.LOGISTIK,
        ("Logistik kurang, lebih, atau tidak tersedia", "Supplies short, in excess or missing"),
    ),
    "supplies_late": (V.LOGISTIK, ("Logistik terlambat (lewat H-1)", "Supplies late (past the eve)")),
    "hard_to_reach": (
        V.LOKASI,
        ("Sulit dijangkau karena geografis atau cuaca", "Hard to reach by terrain or weather"),
    ),
    "conflict_prone": (V.LOKASI, ("Di wilayah rawan konflik", "In a place prone to conflict")),
    "disaster_prone": (V.LOKASI, ("Di wilayah rawan bencana", "In a place prone to disaster")),
    "near_school": (V.LOKASI, ("Dekat lembaga pendidikan", "Near a school")),
    "near_workplace": (V.LOKASI, ("Dekat wilayah kerja (tambang, pabrik)", "Near a mine or factory")),
    "near_candidate": (
        V.LOKASI,
        ("Dekat rumah atau posko pasangan calon", "Near the house or post of a candidate"),
    ),
    "special_location": (V.LOKASI, ("Di lokasi khusus", "At a special location")),
    "no_internet": (V.JARINGAN, ("Tidak ada jaringan internet", "No internet")),
    "no_electricity": (V.JARINGAN, ("Tidak ada aliran listrik", "No electricity")),
}
INDICATOR_LABELS: dict[str, Label] = {code: label for code, (_, label) in RISK_INDICATORS.items()}

WEIGHTS: dict[RiskVariable, int] = dict.fromkeys(RiskVariable, 1)  # ours, see above
METHOD = "siaga-equal-variables-1"  # another weighing gets another name: old indexes keep theirs
FULL = 100


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one variable adds to the index."""

    variable: RiskVariable
    present: int
    of: int
    points: float


def contributions(indicators: Iterable[str]) -> list[Contribution]:
    """What each variable adds: its weight's part of a hundred, times the part of its indicators present."""
    held = set(indicators)
    total = sum(WEIGHTS.values())
    found = []
    for variable in RiskVariable:
        codes = [code for code, (of, _) in RISK_INDICATORS.items() if of is variable]
        present = len(held.intersection(codes))
        points = FULL * WEIGHTS[variable] * present / (total * len(codes))
        found.append(Contribution(variable, present, len(codes), round(points, 2)))
    return found


def index(indicators: Iterable[str]) -> int:
    """The index from 0 to 100, in whole points, so that nobody takes it for more exact than it is."""
    return round(sum(each.points for each in contributions(indicators)))
