"""How sites are judged: by whom, again and again, and the index that is made of Bawaslu's indicators."""

import asyncio
from typing import Any

import pytest

from app.domain.site_indicators import (
    INDICATOR_LABELS,
    METHOD,
    RISK_INDICATORS,
    RISK_VARIABLES,
    WEIGHTS,
    RiskVariable,
    contributions,
    index,
)
from tests.support.calls import OPERATOR, get, ledger_size, post, refused, walk
from tests.support.privacy import ERASURES, OFFICER
from tests.support.service import Service
from tests.support.sites import WHY, assess, at, change, current, registered

BAWASLU = "operator.bawaslu-banten"
OF_EACH = {
    "hak_pilih": 6, "keamanan": 3, "politik_uang": 1, "politisasi_sara": 1, "netralitas": 2, "logistik": 3,
    "lokasi": 7, "jaringan": 2,
}  # fmt: skip


def test_there_are_bawaslus_eight_variables_and_twenty_five_indicators():
    found = dict.fromkeys(RISK_VARIABLES, 0)
    for variable, _ in RISK_INDICATORS.values():
        found[variable] += 1
    assert found == OF_EACH
    assert WEIGHTS.keys() == set(RiskVariable)
    assert INDICATOR_LABELS.keys() == RISK_INDICATORS.keys()


def test_the_index_goes_from_nothing_to_a_hundred():
    assert index([]) == 0
    assert index(RISK_INDICATORS) == 100
    one_by_one: list[str] = []
    before = 0
    for code in RISK_INDICATORS:
        one_by_one.append(code)
        assert index(one_by_one) >= before
        before = index(one_by_one)


def test_a_variable_weighs_as_much_as_any_other():
    assert index(["vote_buying_history"]) == index(["no_internet", "no_electricity"]) == 12
    (money,) = [each for each in contributions(["vote_buying_history"]) if each.present]
    assert (money.variable, money.present, money.of, money.points) == ("politik_uang", 1, 1, 12.5)


async def test_an_assessment_is_explained_and_shown_by_the_site(service: Service):
    made = await registered(service)
    held = ["no_electricity", "violence_history", "no_internet"]
    answer = await assess(service, BAWASLU, made, indicators=held, source={"reliability": "b"})
    assert answer.status_code == 201, answer.text
    judged = answer.json()
    assert judged["indicators"] == ["violence_history", "no_internet", "no_electricity"]
    assert (judged["agency"], judged["risk"], judged["site_id"]) == ("bawaslu-banten", None, made["id"])
    told = judged["risk_index"]
    assert (told["score"], told["method"]) == (17, METHOD)  # a third of 12.5, and 12.5
    points = {each["variable"]: (each["present"], each["of"], each["points"]) for each in told["parts"]}
    assert (points["keamanan"], points["jaringan"]) == ((1, 3, 4.17), (2, 2, 12.5))
    assert {name: of for name, (_, of, _) in points.items()} == OF_EACH
    now = await current(service, made)
    assert (now["risk_index"], now["indicators"]) == (17, judged["indicators"])
    assert (now["version"], now["assessed_at"]) == (2, judged["assessed_at"])


async def test_what_is_not_judged_stays_and_nothing_is_lost(service: Service):
    made = await registered(service, risk="rawan", indicators=["no_internet"], rationale=WHY)
    await assess(service, OPERATOR, made, risk="sangat_rawan")
    await assess(service, BAWASLU, made, indicators=[])
    now = await current(service, made)
    assert (now["risk"], now["risk_index"], now["indicators"], now["version"]) == ("sangat_rawan", 0, [], 3)
    pages = await walk(service, BAWASLU, at(made, "/assessments"), limit=1)
    said = [(each["agency"], each["risk"], each["indicators"]) for page in pages for each in page]
    assert said == [
        ("polda-banten", "rawan", ["no_internet"]),
        ("polda-banten", "sangat_rawan", None),
        ("bawaslu-banten", None, []),
    ]


async def test_an_older_judgement_stays_in_the_history_and_does_not_show(service: Service):
    made = await registered(service, risk="rawan", rationale=WHY)
    late = await assess(service, OPERATOR, made, risk="khusus", assessed_at="2024-08-06T09:00:00+07:00")
    assert late.status_code == 201
    assert await current(service, made) == made
    judged = (await get(service, OPERATOR, at(made, "/assessments"))).json()["items"]
    assert [each["risk"] for each in judged] == ["rawan", "khusus"]


@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ({}, "/risk"),
        ({"risk": None, "indicators": None}, "/risk"),
        ({"risk": "aman"}, "/risk"),
        ({"indicators": ["bencana"]}, "/indicators/0"),
        ({"risk": "rawan", "rationale": "x"}, "/rationale"),
        ({"risk": "rawan", "assessed_at": "2199-01-01T00:00:00Z"}, "/assessed_at"),
        ({"risk": "rawan", "assessed_at": "kemarin"}, "/assessed_at"),
        ({"risk": "rawan", "source": {"reliability": "z"}}, "/source/reliability"),
        ({"risk": "rawan", "risk_index": 99}, "/risk_index"),
    ],
)
async def test_what_judges_nothing_is_refused(service: Service, said: dict[str, Any], pointer: str):
    made = await registered(service)
    size = await ledger_size(service)
    refused(await assess(service, OPERATOR, made, **said), 422, "invalid", pointer)
    assert await ledger_size(service) == size


async def test_one_judges_within_ones_own_area_only(service: Service):
    made = await registered(service, region_code="36.02")
    refused(await assess(service, "operator.pemkab-serang", made, risk="rawan"), 403, "outside-jurisdiction")
    refused(await assess(service, "auditor.polda-banten", made, risk="rawan"), 403, "forbidden")


async def test_a_judgement_can_name_the_version_that_it_rests_on(service: Service):
    made = await registered(service)
    await change(service, OPERATOR, made, note="Pindah (fiktif)")
    stale = await assess(service, OPERATOR, made, {"If-Match": '"1"'}, risk="rawan")
    refused(stale, 412, "precondition-failed")
    fresh = await assess(service, OPERATOR, made, {"If-Match": '"2"'}, risk="rawan")
    assert fresh.status_code == 201


async def test_many_judge_at_once_and_each_judgement_stays(service: Service):
    made = await registered(service)
    risks = ["kurang_rawan", "rawan", "sangat_rawan", "khusus"] * 2
    answers = await asyncio.gather(*(assess(service, OPERATOR, made, risk=each) for each in risks))
    written = [each.json()["risk"] for each in answers if each.status_code == 201]
    assert all(each.status_code in {201, 409} for each in answers)
    judged = (await get(service, OPERATOR, at(made, "/assessments"), limit=200)).json()["items"]
    assert sorted(each["risk"] for each in judged) == sorted(written)
    assert (await current(service, made))["version"] == 1 + len(written)


async def test_the_same_key_judges_once(service: Service):
    made = await registered(service)
    body = {"risk": "rawan", "rationale": WHY}
    first, again = [
        await post(service, OPERATOR, at(made, "/assessments"), body, **{"Idempotency-Key": "nilai-1"})
        for _ in range(2)
    ]
    assert first.json() == again.json()
    assert again.headers["idempotency-replayed"] == "true"
    assert len((await get(service, OPERATOR, at(made, "/assessments"))).json()["items"]) == 1


async def test_a_rationale_that_named_a_person_is_erased(service: Service):
    made = await registered(service, risk="rawan", rationale="Menyebut nama orang (fiktif).")
    (judged,) = (await get(service, OPERATOR, at(made, "/assessments"))).json()["items"]
    body = {
        "record_type": "site", "record_id": made["id"], "subject_type": "site_assessment",
        "subject_id": judged["id"], "fields": ["rationale"], "rewritten": {"rationale": "Tanpa nama."},
        "legal_basis": "purpose_met", "reason": "Nama tidak diperlukan.",
    }  # fmt: skip
    answer = await post(service, OFFICER, ERASURES, body)
    assert answer.status_code == 201, answer.text
    (now,) = (await get(service, OPERATOR, at(made, "/assessments"))).json()["items"]
    assert (now["rationale"], now["risk"]) == ("Tanpa nama.", "rawan")
    history = (await get(service, OPERATOR, at(made, "/history"))).text
    assert "Menyebut nama" not in history
