"""Examples for the strength of units."""

from app.schemas.examples.example import Example

STATEMENTS = {
    "polres": Example(
        "A Polres, counted from its roster",
        "operator.polda-banten",
        {
            "strength": 610,
            "source": "Daftar susunan personel Polres (fiktif)",
            "as_of": "2024-11-20",
            "region_code": "36.04",
        },
        at={"unit": "polres-serang"},
    ),
    "polresta": Example(
        "A Polresta, for the partners named",
        "operator.polda-banten",
        {
            "strength": 480,
            "source": "Apel kesiapan Polresta (fiktif)",
            "as_of": "2024-11-21",
            "region_code": "36.03",
            "tlp": "AMBER",
            "audience": ["kpu-banten", "pemkab-tangerang"],
        },
        at={"unit": "polresta-tangerang"},
    ),
    "reserve": Example(
        "The reserve of the Polda",
        "commander.polda-banten",
        {
            "strength": 120,
            "source": "Cadangan Power on Hand, Brimob dan Samapta (fiktif)",
            "as_of": "2024-11-20",
            "region_code": "36",
        },
        at={"unit": "satbrimob-polda-banten"},
    ),
    "kodim": Example(
        "A Kodim, known to the Polda",
        "operator.korem-064",
        {
            "strength": 220,
            "source": "Laporan kekuatan Kodim (fiktif)",
            "as_of": "2024-11-22",
            "region_code": "36.04",
            "tlp": "AMBER",
            "audience": ["polda-banten"],
        },
        at={"unit": "kodim-0602-serang"},
    ),
}
EXAMPLES = {"state_unit_strength": STATEMENTS}
