"""Examples for elections."""

from app.schemas.examples.example import Example

KPU = "operator.kpu-banten"
COMMISSION = "Keputusan KPU (fiktif)"


def day(stage: str, first: str, last: str) -> dict[str, str]:
    """A stage with its days."""
    return {"stage": stage, "starts_on": first, "ends_on": last}


ENTERED = {
    "village_head": Example(
        "The election of a village head",
        KPU,
        {
            "kind": "village_head",
            "year": 2028,
            "region_code": "36.04.11.2002",
            "name": "Pemilihan kepala desa (fiktif)",
            "stages": [
                day("campaign", "2028-06-01", "2028-06-03"),
                day("quiet_period", "2028-06-04", "2028-06-06"),
                day("voting", "2028-06-07", "2028-06-07"),
            ],
            "source": COMMISSION,
        },
    ),
    "without_days": Example(
        "An election whose days are not set",
        KPU,
        {
            "kind": "regent_mayor",
            "year": 2031,
            "region_code": "36.04",
            "name": "Pemilihan bupati dan wakil bupati (fiktif)",
            "source": COMMISSION,
        },
    ),
}
CHANGED = {
    "stages": Example(
        "Its stages, each with its days",
        KPU,
        {
            "stages": [
                {"stage": "regulations", "ends_on": "2028-05-30", "source": COMMISSION},
                day("campaign", "2028-06-01", "2028-06-03"),
                day("quiet_period", "2028-06-04", "2028-06-06"),
                day("voting", "2028-06-07", "2028-06-07"),
                day("count_recap", "2028-06-07", "2028-06-10"),
            ]
        },
    ),
    "cancelled": Example("It is not held", "commander.kpu-banten", {"cancelled": True}),
}
EXAMPLES: dict[str, dict[str, Example]] = {"create_election": ENTERED, "change_election": CHANGED}
