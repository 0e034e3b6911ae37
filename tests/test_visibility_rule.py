"""Need-to-know in Python, in SQL and by the tables of the design: three statements, one meaning."""

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, func, insert, select

from app.change import marking_columns
from app.domain.actors import Actor
from app.domain.sharing import Classification, Marking, Tlp, may_see
from app.models.columns import JSON_VALUE
from app.reads import Prepared
from app.services.visibility import marking_of, reader, visible, visible_to_reader
from tests.support.markings import (
    ACCOUNTS,
    AGENCIES,
    EXERCISES,
    actor,
    by_the_tables,
    random_actor,
    random_marking,
)
from tests.support.service import Service

ACTORS, MARKINGS, GROWN = 150, 1_500, 8_000  # more than 100,000 cases for each promise
SEED = 27_11_2024

SCRATCH = Table(
    "scratch_marking",
    MetaData(),
    Column("number", Integer, primary_key=True),
    *(Column(name, String(64)) for name in ("owner_agency", "tlp", "classification", "exercise")),
    *(Column(name, JSON_VALUE) for name in ("audience", "recipients")),
    prefixes=["TEMPORARY"],
)


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
    prepared = Prepared(select(SCRATCH.c.number).where(visible_to_reader(SCRATCH.c)))
    shown = 0
    async with service.app.state.database.engine.connect() as connection:
        await connection.run_sync(SCRATCH.create)
        await connection.execute(insert(SCRATCH), rows)
        for each in actors:
            by_python = {number for number, marking in enumerate(markings) if may_see(each, marking)}
            assert by_python == {n for n, marking in enumerate(markings) if by_the_tables(each, marking)}
            query = select(SCRATCH.c.number).where(visible(SCRATCH.c, each))
            assert set((await connection.execute(query)).scalars()) == by_python, each
            counted = select(func.count()).select_from(SCRATCH).where(visible(SCRATCH.c, each))
            assert (await connection.execute(counted)).scalar_one() == len(by_python)
            if each.partner:  # the form that is compiled once, on the driver itself
                driver = (await connection.get_raw_connection()).driver_connection
                rows = await prepared.rows(driver, connection.dialect, reader(each))
                assert {row.number for row in rows} == by_python, each
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


def test_raising_the_label_shows_a_record_to_nobody_but_those_whom_red_names():
    for each, marking in pairs(GROWN * 2):
        for label in list(Tlp)[list(Tlp).index(marking.tlp) :]:
            gained = may_see(each, replace(marking, tlp=label)) > may_see(each, marking)
            assert not gained or (label is Tlp.RED and each.account in marking.recipients)


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
