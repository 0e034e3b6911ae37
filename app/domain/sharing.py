"""Need-to-know: the marking of a record, and the one rule that says who may see it.

TLP 2.0 (FIRST, August 2022) decides which agencies, the classification of Indonesian
official documents decides which people in those agencies.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.actors import Actor
from app.domain.conditions import Condition, Either, Every, Is, Names, OneOf, ReaderIs, Shares, UpTo

LIVE = "live"


class Tlp(StrEnum):
    """The Traffic Light Protocol 2.0; the labels are not translated."""

    CLEAR = "CLEAR"
    GREEN = "GREEN"
    AMBER = "AMBER"
    AMBER_STRICT = "AMBER+STRICT"
    RED = "RED"


class Classification(StrEnum):
    """Document classes in rising order; `sangat_rahasia` is refused, it needs state-approved cryptography."""

    BIASA = "biasa"
    TERBATAS = "terbatas"
    RAHASIA = "rahasia"


TLP_RANK = {value: rank for rank, value in enumerate(Tlp)}
RED_RECIPIENTS = 2

EVERY_PARTNER = Every()
OWNER_AND_AUDIENCE = Either(Is("owner_agency", "agency"), Names("audience", "agency"))
# After a reset of its credentials an account is asleep to those recipients who have not confirmed it.
RECIPIENTS = Every(Names("recipients", "account"), Shares("recipients", "red_through"))

# How far each label reaches, of readers who pass all that is asked of every reader.
REACH: dict[Tlp, Condition] = {
    Tlp.CLEAR: EVERY_PARTNER,
    Tlp.GREEN: EVERY_PARTNER,
    Tlp.AMBER: OWNER_AND_AUDIENCE,
    Tlp.AMBER_STRICT: OWNER_AND_AUDIENCE,
    Tlp.RED: RECIPIENTS,
}
OF_A_PARTNER = ReaderIs("partner")
SAME_WORLD = Is("exercise", "exercise")
CLEARED = UpTo("classification", "clearance", tuple(Classification))

NAMED_AGENCIES = frozenset(tlp for tlp, reach in REACH.items() if reach == OWNER_AND_AUDIENCE)


def labels(reach: Condition) -> tuple[Tlp, ...]:
    """The labels that reach so far."""
    return tuple(tlp for tlp in Tlp if REACH[tlp] == reach)


# The one rule of need-to-know: asked of one record by `may_see`, of all in SQL by `services.visibility`.
RULE = Every(
    OF_A_PARTNER,
    SAME_WORLD,
    CLEARED,
    Either(*(Every(OneOf("tlp", labels(reach)), reach) for reach in dict.fromkeys(REACH.values()))),
)


@dataclass(frozen=True, slots=True)
class Marking:
    """Everything the rule needs to know of a record."""

    owner_agency: str
    tlp: Tlp
    classification: Classification
    audience: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    exercise: str = LIVE


def may_see(actor: Actor, marking: Marking) -> bool:
    """Whether this actor may know that such a record exists."""
    return RULE.holds(actor, marking)


@dataclass(frozen=True, slots=True)
class _Agency:
    """An agency in the place of a reader; where accounts are named, it stands for its people."""

    agency: str
    account: str
    red_through: tuple[str, ...]


def reaches(marking: Marking, agency: str, recipients_agencies: frozenset[str]) -> bool:
    """Whether people of this agency pass the marking; a lead or an assigned agency must."""
    through_people = replace(marking, recipients=tuple(recipients_agencies))
    return REACH[marking.tlp].holds(_Agency(agency, agency, (agency,)), through_people)


def misfit(marking: Marking) -> tuple[str, str] | None:
    """The field that does not go with the TLP label, and why; None where all fit."""
    red, named = marking.tlp is Tlp.RED, marking.tlp in NAMED_AGENCIES
    open_label, secret = marking.tlp is Tlp.CLEAR, marking.classification is not Classification.BIASA
    few = len(set(marking.recipients)) < RED_RECIPIENTS
    checks = (
        (red and few, "recipients", "RED needs at least two accounts, you among them."),
        (red and marking.audience, "audience", "RED goes to named accounts: leave audience empty."),
        (marking.recipients and not red, "recipients", "Only RED names accounts: leave recipients empty."),
        (marking.audience and not named, "audience", "This label reaches every partner: leave it empty."),
        (open_label and secret, "tlp", "CLEAR may leave the partnership, so only 'biasa' fits it."),
    )
    return next(((field, reason) for wrong, field, reason in checks if wrong), None)
