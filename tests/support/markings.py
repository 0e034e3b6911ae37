"""Random readers and random markings, those too that no request could make: every rule must hold for all."""

import json
import random
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from app.change import marking_columns
from app.domain.actors import Actor
from app.domain.sharing import Classification, Marking, Tlp
from tests.support.need_to_know import Reader, entitled

# Codes that hold one another, so that a search for text inside the list would be found out.
AGENCIES = ("kpu", "kpu-banten", "banten", "polda-banten", "siaga", "korem-052", "korem-05")
ACCOUNTS = tuple(f"{post}.{agency}" for agency in AGENCIES for post in ("operator", "operator2"))
EXERCISES = ("live", "latihan-1")


def actor(
    account: str,
    clearance: str,
    *,
    partner: bool = True,
    exercise: str = "live",
    agency: str = "",
    vouched: tuple[str, ...] | None = None,
) -> Actor:
    return Actor(
        account_id=UUID(int=0),
        account=account,
        agency=agency or account.partition(".")[2],
        agency_kind="police",
        partner=partner,
        roles=frozenset(),
        permissions=frozenset(),
        clearance=clearance,
        exercise=exercise,
        vouched=vouched,
    )


def some(chance: random.Random, codes: Iterable[str], most: int) -> tuple[str, ...]:
    codes = list(codes)
    return tuple(chance.sample(codes, chance.randint(0, min(most, len(codes)))))


def random_actor(chance: random.Random) -> Actor:
    return actor(
        chance.choice(ACCOUNTS),
        chance.choice(list(Classification)),
        partner=chance.random() < 0.9,
        exercise=chance.choices(EXERCISES, (5, 1))[0],
        vouched=some(chance, ACCOUNTS, 3) if chance.random() < 0.3 else None,
    )


def random_marking(chance: random.Random) -> Marking:
    return Marking(
        owner_agency=chance.choice(AGENCIES),
        tlp=chance.choice(list(Tlp)),
        classification=chance.choice(list(Classification)),
        audience=some(chance, AGENCIES, 3),
        recipients=some(chance, ACCOUNTS, 4),
        exercise=chance.choices(EXERCISES, (5, 1))[0],
    )


def by_the_tables(reader: Actor, marking: Marking) -> bool:
    seen_as = Reader(
        reader.account, reader.agency, reader.clearance, reader.partner, reader.exercise, reader.vouched
    )
    return entitled(seen_as, marking_columns(marking))


def written(number: int, marking: Marking) -> dict[str, Any]:
    """A row as SQLite keeps it."""
    columns = {"number": number, **marking_columns(marking)}
    return {
        name: json.dumps(value) if isinstance(value, list) else str(value) if name != "number" else value
        for name, value in columns.items()
    }
