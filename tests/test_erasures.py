"""Erasure: personal data goes from everywhere, its entries stay, and what they committed to still holds."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from app.settings import Settings
from tests.conftest import PASSWORD
from tests.support.calls import OPERATOR, accuse, attach, change, get, post, refused, step, stored, url
from tests.support.privacy import ERASURES, OFFICER, WHY, erase, everything, person
from tests.support.service import Service, report, running

NAME, CONTACT, NIK = "Saksi Zulaikha Tujuhrupa (fiktif)", "0800-777-1234 (fiktif)", "0000000000007777"
KPU = "operator.kpu-banten"


@pytest.fixture
async def own(fresh: Settings) -> AsyncIterator[Service]:
    async with running(fresh, PASSWORD) as service:
        yield service


async def told(service: Service, made: dict, kind: str) -> list[dict]:
    items = (await get(service, OPERATOR, url(made, "/history"))).json()["items"]
    return [each for each in items if each["subject_type"] == kind]


async def test_nothing_that_was_erased_is_found_anywhere(own: Service, caplog: pytest.LogCaptureFixture):
    title = "Dilaporkan Pak Wirasentosa (fiktif)"
    made = await report(
        own, OPERATOR, title=title, description=f"{NAME} di tempat.", site="Rumah Pak Wirasentosa"
    )
    added = await person(own, OPERATOR, made, NAME, contact=CONTACT, national_id=NIK, remark="Zulaikha ikut.")
    client = await own.client(OPERATOR)
    await client.patch(
        url(made, f"/parties/{added['id']}"), json={"name": f"{NAME} kedua"}, headers={"If-Match": '"1"'}
    )
    note = (await post(own, OPERATOR, url(made, "/notes"), {"text": f"{NAME} menelepon."})).json()
    file = (
        await attach(own, OPERATOR, made, b"Zulaikha hadir.", name="zulaikha.txt", note="Foto Zulaikha")
    ).json()
    await step(own, OPERATOR, made, "verified", reason="Menurut Zulaikha.")
    await get(own, OPERATOR, "/api/v1/incidents")
    sought = ("Zulaikha", "zulaikha", "0800-777-1234", "'7777'", "Wirasentosa", file["sha256"])
    before = await everything(own)
    assert [each for each in sought if each not in before] == []
    answers = [
        await erase(own, OFFICER, made, "incident_party", added, "name", "contact", "national_id_hash",
                    "national_id_last4", "remark"),
        await erase(own, OFFICER, made, "incident_note", note, "text", rewritten={"text": "Ada telepon."}),
        await erase(own, OFFICER, made, "incident_attachment", file, "file_name"),
        await erase(own, OFFICER, made, "incident", made, "title", "description", "site", "#reason",
                    rewritten={"title": "Laporan warga", "description": "Seorang saksi di tempat."}),
    ]  # fmt: skip
    assert [each.status_code for each in answers] == [201] * 4, [each.text for each in answers]
    after = await everything(own)
    assert [each for each in (*sought, '"7777"') if each in after] == []
    assert [each for each in sought if each in caplog.text] == []
    assert stored(own) == set()


async def test_the_person_reads_null_and_the_past_says_what_was_erased(service: Service):
    made = await report(service, OPERATOR)
    added = await person(service, OPERATOR, made, NAME, contact=CONTACT)
    then = datetime.now(UTC).isoformat()
    answer = await erase(service, OFFICER, made, "incident_party", added, "name", "contact")
    assert answer.json()["paths"] == ["/contact", "/name"]
    path = url(made, f"/parties/{added['id']}")
    present = (await get(service, OPERATOR, path)).json()
    assert (present["name"], present["contact"], present["role"], present["version"]) == (
        None,
        None,
        "witness",
        2,
    )
    past = (await get(service, OPERATOR, path, as_of=then)).json()
    assert (past["name"], past["role"], past["version"]) == (None, "witness", 1)
    assert sorted(past["erased"]) == ["/contact", "/name"]
    assert "erased" not in present
    first, second = await told(service, made, "incident_party")
    assert (sorted(first["erased"]), first["state"]["name"]) == (["/contact", "/name"], None)
    assert (second["action"], second["reason"]) == ("incident_party.erased", WHY)
    (erasure,) = await told(service, made, "erasure")
    assert (erasure["action"], erasure["state"]["legal_basis"]) == ("erasure.erased", "subject_request")


async def test_free_text_is_rewritten_and_goes_from_every_version(service: Service):
    made = await report(service, OPERATOR, title="Pak Amarlangit (fiktif) melapor", description="Tetap.")
    then = datetime.now(UTC).isoformat()
    made = (await change(service, OPERATOR, made, title="Amarlangit (fiktif) lagi")).json()
    await erase(
        service, OFFICER, made, "incident", made, "title", rewritten={"title": "Seorang warga melapor"}
    )
    now = (await get(service, OPERATOR, url(made))).json()
    assert (now["title"], now["description"], now["version"]) == ("Seorang warga melapor", "Tetap.", 3)
    past = (await get(service, OPERATOR, url(made), as_of=then)).json()
    assert (past["title"], past["description"], past["erased"]) == (None, "Tetap.", ["/title"])
    listed = await get(service, OPERATOR, "/api/v1/incidents", text="Amarlangit")
    assert listed.json()["items"] == []


async def test_a_request_that_is_sent_again_neither_tells_nor_makes_the_person_again(service: Service):
    made = await report(service, OPERATOR)
    body, key = {"role": "witness", "name": NAME}, {"Idempotency-Key": f"orang-{made['id']}"}
    added = (await post(service, OPERATOR, url(made, "/parties"), body, **key)).json()
    await erase(service, OFFICER, made, "incident_party", added, "name")
    again = await post(service, OPERATOR, url(made, "/parties"), body, **key)
    assert (again.status_code, again.headers["idempotency-replayed"]) == (201, "true")
    assert (again.json()["id"], again.json()["name"]) == (added["id"], None)
    assert len((await get(service, OPERATOR, url(made, "/parties"))).json()["items"]) == 1


async def test_the_bytes_of_a_file_go_with_its_name(service: Service):
    made = await report(service, OPERATOR)
    file = (await attach(service, OPERATOR, made, b"Isi surat.", note="Surat Bu Nilam (fiktif)")).json()
    path = url(made, f"/attachments/{file['id']}")
    assert (await get(service, OPERATOR, f"{path}/content")).status_code == 200
    answer = await erase(service, OFFICER, made, "incident_attachment", file, "note")
    assert answer.json()["paths"] == ["/file_name", "/note", "/sha256"]
    refused(await get(service, OPERATOR, f"{path}/content"), 404, "not-found")
    about = (await get(service, OPERATOR, path)).json()
    assert (about["file_name"], about["sha256"], about["note"]) == (None, None, None)
    assert about["byte_count"] == 10
    assert "Nilam" not in (await get(service, OPERATOR, f"{path}/custody")).text
    noted = await post(service, OPERATOR, f"{path}/custody", {"kind": "examined", "purpose": "Diperiksa."})
    assert noted.json()["intact"] is False


async def test_another_erasure_of_the_same_changes_nothing_more(service: Service):
    made = await report(service, OPERATOR)
    added = await person(service, OPERATOR, made, NAME)
    for _ in range(2):
        assert (await erase(service, OFFICER, made, "incident_party", added, "name")).status_code == 201


async def test_two_erasures_at_once_both_come_through(service: Service):
    made = await report(service, OPERATOR)
    added = await person(service, OPERATOR, made, NAME, contact=CONTACT)
    answers = await asyncio.gather(
        *(erase(service, OFFICER, made, "incident_party", added, each) for each in ("name", "contact"))
    )
    assert [each.status_code for each in answers] == [201, 201]
    past = await told(service, made, "incident_party")
    assert all(each["state"]["name"] is each["state"]["contact"] is None for each in past[-1:])
    assert sorted(past[0]["erased"]) == ["/contact", "/name"]


@pytest.mark.parametrize("account", ["privacy.kpu-banten", "privacy.bawaslu-banten"])
async def test_only_who_answers_for_the_data_erases_it(service: Service, account: str):
    made = await report(service, OPERATOR, tlp="GREEN")
    added = await person(service, OPERATOR, made, NAME)
    refused(await erase(service, account, made, "incident_party", added, "name"), 403, "forbidden")


async def test_who_wrote_a_part_erases_it_and_so_does_the_owner(service: Service):
    made = await report(service, OPERATOR, tlp="GREEN")
    for officer in ("privacy.kpu-banten", OFFICER):
        note = (await post(service, KPU, url(made, "/notes"), {"text": NAME})).json()
        new = {"text": "Saksi (fiktif)"}
        assert (await erase(service, officer, made, "incident_note", note, "text", rewritten=new)).is_success


async def test_who_is_accused_does_not_erase_and_oversight_does(service: Service):
    made = await report(service, OPERATOR, tlp="GREEN")
    added = await person(service, OPERATOR, made, NAME)
    await accuse(service, KPU, made, "polda-banten")
    answer = await erase(service, OFFICER, made, "incident_party", added, "name")
    refused(answer, 403, "conflict-of-interest")
    assert (await erase(service, "privacy.bawaslu-banten", made, "incident_party", added, "name")).is_success


async def test_a_record_that_one_may_not_see_is_unknown(service: Service):
    made = await report(service, OPERATOR)
    added = await person(service, OPERATOR, made, NAME)
    answer = await erase(service, "privacy.kpu-banten", made, "incident_party", added, "name")
    absent = await erase(service, "privacy.kpu-banten", {"id": added["id"]}, "incident_party", added, "name")
    refused(answer, 422, "invalid", "/record_id")
    assert answer.content == absent.content


@pytest.mark.parametrize("role", ["operator", "commander", "auditor", "admin", "liaison", "integration"])
async def test_nobody_else_of_the_agency_erases(service: Service, role: str):
    made = await report(service, OPERATOR)
    answer = await erase(service, f"{role}.polda-banten", made, "incident", made, "site")
    refused(answer, 403, "forbidden")


async def test_what_cannot_be_erased_is_named(service: Service):
    made, other = await report(service, OPERATOR), await report(service, OPERATOR)
    added = await person(service, OPERATOR, other, NAME)
    wrong = {
        "/fields/0": ("incident", made, ["name"], {}),
        "/rewritten/title": ("incident", made, ["title"], {}),
        "/rewritten/title ": ("incident", made, ["title"], {"rewritten": {"title": "a" * 201}}),
        "/rewritten/site": ("incident", made, ["site"], {"rewritten": {"site": "Di sana"}}),
        "/rewritten/description": ("incident", made, ["site"], {"rewritten": {"description": "x"}}),
        "/subject_id": ("incident_party", added, ["name"], {}),
        "/fields": ("incident", made, [], {}),
        "/subject_type": ("ledger", made, ["site"], {}),
        "/legal_basis": ("incident", made, ["site"], {"legal_basis": "because"}),
        "/reason": ("incident", made, ["site"], {"reason": ""}),
    }
    for pointer, (kind, subject, fields, more) in wrong.items():
        answer = await erase(service, OFFICER, made, kind, subject, *fields, **more)
        refused(answer, 422, "invalid", pointer.strip())


async def test_a_place_goes_whole(service: Service):
    at = {"type": "Point", "coordinates": [106.1, -6.1]}
    made = await report(service, OPERATOR, geometry=at)
    then = datetime.now(UTC).isoformat()
    erased = await erase(service, OFFICER, made, "incident", made, "latitude")
    assert erased.json()["paths"] == ["/latitude", "/longitude"]
    for moment in ({}, {"as_of": then}):
        assert (await get(service, OPERATOR, url(made), **moment)).json()["geometry"] is None


async def test_erasures_are_listed_for_who_sees_the_record(service: Service):
    made = await report(service, OPERATOR)
    added = await person(service, OPERATOR, made, NAME)
    erased = (await erase(service, OFFICER, made, "incident_party", added, "name")).json()
    listed = (await get(service, OFFICER, ERASURES, record_id=made["id"])).json()["items"]
    assert listed == [erased]
    assert (await get(service, "privacy.kpu-banten", ERASURES, record_id=made["id"])).json()["items"] == []
