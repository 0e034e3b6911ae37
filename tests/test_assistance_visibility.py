"""Who learns what of a request for assistance: who asks all, each who is addressed its own, others naught."""

import json
from typing import Any

import pytest

from tests.support import deployments as forces
from tests.support.assistance import (
    ASSISTANCE,
    KOREM,
    METRO,
    answered,
    asked,
    at,
    change,
    counts,
    decide,
)
from tests.support.calls import ABSENT, OPERATOR, REASON, get, post, refused
from tests.support.feeds import brief, since, tip
from tests.support.need_to_know import entitled
from tests.support.need_to_know import post as reader
from tests.support.service import Service

CHIEF = "commander.polda-banten"
AGENCIES = ("polda-banten", "korem-064", "polda-metro-jaya", "kpu-banten")
READERS = [f"{name}.{agency}" for agency in AGENCIES for name in ("commander", "liaison", "operator")]
MARKINGS: dict[str, dict[str, Any]] = {
    "strict": {},
    "amber with KPU": {"tlp": "AMBER", "audience": ["kpu-banten"]},
    "green": {"tlp": "GREEN"},
    "restricted": {"classification": "terbatas"},
    "secret": {"classification": "rahasia"},
}
BY_AGENCY = {"korem-064": "commander.korem-064", "polda-metro-jaya": "commander.polda-metro-jaya"}


@pytest.mark.parametrize("marking", MARKINGS.values(), ids=MARKINGS)
async def test_a_request_shows_to_whom_it_goes_and_an_answer_to_its_two_sides(
    service: Service, marking: dict[str, Any]
):
    made = await asked(service, CHIEF, **marking)
    given = {
        agency: await answered(service, account, made, "decline", reason=f"Alasan {agency}.")
        for agency, account in BY_AGENCY.items()
    }
    for account in READERS:
        known = entitled(reader(account), made)
        for part in ("", "/history", "/answers"):
            got = await get(service, account, at(made, part))
            absent = await get(service, account, f"{ASSISTANCE}/{ABSENT}{part}")
            assert got.status_code == (200 if known else 404), (account, part)
            assert known or (got.headers, got.content) == (absent.headers, absent.content)
        listed = (await get(service, account, ASSISTANCE, reference=made["reference"])).json()["items"]
        assert [each["id"] for each in listed] == [made["id"]] * known
        if known:
            shown = (await get(service, account, at(made, "/answers"))).json()["items"]
            sees = [each["id"] for each in given.values() if entitled(reader(account), each)]
            assert [each["id"] for each in shown] == sees, account
            told = (await get(service, account, at(made, "/history"))).text
            assert "Alasan" not in told


async def test_another_addressed_agency_learns_sums_and_nothing_of_who_sends_them(service: Service):
    start = {account: await tip(service, account) for account in (KOREM, METRO, OPERATOR)}
    made = await asked(service, quantity=30)
    given = await answered(service, KOREM, made, "accept", quantity=12, reason="Alasan rahasia.")
    lent = (await get(service, KOREM, f"{forces.DEPLOYMENTS}/{given['deployment_id']}")).json()
    words = {
        given["id"],
        given["reference"],
        lent["id"],
        lent["reference"],
        lent["home_unit"],
        "Alasan rahasia",
    }
    assert await counts(service, made, METRO) == (12, 18, 0, 0)
    for path in ("", "/history", "/answers"):
        text = (await get(service, METRO, at(made, path))).text
        assert not [word for word in words if word in text], path
    history = (await get(service, METRO, at(made, "/history"))).json()["items"]
    assert [(each["action"], each["agency"]) for each in history] == [
        ("assistance_request.made", "polda-banten"),
        ("assistance_request.counted", "siaga"),
    ]
    told = {account: await since(service, account, after) for account, after in start.items()}
    kinds = {account: {each["record_type"] for each in changes} for account, changes in told.items()}
    assert kinds[METRO] == {"assistance_request"}
    assert not [word for word in words if word in json.dumps(told[METRO])]
    for account in (KOREM, OPERATOR):
        assert kinds[account] >= {"assistance_answer", "assistance_request", "deployment"}
    step = f"{at(made)}/answers/{given['id']}/steps"
    absent = f"{at(made)}/answers/{ABSENT}/steps"
    body = {"to": "withdrawn", "reason": REASON}
    hidden, unknown = await post(service, METRO, step, body), await post(service, METRO, absent, body)
    assert hidden.status_code == 404
    assert (hidden.headers, hidden.content) == (unknown.headers, unknown.content)


async def test_only_who_is_addressed_answers_and_only_who_asks_decides(service: Service):
    made = await asked(service, tlp="AMBER", audience=["kpu-banten"])
    body = {"kind": "acknowledge"}
    end = {"to": "closed", "reason": REASON}
    for account, answers, ends in (
        (OPERATOR, 403, None),
        (KOREM, 201, 403),
        ("operator.kpu-banten", 403, 403),
        ("liaison.korem-064", 403, 403),  # holds no assistance:write
        ("operator.bawaslu-banten", 404, 404),
    ):
        assert (await post(service, account, at(made, "/answers"), body)).status_code == answers, account
        if ends:
            assert (await post(service, account, at(made, "/steps"), end)).status_code == ends, account
    offered = await answered(service, KOREM, made, "counter_offer", quantity=5, reason=REASON)
    for account, to in ((KOREM, "accepted"), (KOREM, "refused"), (OPERATOR, "withdrawn")):
        refused(await decide(service, account, offered, to), 403, "forbidden")
    other = await asked(service)
    wrong = {**offered, "assistance_request_id": other["id"]}
    refused(await decide(service, KOREM, wrong, "withdrawn"), 404, "not-found")


async def test_a_system_talks_of_personnel_but_binds_none(service: Service):
    made = await asked(service)
    account = "integration.korem-064"
    assert (await post(service, account, at(made, "/answers"), {"kind": "acknowledge"})).status_code == 201
    bound = {"kind": "accept", "quantity": 5, "home_unit": "kodim-0602-serang"}
    refused(await post(service, account, at(made, "/answers"), bound), 403, "forbidden")
    hidden = await post(service, account, f"{ASSISTANCE}/{ABSENT}/answers", bound)
    refused(hidden, 403, "forbidden")  # before anything is looked at


async def test_what_one_may_not_see_is_masked_on_both_ends(service: Service):
    made = await asked(service, quantity=20)
    given = await answered(service, KOREM, made, "accept", quantity=20)
    place = f"{forces.DEPLOYMENTS}/{given['deployment_id']}"
    shared = {"tlp": "AMBER", "audience": ["polda-banten", "kpu-banten"]}
    client = await service.client(KOREM)
    assert (await client.patch(place, json=shared, headers={"If-Match": '"1"'})).status_code == 200
    for account, link in ((KOREM, made["id"]), (OPERATOR, made["id"]), ("operator.kpu-banten", None)):
        got = (await get(service, account, place)).json()
        assert got["assistance_request_id"] == link, account
    # Raised above the clearance of an operator it goes from the view of both, with its answers.
    secret = await change(service, CHIEF, made, classification="rahasia")
    assert secret.status_code == 200, secret.text
    assert (await get(service, KOREM, place)).json()["assistance_request_id"] is None
    assert (await get(service, KOREM, at(made, "/answers"))).status_code == 404
    [kept] = (await get(service, BY_AGENCY["korem-064"], at(made, "/answers"))).json()["items"]
    assert (kept["classification"], kept["deployment_id"]) == ("rahasia", given["deployment_id"])


async def test_who_is_asked_no_more_sees_it_no_more(service: Service):
    start = await tip(service, KOREM, type="assistance_request")
    made = await asked(service)
    await answered(service, METRO, made, "decline", reason=REASON)
    first = await answered(service, KOREM, made, "accept", quantity=5)
    refused(
        await change(service, OPERATOR, made, addressed=["polda-metro-jaya"]), 422, "invalid", "/addressed"
    )
    assert (await decide(service, KOREM, first, "withdrawn")).status_code == 200
    moved = await change(service, OPERATOR, made, addressed=["polda-metro-jaya", "kodam-jaya"])
    assert moved.json()["audience"] == moved.json()["addressed"] == ["polda-metro-jaya", "kodam-jaya"]
    assert (await get(service, KOREM, at(made))).status_code == 404
    assert (await get(service, "operator.kodam-jaya", at(made))).status_code == 200
    changes = await since(service, KOREM, start, type="assistance_request")
    assert brief(changes) == [("gone", made["id"])]
