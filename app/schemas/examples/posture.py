"""Examples for posture plans."""

from app.schemas.examples.example import A_PATROL_PLAN, ANY_PATROL_PLAN, Example

COMMANDER = "commander.polda-banten"
PLANS = {
    "unrest": Example(
        "What stands ready when unrest is likely",
        COMMANDER,
        {
            "name": "Kesiapan kerusuhan di Kabupaten Serang (fiktif)",
            "region_code": "36.04",
            "category": "mass_unrest",
            "level": 3,
            "measures": [
                {
                    "kind": "deployment",
                    "home_unit": "polres-serang",
                    "role": "dalmas",
                    "strength_planned": 1,
                    "hours": 72,
                },
                {"kind": "notification", "text": "Piket siaga di tempat (fiktif)."},
            ],
        },
    ),
    "help": Example(
        "Whom to ask for help, and what to patrol",
        COMMANDER,
        {
            "name": "Bantuan dan patroli di Kecamatan Kragilan (fiktif)",
            "region_code": "36.04.11",
            "category": "mass_unrest",
            "level": 4,
            "measures": [
                {
                    "kind": "assistance",
                    "assistance_kind": "crowd_control",
                    "quantity": 40,
                    "bases": ["tni_polri_agreement"],
                    "addressed": ["korem-064"],
                    "starts_in_hours": 6,
                    "hours": 48,
                    "answer_in_hours": 3,
                },
                {"kind": "patrol", "patrol_plan_id": ANY_PATROL_PLAN, "in_days": 1},
            ],
        },
        needs=(A_PATROL_PLAN,),
    ),
}
PLAN_CHANGES = {
    "out_of_use": Example("It counts no more", COMMANDER, {"in_use": False}),
    "later": Example("It answers a higher level only", COMMANDER, {"level": 4}),
}
DECISIONS = {
    "carried_out": Example(
        "It is ordered",
        COMMANDER,
        {"decision": "carry_out", "reason": "Perintah lisan pimpinan (fiktif)."},
    ),
    "dropped": Example(
        "Others do it already",
        COMMANDER,
        {"decision": "drop", "reason": "Sudah ditangani satuan lain (fiktif)."},
    ),
}
EXAMPLES = {
    "prepare_posture_plan": PLANS,
    "change_posture_plan": PLAN_CHANGES,
    "decide_posture_draft": DECISIONS,
}
