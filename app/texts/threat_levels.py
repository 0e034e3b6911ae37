"""Threat levels."""

LINES = {
    "Threat levels": "Tingkat ancaman",
    "State, approve and read the threat level of a place": (
        "Tetapkan, setujui, dan baca tingkat ancaman suatu wilayah"
    ),
}
