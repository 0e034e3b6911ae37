"""Examples for assistance between agencies: requests, changes, answers, and what becomes of them."""

from app.schemas.examples.example import Example

KODIM = "state_unit_strength.kodim"
OFFERED = "answer_assistance_request.counter_offer"

REQUESTS = {
    "crowd_control": Example(
        "Sixty for crowd control, asked of the military and the neighbouring Polda",
        "operator.polda-banten",
        {
            "kind": "crowd_control",
            "quantity": 60,
            "priority": "segera",
            "bases": ["tni_polri_agreement", "crowd_control_rule"],
            "addressed": ["korem-064", "polda-metro-jaya"],
            "controlling_unit": "polres-serang",
            "region_code": "36.04",
            "site": "Kantor KPU Kabupaten Serang (fiktif)",
            "note": "Penyekatan pada tahap rekapitulasi (fiktif).",
            "starts_at": "2024-11-29T06:00:00+07:00",
            "ends_at": "2024-12-01T18:00:00+07:00",
            "answer_by": "2024-11-28T18:00:00+07:00",
        },
    ),
    "warehouse": Example(
        "KPU asks the police for guards of a warehouse, at once",
        "operator.kpu-banten",
        {
            "kind": "guard_of_object",
            "quantity": 6,
            "priority": "amat_segera",
            "bases": ["order"],
            "basis_note": "Surat 12/PP.08/36/2024 (fiktif)",
            "addressed": ["polda-banten"],
            "region_code": "36.73",
            "geometry": {"type": "Point", "coordinates": [106.15, -6.12]},
            "site": "Gudang logistik KPU (fiktif)",
            "starts_at": "2024-11-24T06:00:00+07:00",
            "ends_at": "2024-11-27T18:00:00+07:00",
            "answer_by": "2024-11-24T00:00:00+07:00",
            "tlp": "AMBER",
        },
    ),
}
CHANGES = {
    "more": Example("More are needed", "operator.polda-banten", {"quantity": 90}),
    "later": Example(
        "The answer may come later",
        "commander.polda-banten",
        {"answer_by": "2024-11-29T00:00:00+07:00", "priority": "biasa"},
    ),
}
STEPS = {
    "closed": Example(
        "Enough have come",
        "operator.polda-banten",
        {"to": "closed", "reason": "Kekuatan sudah cukup (fiktif)."},
    ),
    "withdrawn": Example(
        "It is needed no more, and nobody has promised anything",
        "commander.polda-banten",
        {"to": "withdrawn", "reason": "Unjuk rasa dibatalkan (fiktif)."},
    ),
}
ANSWERS = {
    "acknowledge": Example(
        "It was seen; the answer follows",
        "operator.korem-064",
        {"kind": "acknowledge", "reason": "Menunggu petunjuk pimpinan (fiktif)."},
    ),
    "accept": Example(
        "Forty of the sixty",
        "operator.korem-064",
        {"kind": "accept", "quantity": 40, "home_unit": "kodim-0602-serang", "role": "dalmas"},
        after=(KODIM,),
    ),
    "counter_offer": Example(
        "Fewer, and a day later",
        "commander.korem-064",
        {
            "kind": "counter_offer",
            "quantity": 30,
            "home_unit": "kodim-0602-serang",
            "starts_at": "2024-11-30T06:00:00+07:00",
            "ends_at": "2024-12-01T18:00:00+07:00",
            "reason": "Sebagian masih bertugas di TPS (fiktif).",
        },
        after=(KODIM,),
    ),
    "decline": Example(
        "None can be spared",
        "operator.korem-064",
        {"kind": "decline", "reason": "Seluruh kekuatan sudah digelar (fiktif)."},
    ),
}
OUTCOMES = {
    "taken": Example(
        "The requester takes the offer",
        "operator.polda-banten",
        {"to": "accepted", "reason": "Waktunya cocok (fiktif)."},
        after=(OFFERED,),
    ),
    "refused": Example(
        "The requester refuses the offer",
        "operator.polda-banten",
        {"to": "refused", "reason": "Terlambat untuk kebutuhan ini (fiktif)."},
        after=(OFFERED,),
    ),
    "withdrawn": Example(
        "Who offered takes it back",
        "commander.korem-064",
        {"to": "withdrawn", "reason": "Personel dialihkan ke wilayah lain (fiktif)."},
        after=(OFFERED,),
    ),
}
EXAMPLES = {
    "request_assistance": REQUESTS,
    "change_assistance_request": CHANGES,
    "step_assistance_request": STEPS,
    "answer_assistance_request": ANSWERS,
    "step_assistance_answer": OUTCOMES,
}
