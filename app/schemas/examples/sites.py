"""Examples for sites."""

from app.schemas.examples.example import Example

REGISTRATIONS = {
    "polling_station": Example(
        "A polling station with its first assessment",
        "operator.polda-banten",
        {
            "kind": "polling_station",
            "name": "TPS 009 Kragilan (fiktif)",
            "note": "Halaman SD, masuk dari sisi pasar (fiktif)",
            "region_code": "36.04.11",
            "geometry": {"type": "Point", "coordinates": [106.28, -6.14]},
            "risk": "rawan",
            "indicators": ["vote_buying_history", "near_school", "no_internet"],
            "rationale": "Riwayat pembagian barang pada pemilihan lalu (fiktif).",
        },
    ),
    "warehouse": Example(
        "A warehouse that only two agencies shall know of",
        "operator.kpu-banten",
        {
            "kind": "logistics_warehouse",
            "name": "Gudang logistik KPU (fiktif)",
            "region_code": "36.73",
            "tlp": "AMBER",
            "audience": ["polda-banten"],
        },
    ),
    "mall": Example(
        "A shopping centre",
        "operator.polda-banten",
        {"kind": "mall", "name": "Pusat perbelanjaan Serang (fiktif)", "region_code": "36.73"},
    ),
}
CHANGES = {
    "moved": Example(
        "It moved to the village hall",
        "operator.polda-banten",
        {
            "note": "Pindah ke balai desa (fiktif)",
            "geometry": {"type": "Point", "coordinates": [106.29, -6.15]},
        },
    ),
    "out_of_use": Example("It is needed no more", "operator.polda-banten", {"in_use": False}),
}
ASSESSMENTS = {
    "category": Example(
        "The police judge it anew",
        "commander.polda-banten",
        {"risk": "sangat_rawan", "rationale": "Bentrokan antarpendukung semalam (fiktif)."},
    ),
    "indicators": Example(
        "Bawaslu looks at its indicators",
        "operator.bawaslu-banten",
        {
            "indicators": ["hard_to_reach", "no_internet", "no_electricity"],
            "rationale": "Kunjungan lapangan pengawas (fiktif).",
            "source": {"reliability": "b", "credibility": "2"},
        },
    ),
}
PATTERNS = {
    "less_vulnerable": Example(
        "Two police officers for twelve polling stations",
        "operator.polda-banten",
        {
            "operation": "mantap-praja-maung-2024",
            "region_code": "36.04",
            "risk": "kurang_rawan",
            "police_count": 2,
            "site_count": 12,
            "linmas_count": 24,
            "source": "Rencana operasi (fiktif)",
            "as_of": "2024-11-01",
        },
    ),
    "very_vulnerable": Example(
        "Two for each that is very vulnerable, known to KPU",
        "commander.polda-banten",
        {
            "operation": "mantap-praja-maung-2024",
            "region_code": "36",
            "risk": "sangat_rawan",
            "police_count": 2,
            "site_count": 1,
            "source": "Rencana operasi (fiktif)",
            "as_of": "2024-11-01",
            "tlp": "AMBER",
            "audience": ["kpu-banten"],
        },
    ),
}
PATTERN_CHANGES = {
    "more_police": Example(
        "Twice as many",
        "operator.polda-banten",
        {"police_count": 4, "source": "Perubahan rencana operasi (fiktif)"},
    ),
    "shared": Example(
        "KPU shall know of it", "commander.polda-banten", {"tlp": "AMBER", "audience": ["kpu-banten"]}
    ),
}
EXAMPLES = {
    "create_guard_pattern": PATTERNS,
    "change_guard_pattern": PATTERN_CHANGES,
    "register_site": REGISTRATIONS,
    "change_site": CHANGES,
    "assess_site": ASSESSMENTS,
}
