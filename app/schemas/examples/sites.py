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
EXAMPLES = {
    "register_site": REGISTRATIONS,
    "change_site": CHANGES,
    "assess_site": ASSESSMENTS,
}
