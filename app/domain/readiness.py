"""Readiness (Siaga) of police and military units: an order with a number and a date, never a flag.

Siaga I is the highest. It is no threat level, no risk of a site and no crowd colour; an order is internal to
the agency that issues it (telegrams such as STR/281/V/OPS.1.1.1./2019 say so of themselves).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeVar

from app.domain.incident_kinds import Label


class ReadinessLevel(StrEnum):
    """How ready a unit is to be, from the lowest to the highest."""

    SIAGA_3 = "siaga_3"
    SIAGA_2 = "siaga_2"
    SIAGA_1 = "siaga_1"


class ReadinessStatus(StrEnum):
    """What has become of an order; whether it holds at a moment is told by its times."""

    ISSUED = "issued"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"


READINESS_LEVELS: dict[str, Label] = {
    ReadinessLevel.SIAGA_3: ("Siaga III (terendah)", "Siaga III (lowest)"),
    ReadinessLevel.SIAGA_2: ("Siaga II", "Siaga II"),
    ReadinessLevel.SIAGA_1: ("Siaga I (tertinggi)", "Siaga I (highest)"),
}
READINESS_STATUSES: dict[str, Label] = {
    ReadinessStatus.ISSUED: ("Diterbitkan", "Issued"),
    ReadinessStatus.REVOKED: ("Dicabut", "Revoked"),
    ReadinessStatus.SUPERSEDED: ("Diganti perintah lain", "Superseded by another order"),
}


class Order(Protocol):
    """What counts of an order to tell which one holds for a unit."""

    units: list[str] | None  # None: the whole agency
    valid_from: datetime
    created_at: datetime


O = TypeVar("O", bound=Order)  # noqa: E741 - an order


def holding(orders: Iterable[O], above: Sequence[str]) -> O | None:
    """The order that holds for a unit; `above` names the unit and those over it, the nearest first.

    The nearest unit's counts, that of the whole agency last; of two the one that took effect later, and of
    two that took effect together the one recorded later. So a short Siaga I lies over a long Siaga III.
    """
    newest = sorted(orders, key=lambda each: (each.valid_from, each.created_at), reverse=True)
    for unit in above:
        for order in newest:
            if unit in (order.units or ()):
                return order
    return next((order for order in newest if order.units is None), None)
