"""Examples for referrals."""

from app.schemas.examples.example import Example

POLDA = "operator.polda-banten"
REFERRALS = {
    "crime": Example(
        "An election crime, for Sentra Gakkumdu",
        POLDA,
        {
            "violation_kind": "election_crime",
            "summary": "Pembagian uang di masa tenang (fiktif).",
            "known_on": "2024-11-25",
            "received_at": "2024-11-28T10:00:00+07:00",
        },
    ),
    "ethics": Example(
        "A member of a polling committee, for DKPP",
        POLDA,
        {"violation_kind": "code_of_ethics", "summary": "Petugas memakai atribut kampanye (fiktif)."},
    ),
}
STEPS = {
    "forwarding": Example(
        "The study finds a crime",
        POLDA,
        {"to": "forwarding", "reason": "Memenuhi unsur pidana (fiktif).", "at": "2024-12-02T15:00:00+07:00"},
    ),
    "ended": Example("There is nothing to it", POLDA, {"to": "ended", "reason": "Tidak terbukti (fiktif)."}),
}
EXAMPLES = {"refer_incident": REFERRALS, "step_referral": STEPS}
