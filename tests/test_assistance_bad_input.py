"""What a request for assistance or an answer must not say: each is told by its field, none is kept."""

from typing import Any

import pytest

from tests.support.assistance import ASSISTANCE, KODIM, KOREM, answer, answered, asked, at, change, request
from tests.support.calls import OPERATOR, REASON, get, ledger_size, post, refused
from tests.support.deployments import WEEKS, stated, written
from tests.support.service import Service

WRONG_REQUESTS: dict[str, tuple[dict[str, Any], str]] = {
    "kind": ({"kind": "pam_tps"}, "/kind"),
    "nobody": ({"quantity": 0}, "/quantity"),
    "too many": ({"quantity": 1_000_001}, "/quantity"),
    "half a person": ({"quantity": 2.5}, "/quantity"),
    "a number in words": ({"quantity": "6"}, "/quantity"),
    "priority": ({"priority": "urgent"}, "/priority"),
    "no ground": ({"bases": []}, "/bases"),
    "unknown ground": ({"bases": ["hearsay"]}, "/bases/0"),
    "the same ground twice": ({"bases": ["other", "other"]}, "/bases"),
    "an order without a number": ({"bases": ["order"]}, "/basis_note"),
    "another ground without a name": ({"bases": ["other"], "basis_note": None}, "/basis_note"),
    "nobody asked": ({"addressed": []}, "/addressed"),
    "asked twice": ({"addressed": ["korem-064", "korem-064"]}, "/addressed"),
    "asked itself": ({"addressed": ["polda-banten", "korem-064"]}, "/addressed"),
    "unknown agency": ({"addressed": ["polda-jabar"]}, "/addressed"),
    "the host": ({"addressed": ["siaga"]}, "/addressed"),
    "another's unit": ({"controlling_unit": KODIM}, "/controlling_unit"),
    "unknown unit": ({"controlling_unit": "polres-mana"}, "/controlling_unit"),
    "region": ({"region_code": "99"}, "/region_code"),
    "geometry": ({"geometry": {"type": "Point", "coordinates": [181, 0]}}, "/geometry/coordinates/0"),
    "a site of nothing": ({"site": ""}, "/site"),
    "the end first": ({"ends_at": "2029-01-01T00:00:00Z"}, "/ends_at"),
    "longer than a year": ({"ends_at": "2040-01-01T00:00:00Z"}, "/ends_at"),
    "no offset": ({"starts_at": "2030-01-01T00:00:00"}, "/starts_at"),
    "an answer too late": ({"answer_by": "2039-12-31T00:00:00Z"}, "/answer_by"),
    "no deadline": ({"answer_by": None}, "/answer_by"),
    "RED": ({"tlp": "RED", "recipients": [OPERATOR, KOREM]}, "/tlp"),
    "recipients": ({"recipients": [KOREM]}, "/recipients"),
    "audience of GREEN": ({"tlp": "GREEN", "audience": ["kpu-banten"]}, "/audience"),
    "top secret": ({"classification": "sangat_rahasia"}, "/classification"),
    "counts": ({"accepted_count": 5}, "/accepted_count"),
    "status": ({"status": "closed"}, "/status"),
}
ACCEPT = {"kind": "accept", "quantity": 5, "home_unit": KODIM}
OFFER = {**ACCEPT, "kind": "counter_offer", "reason": REASON}
WRONG_ANSWERS: dict[str, tuple[dict[str, Any], str]] = {
    "kind": ({"kind": "maybe"}, "/kind"),
    "no quantity": ({**ACCEPT, "quantity": None}, "/quantity"),
    "nobody": ({**ACCEPT, "quantity": 0}, "/quantity"),
    "more than the unit has": ({**OFFER, "quantity": 999_999}, "/quantity"),
    "no unit": ({"kind": "accept", "quantity": 5}, "/home_unit"),
    "another's unit": ({**ACCEPT, "home_unit": "polres-serang"}, "/home_unit"),
    "unknown unit": ({**ACCEPT, "home_unit": "kodim-mana"}, "/home_unit"),
    "role": ({**ACCEPT, "role": "general"}, "/role"),
    "a time of its own": ({**ACCEPT, "starts_at": "2030-01-01T00:00:00Z"}, "/starts_at"),
    "an offer without a reason": ({**OFFER, "reason": None}, "/reason"),
    "an offer that ends first": ({**OFFER, "ends_at": "2029-01-01T00:00:00Z"}, "/ends_at"),
    "an offer of years": ({**OFFER, "ends_at": "2045-01-01T00:00:00Z"}, "/ends_at"),
    "no reason to decline": ({"kind": "decline"}, "/reason"),
    "declined in numbers": ({"kind": "decline", "reason": REASON, "quantity": 3}, "/quantity"),
    "acknowledged with a unit": ({"kind": "acknowledge", "home_unit": KODIM}, "/home_unit"),
    "status": ({**ACCEPT, "status": "accepted"}, "/status"),
}
WRONG_CHANGES: dict[str, tuple[dict[str, Any], str]] = {
    "nobody": ({"quantity": 0}, "/quantity"),
    "null": ({"addressed": None}, "/addressed"),
    "asked itself": ({"addressed": ["polda-banten"]}, "/addressed"),
    "the end first": ({"ends_at": "2029-01-01T00:00:00Z"}, "/ends_at"),
    "an answer too late": ({"answer_by": "2039-12-31T00:00:00Z"}, "/answer_by"),
    "an order without a number": ({"bases": ["order"]}, "/basis_note"),
    "RED": ({"tlp": "RED"}, "/tlp"),
    "region": ({"region_code": "99.99"}, "/region_code"),
}


async def test_a_wrong_request_is_refused_by_its_field_and_leaves_nothing(service: Service):
    size = await ledger_size(service)
    for name, (wrong, pointer) in WRONG_REQUESTS.items():
        got = await post(service, OPERATOR, ASSISTANCE, request(**wrong))
        assert got.status_code == 422, name
        refused(got, 422, "invalid", pointer)
    assert await ledger_size(service) == size


async def test_a_wrong_answer_is_refused_by_its_field_and_leaves_nothing(service: Service):
    await stated(service, KOREM, KODIM)
    made = await asked(service)
    size = await ledger_size(service)
    for name, (wrong, pointer) in WRONG_ANSWERS.items():
        said = {key: value for key, value in wrong.items() if value is not None}
        got = await post(service, KOREM, at(made, "/answers"), said)
        assert got.status_code == 422, (name, got.text)
        refused(got, 422, "invalid", pointer)
    assert await ledger_size(service) == size


@pytest.mark.parametrize(("wrong", "pointer"), WRONG_CHANGES.values(), ids=WRONG_CHANGES)
async def test_a_wrong_change_is_refused_by_its_field(service: Service, wrong: dict[str, Any], pointer: str):
    made = await asked(service)
    refused(await change(service, OPERATOR, made, **wrong), 422, "invalid", pointer)
    assert (await get(service, OPERATOR, at(made))).json()["version"] == 1


async def test_a_place_outside_the_requesters_area_and_a_stale_version_are_refused(service: Service):
    size = await ledger_size(service)
    far = await post(service, OPERATOR, ASSISTANCE, request(region_code="36.74"))
    refused(far, 403, "outside-jurisdiction")
    assert await ledger_size(service) == size
    made = await asked(service)
    assert (await change(service, OPERATOR, made, quantity=61)).status_code == 200
    refused(await change(service, OPERATOR, made, 1, quantity=62), 412, "precondition-failed")
    client = await service.client(OPERATOR)
    refused(await client.patch(at(made), json={"quantity": 63}), 428, "precondition-required")
    body = {"kind": "acknowledge"}
    old = await post(service, KOREM, at(made, "/answers"), body, **{"If-Match": '"1"'})
    refused(old, 412, "precondition-failed")


async def test_what_has_ended_cannot_be_changed_or_answered_but_marked(service: Service):
    made = await asked(service)
    offered = await answered(service, KOREM, made, "counter_offer", quantity=5, reason=REASON)
    end = {"to": "closed", "reason": REASON}
    assert (await post(service, OPERATOR, at(made, "/steps"), end)).status_code == 200
    refused(await post(service, OPERATOR, at(made, "/steps"), end), 409, "illegal-step")
    refused(await change(service, OPERATOR, made, quantity=61), 409, "conflict")
    refused(await answer(service, KOREM, made, "accept", quantity=5), 409, "conflict")
    path = at(made, f"/answers/{offered['id']}/steps")
    late = await post(service, OPERATOR, path, {"to": "accepted", "reason": REASON})
    refused(late, 409, "conflict")
    assert (await change(service, OPERATOR, made, tlp="AMBER")).json()["tlp"] == "AMBER"
    again = await post(service, KOREM, path, {"to": "withdrawn", "reason": REASON})
    assert again.json()["status"] == "withdrawn"


async def test_the_same_key_takes_effect_once(service: Service):
    begin = next(WEEKS)
    body = request(begin=begin, starts_at=written(begin))
    key = {"Idempotency-Key": f"minta-{written(begin)}"}
    first, second = [await post(service, OPERATOR, ASSISTANCE, body, **key) for _ in range(2)]
    assert (first.json(), second.headers["idempotency-replayed"]) == (second.json(), "true")
    await stated(service, KOREM, KODIM)
    path = at(first.json(), "/answers")
    one, two = [await post(service, KOREM, path, ACCEPT, **key) for _ in range(2)]
    assert one.status_code == 201, one.text
    assert (one.json(), two.headers["idempotency-replayed"]) == (two.json(), "true")
    assert (await get(service, OPERATOR, at(first.json()))).json()["accepted_count"] == 5
