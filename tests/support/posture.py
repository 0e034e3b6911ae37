"""Posture plans for tests."""

from typing import Any

PLANS = "/api/v1/posture-plans"
ACTIVATIONS = "/api/v1/posture-activations"
COMMANDER = "commander.polda-banten"


def measure(**changes: Any) -> dict[str, Any]:
    return {
        "kind": "deployment", "home_unit": "polres-serang", "role": "dalmas", "strength_planned": 1,
        "hours": 24, **changes,
    }  # fmt: skip


def plan(**changes: Any) -> dict[str, Any]:
    return {
        "name": "Kesiapan (fiktif)", "region_code": "36.04", "category": "mass_unrest", "level": 3,
        "measures": [measure(), {"kind": "notification", "text": "Piket siaga (fiktif)."}], **changes,
    }  # fmt: skip
