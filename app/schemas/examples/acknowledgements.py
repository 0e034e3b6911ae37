"""Examples for acknowledgements."""

from app.schemas.examples.example import Example

POLDA, KPU, BAWASLU = "operator.polda-banten", "operator.kpu-banten", "operator.bawaslu-banten"
REQUESTS = {
    "two": Example(
        "Two agencies shall say that they have seen it",
        POLDA,
        {"agencies": ["kpu-banten", "bawaslu-banten"], "note": "Mohon segera dibaca (fiktif)."},
    ),
    "quickly": Example(
        "One agency, within two minutes", POLDA, {"agencies": ["kpu-banten"], "within_seconds": 120}
    ),
}


def given(operation: str) -> dict[str, Example]:
    """Two answers to the first request."""
    first = (f"{operation}.two",)
    return {
        "on_the_way": Example(
            "It has been seen, and people are on their way",
            KPU,
            {"note": "Diterima, petugas menuju lokasi (fiktif)."},
            first,
        ),
        "seen": Example("It has been seen", BAWASLU, {}, first),
    }


EXAMPLES = {
    "acknowledge_incident": given("require_incident_acknowledgement"),
    "acknowledge_threat_level": given("require_threat_level_acknowledgement"),
    "require_incident_acknowledgement": REQUESTS,
    "require_threat_level_acknowledgement": REQUESTS,
}
