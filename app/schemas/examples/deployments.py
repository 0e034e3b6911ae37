"""Examples for deployments: requests, changes, steps."""

from app.schemas.examples.example import AN_INCIDENT, ANY_ID, Example

REQUESTS = {
    "guard_polling_stations": Example(
        "Guard polling stations, known to KPU",
        "operator.polda-banten",
        {
            "home_unit": "polres-serang",
            "role": "pam_tps",
            "strength_planned": 40,
            "region_code": "36.04",
            "site": "TPS di Kecamatan Kragilan (fiktif)",
            "starts_at": "2024-11-26T06:00:00+07:00",
            "ends_at": "2024-11-28T18:00:00+07:00",
            "tlp": "AMBER",
            "audience": ["kpu-banten"],
        },
        after=("state_unit_strength.polres",),
    ),
    "patrol_for_an_incident": Example(
        "A patrol for an incident",
        "operator.polda-banten",
        {
            "home_unit": "polresta-tangerang",
            "role": "patroli",
            "strength_planned": 6,
            "region_code": "36.03.18",
            "geometry": {"type": "Point", "coordinates": [106.5083, -6.2436]},
            "site": "Gudang PPK Cikupa (fiktif)",
            "starts_at": "2024-11-25T06:00:00+07:00",
            "ends_at": "2024-11-25T18:00:00+07:00",
            "incident_id": ANY_ID,
            "tlp": "GREEN",
        },
        after=("state_unit_strength.polresta",),
        needs=(AN_INCIDENT,),
    ),
    "brimob_lent": Example(
        "Brimob under the control of a Polresta (BKO), committed at once",
        "commander.polda-banten",
        {
            "home_unit": "satbrimob-polda-banten",
            "controlling_unit": "polresta-serang-kota",
            "command_relation": "bko",
            "role": "brimob_phh",
            "strength_planned": 83,
            "region_code": "36.73",
            "site": "Kantor KPU Provinsi Banten (fiktif)",
            "starts_at": "2024-11-26T06:00:00+07:00",
            "ends_at": "2024-11-30T18:00:00+07:00",
            "status": "committed",
        },
        after=("state_unit_strength.reserve",),
    ),
    "military_assistance": Example(
        "The military assists the police",
        "operator.korem-064",
        {
            "home_unit": "kodim-0602-serang",
            "controlling_agency": "polda-banten",
            "command_relation": "perbantuan_tni",
            "role": "reserve",
            "strength_planned": 141,
            "region_code": "36.04",
            "site": "Titik siaga di Ciruas (fiktif)",
            "starts_at": "2024-11-26T06:00:00+07:00",
            "ends_at": "2024-11-30T18:00:00+07:00",
            "tlp": "AMBER",
            "audience": ["polda-banten"],
        },
        after=("state_unit_strength.kodim",),
    ),
}
CHANGES = {
    "fewer_elsewhere": Example(
        "Fewer, and at another place",
        "operator.polda-banten",
        {"strength_planned": 30, "site": "Gudang logistik KPU (fiktif)"},
    ),
    "longer": Example(
        "A day longer",
        "operator.polda-banten",
        {"ends_at": "2024-11-29T18:00:00+07:00"},
    ),
    "bawaslu_too": Example(
        "Bawaslu shall know of it too",
        "commander.polda-banten",
        {"tlp": "AMBER", "audience": ["bawaslu-banten", "kpu-banten"]},
    ),
    "check_in_every_hour": Example(
        "They shall check in every hour",
        "commander.polda-banten",
        {"check_in_minutes": 60},
    ),
}
STEPS = {
    "committed": Example(
        "The unit commits: from now on it is bound",
        "operator.polda-banten",
        {"to": "committed", "reason": "Surat perintah sudah terbit (fiktif)."},
    ),
    "mobilizing": Example(
        "The personnel gather",
        "operator.polda-banten",
        {"to": "mobilizing", "reason": "Apel dan pembagian perlengkapan di Mapolres (fiktif)."},
        after=("step_deployment.committed",),
    ),
    "en_route": Example(
        "They are on their way",
        "operator.polda-banten",
        {"to": "en_route", "reason": "Berangkat dengan tiga truk (fiktif).", "strength_present": 38},
        after=("step_deployment.mobilizing",),
    ),
    "on_scene": Example(
        "They have arrived, 38 of them",
        "operator.polda-banten",
        {"to": "on_scene", "reason": "Apel di lokasi, dua personel sakit (fiktif).", "strength_present": 38},
        after=("step_deployment.en_route",),
    ),
    "declined": Example(
        "The unit cannot: declined",
        "operator.polda-banten",
        {"to": "declined", "reason": "Semua personel sudah bertugas di tempat lain (fiktif)."},
    ),
}
CHECK_INS = {
    "by_gps": Example(
        "A position by GPS, with its accuracy",
        "operator.polda-banten",
        {"geometry": {"type": "Point", "coordinates": [106.2791, -6.1402]}, "accuracy_meters": 12.5},
        after=("step_deployment.on_scene",),
    ),
    "by_radio": Example(
        "A position by radio, pointed out on the map",
        "operator.polda-banten",
        {"geometry": {"type": "Point", "coordinates": [106.28, -6.14]}},
        after=("step_deployment.on_scene",),
    ),
}
EXAMPLES = {
    "add_check_in": CHECK_INS,
    "request_deployment": REQUESTS,
    "change_deployment": CHANGES,
    "step_deployment": STEPS,
}
