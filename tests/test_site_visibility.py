"""Sites of every marking, for every reader: read, listed, judged and told of, or absent."""

from itertools import product
from typing import Any

import pytest

from tests.support.calls import ABSENT, OPERATOR, get
from tests.support.need_to_know import entitled, post
from tests.support.service import Service
from tests.support.sites import SITES, assess, at, registered

CHIEFS = ["commander.polda-banten", "commander2.polda-banten", "operator.kpu-banten"]
CHIEF = CHIEFS[0]
READERS = [
    f"{name}.{agency}"
    for agency in ("polda-banten", "kpu-banten", "bawaslu-banten")
    for name in ("auditor", "commander", "integration", "liaison", "operator")
]
MARKINGS: list[dict[str, Any]] = [{"tlp": "CLEAR"}] + [
    {"tlp": tlp, "classification": each, **more}
    for (tlp, more), each in product(
        (
            ("GREEN", {}),
            ("AMBER", {"audience": ["kpu-banten"]}),
            ("AMBER+STRICT", {}),
            ("RED", {"recipients": CHIEFS}),
        ),
        ("biasa", "terbatas", "rahasia"),
    )
]
NAMES = [f"{each['tlp']} {each.get('classification', 'biasa')}" for each in MARKINGS]
every_marking = pytest.mark.parametrize("marking", MARKINGS, ids=NAMES)


@every_marking
async def test_a_site_shows_to_whom_it_is_for_and_to_nobody_else(service: Service, marking: dict[str, Any]):
    judged = {"risk": "rawan", "rationale": "Dinilai."}
    made = await registered(service, CHIEF, region_code="36.04.13", **judged, **marking)
    for account in READERS:
        known = entitled(post(account), made)
        for part in ("", "/history", "/assessments"):
            answer = await get(service, account, at(made, part))
            absent = await get(service, account, f"{SITES}/{ABSENT}{part}")
            assert answer.status_code == (200 if known else 404), (account, part)
            assert known or (answer.headers, answer.content) == (absent.headers, absent.content)
        for query in ({}, {"risk": "rawan"}, {"reference": made["reference"]}, {"text": made["name"]}):
            asked = {"region": "36.04.13", "limit": 200, **query}
            listed = (await get(service, account, SITES, **asked)).json()["items"]
            assert (made["id"] in [each["id"] for each in listed]) == known, (account, query)


@every_marking
async def test_only_who_sees_it_judges_it(service: Service, marking: dict[str, Any]):
    made = await registered(service, CHIEF, region_code="36.04.13", **marking)
    for account in ("operator.kpu-banten", "liaison.bawaslu-banten"):
        known = entitled(post(account), made)
        answer = await assess(service, account, made, risk="rawan")
        absent = await assess(service, account, {"id": ABSENT}, risk="rawan")
        assert answer.status_code == (201 if known else 404), account
        assert known or (answer.headers, answer.content) == (absent.headers, absent.content)


async def test_a_narrowed_site_takes_its_judgements_along(service: Service):
    made = await registered(service, risk="rawan", rationale="Dinilai.")
    client = await service.client(OPERATOR)
    narrowed = await client.patch(at(made), json={"tlp": "AMBER+STRICT"}, headers={"If-Match": '"1"'})
    assert narrowed.status_code == 200
    for part in ("", "/history", "/assessments"):
        assert (await get(service, "operator.kpu-banten", at(made, part))).status_code == 404
