"""Examples for personal data: erasures, holds, requests, breaches, disclosures."""

from app.schemas.examples.example import AN_INCIDENT, ANY_ID, Example

OFFICER, CHIEF, AUDITOR = "privacy.polda-banten", "commander.polda-banten", "auditor.polda-banten"
A_PERSON = "First put the id of an incident in, and that of a person in it."
A_DEPLOYMENT = "First put the id of a deployment in."
ERASURES = {
    "witness": Example(
        "A witness withdraws consent",
        OFFICER,
        {
            "record_type": "incident",
            "record_id": ANY_ID,
            "subject_type": "incident_party",
            "subject_id": ANY_ID,
            "fields": ["name", "contact", "national_id_hash", "national_id_last4", "remark"],
            "legal_basis": "consent_withdrawn",
            "reason": "Persetujuan ditarik kembali dengan surat (fiktif).",
        },
        needs=(A_PERSON,),
    ),
    "title": Example(
        "A name stood in the title",
        OFFICER,
        {
            "record_type": "incident",
            "record_id": ANY_ID,
            "subject_type": "incident",
            "subject_id": ANY_ID,
            "fields": ["title"],
            "rewritten": {"title": "Laporan seorang warga (fiktif)"},
            "legal_basis": "unlawful_processing",
            "reason": "Nama orang tertulis dalam judul (fiktif).",
        },
        needs=(AN_INCIDENT,),
    ),
}
HOLDS = {
    "evidence": Example(
        "Evidence of a case",
        CHIEF,
        {
            "record_type": "incident",
            "record_id": ANY_ID,
            "order_number": "SP.Sita/12/XI/2024 (fiktif)",
            "reason": "Barang bukti perkara yang sedang disidik (fiktif).",
            "until": "2199-12-31T00:00:00+07:00",
        },
        needs=(AN_INCIDENT,),
    ),
    "court": Example(
        "A deployment that a court asks about",
        OFFICER,
        {
            "record_type": "deployment",
            "record_id": ANY_ID,
            "order_number": "Pen/7/2024 (fiktif)",
            "reason": "Diminta pengadilan (fiktif).",
            "until": "2199-12-31T00:00:00+07:00",
        },
        needs=(A_DEPLOYMENT,),
    ),
}
LIFTINGS = {
    "final": Example("The judgment is final", CHIEF, {"reason": "Putusan berkekuatan hukum tetap (fiktif)."}),
    "closed": Example("The case was closed", CHIEF, {"reason": "Penyidikan dihentikan (fiktif)."}),
}
REQUESTS = {
    "copy": Example(
        "Somebody wants a copy",
        OFFICER,
        {
            "asks_for": "access",
            "subject_name": "Pemohon A (fiktif)",
            "contact": "0800-0000-0000 (fiktif)",
            "wish": "Meminta salinan data saya (fiktif).",
            "region_code": "36",
        },
    ),
    "forgotten": Example(
        "Somebody wants to be forgotten",
        OFFICER,
        {
            "asks_for": "erasure",
            "subject_name": "Pemohon B (fiktif)",
            "wish": "Nama saya tidak perlu disimpan lagi (fiktif).",
            "region_code": "36.04",
        },
    ),
}
STEPS = {
    "verified": Example(
        "The person is who they say", OFFICER, {"to": "verified", "reason": "KTP dicocokkan (fiktif)."}
    ),
    "refused": Example(
        "The request is refused",
        OFFICER,
        {
            "to": "refused",
            "reason": "Pemohon bukan subjek datanya (fiktif).",
            "answer": "Permintaan tidak dapat dipenuhi (fiktif).",
        },
    ),
}
BREACHES = {
    "address": Example(
        "A list went to the wrong address",
        OFFICER,
        {
            "title": "Daftar pelapor terkirim ke alamat yang salah (fiktif)",
            "data_exposed": "Nama dan nomor telepon pelapor (fiktif).",
            "circumstances": "Terkirim lewat surat elektronik pada pagi hari (fiktif).",
            "handling": "Penerima diminta menghapus; alamat diperiksa dua orang (fiktif).",
            "region_code": "36",
        },
    ),
    "laptop": Example(
        "A laptop was lost",
        OFFICER,
        {
            "title": "Laptop petugas hilang (fiktif)",
            "data_exposed": "Foto barang bukti (fiktif).",
            "circumstances": "Hilang di perjalanan, cakramnya terenkripsi (fiktif).",
            "handling": "Akun ditangguhkan, kunci dicabut (fiktif).",
            "person_count": 3,
            "region_code": "36.04",
        },
    ),
}
FINDINGS = {
    "count": Example("Now the number is known", OFFICER, {"person_count": 40}),
    "more": Example("More was exposed", OFFICER, {"data_exposed": "Alamat juga terungkap (fiktif)."}),
}
NOTIFICATIONS = {
    "persons": Example(
        "The persons have a letter", OFFICER, {"to": "persons", "reason": "Surat B/8/XI/2024 (fiktif)."}
    ),
    "authority": Example(
        "The authority was told", OFFICER, {"to": "authority", "reason": "Surat B/7/XI/2024 (fiktif)."}
    ),
}
TOLD = ("note_breach_notification.persons", "note_breach_notification.authority")
CLOSINGS = {
    "repaired": Example("All is repaired", OFFICER, {"reason": "Pemulihan selesai (fiktif)."}, after=TOLD),
    "none": Example("It was none", OFFICER, {"reason": "Data ternyata data uji (fiktif)."}, after=TOLD),
}
ORDERS = {
    "court": Example(
        "A court asks for the record",
        AUDITOR,
        {
            "record_type": "incident",
            "record_id": ANY_ID,
            "order_number": "Pen/7/2024 (fiktif)",
            "reason": "Diminta pengadilan untuk pembuktian (fiktif).",
        },
        needs=(AN_INCIDENT,),
    ),
    "persons": Example(
        "The order covers the persons too",
        AUDITOR,
        {
            "record_type": "incident",
            "record_id": ANY_ID,
            "order_number": "Pen/8/2024 (fiktif)",
            "reason": "Saksi diperiksa di pengadilan (fiktif).",
            "persons": True,
        },
        needs=(AN_INCIDENT,),
    ),
}
EXAMPLES = {
    "change_breach": FINDINGS,
    "close_breach": CLOSINGS,
    "enter_breach": BREACHES,
    "erase_personal_data": ERASURES,
    "lift_legal_hold": LIFTINGS,
    "note_breach_notification": NOTIFICATIONS,
    "order_disclosure": ORDERS,
    "place_legal_hold": HOLDS,
    "receive_data_subject_request": REQUESTS,
    "step_data_subject_request": STEPS,
}
