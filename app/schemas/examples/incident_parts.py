"""Examples for the parts of an incident: timeline, links and persons."""

from app.schemas.examples.example import ANOTHER_INCIDENT, ANY_ID, Example

NOTES = {
    "patrol_arrived": Example(
        "A patrol has arrived",
        "operator.polda-banten",
        {"text": "Patroli tiba di gudang pukul 06.10; lokasi diamankan (fiktif)."},
    ),
    "replacements": Example(
        "Replacements are on their way",
        "operator.kpu-banten",
        {"text": "Dua kotak suara pengganti berangkat dari gudang KPU (fiktif)."},
    ),
    "acknowledged": Example(
        "Another agency acknowledges",
        "liaison.bawaslu-banten",
        {"text": "Diterima. Panwaslu kecamatan akan hadir saat penggantian (fiktif)."},
    ),
}
LINKS = {
    "same_event": Example(
        "Two agencies recorded the same event",
        "operator.polda-banten",
        {"target_id": ANY_ID, "kind": "same_event_as"},
        needs=(ANOTHER_INCIDENT,),
    ),
    "caused_by": Example(
        "It was caused by another incident",
        "operator.polda-banten",
        {"target_id": ANY_ID, "kind": "caused_by"},
        needs=(ANOTHER_INCIDENT,),
    ),
}
PERSONS = {
    "witness": Example(
        "A witness",
        "operator.polda-banten",
        {"role": "witness", "name": "Saksi A (fiktif)", "remark": "Petugas gudang, data fiktif."},
    ),
    "reporter": Example(
        "A reporter, with a national id",
        "operator.polda-banten",
        {
            "role": "reporter",
            "name": "Pelapor B (fiktif)",
            "contact": "0800-0000-0000 (fiktif)",
            "national_id": "0000000000000000",
        },
    ),
}
CORRECTIONS = {
    "reported_person": Example(
        "The witness is in fact the reported person", "operator.polda-banten", {"role": "reported"}
    ),
    "contact": Example(
        "The contact has changed", "operator.polda-banten", {"contact": "0800-1111-1111 (fiktif)"}
    ),
}
EXAMPLES = {
    "add_note": NOTES,
    "add_link": LINKS,
    "add_party": PERSONS,
    "change_party": CORRECTIONS,
}
