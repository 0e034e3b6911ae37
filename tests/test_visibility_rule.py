"""Need-to-know in Python, in SQL and by the tables of the design: three statements, one meaning."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import product
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, insert, select

from app.change import marking_columns
from app.domain.actors import Actor
from app.domain.sharing import Classification, Marking, Tlp, may_see
from app.models.columns import JSON_VALUE
from app.services.visibility import marking_of, visible
from tests.support.need_to_know import Reader, entitled
from tests.support.service import Service

# Codes that hold one another, so that a search for text inside the list would be found out.
AGENCIES = ("kpu", "kpu-banten", "banten", "polda-banten", "siaga", "korem-052", "korem-05")
ACCOUNTS = tuple(f"{post}.{agency}" for agency in AGENCIES for post in ("operator", "operator2"))
EXERCISES = ("live", "latihan-1")
ACTORS, MARKINGS, GROWN = 150, 1_500, 3_000
SEED = 27_11_2024

SCRATCH = Table(
    "scratch_marking",
    MetaData(),
    Column("number", Integer, primary_key=True),
    *(Column(name, String(64)) for name in ("owner_agency", "tlp", "classification", "exercise")),
    *(Column(name, JSON_VALUE) for name in ("audience", "recipients")),
    prefixes=["TEMPORARY"],
)


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
    """Any marking at all, those too that no request could make: the two readers must agree on every row."""
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


def pairs(count: int) -> Iterator[tuple[Actor, Marking]]:
    chance = random.Random(SEED)  # noqa: S311 - the same cases on every run
    for _ in range(count):
        yield random_actor(chance), random_marking(chance)


async def test_sql_and_python_and_the_tables_agree_on_every_pair(service: Service):
    chance = random.Random(SEED)  # noqa: S311 - the same cases on every run
    markings = [random_marking(chance) for _ in range(MARKINGS)]
    rows: list[dict[str, Any]] = [
        {"number": number, **marking_columns(marking)} for number, marking in enumerate(markings)
    ]
    actors = [random_actor(chance) for _ in range(ACTORS)]
    shown = 0
    async with service.app.state.database.engine.connect() as connection:
        await connection.run_sync(SCRATCH.create)
        await connection.execute(insert(SCRATCH), rows)
        for each in actors:
            by_python = {number for number, marking in enumerate(markings) if may_see(each, marking)}
            assert by_python == {n for n, marking in enumerate(markings) if by_the_tables(each, marking)}
            query = select(SCRATCH.c.number).where(visible(SCRATCH.c, each))
            assert set((await connection.execute(query)).scalars()) == by_python, each
            shown += len(by_python)
        await connection.rollback()
    assert ACTORS * MARKINGS / 10 < shown < ACTORS * MARKINGS / 2  # neither side of the rule is left untried


async def test_a_row_that_was_stored_has_the_marking_that_was_meant(service: Service):
    chance = random.Random(SEED)  # noqa: S311 - the same cases on every run
    markings = {number: random_marking(chance) for number in range(200)}
    async with service.app.state.database.engine.connect() as connection:
        await connection.run_sync(SCRATCH.create)
        rows = [{"number": number, **marking_columns(each)} for number, each in markings.items()]
        await connection.execute(insert(SCRATCH), rows)
        stored = (await connection.execute(select(SCRATCH))).all()
        await connection.rollback()
    assert {row.number: marking_of(row) for row in stored} == markings


def test_one_more_agency_in_the_audience_takes_nobody_s_sight_away():
    for each, marking in pairs(GROWN):
        for more in AGENCIES:
            wider = replace(marking, audience=(*marking.audience, more))
            assert may_see(each, wider) >= may_see(each, marking)


def test_one_more_agency_in_the_audience_changes_nothing_for_the_others():
    for each, marking in pairs(GROWN):
        for more in set(AGENCIES) - {each.agency}:
            wider = replace(marking, audience=(*marking.audience, more))
            assert may_see(each, wider) == may_see(each, marking)


def test_one_more_recipient_changes_nothing_for_the_others():
    for each, marking in pairs(GROWN):
        for more in set(ACCOUNTS) - {each.account, *(each.vouched or ())}:
            wider = replace(marking, recipients=(*marking.recipients, more))
            assert may_see(each, wider) == may_see(each, marking)


def test_a_reset_shows_nothing_and_a_confirmation_hides_nothing():
    for each, marking in pairs(GROWN):
        asleep = replace(each, vouched=())
        assert may_see(asleep, marking) <= may_see(replace(each, vouched=None), marking)
        for more in ACCOUNTS:
            assert may_see(replace(each, vouched=(more,)), marking) >= may_see(asleep, marking)


def test_one_more_recipient_hides_a_red_record_from_nobody():
    for each, marking in pairs(GROWN):
        for more in ACCOUNTS:
            wider = replace(marking, recipients=(*marking.recipients, more))
            assert may_see(each, wider) >= may_see(each, marking)


def test_a_higher_classification_shows_a_record_to_nobody_else():
    for each, marking in pairs(GROWN):
        seen = [may_see(each, replace(marking, classification=value)) for value in Classification]
        assert seen == sorted(seen, reverse=True)


def test_a_higher_clearance_hides_nothing():
    for each, marking in pairs(GROWN):
        seen = [may_see(replace(each, clearance=value), marking) for value in Classification]
        assert seen == sorted(seen)


def test_each_label_before_red_shows_no_more_than_the_one_before_it():
    for each, marking in pairs(GROWN):
        by_label = [may_see(each, replace(marking, tlp=value)) for value in Tlp if value is not Tlp.RED]
        assert by_label == sorted(by_label, reverse=True)


def test_red_shows_a_record_to_nobody_whom_it_does_not_name():
    for each, marking in pairs(GROWN):
        red = replace(marking, tlp=Tlp.RED)
        assert may_see(each, red) <= (each.account in red.recipients)


def test_amber_and_amber_strict_reach_the_same_agencies():
    for each, marking in pairs(GROWN):
        amber, strict = (replace(marking, tlp=value) for value in (Tlp.AMBER, Tlp.AMBER_STRICT))
        assert may_see(each, amber) == may_see(each, strict)


@pytest.mark.parametrize(("tlp", "classification"), list(product(Tlp, Classification)))
def test_the_host_sees_nothing_even_where_it_is_named(tlp: Tlp, classification: Classification):
    host = actor("admin.siaga", Classification.RAHASIA, partner=False)
    assert not may_see(host, Marking("siaga", tlp, classification, ("siaga",), ("admin.siaga",)))


@pytest.mark.parametrize("tlp", Tlp)
def test_an_exercise_and_the_live_service_never_see_each_other(tlp: Tlp):
    for own, other in (EXERCISES, EXERCISES[::-1]):
        each = actor("operator.kpu", Classification.RAHASIA, exercise=own)
        marking = Marking("kpu", tlp, Classification.BIASA, ("kpu",), (each.account,), other)
        assert not may_see(each, marking)
        assert may_see(each, replace(marking, exercise=own))
