"""Examples for readiness orders."""

from app.schemas.examples.example import Example

POLDA = "commander.polda-banten"
ISSUED = {
    "voting": Example(
        "Siaga I of one unit around voting day",
        POLDA,
        {
            "number": "STR/901/XI/2024",
            "issued_on": "2024-11-23",
            "level": "siaga_1",
            "units": ["polres-serang"],
            "region_code": "36.04",
            "basis": "Pengamanan pemungutan suara (fiktif)",
            "issued_by_post": "Kapolda Banten",
            "strength_fraction": "2/3",
            "valid_from": "2024-11-24T00:00:00+07:00",
            "valid_until": "2024-11-29T00:00:00+07:00",
        },
    ),
    "whole_agency": Example(
        "Siaga III of the whole agency, which a partner shall know of",
        POLDA,
        {
            "number": "STR/850/VIII/2024",
            "issued_on": "2024-08-26",
            "level": "siaga_3",
            "units": None,
            "region_code": "36",
            "basis": "Rencana operasi (fiktif)",
            "valid_from": "2024-08-27T00:00:00+07:00",
            "tlp": "AMBER",
            "audience": ["kpu-banten"],
        },
    ),
}
REVOKED = {
    "calm": Example("The situation is calm", POLDA, {"reason": "Situasi terkendali (fiktif)."}),
    "mistaken": Example("The order was mistaken", POLDA, {"reason": "Salah satuan (fiktif)."}),
}
EXAMPLES: dict[str, dict[str, Example]] = {"issue_readiness_order": ISSUED, "revoke_readiness_order": REVOKED}
