"""Examples for patrols."""

from app.schemas.examples.example import Example

MARKET = {
    "minute": 15,
    "name": "Pasar Kragilan (fiktif)",
    "geometry": {"type": "Point", "coordinates": [106.28, -6.14]},
}
WAREHOUSE = {
    "minute": 40,
    "name": "Gudang logistik kecamatan (fiktif)",
    "geometry": {"type": "Point", "coordinates": [106.29, -6.15]},
}
PLANS = {
    "night_round": Example(
        "A round every night",
        "operator.polda-banten",
        {
            "name": "Patroli malam Kragilan (fiktif)",
            "unit": "polres-serang",
            "region_code": "36.04.11",
            "weekdays": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
            "start_time": "21:00",
            "stops": [MARKET, WAREHOUSE],
        },
    ),
    "campaign_days": Example(
        "Only on the days of quiet before the vote, known to Bawaslu",
        "commander.polda-banten",
        {
            "name": "Patroli masa tenang (fiktif)",
            "unit": "polres-serang",
            "region_code": "36.04",
            "weekdays": ["sun", "mon", "tue"],
            "start_time": "19:30",
            "grace_minutes": 30,
            "first_on": "2024-11-24",
            "last_on": "2024-11-26",
            "stops": [{**MARKET, "region_code": "36.04.11"}],
            "tlp": "AMBER",
            "audience": ["bawaslu-banten"],
        },
    ),
}
PLAN_CHANGES = {
    "later": Example("It starts an hour later", "operator.polda-banten", {"start_time": "22:00"}),
    "other_stops": Example(
        "The stops in another order",
        "operator.polda-banten",
        {"stops": [{**WAREHOUSE, "minute": 10}, {**MARKET, "minute": 35}]},
    ),
}
PATROLS = {
    "eve": Example("The patrol of one day", "operator.polda-banten", {"on_date": "2024-11-26"}),
    "known_to_kpu": Example(
        "The patrol of another day, known to KPU",
        "commander.polda-banten",
        {"on_date": "2024-11-27", "tlp": "AMBER", "audience": ["kpu-banten"]},
    ),
}
CHANGES = {
    "shared": Example(
        "KPU shall know of the patrol",
        "commander.polda-banten",
        {"tlp": "AMBER", "audience": ["kpu-banten"]},
    ),
    "for_all": Example("Every partner shall know of it", "operator.polda-banten", {"tlp": "GREEN"}),
}
STEPS = {
    "start": Example(
        "The patrol sets out",
        "operator.polda-banten",
        {"to": "under_way", "reason": "Apel selesai, regu berangkat (fiktif)."},
    ),
    "complete": Example(
        "The patrol is back",
        "operator.polda-banten",
        {"to": "completed", "reason": "Regu kembali ke Mako (fiktif)."},
        after=("step_patrol.start",),
    ),
}
VISITS = {
    "all_calm": Example(
        "The patrol was there",
        "operator.polda-banten",
        {
            "geometry": {"type": "Point", "coordinates": [106.2801, -6.1402]},
            "remark": "Aman, gudang terkunci (fiktif).",
        },
        after=("step_patrol.start",),
    ),
    "position_only": Example(
        "A system sends the position",
        "integration.polda-banten",
        {"geometry": {"type": "Point", "coordinates": [106.2799, -6.1401]}},
        after=("step_patrol.start",),
    ),
}
SKIPS = {
    "road_cut": Example(
        "The road is cut",
        "operator.polda-banten",
        {"reason": "Jembatan putus, jalan tidak dapat dilalui (fiktif)."},
        after=("step_patrol.start",),
    ),
    "called_away": Example(
        "The patrol was called away",
        "commander.polda-banten",
        {"reason": "Regu dialihkan ke kejadian lain (fiktif)."},
        after=("step_patrol.start",),
    ),
}
EXAMPLES = {
    "create_patrol_plan": PLANS,
    "change_patrol_plan": PLAN_CHANGES,
    "create_patrol": PATROLS,
    "change_patrol": CHANGES,
    "step_patrol": STEPS,
    "note_patrol_visit": VISITS,
    "note_patrol_skip": SKIPS,
}
