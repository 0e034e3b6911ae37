"""Assistance between agencies: asked of several, filled in parts, offered otherwise, taken back, returned."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from app.domain import assistance as domain
from app.domain.deployments import DEPLOYMENT_ROLES
from tests.support import deployments as forces
from tests.support.assistance import (
    ASSISTANCE,
    KODIM,
    KOREM,
    METRO,
    answer,
    answered,
    asked,
    at,
    change,
    counts,
    current,
    decide,
    long_ago,
)
from tests.support.calls import OPERATOR, REASON, get, post, refused
from tests.support.privacy import OFFICER, erase
from tests.support.service import Service

CHIEF = "commander.polda-banten"


async def test_two_agencies_fill_a_request_in_parts_and_their_people_come_and_go(service: Service):
    made = await asked(service, quantity=60, controlling_unit="polres-serang")
    assert (made["status"], made["overdue"]) == ("open", False)
    assert made["audience"] == made["addressed"] == ["korem-064", "polda-metro-jaya"]

    seen = await answered(service, KOREM, made, "acknowledge")
    assert (seen["status"], seen["deployment_id"]) == ("acknowledged", None)
    first = await answered(service, KOREM, made, "accept", quantity=25)
    assert await counts(service, made) == await counts(service, made, METRO) == (25, 35, 0, 0)

    # The neighbour offers fewer than are left, and a day later; the requester refuses, then takes the next.
    later = datetime.fromisoformat(made["starts_at"]) + timedelta(days=1)
    offer = {"quantity": 30, "starts_at": forces.written(later), "reason": REASON}
    offered = await answered(service, METRO, made, "counter_offer", **offer)
    assert offered["status"] == "offered"
    assert await counts(service, made) == (25, 35, 0, 0)
    assert (await decide(service, CHIEF, offered, "refused")).json()["status"] == "refused"
    offered = await answered(service, METRO, made, "counter_offer", **{**offer, "quantity": 35})
    taken = (await decide(service, CHIEF, offered, "accepted")).json()
    assert (taken["status"], taken["outcome_reason"]) == ("accepted", REASON)
    assert await counts(service, made) == (60, 0, 0, 0)

    # What comes of it are deployments of those who lend, under the command of who asked.
    lent = (await get(service, METRO, f"{forces.DEPLOYMENTS}/{taken['deployment_id']}")).json()
    expected = {
        "owner_agency": "polda-metro-jaya",
        "controlling_agency": "polda-banten",
        "controlling_unit": "polres-serang",
        "command_relation": "bko",
        "role": "dalmas",
        "status": "committed",
        "strength_planned": 35,
        "assistance_request_id": made["id"],
        "starts_at": offer["starts_at"],
        "ends_at": made["ends_at"],
    }
    assert expected.items() <= lent.items()

    # They set out, are there, and return, by the steps of their deployment.
    own = {"id": first["deployment_id"]}
    steps = ("mobilizing", "en_route")
    assert (await forces.step(service, KOREM, own, *steps)).status_code == 200
    assert (await forces.step(service, OPERATOR, own, "on_scene", strength_present=24)).status_code == 200
    assert await counts(service, made) == (60, 0, 24, 0)
    there = await forces.now(service, OPERATOR, own)
    assert (await forces.change(service, OPERATOR, there, strength_present=25)).status_code == 200
    assert await counts(service, made, KOREM) == (60, 0, 25, 0)
    assert (await forces.step(service, OPERATOR, own, "released")).status_code == 200
    refused(await decide(service, KOREM, first, "withdrawn"), 409, "conflict")
    assert (await forces.step(service, KOREM, own, "demobilized")).status_code == 200
    assert await counts(service, made) == (60, 0, 0, 25)

    ended = await post(service, OPERATOR, at(made, "/steps"), {"to": "closed", "reason": REASON})
    assert ended.json()["status"] == "closed"
    refused(await answer(service, KOREM, made, "acknowledge"), 409, "conflict")


async def test_what_is_withdrawn_is_needed_again_and_its_personnel_are_free(service: Service):
    made = await asked(service, quantity=20)
    first = await answered(service, KOREM, made, "accept", quantity=20)
    refused(await decide(service, METRO, first, "withdrawn"), 404, "not-found")
    refused(await decide(service, OPERATOR, first, "withdrawn"), 403, "forbidden")
    end = {"to": "withdrawn", "reason": REASON}
    refused(await post(service, OPERATOR, at(made, "/steps"), end), 409, "conflict")
    back = await decide(service, KOREM, first, "withdrawn")
    assert back.json()["status"] == "withdrawn"
    gone = await forces.now(service, KOREM, {"id": first["deployment_id"]})
    assert gone["status"] == "cancelled"
    assert await counts(service, made) == (0, 20, 0, 0)
    refused(await decide(service, KOREM, first, "withdrawn"), 409, "illegal-step")

    # Whoever cancels the deployment withdraws the promise.
    second = await answered(service, KOREM, made, "accept", quantity=15)
    cancelled = await forces.step(service, KOREM, {"id": second["deployment_id"]}, "cancelled")
    assert cancelled.status_code == 200
    [_, told] = (await get(service, KOREM, at(made, "/answers"))).json()["items"]
    assert (told["status"], told["outcome_reason"]) == ("withdrawn", REASON)
    assert await counts(service, made) == (0, 20, 0, 0)
    assert (await post(service, OPERATOR, at(made, "/steps"), end)).json()["status"] == "withdrawn"


async def test_no_more_are_accepted_than_are_left_and_the_refusal_says_how_many(service: Service):
    made = await asked(service, quantity=10)
    await answered(service, KOREM, made, "accept", quantity=7)
    too_many = await answer(service, METRO, made, "accept", quantity=4)
    refused(too_many, 409, "conflict")
    assert too_many.json()["detail"] == "Of this request 3 are left."
    offered = await answered(service, METRO, made, "counter_offer", quantity=4, reason=REASON)
    refused(await decide(service, OPERATOR, offered, "accepted"), 409, "conflict")
    refused(await change(service, OPERATOR, made, quantity=6), 422, "invalid", "/quantity")
    assert (await change(service, OPERATOR, made, quantity=11)).status_code == 200
    assert (await decide(service, OPERATOR, offered, "accepted")).status_code == 200
    assert await counts(service, made) == (11, 0, 0, 0)


async def test_a_promised_deployment_stays_as_it_was_agreed(service: Service):
    made = await asked(service, quantity=10)
    given = await answered(service, KOREM, made, "accept", quantity=10)
    lent = await forces.now(service, KOREM, {"id": given["deployment_id"]})
    for values in ({"strength_planned": 5}, {"controlling_unit": "polres-lebak"}):
        refused(await forces.change(service, KOREM, lent, **values), 409, "conflict")
    kept = await forces.change(service, KOREM, lent, strength_planned=10, role="patroli")
    assert kept.json()["role"] == "patroli"


async def test_the_requester_learns_no_numbers_of_a_unit_that_is_not_its_own(service: Service):
    made = await asked(service, quantity=900)
    offered = await answered(service, KOREM, made, "counter_offer", quantity=900, reason=REASON)
    window = {"starts_at": made["starts_at"], "ends_at": made["ends_at"]}
    await forces.deploy(
        service, KOREM, home_unit=KODIM, strength_planned=150, status="committed", **window
    )  # fmt: skip
    late = await decide(service, OPERATOR, offered, "accepted")
    refused(late, 409, "conflict")
    assert "850" not in late.text
    itself = await answer(service, KOREM, made, "accept", quantity=900)
    assert "850" in itself.json()["detail"]
    assert await counts(service, made) == (0, 900, 0, 0)


async def test_a_deadline_that_passes_shows_at_read_and_in_the_list(service: Service):
    late = await asked(service, quantity=5, begin=long_ago(), region_code="36.04.12")
    soon = await asked(service, quantity=5, region_code="36.04.12")
    assert (late["overdue"], soon["overdue"]) == (True, False)
    for overdue, expected in (("true", late), ("false", soon)):
        page = await get(service, KOREM, ASSISTANCE, overdue=overdue, region="36.04.12")
        assert [each["id"] for each in page.json()["items"]] == [expected["id"]]
    read = await get(service, OPERATOR, at(late))
    assert read.headers["etag"] == '"1-overdue"'
    client = await service.client(OPERATOR)
    held = await client.get(at(late), headers={"If-None-Match": '"1"'})
    assert held.status_code == 200
    match = {"If-Match": read.headers["etag"]}
    longer = await client.patch(at(late), json={"answer_by": "2024-11-27T00:00:00Z"}, headers=match)
    assert longer.json()["overdue"]
    await answered(service, KOREM, late, "accept", quantity=5)
    assert not (await current(service, late))["overdue"]


async def test_each_side_erases_what_it_has_written(service: Service):
    made = await asked(service, note="Hubungi Saksi A (fiktif).", quantity=5)
    given = await answered(service, KOREM, made, "decline", reason="Komandan sakit (fiktif).")
    for account, kind, row, field, status in (
        (OFFICER, "assistance_answer", given, "reason", 403),
        ("privacy.korem-064", "assistance_request", made, "note", 403),
        (OFFICER, "assistance_request", made, "note", 201),
        ("privacy.korem-064", "assistance_answer", given, "reason", 201),
    ):
        gone = await erase(service, account, row, kind, row, field, record_type=kind)
        assert gone.status_code == status, gone.text
    assert (await current(service, made))["note"] is None
    [told] = (await get(service, OPERATOR, at(made, "/answers"))).json()["items"]
    assert (told["status"], told["reason"]) == ("declined", None)
    for part in ("", "/history"):
        assert "Saksi A" not in (await get(service, OPERATOR, at(made, part))).text


async def test_a_request_can_be_read_as_it_stood(service: Service):
    made = await asked(service, quantity=5)
    await answered(service, KOREM, made, "accept", quantity=5)
    then = (await get(service, METRO, at(made), as_of=made["recorded_at"])).json()
    assert (then["version"], then["accepted_count"], then["left_count"]) == (1, 0, 5)


def test_which_requests_are_overdue_at_a_moment():
    noon = datetime(2024, 11, 28, 12, tzinfo=UTC)
    sound = {"status": "open", "quantity": 5, "accepted_count": 4, "answer_by": noon}
    others: tuple[dict[str, object], ...] = (
        {"status": "closed"},
        {"status": "withdrawn"},
        {"accepted_count": 5},
        {"answer_by": noon + timedelta(seconds=1)},
    )
    all_of_them = [SimpleNamespace(**sound), *(SimpleNamespace(**{**sound, **other}) for other in others)]
    assert domain.overdue(all_of_them, noon) == all_of_them[:1]


def test_every_kind_has_a_role_and_every_status_an_end():
    assert domain.ROLE_OF.keys() == set(domain.AssistanceKind)
    assert set(domain.ROLE_OF.values()) <= DEPLOYMENT_ROLES.keys()
    for steps in (domain.ANSWER_STEPS, domain.ASSISTANCE_STEPS):
        reached = {status for further in steps.values() for status in further}
        assert reached <= steps.keys()
    assert domain.ANSWER_STEPS.keys() == set(domain.AnswerStatus)
    assert all(domain.NEEDS[kind] <= domain.TAKES[kind] for kind in domain.AnswerKind)
