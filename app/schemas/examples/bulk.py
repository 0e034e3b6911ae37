"""Bodies of bulk requests that work as they stand in the demo."""

from typing import Any

from app.schemas.examples.example import Example

OPERATOR = "operator.polda-banten"
SYSTEM = "integration.polda-banten"

INCIDENTS = [
    {
        "external_source": "simpamwil", "external_id": "LP-0147 (fiktif)",
        "title": "Spanduk dipasang di tempat terlarang", "kind": "eo_apk_violation", "severity": "minor",
        "region_code": "36.04", "occurred_at": "2024-11-20T08:00:00+07:00", "tlp": "GREEN",
    },
    {
        "external_source": "simpamwil", "external_id": "LP-0148 (fiktif)",
        "title": "Genset gudang logistik mati", "kind": "log_damage", "severity": "moderate",
        "region_code": "36.04", "occurred_at": "2024-11-21T19:30:00+07:00", "tlp": "GREEN",
    },
]  # fmt: skip
LEVELS = [
    {
        "external_source": "peta-rawan", "external_id": "36.04-mass_unrest", "region_code": "36.04",
        "category": "mass_unrest", "level": 2, "rationale": "Tidak ada ajakan massa baru (fiktif).",
    },
    {
        "region_code": "36.02", "category": "mass_unrest", "level": 2,
        "rationale": "Pemantauan harian: tidak ada perubahan (fiktif).",
    },
]  # fmt: skip
DEPLOYMENTS = [
    {
        "external_source": "renpam", "external_id": "SPRIN-311/1 (fiktif)", "home_unit": "polres-serang",
        "role": "pam_tps", "strength_planned": 4, "region_code": "36.04",
        "starts_at": "2024-11-26T06:00:00+07:00", "ends_at": "2024-11-28T18:00:00+07:00",
    },
    {
        "external_source": "renpam", "external_id": "SPRIN-311/2 (fiktif)", "home_unit": "polres-serang",
        "role": "pam_tps", "strength_planned": 6, "region_code": "36.04",
        "starts_at": "2024-11-26T06:00:00+07:00", "ends_at": "2024-11-28T18:00:00+07:00",
    },
]  # fmt: skip
SITES: list[dict[str, Any]] = [
    {
        "external_source": "daftar-tps", "external_id": "36.04.11/007 (fiktif)", "kind": "polling_station",
        "name": "TPS 007 Kragilan (fiktif)", "region_code": "36.04.11", "risk": "kurang_rawan",
        "rationale": "Penilaian awal Polres (fiktif).",
    },
    {
        "external_source": "daftar-tps", "external_id": "36.04.11/008 (fiktif)", "kind": "polling_station",
        "name": "TPS 008 Kragilan (fiktif)", "region_code": "36.04.11", "risk": "rawan",
        "indicators": ["hard_to_reach", "no_internet"], "rationale": "Penilaian awal Polres (fiktif).",
    },
]  # fmt: skip
FIRST = {"Incident": INCIDENTS, "Deployment": DEPLOYMENTS, "Site": SITES, "ThreatLevel": LEVELS}

EXAMPLES: dict[str, dict[str, Example]] = {
    "report_incidents": {
        "two_incidents": Example("Two incidents from a system of your own", OPERATOR, INCIDENTS),
        "one_incident_changed": Example(
            "The same incident again, with another severity",
            SYSTEM,
            [{**INCIDENTS[0], "severity": "moderate"}],
        ),
    },
    "request_deployments": {
        "two_deployments": Example("Two deployments of one unit", OPERATOR, DEPLOYMENTS),
        "more_personnel": Example(
            "The same deployment again, with more personnel",
            OPERATOR,
            [{**DEPLOYMENTS[0], "strength_planned": 5}],
        ),
    },
    "register_sites": {
        "two_stations": Example("Two polling stations of one kecamatan", OPERATOR, SITES),
        "judged_anew": Example(
            "One of them again, judged anew",
            SYSTEM,
            [{**SITES[0], "risk": "sangat_rawan", "rationale": "Bentrokan semalam (fiktif)."}],
        ),
    },
    "state_threat_levels": {
        "two_levels": Example("Two levels of one category", OPERATOR, LEVELS),
        "one_level": Example("One level, as a script states it every day", OPERATOR, LEVELS[1:]),
    },
}
