"""The languages that the service speaks, and which of them a caller asks for."""

from enum import StrEnum


class Language(StrEnum):
    """A language, by its code in ISO 639-1."""

    ENGLISH = "en"
    INDONESIAN = "id"


# `in` is what ISO 639 called Indonesian until 1989; old systems still send it.
CODES = {"en": Language.ENGLISH, "id": Language.INDONESIAN, "in": Language.INDONESIAN}


def preferred(accept_language: str | None) -> Language:
    """The language that a header Accept-Language asks for first (RFC 9110 §12.5.4); English without one."""
    best, weight = Language.ENGLISH, 0.0
    for each in (accept_language or "").split(","):
        tag, _, parameter = each.partition(";")
        language = CODES.get(tag.strip().lower().partition("-")[0])
        asked = _weight(parameter)
        if language and asked > weight:
            best, weight = language, asked
    return best


def _weight(parameter: str) -> float:
    """1 where none is given, 0 where it is none."""
    name, _, value = parameter.strip().partition("=")
    if not name:
        return 1.0
    try:
        weight = float(value) if name.strip().lower() == "q" else 0.0
    except ValueError:
        return 0.0
    return weight if 0 <= weight <= 1 else 0.0
