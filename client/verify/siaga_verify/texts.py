"""What is said, in English and in Indonesian; values from outside are made harmless for a terminal."""

from collections.abc import Mapping
from typing import Any

LANGUAGES = ("en", "id")
LONGEST_VALUE = 200

HEADS = {
    0: "Verified: ",
    1: "Not proven: ",
    3: "Unreadable: ",
    4: "Unreachable: ",
    5: "Misconduct proven: ",
}

LINES = {
    "Verified: ": "Terbukti: ",
    "Not proven: ": "Tidak terbukti: ",
    "Unreadable: ": "Tidak terbaca: ",
    "Unreachable: ": "Tidak terjangkau: ",
    "Misconduct proven: ": "Pelanggaran terbukti: ",
}


def said(text: str, language: str, values: Mapping[str, Any] | None = None) -> str:
    """A text with its values, in a language."""
    told = LINES.get(text, text) if language == "id" else text
    return told.format(**{name: harmless(value) for name, value in (values or {}).items()})


def harmless(value: Any) -> str:
    """At most so long, and without what moves a cursor."""
    text = str(value)
    shown = text if len(text) <= LONGEST_VALUE else text[:LONGEST_VALUE] + "…"
    return "".join(each if each.isprintable() else "?" for each in shown)
