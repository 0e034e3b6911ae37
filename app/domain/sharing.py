"""Need-to-know: the marking of a record, and the one rule that says who may see it.

TLP 2.0 (FIRST, August 2022) decides which agencies, the classification of Indonesian
official documents decides which people in those agencies.
"""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.actors import Actor

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


CLASSIFICATION_RANK = {value: rank for rank, value in enumerate(Classification)}
TLP_RANK = {value: rank for rank, value in enumerate(Tlp)}
NAMED_AGENCIES = frozenset({Tlp.AMBER, Tlp.AMBER_STRICT})
RED_RECIPIENTS = 2


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
    """Whether this actor may know that such a record exists.

    `services.visibility` says the same in SQL; a property test holds the two together.
    """
    cleared = (
        CLASSIFICATION_RANK[marking.classification] <= CLASSIFICATION_RANK[Classification(actor.clearance)]
    )
    if not (actor.partner and cleared and marking.exercise == actor.exercise):
        return False
    if marking.tlp is Tlp.RED:
        # After a reset of its credentials an account is asleep to those who have not confirmed it.
        return actor.account in marking.recipients and not set(actor.red_through).isdisjoint(
            marking.recipients
        )
    named = actor.agency == marking.owner_agency or actor.agency in marking.audience
    return named or marking.tlp not in NAMED_AGENCIES


def reaches(marking: Marking, agency: str, recipients_agencies: frozenset[str]) -> bool:
    """Whether people of this agency pass the marking; a lead or an assigned agency must."""
    if marking.tlp is Tlp.RED:
        return agency in recipients_agencies
    if marking.tlp in NAMED_AGENCIES:
        return agency == marking.owner_agency or agency in marking.audience
    return True


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
