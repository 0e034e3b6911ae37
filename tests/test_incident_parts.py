"""Notes, links and persons of an incident."""

import hashlib

import pytest
from sqlalchemy import text

from tests.support.calls import ABSENT, OPERATOR, change, get, post, refused, url, walk
from tests.support.service import Service, report

KPU = "operator.kpu-banten"
NIK = "3603010101900001"
SHARED = {"tlp": "AMBER", "audience": ["kpu-banten"]}
PERSON = {"role": "witness", "name": "Saksi A (fiktif)"}


async def link(service: Service, account: str, made: dict, target: str, kind: str = "related_to"):
    return await post(service, account, url(made, "/links"), {"target_id": target, "kind": kind})


async def person(service: Service, account: str, made: dict, **fields: str) -> dict:
    answer = await post(service, account, url(made, "/parties"), {**PERSON, **fields})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def correct(service: Service, account: str, made: dict, entry: dict, **fields: object):
    client = await service.client(account)
    where = url(made, f"/parties/{entry['id']}")
    return await client.patch(where, json=fields, headers={"If-Match": f'"{entry["version"]}"'})


async def remove(service: Service, account: str, made: dict, entry: dict):
    client = await service.client(account)
    where = url(made, f"/links/{entry['id']}")
    return await client.delete(where, headers={"If-Match": f'"{entry["version"]}"'})


async def links_of(service: Service, account: str, made: dict) -> list[str]:
    return [each["id"] for each in (await get(service, account, url(made, "/links"))).json()["items"]]


async def test_everybody_who_sees_it_writes_in_the_timeline(service: Service):
    made = await report(service, OPERATOR, **SHARED)
    for account in (OPERATOR, KPU):
        answer = await post(service, account, url(made, "/notes"), {"text": f"Catatan {account}"})
        assert answer.status_code == 201
    notes = (await get(service, OPERATOR, url(made, "/notes"))).json()["items"]
    assert [(each["agency"], each["role"], each["text"]) for each in notes] == [
        ("polda-banten", "operator", f"Catatan {OPERATOR}"),
        ("kpu-banten", "operator", f"Catatan {KPU}"),
    ]
    assert all("account" not in each for each in notes)


async def test_notes_come_oldest_first_without_gap_or_repeat(service: Service):
    made = await report(service, OPERATOR)
    texts = [f"Catatan {number}" for number in range(5)]
    for each in texts:
        await post(service, OPERATOR, url(made, "/notes"), {"text": each})
    pages = await walk(service, OPERATOR, url(made, "/notes"), limit=2)
    assert [len(page) for page in pages] == [2, 2, 1]
    assert [note["text"] for page in pages for note in page] == texts


@pytest.mark.parametrize("part", ["notes", "links", "parties", "history", "suggestions"])
async def test_the_parts_of_a_hidden_incident_are_not_found(service: Service, part: str):
    made = await report(service, OPERATOR)
    hidden = await get(service, KPU, url(made, f"/{part}"))
    absent = await get(service, KPU, f"/api/v1/incidents/{ABSENT}/{part}")
    refused(hidden, 404, "not-found")
    assert hidden.content == absent.content


async def test_a_note_outside_the_area_is_for_those_who_take_part(service: Service):
    far = {"region_code": "36.03.13", "tlp": "GREEN"}
    seen = await report(service, "operator.polda-metro-jaya", **far)
    taking_part = await report(
        service, "operator.polda-metro-jaya", **far, assigned_agencies=["polda-banten"]
    )
    answer = await post(service, OPERATOR, url(seen, "/notes"), {"text": "Dari jauh."})
    refused(answer, 403, "outside-jurisdiction")
    answer = await post(service, OPERATOR, url(taking_part, "/notes"), {"text": "Dari jauh."})
    assert answer.status_code == 201


async def test_a_link_is_shown_at_both_ends(service: Service):
    one, other = await report(service, OPERATOR), await report(service, OPERATOR)
    made = (await link(service, OPERATOR, one, other["id"])).json()
    assert (made["incident_id"], made["target_id"]) == (one["id"], other["id"])
    assert await links_of(service, OPERATOR, one) == await links_of(service, OPERATOR, other) == [made["id"]]


async def test_a_link_is_shown_only_to_who_sees_both_ends(service: Service):
    shared, hidden = await report(service, OPERATOR, **SHARED), await report(service, OPERATOR)
    await link(service, OPERATOR, shared, hidden["id"])
    await link(service, OPERATOR, hidden, shared["id"])
    assert len(await links_of(service, OPERATOR, shared)) == 2
    assert (await get(service, KPU, url(shared, "/links"))).json() == {"items": [], "next": None}


async def test_a_link_to_a_hidden_record_is_a_link_to_nothing(service: Service):
    mine, hidden = await report(service, OPERATOR), await report(service, KPU)
    answers = [await link(service, OPERATOR, mine, target) for target in (hidden["id"], ABSENT)]
    refused(answers[0], 422, "invalid", "/target_id")
    assert answers[0].content == answers[1].content
    refused(await link(service, OPERATOR, mine, mine["id"]), 422, "invalid", "/target_id")


async def test_the_same_link_is_made_once_and_again_after_its_removal(service: Service):
    one, other = await report(service, OPERATOR), await report(service, OPERATOR)
    made = (await link(service, OPERATOR, one, other["id"])).json()
    refused(await link(service, OPERATOR, one, other["id"]), 409, "conflict")
    assert (await link(service, OPERATOR, one, other["id"], "caused_by")).status_code == 201
    gone = await remove(service, OPERATOR, one, made)
    assert (gone.status_code, gone.content) == (204, b"")
    refused(await remove(service, OPERATOR, one, made), 404, "not-found")
    assert (await link(service, OPERATOR, one, other["id"])).status_code == 201


async def test_a_link_is_removed_by_the_owner_and_through_its_own_incident(service: Service):
    one = await report(service, OPERATOR, **SHARED)
    other = await report(service, OPERATOR, **SHARED)
    made = (await link(service, OPERATOR, one, other["id"])).json()
    refused(await remove(service, KPU, one, made), 403, "forbidden")
    refused(await remove(service, OPERATOR, other, made), 404, "not-found")
    refused(await remove(service, OPERATOR, one, {**made, "version": 9}), 412, "precondition-failed")
    assert await links_of(service, OPERATOR, one) == [made["id"]]


async def test_a_guest_does_not_link(service: Service):
    one, other = await report(service, OPERATOR, **SHARED), await report(service, KPU)
    refused(await link(service, KPU, one, other["id"]), 403, "forbidden")


async def test_a_person_is_kept_with_the_last_digits_only(service: Service):
    made = await report(service, OPERATOR)
    answer = await post(service, OPERATOR, url(made, "/parties"), {**PERSON, "national_id": NIK})
    entry = answer.json()
    assert entry["national_id_last4"] == NIK[-4:]
    assert "national_id" not in entry
    listed = await get(service, OPERATOR, url(made, "/parties"))
    read = await get(service, OPERATOR, url(made, f"/parties/{entry['id']}"))
    told = await get(service, OPERATOR, url(made, "/history"))
    assert listed.json()["items"] == [read.json()] == [entry]
    for each in (answer, listed, read, told):
        assert NIK not in each.text
        assert "hash" not in each.text


async def test_no_row_of_the_database_holds_the_national_id_or_a_guessable_hash(service: Service):
    number = "3603011702880099"
    made = await report(service, OPERATOR)
    entry = await person(service, OPERATOR, made, national_id=number)
    await correct(service, OPERATOR, made, entry, national_id=number, remark="Dikoreksi.")
    rows = []
    async with service.app.state.database.reading.connect() as connection:
        for table in ("incident_party", "ledger_disclosure", "ledger", "idempotency"):
            rows += [str(tuple(row)) for row in await connection.execute(text(f"SELECT * FROM {table}"))]
    stored = "\n".join(rows)
    assert entry["id"] in stored
    assert number not in stored
    assert hashlib.sha256(number.encode()).hexdigest() not in stored


async def test_a_national_id_is_not_repeated_where_it_is_refused(service: Service):
    made = await report(service, OPERATOR)
    body = {**PERSON, "national_id": NIK + "7"}
    answer = await post(service, OPERATOR, url(made, "/parties"), body)
    refused(answer, 422, "invalid", "/national_id")
    assert NIK not in answer.text


async def test_the_same_number_has_the_same_hash_and_another_has_another(service: Service):
    made = await report(service, OPERATOR)
    ids = [
        (await person(service, OPERATOR, made, national_id=each))["id"] for each in (NIK, NIK, NIK[:-1] + "2")
    ]
    query = text("SELECT id, national_id_hash FROM incident_party")
    async with service.app.state.database.reading.connect() as connection:
        rows = (await connection.execute(query)).all()
    hashes = {str(row.id).replace("-", ""): row.national_id_hash for row in rows}
    first, second, third = (hashes[each.replace("-", "")] for each in ids)
    assert first == second != third
    assert len(first) == 64


async def test_a_correction_keeps_what_it_does_not_name_and_null_clears(service: Service):
    made = await report(service, OPERATOR)
    entry = await person(service, OPERATOR, made, contact="0812-000", national_id=NIK, remark="Petugas.")
    changed = (await correct(service, OPERATOR, made, entry, role="reported")).json()
    expected = {"role": "reported", "version": 2, "updated_at": changed["updated_at"]}
    assert changed == {**entry, **expected}
    cleared = (await correct(service, OPERATOR, made, changed, national_id=None, contact=None)).json()
    assert (cleared["national_id_last4"], cleared["contact"], cleared["remark"]) == (None, None, "Petugas.")
    refused(await correct(service, OPERATOR, made, entry, role="victim"), 412, "precondition-failed")
    refused(await correct(service, OPERATOR, made, cleared), 422, "invalid")


@pytest.mark.parametrize("field", ["role", "name"])
async def test_a_person_keeps_a_role_and_a_name(service: Service, field: str):
    made = await report(service, OPERATOR)
    entry = await person(service, OPERATOR, made)
    answer = await correct(service, OPERATOR, made, entry, **{field: None})
    refused(answer, 422, "invalid", f"/{field}")


async def test_only_the_owner_adds_and_corrects_persons(service: Service):
    made = await report(service, OPERATOR, **SHARED, assigned_agencies=["kpu-banten"])
    entry = await person(service, OPERATOR, made)
    refused(await post(service, KPU, url(made, "/parties"), PERSON), 403, "forbidden")
    refused(await correct(service, KPU, made, entry, role="victim"), 403, "forbidden")
    assert (await get(service, KPU, url(made, "/parties"))).json()["items"] == [entry]


async def test_roles_without_that_permission_read_no_persons(service: Service):
    made = await report(service, OPERATOR, tlp="GREEN")
    entry = await person(service, OPERATOR, made)
    for account in ("liaison.polda-banten", "auditor.polda-banten", "integration.polda-banten"):
        for part in ("/parties", f"/parties/{entry['id']}"):
            refused(await get(service, account, url(made, part)), 403, "forbidden")


async def test_a_person_is_found_only_under_its_own_incident(service: Service):
    made, other = await report(service, OPERATOR), await report(service, OPERATOR)
    entry = await person(service, OPERATOR, made)
    refused(await get(service, OPERATOR, url(other, f"/parties/{entry['id']}")), 404, "not-found")


async def test_parts_follow_the_marking_of_their_incident(service: Service):
    made = await report(service, OPERATOR, **SHARED)
    await post(service, OPERATOR, url(made, "/notes"), {"text": "Terlihat KPU."})
    assert len((await get(service, KPU, url(made, "/notes"))).json()["items"]) == 1
    await change(service, OPERATOR, made, audience=[])
    refused(await get(service, KPU, url(made, "/notes")), 404, "not-found")
