"""Requests of data subjects and the breach register: the clock of 3 x 24 hours, and what fulfils what."""

from datetime import UTC, datetime, timedelta

import pytest

from app.clock import tick
from app.domain.data_protection import REQUEST_KINDS, REQUEST_STATUSES, REQUEST_STEPS, RequestStatus
from app.services import deadlines
from tests.support.calls import ABSENT, OPERATOR, get, post, refused, url
from tests.support.inbox import waiting
from tests.support.privacy import BREACHES, OFFICER, REQUESTS, WHY, breach, data_request, erase, person
from tests.support.service import Service, report

KPU = "operator.kpu-banten"
STRANGER = "privacy.kpu-banten"


async def step(service: Service, made: dict, to: str, account: str = OFFICER, **more: object):
    body = {"to": to, "reason": WHY, **more}
    return await post(service, account, f"{REQUESTS}/{made['id']}/steps", body)


def hours_ago(hours: float) -> str:
    return (datetime.now(UTC) - timedelta(hours=hours)).isoformat()


async def late(service: Service) -> None:
    state = service.app.state
    await tick(state.database, state.lane, datetime.now(UTC))


async def inbox(service: Service, account: str, record: dict) -> list[str]:
    found = await waiting(service, account)
    return [each["kind"] for each in found if each["record_id"] == record["id"]]


def test_every_status_is_reached_and_labelled():
    assert REQUEST_STATUSES.keys() == set(RequestStatus) == REQUEST_STEPS.keys()
    assert {RequestStatus.RECEIVED}.union(*REQUEST_STEPS.values()) == set(RequestStatus)
    assert len(REQUEST_KINDS) == 4


async def test_a_request_is_due_three_days_after_it_was_received(service: Service):
    made = await data_request(service, received_at=hours_ago(10))
    times = [datetime.fromisoformat(made[name]) for name in ("received_at", "due_at")]
    assert times[1] - times[0] == timedelta(hours=72)
    assert made["reference"].startswith("R-")
    assert (made["status"], made["overdue_at"], made["ended_at"]) == ("received", None, None)
    assert await inbox(service, OFFICER, made) == ["data_request"]
    assert (await get(service, OFFICER, f"{REQUESTS}/{made['id']}")).json() == made


async def test_a_request_goes_step_by_step_to_its_end(service: Service):
    made = await data_request(service)
    refused(await step(service, made, "fulfilled"), 409, "illegal-step")
    refused(await step(service, made, "verified", answer="Terlalu dini."), 422, "invalid", "/answer")
    assert (await step(service, made, "verified")).json()["status"] == "verified"
    done = (await step(service, made, "fulfilled", answer="Salinan diserahkan (fiktif).")).json()
    assert (done["status"], done["answer"]) == ("fulfilled", "Salinan diserahkan (fiktif).")
    assert done["ended_at"]
    refused(await step(service, made, "lifted"), 409, "illegal-step")
    assert await inbox(service, OFFICER, made) == []
    history = await get(service, OFFICER, f"{REQUESTS}/{made['id']}/history")
    assert [each["version"] for each in history.json()["items"]] == [1, 2, 3]


async def test_what_is_late_is_said_by_the_system_once_and_waits_in_the_inbox(service: Service):
    asked, failed = (
        await data_request(service, received_at=hours_ago(73)),
        await breach(service, discovered_at=hours_ago(73)),
    )
    for _ in range(2):
        await late(service)
    for path, made, kind in ((REQUESTS, asked, "data_request"), (BREACHES, failed, "breach")):
        told = (await get(service, OFFICER, f"{path}/{made['id']}")).json()
        assert (told["overdue_at"], told["version"]) == (made["due_at"], 2)
        assert await inbox(service, OFFICER, made) == [f"{kind}_overdue"]


async def test_a_breach_of_which_all_were_told_stands_in_no_late_one_s_way(
    service: Service, monkeypatch: pytest.MonkeyPatch
):
    kept, failed = [await breach(service, discovered_at=hours_ago(hours)) for hours in (75, 74)]
    for to in ("persons", "authority"):
        body = {"to": to, "reason": WHY, "told_at": hours_ago(70)}
        assert (await post(service, OFFICER, f"{BREACHES}/{kept['id']}/notifications", body)).is_success
    monkeypatch.setattr(deadlines, "AT_ONCE", 1)
    await late(service)
    told = [(await get(service, OFFICER, f"{BREACHES}/{each['id']}")).json() for each in (kept, failed)]
    assert [each["overdue_at"] for each in told] == [None, failed["due_at"]]


async def test_a_restriction_hides_the_person_from_other_agencies(service: Service):
    made = await report(service, OPERATOR, tlp="GREEN")
    added = await person(service, OPERATOR, made, "Saksi A (fiktif)", contact="0800 (fiktif)")
    then = datetime.now(UTC).isoformat()
    asked = await data_request(service, asks_for="restriction", incident_id=made["id"], party_id=added["id"])
    await step(service, asked, "verified")
    assert (await step(service, asked, "fulfilled")).status_code == 200
    path = url(made, f"/parties/{added['id']}")
    for moment in ({}, {"as_of": then}):
        own, foreign = [(await get(service, each, path, **moment)).json() for each in (OPERATOR, KPU)]
        assert (own["name"], own["contact"]) == ("Saksi A (fiktif)", "0800 (fiktif)")
        assert (foreign["name"], foreign["contact"], foreign["restricted"]) == (None, None, True)
    for part in ("/parties", "/history"):
        assert "Saksi A" not in (await get(service, KPU, url(made, part))).text
        assert "Saksi A" in (await get(service, OPERATOR, url(made, part))).text
    assert (await step(service, asked, "lifted")).status_code == 200
    assert (await get(service, KPU, path)).json()["name"] == "Saksi A (fiktif)"


async def test_only_who_answers_for_the_data_restricts_them(service: Service):
    made = await report(service, OPERATOR, tlp="GREEN")
    added = await person(service, OPERATOR, made, "Saksi A (fiktif)")
    asked = await data_request(
        service, STRANGER, asks_for="restriction", incident_id=made["id"], party_id=added["id"]
    )
    await step(service, asked, "verified", STRANGER)
    refused(await step(service, asked, "fulfilled", STRANGER), 403, "forbidden")


async def test_an_erasure_is_fulfilled_by_erasing(service: Service):
    made = await report(service, OPERATOR)
    added = await person(service, OPERATOR, made, "Saksi A (fiktif)")
    asked = await data_request(service, asks_for="erasure", incident_id=made["id"], party_id=added["id"])
    await step(service, asked, "verified")
    refused(await step(service, asked, "fulfilled"), 409, "conflict")
    await erase(service, OFFICER, made, "incident_party", added, "name")
    assert (await step(service, asked, "fulfilled")).status_code == 200


async def test_the_person_who_asked_is_erased_as_any_other(service: Service):
    made = await data_request(service, subject_name="Pemohon Anggrekwati (fiktif)")
    body = {"record_type": "data_subject_request", "record_id": made["id"], "reason": WHY,
            "subject_type": "data_subject_request", "subject_id": made["id"],
            "fields": ["answer", "contact", "subject_name", "wish"],
            "legal_basis": "purpose_met"}  # fmt: skip
    answer = await post(service, OFFICER, "/api/v1/personal-data/erasures", body)
    assert answer.status_code == 201, answer.text
    now = (await get(service, OFFICER, f"{REQUESTS}/{made['id']}")).json()
    assert (now["subject_name"], now["wish"], now["asks_for"]) == (None, None, "access")


async def test_papers_of_an_agency_are_read_by_its_own_officers_only(service: Service):
    asked, failed = await data_request(service), await breach(service)
    for path, made in ((REQUESTS, asked), (BREACHES, failed)):
        hidden = await get(service, STRANGER, f"{path}/{made['id']}")
        absent = await get(service, STRANGER, f"{path}/{ABSENT}")
        refused(hidden, 404, "not-found")
        assert hidden.content == absent.content
        listed = (await get(service, STRANGER, path)).json()["items"]
        assert made["id"] not in [each["id"] for each in listed]
        refused(await get(service, OPERATOR, f"{path}/{made['id']}"), 403, "forbidden")


async def test_a_breach_is_followed_until_all_were_told(service: Service):
    made = await breach(service)
    place = f"{BREACHES}/{made['id']}"
    assert await inbox(service, OFFICER, made) == ["breach"]
    client = await service.client(OFFICER)
    changed = await client.patch(place, json={"person_count": 40}, headers={"If-Match": '"1"'})
    assert changed.json()["person_count"] == 40
    refused(await post(service, OFFICER, f"{place}/closing", {"reason": WHY}), 409, "conflict")
    for to in ("persons", "authority"):
        told = await post(service, OFFICER, f"{place}/notifications", {"to": to, "reason": WHY})
        assert told.json()[f"{to}_told_at"]
    early = {"to": "public", "reason": WHY, "told_at": hours_ago(500)}
    refused(await post(service, OFFICER, f"{place}/notifications", early), 422, "invalid", "/told_at")
    closed = (await post(service, OFFICER, f"{place}/closing", {"reason": WHY})).json()
    assert closed["ended_at"]
    assert await inbox(service, OFFICER, made) == []
    refused(await post(service, OFFICER, f"{place}/closing", {"reason": WHY}), 409, "conflict")
    history = await get(service, OFFICER, f"{place}/history")
    assert [each["action"] for each in history.json()["items"]] == [
        "breach.entered", "breach.changed", "breach.told", "breach.told", "breach.closed",
    ]  # fmt: skip


@pytest.mark.parametrize("to", ["persons", "authority", "public"])
async def test_a_notice_says_what_the_law_asks_for_in_either_language(service: Service, to: str):
    made = await breach(service, data_exposed="Nama {pelapor} (fiktif).")
    path = f"{BREACHES}/{made['id']}/notices/{to}"
    indonesian, english = [(await get(service, OFFICER, path, lang=each)).json() for each in ("id", "en")]
    for notice in (indonesian, english):
        assert made["reference"] in notice["subject"]
        for said in (made["data_exposed"], made["circumstances"], made["handling"], made["reference"]):
            assert said in notice["text"]
    assert "Kepolisian Daerah Banten" in indonesian["text"]
    assert indonesian["text"] != english["text"]
    assert (indonesian["language"], english["language"]) == ("id", "en")


async def test_papers_travel_in_time_too(service: Service):
    asked, failed = await data_request(service), await breach(service)
    then = datetime.now(UTC).isoformat()
    await step(service, asked, "verified")
    await post(service, OFFICER, f"{BREACHES}/{failed['id']}/notifications", {"to": "public", "reason": WHY})
    assert (await get(service, OFFICER, f"{REQUESTS}/{asked['id']}", as_of=then)).json() == asked
    assert (await get(service, OFFICER, f"{BREACHES}/{failed['id']}", as_of=then)).json() == failed


@pytest.mark.parametrize(
    ("pointer", "more"),
    [
        ("/asks_for", {"asks_for": "money"}),
        ("/received_at", {"received_at": "2199-01-01T00:00:00Z"}),
        ("/region_code", {"region_code": "99"}),
        ("/incident_id", {"incident_id": ABSENT}),
        ("", {"party_id": ABSENT}),
        ("/subject_name", {"subject_name": ""}),
    ],
)
async def test_what_is_wrong_with_a_request_is_named(service: Service, pointer: str, more: dict):
    refused(await data_request(service, raw=True, **more), 422, "invalid", pointer)


async def test_a_hidden_record_is_as_unknown_as_an_absent_one(service: Service):
    made = await report(service, KPU)
    hidden = await data_request(service, raw=True, incident_id=made["id"])
    absent = await data_request(service, raw=True, incident_id=ABSENT)
    assert (hidden.status_code, hidden.content) == (422, absent.content)
    other = await report(service, OPERATOR)
    answer = await data_request(service, raw=True, incident_id=other["id"], party_id=ABSENT)
    refused(answer, 422, "invalid", "/party_id")
