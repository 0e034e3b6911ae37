"""Examples for breaking the glass, and for its review."""

from app.schemas.examples.example import ANY_REFERENCE, HIDDEN_REFERENCE, Example

GRANTS = {
    "officers_at_the_scene": Example(
        "Officers are at the scene and must know the danger",
        "commander.kpu-banten",
        {
            "reference": ANY_REFERENCE,
            "reason": "Regu kami berada di lokasi dan harus tahu bahayanya (fiktif).",
            "minutes": 30,
        },
        needs=(HIDDEN_REFERENCE,),
    ),
    "named_over_radio": Example(
        "A partner names a record over the radio",
        "commander.bawaslu-banten",
        {
            "reference": ANY_REFERENCE,
            "reason": "Disebut perwira piket lewat radio; evakuasi sedang berjalan (fiktif).",
            "minutes": 10,
        },
        needs=(HIDDEN_REFERENCE,),
    ),
}
REVIEWS = {
    "rightly": Example(
        "It was right",
        "commander.polda-banten",
        {"decision": "approve", "reason": "Keadaan darurat nyata dan tercatat (fiktif)."},
    ),
    "wrongly": Example(
        "It was not right",
        "commander.polda-banten",
        {"decision": "contest", "reason": "Tidak ada keadaan darurat saat itu (fiktif)."},
    ),
}
EXAMPLES = {"break_glass": GRANTS, "review_broken_glass": REVIEWS}
