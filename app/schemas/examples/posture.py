"""Examples for posture plans."""

from app.schemas.examples.example import Example

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
    )
}
PLAN_CHANGES = {"out_of_use": Example("It counts no more", COMMANDER, {"in_use": False})}
DECISIONS = {
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
