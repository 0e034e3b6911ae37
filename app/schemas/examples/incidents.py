"""Examples for incidents: reports, changes, steps, hand-over and conflict of interest."""

from app.schemas.examples.example import ANOTHER_INCIDENT, ANY_ID, Example

REPORTS = {
    "damp_ballot_boxes": Example(
        "Damp ballot boxes in a PPK warehouse",
        "operator.polda-banten",
        {
            "title": "Kotak suara lembap di gudang PPK Cikupa (fiktif)",
            "description": "Air hujan masuk lewat atap; dua kotak suara dan satu bilik perlu diganti.",
            "kind": "log_damage",
            "severity": "moderate",
            "region_code": "36.03.18",
            "geometry": {"type": "Point", "coordinates": [106.5083, -6.2436]},
            "site": "Gudang PPK Cikupa",
            "occurred_at": "2024-11-25T05:30:00+07:00",
            "reported_at": "2024-11-25T05:50:00+07:00",
            "source": {"channel": "patrol", "reliability": "b", "credibility": "2"},
            "lead_agency": "kpu-banten",
            "assigned_agencies": ["pemkab-tangerang"],
            "tlp": "GREEN",
        },
    ),
    "money_politics": Example(
        "Money politics in the quiet period",
        "liaison.bawaslu-banten",
        {
            "title": "Dugaan pembagian uang pada masa tenang (fiktif)",
            "description": "Warga melaporkan amplop dibagikan dari rumah ke rumah pada malam hari.",
            "kind": "eo_money_politics",
            "severity": "severe",
            "region_code": "36.04",
            "occurred_at": "2024-11-25T21:15:00+07:00",
            "reported_at": "2024-11-26T07:40:00+07:00",
            "source": {"channel": "wa_bawaslu", "reliability": "c", "credibility": "3"},
            "tlp": "AMBER",
            "audience": ["polda-banten", "kpu-banten"],
            "classification": "terbatas",
        },
    ),
    "polling_hoax": Example(
        "A hoax that polling stations close early",
        "operator.kpu-banten",
        {
            "title": "Hoaks: TPS disebut tutup pukul 10.00 (fiktif)",
            "description": "Pesan berantai menyebut TPS tutup pukul 10.00, padahal buka sampai pukul 13.00.",
            "kind": "info_hoax",
            "severity": "minor",
            "region_code": "36",
            "occurred_at": "2024-11-27T06:05:00+07:00",
            "source": {"channel": "social_media", "reliability": "e", "credibility": "5"},
            "tlp": "CLEAR",
        },
    ),
    "clash_of_supporters": Example(
        "Supporters clash where two Polda meet",
        "operator.polda-metro-jaya",
        {
            "title": "Bentrok pendukung di Curug, dekat batas Cikupa (fiktif)",
            "description": "Dua kelompok saling lempar di batas wilayah hukum dua Polda; satu luka ringan.",
            "kind": "mass_supporter_clash",
            "severity": "severe",
            "region_code": "36.03.17",
            "site": "Jalan batas Curug dan Cikupa",
            "occurred_at": "2024-11-23T16:20:00+07:00",
            "source": {"channel": "phone_110", "reliability": "b", "credibility": "1"},
            "injured_count": 1,
            "assigned_agencies": ["polda-banten"],
            "tlp": "AMBER",
            "audience": ["polda-banten", "bawaslu-banten", "kodam-jaya"],
        },
    ),
    "count_rejected": Example(
        "A count is rejected; only four accounts may know",
        "commander.polda-banten",
        {
            "title": "Hasil penghitungan ditolak saksi, massa mulai berkumpul (fiktif)",
            "description": "Saksi menolak menandatangani hasil; massa berkumpul di depan kantor kecamatan.",
            "kind": "rd_count_rejected",
            "severity": "severe",
            "region_code": "36.02",
            "occurred_at": "2024-11-27T17:45:00+07:00",
            "source": {"channel": "agency", "reliability": "a", "credibility": "2"},
            "tlp": "RED",
            "recipients": [
                "commander.polda-banten",
                "commander2.polda-banten",
                "commander.kpu-banten",
                "commander.bawaslu-banten",
            ],
            "classification": "rahasia",
        },
    ),
}
CHANGES = {
    "grown_worse": Example(
        "It has grown worse",
        "operator.polda-banten",
        {"severity": "severe", "injured_count": 2},
    ),
    "kpu_leads": Example(
        "KPU shall know of it and leads",
        "operator.polda-banten",
        {"tlp": "AMBER", "audience": ["kpu-banten"], "lead_agency": "kpu-banten"},
    ),
    "exact_place": Example(
        "The place is now known exactly",
        "operator.polda-banten",
        {
            "region_code": "36.03.18",
            "geometry": {"type": "Point", "coordinates": [106.5083, -6.2436]},
            "site": "Gudang PPK Cikupa (fiktif)",
        },
    ),
}
STEPS = {
    "verified": Example(
        "A patrol has seen it: verified",
        "operator.polda-banten",
        {"to": "verified", "reason": "Dicek langsung oleh patroli Polsek (fiktif)."},
    ),
    "responding": Example(
        "Officers are on their way",
        "operator.polda-banten",
        {"to": "responding", "reason": "Dua personel dan petugas PPK menuju gudang (fiktif)."},
        after=("step_incident.verified",),
    ),
    "false_report": Example(
        "It was no true report",
        "operator.polda-banten",
        {"to": "false_report", "reason": "Gudang diperiksa; tidak ada kotak suara yang basah (fiktif)."},
    ),
    "duplicate": Example(
        "Another report tells of the same",
        "operator.polda-banten",
        {"to": "duplicate", "reason": "Sudah dilaporkan lebih dahulu (fiktif).", "duplicate_of": ANY_ID},
        needs=(ANOTHER_INCIDENT,),
    ),
}
MOVES = {
    "offer": Example(
        "Offer it to KPU",
        "operator.polda-banten",
        {"action": "offer", "to": "kpu-banten", "reason": "Ini urusan logistik pemilihan (fiktif)."},
    ),
    "accept": Example(
        "KPU accepts",
        "operator.kpu-banten",
        {"action": "accept", "reason": "KPU mengganti logistik yang rusak (fiktif)."},
        after=("hand_over_incident.offer",),
    ),
    "decline": Example(
        "KPU declines",
        "operator.kpu-banten",
        {"action": "decline", "reason": "Kerusakan karena kebocoran gedung milik pemda (fiktif)."},
        after=("hand_over_incident.offer",),
    ),
    "withdraw": Example(
        "Take the offer back",
        "operator.polda-banten",
        {"action": "withdraw", "reason": "Penanganan tetap di Polda Banten (fiktif)."},
        after=("hand_over_incident.offer",),
    ),
}
ACCUSATIONS = {
    "warehouse_staff": Example(
        "Staff of a KPU warehouse are named",
        "liaison.bawaslu-banten",
        {"agency": "kpu-banten", "reason": "Laporan menyebut petugas gudang KPU (fiktif)."},
    ),
    "civil_servant": Example(
        "A civil servant's neutrality is in question",
        "liaison.bawaslu-banten",
        {
            "agency": "pemprov-banten",
            "reason": "Pelapor menyebut ASN pemprov ikut membagikan bahan (fiktif).",
        },
    ),
}
EXAMPLES = {
    "report_incident": REPORTS,
    "change_incident": CHANGES,
    "step_incident": STEPS,
    "hand_over_incident": MOVES,
    "accuse_agency": ACCUSATIONS,
}
