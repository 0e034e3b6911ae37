"""Statements and proposals of every marking, for every reader: read, listed, counted and told, or absent."""

import asyncio
from itertools import product
from typing import Any

import pytest

from tests.support.calls import ABSENT, get, refused
from tests.support.need_to_know import entitled, post
from tests.support.service import Service
from tests.support.threats import (
    CHIEF,
    CHIEF2,
    LEVELS,
    POLDA,
    PROPOSALS,
    Spot,
    decide,
    proposed,
    spot,
    state,
    stated,
    sync,
    withdraw,
)

RECIPIENTS = [CHIEF, CHIEF2, "operator.kpu-banten"]
READERS = [
    f"{name}.{agency}"
    for agency in ("polda-banten", "kpu-banten", "bawaslu-banten")
    for name in ("auditor", "commander", "integration", "liaison", "operator")
]
OF_ONE = ("", "/history")
MARKINGS: list[dict[str, Any]] = [{"tlp": "CLEAR"}] + [
    {"tlp": tlp, "classification": each, **more}
    for (tlp, more), each in product(
        (
            ("GREEN", {}),
            ("AMBER", {"audience": ["kpu-banten"]}),
            ("AMBER+STRICT", {}),
            ("RED", {"recipients": RECIPIENTS}),
        ),
        ("biasa", "terbatas", "rahasia"),
    )
]
NAMES = [f"{each['tlp']} {each.get('classification', 'biasa')}" for each in MARKINGS]


async def shows(service: Service, account: str, at: Spot, made: dict[str, Any], where: str) -> None:
    """Everything that can be read of it agrees on whether it shows to this account."""
    known = entitled(post(account), made)
    for part in OF_ONE:
        answer = await get(service, account, f"{where}/{made['id']}{part}")
        absent = await get(service, account, f"{where}/{ABSENT}{part}")
        assert answer.status_code == (200 if known else 404), (account, part)
        assert known or (answer.headers, answer.content) == (absent.headers, absent.content)
    for query in ({}, {"agency": "polda-banten"}, {"status": made["status"]}):
        listed = (await get(service, account, where, region=at.region, limit=200, **query)).json()["items"]
        assert (made["id"] in [each["id"] for each in listed]) == known, (account, query)


@pytest.mark.parametrize("marking", MARKINGS, ids=NAMES)
async def test_a_statement_shows_to_whom_its_marking_says(service: Service, marking: dict[str, Any]):
    at = spot()
    made = await stated(service, CHIEF, at, 3, **marking)
    await asyncio.gather(*(shows(service, each, at, made, LEVELS) for each in READERS))
    for account, query in product(READERS, ({}, {"as_of": made["stated_at"]})):
        shown = (await get(service, account, at.url, **query)).json()
        known = entitled(post(account), made)
        assert (made["id"] in [each["id"] for each in shown["statements"]]) == known
        assert shown["level"] == (3 if known else None)


@pytest.mark.parametrize("marking", MARKINGS, ids=NAMES)
async def test_a_proposal_shows_to_whom_its_marking_says(service: Service, marking: dict[str, Any]):
    at = spot()
    waits = await proposed(service, CHIEF, at, 5, **marking)
    await asyncio.gather(*(shows(service, each, at, waits, PROPOSALS) for each in READERS))
    for account in (each for each in READERS if each.startswith("commander.") and each != CHIEF):
        expected = (403, "forbidden") if entitled(post(account), waits) else (404, "not-found")
        refused(await decide(service, account, waits), *expected)
    decided = await decide(service, CHIEF2, waits)
    assert decided.status_code == 200, decided.text
    made = (await get(service, CHIEF, f"{LEVELS}/{decided.json()['threat_level_id']}")).json()
    assert {name: made[name] for name in marking} == marking
    await asyncio.gather(*(shows(service, each, at, made, LEVELS) for each in READERS))


@pytest.mark.parametrize("marking", MARKINGS, ids=NAMES)
async def test_who_may_withdraw_a_statement(service: Service, marking: dict[str, Any]):
    made = await stated(service, CHIEF, spot(), 2, **marking)
    others = [each for each in READERS if "polda" not in each and "auditor" not in each]
    for account in others:
        expected = (403, "forbidden") if entitled(post(account), made) else (404, "not-found")
        refused(await withdraw(service, account, made), *expected)
    assert (await withdraw(service, CHIEF2, made)).status_code == (200 if CHIEF2 in RECIPIENTS else 404)


async def test_one_loses_no_sight_of_what_one_states(service: Service):
    for account, marking, field in (
        ("integration.polda-banten", {"classification": "terbatas"}, "/classification"),
        (POLDA, {"classification": "rahasia"}, "/classification"),
        (POLDA, {"tlp": "RED", "recipients": [CHIEF, CHIEF2]}, "/recipients"),
    ):
        refused(await sync(service, account, spot(), 2, **marking), 422, "invalid", field)


async def test_a_statement_that_an_account_cannot_see_is_followed_and_not_told(service: Service):
    at = spot()
    hidden = await stated(service, CHIEF, at, 3, classification="rahasia")
    follows = await state(service, "integration.polda-banten", at, 3)
    assert follows.status_code == 201
    assert hidden["id"] not in follows.text
