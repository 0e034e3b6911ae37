"""Examples for threat levels: statements, sync, withdrawal."""

from app.schemas.examples.example import AN_INCIDENT, ANY_ID, Example

STATEMENTS = {
    "remote_logistics": Example(
        "Level 2: rain may delay supplies to remote places",
        "operator.kpu-banten",
        {
            "region_code": "36.02",
            "category": "logistics",
            "level": 2,
            "rationale": "Hujan lebat dapat memperlambat pengiriman ke TPS di desa terpencil (fiktif).",
            "source": {"reliability": "b", "credibility": "2"},
        },
    ),
    "announced_protests": Example(
        "Level 3: two protests are announced",
        "operator.polda-banten",
        {
            "region_code": "36.73",
            "category": "mass_unrest",
            "level": 3,
            "rationale": "Dua unjuk rasa diumumkan di depan kantor KPU setelah penghitungan (fiktif).",
            "source": {"reliability": "b", "credibility": "2"},
        },
    ),
    "threatened_officials": Example(
        "Level 4: waits until another commander approves",
        "commander.polda-banten",
        {
            "region_code": "36.03",
            "category": "political_violence",
            "level": 4,
            "rationale": "Penyelenggara di beberapa kecamatan menerima ancaman langsung (fiktif).",
            "source": {"reliability": "c", "credibility": "2"},
            "tlp": "AMBER",
            "audience": ["bawaslu-banten", "kpu-banten", "polda-metro-jaya"],
        },
    ),
    "resting_on_an_incident": Example(
        "Level 3: it rests on an incident",
        "liaison.bawaslu-banten",
        {
            "region_code": "36",
            "category": "disinformation",
            "level": 3,
            "rationale": "Pesan palsu tentang jam tutup TPS menyebar di banyak grup (fiktif).",
            "basis": [ANY_ID],
            "source": {"reliability": "b", "credibility": "1"},
        },
        needs=(AN_INCIDENT,),
    ),
}
PLACE = {"region_code": "36.04", "category": "mass_unrest"}
WISHES = {
    "as_before": Example(
        "Every day the same: nothing is written again",
        "integration.polda-banten",
        {
            "level": 2,
            "rationale": "Pemantauan harian: tidak ada perubahan (fiktif).",
            "source": {"reliability": "b", "credibility": "2"},
        },
        at=PLACE,
    ),
    "raised": Example(
        "Raised to 3, for the partners named",
        "integration.polda-banten",
        {
            "level": 3,
            "rationale": "Jumlah ajakan unjuk rasa naik dua kali lipat sejak kemarin (fiktif).",
            "source": {"reliability": "b", "credibility": "3"},
            "tlp": "AMBER",
            "audience": ["kpu-banten", "pemkab-serang"],
        },
        at=PLACE,
    ),
    "critical": Example(
        "Level 5: waits until a commander approves",
        "integration.polda-banten",
        {
            "level": 5,
            "rationale": "Massa bergerak ke gudang logistik dari tiga arah (fiktif).",
            "source": {"reliability": "a", "credibility": "1"},
        },
        at=PLACE,
    ),
}
WITHDRAWALS = {
    "source_was_wrong": Example(
        "The source was wrong",
        "operator.polda-banten",
        {"reason": "Laporan sumber ternyata keliru (fiktif)."},
    ),
    "it_is_over": Example(
        "What threatened is over",
        "operator.polda-banten",
        {"reason": "Unjuk rasa selesai dengan tertib dan massa sudah pulang (fiktif)."},
    ),
    "wrong_place": Example(
        "It was stated for the wrong place",
        "commander.polda-banten",
        {"reason": "Salah wilayah; dinyatakan lagi untuk kecamatan yang benar (fiktif)."},
    ),
}
EXAMPLES = {
    "state_threat_level": STATEMENTS,
    "sync_threat_level": WISHES,
    "withdraw_threat_level": WITHDRAWALS,
}
