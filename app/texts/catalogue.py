"""The one catalogue: every English text with its Indonesian line, and how a text is said in a language."""

from collections.abc import Mapping
from typing import Any

from app.texts import (
    accounts,
    acknowledgements,
    administration,
    assistance,
    attachments,
    bulk,
    changes,
    check_ins,
    deployments,
    elections,
    guarding,
    health,
    identities,
    inbox,
    incident_parts,
    incidents,
    ledger,
    need_to_know,
    oauth,
    pages,
    patrols,
    personal_data,
    posture,
    problems,
    readiness,
    reference,
    referrals,
    refusals,
    shared,
    sites,
    situation,
    threat_level_proposals,
    threat_levels,
    unit_strengths,
    validation,
    webhooks,
    witnesses,
    words,
)
from app.texts.languages import Language

BY_SUBJECT: tuple[Mapping[str, str], ...] = (
    accounts.LINES,
    acknowledgements.LINES,
    administration.LINES,
    assistance.LINES,
    attachments.LINES,
    bulk.LINES,
    changes.LINES,
    check_ins.LINES,
    deployments.LINES,
    elections.LINES,
    guarding.LINES,
    health.LINES,
    identities.LINES,
    inbox.LINES,
    incident_parts.LINES,
    incidents.LINES,
    ledger.LINES,
    oauth.LINES,
    need_to_know.LINES,
    pages.LINES,
    patrols.LINES,
    personal_data.LINES,
    problems.LINES,
    readiness.LINES,
    reference.LINES,
    referrals.LINES,
    refusals.LINES,
    shared.LINES,
    posture.LINES,
    sites.LINES,
    situation.LINES,
    threat_level_proposals.LINES,
    threat_levels.LINES,
    unit_strengths.LINES,
    webhooks.LINES,
    witnesses.LINES,
)
LINES: dict[str, str] = {english: line for lines in BY_SUBJECT for english, line in lines.items()}

# Joins the texts of several problems that share a status.
ALTERNATIVE = ", or: "
ALTERNATIVE_INDONESIAN = ", atau: "


def say(language: Language, text: str, values: Mapping[str, Any] | None = None) -> str:
    """The text in a language, with its values put in; English where the catalogue has no line yet."""
    indonesian = language is Language.INDONESIAN
    line = LINES.get(text, text) if indonesian else text
    if not values:
        return line
    return line.format(**{name: _value(name, value, indonesian=indonesian) for name, value in values.items()})


def say_each(language: Language, text: str) -> str:
    """The same for texts that are joined as alternatives."""
    if language is Language.ENGLISH:
        return text
    return ALTERNATIVE_INDONESIAN.join(say(language, each) for each in text.split(ALTERNATIVE))


def say_finding(language: Language, code: str, message: str, context: Mapping[str, Any]) -> str:
    """A finding of Pydantic, which words it in English only; by its code."""
    line = validation.LINES.get(code) if language is Language.INDONESIAN else None
    if line is None:
        return message
    return line.format(**{name: str(value).replace(" or ", " atau ") for name, value in context.items()})


def _value(name: str, value: Any, *, indonesian: bool) -> str:
    """A value as it stands in a text: the words of a list one after the other, each in its language."""
    if isinstance(value, tuple):
        return ", ".join(_value(name, each, indonesian=indonesian) for each in value)
    text = str(value)
    return words.WORDS.get(name, {}).get(text, text) if indonesian else text
