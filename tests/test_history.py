"""What was known when, and to whom it may be told now."""

import pytest

from tests.support.calls import (
    ABSENT,
    OPERATOR,
    REASON,
    accuse,
    change,
    clear,
    get,
    ledger_size,
    move,
    post,
    refused,
    step,
    url,
    walk,
)
from tests.support.service import Service, report

KPU = "operator.kpu-banten"
SHARED = {"tlp": "AMBER", "audience": ["kpu-banten"]}
ENTRIES = "/api/v1/ledger/entries"


async def history(service: Service, account: str, made: dict) -> list[dict]:
    answer = await get(service, account, url(made, "/history"))
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def test_every_change_is_told_oldest_first_with_who_what_and_why(service: Service):
    made = await report(service, OPERATOR, **SHARED)
    await change(service, OPERATOR, made, severity="severe")
    await step(service, OPERATOR, made, "verified")
    await post(service, KPU, url(made, "/notes"), {"text": "Dicatat KPU."})
    await move(service, OPERATOR, made, "offer", to="kpu-banten")
    await move(service, KPU, made, "decline")
    told = await history(service, OPERATOR, made)
    assert [(each["action"], each["agency"], each["version"], each["reason"]) for each in told] == [
        ("incident.reported", "polda-banten", 1, None),
        ("incident.changed", "polda-banten", 2, None),
        ("incident.stepped", "polda-banten", 3, REASON),
        ("incident.noted", "kpu-banten", 1, None),
        ("incident.hand_over_offered", "polda-banten", 4, REASON),
        ("incident.hand_over_declined", "kpu-banten", 5, REASON),
    ]
    positions = [each["position"] for each in told]
    assert positions == sorted(positions)
    assert [told[n]["state"].get("severity") for n in (0, 1)] == ["unknown", "severe"]
    assert told[3]["state"]["text"] == "Dicatat KPU."


async def test_naming_and_clearing_the_accused_is_told(service: Service):
    made = await report(service, OPERATOR, tlp="GREEN")
    made = (await accuse(service, KPU, made, "kpu-banten")).json()
    await clear(service, "operator.bawaslu-banten", made, "kpu-banten")
    told = await history(service, OPERATOR, made)
    assert [each["action"] for each in told] == ["incident.reported", "incident.accused", "incident.cleared"]


async def test_the_account_is_told_to_its_own_agency_only(service: Service):
    made = await report(service, OPERATOR, **SHARED)
    await post(service, KPU, url(made, "/notes"), {"text": "Dicatat KPU."})
    accounts = {
        reader: [each["account"] for each in await history(service, reader, made)]
        for reader in (OPERATOR, KPU)
    }
    assert accounts == {OPERATOR: [OPERATOR, None], KPU: [None, KPU]}
    assert OPERATOR not in str(await history(service, KPU, made))


async def test_history_is_walked_without_gap_or_repeat(service: Service):
    made = await report(service, OPERATOR)
    for number in range(6):
        await post(service, OPERATOR, url(made, "/notes"), {"text": f"Catatan {number}"})
    whole = await history(service, OPERATOR, made)
    pages = await walk(service, OPERATOR, url(made, "/history"), limit=3)
    assert [len(page) for page in pages] == [3, 3, 1]
    assert [each for page in pages for each in page] == whole


async def test_widening_tells_nothing_of_the_time_before(service: Service):
    made = await report(service, OPERATOR, title="Judul rahasia")
    made = (await change(service, OPERATOR, made, title="Judul terbuka")).json()
    await change(service, OPERATOR, made, **SHARED)
    told = await history(service, KPU, made)
    assert [(each["version"], each["state"]["title"]) for each in told] == [(3, "Judul terbuka")]
    assert "Judul rahasia" not in str(told)


async def test_narrowing_takes_the_whole_history_away(service: Service):
    made = await report(service, OPERATOR, **SHARED)
    assert len(await history(service, KPU, made)) == 1
    await change(service, OPERATOR, made, audience=[])
    refused(await get(service, KPU, url(made, "/history")), 404, "not-found")
    assert len(await history(service, OPERATOR, made)) == 2


async def test_a_time_in_between_stays_hidden_from_who_was_shut_out(service: Service):
    made = await report(service, OPERATOR, **SHARED)
    made = (await change(service, OPERATOR, made, audience=[])).json()
    made = (await change(service, OPERATOR, made, title="Hanya untuk Polda")).json()
    made = (await change(service, OPERATOR, made, title="Terbuka lagi", audience=["kpu-banten"])).json()
    assert [each["version"] for each in await history(service, KPU, made)] == [1, 4]


async def test_a_class_above_the_reader_hides_that_state_alone(service: Service):
    made = await report(service, "commander.polda-banten", classification="rahasia")
    await change(service, "commander.polda-banten", made, classification="biasa")
    assert [each["version"] for each in await history(service, OPERATOR, made)] == [2]


async def test_persons_are_sealed_for_readers_without_that_permission(service: Service):
    made = await report(service, OPERATOR, tlp="GREEN")
    person = {"role": "victim", "name": "Korban B (fiktif)", "national_id": "3603010101900009"}
    await post(service, OPERATOR, url(made, "/parties"), person)
    told = {account: (await history(service, account, made))[1] for account in (KPU, "liaison.polda-banten")}
    assert told[KPU]["state"]["name"] == person["name"]
    assert "national_id_hash" not in told[KPU]["state"]
    assert told["liaison.polda-banten"]["state"] is None
    assert told["liaison.polda-banten"]["action"] == "incident.party_added"


async def test_a_link_to_a_hidden_record_is_not_in_the_history(service: Service):
    made, hidden = await report(service, OPERATOR, **SHARED), await report(service, OPERATOR)
    await post(service, OPERATOR, url(made, "/links"), {"target_id": hidden["id"], "kind": "related_to"})
    assert [each["action"] for each in await history(service, OPERATOR, made)][-1] == "incident.linked"
    told = await history(service, KPU, made)
    assert [each["action"] for each in told] == ["incident.reported"]
    assert hidden["id"] not in str(told)


async def test_auditors_read_the_entries_of_their_own_agency_and_what_they_may_see(service: Service):
    own = await report(service, OPERATOR)
    red = await report(
        service, OPERATOR, tlp="RED", recipients=["operator.polda-banten", "commander.polda-banten"]
    )
    foreign = await report(service, KPU)
    open_one = await report(service, KPU, tlp="GREEN")
    expected = {own["id"]: OPERATOR, red["id"]: OPERATOR, foreign["id"]: "", open_one["id"]: None}
    for record, account in expected.items():
        items = (await get(service, "auditor.polda-banten", ENTRIES, record_id=record)).json()["items"]
        assert [each["account"] for each in items] == ([] if account == "" else [account])


async def test_an_entry_is_metadata_and_no_content(service: Service):
    made = await report(service, OPERATOR, title="Judul yang tidak dibuka")
    answer = await get(service, "auditor.polda-banten", ENTRIES, record_id=made["id"])
    (entry,) = answer.json()["items"]
    assert (entry["action"], entry["record_id"], entry["version"]) == ("incident.reported", made["id"], 1)
    assert made["title"] not in answer.text


async def test_a_record_that_is_hidden_now_has_no_entries_for_others(service: Service):
    made = await report(service, KPU, tlp="GREEN")
    await change(service, KPU, made, tlp="AMBER")
    items = (await get(service, "auditor.polda-banten", ENTRIES, record_id=made["id"])).json()["items"]
    assert items == []


async def test_an_absent_record_has_no_entries(service: Service):
    answer = await get(service, "auditor.polda-banten", ENTRIES, record_id=ABSENT)
    assert answer.json() == {"items": [], "next": None}


@pytest.mark.parametrize("account", [OPERATOR, "commander.polda-banten", "admin.siaga"])
async def test_only_auditors_read_the_ledger(service: Service, account: str):
    refused(await get(service, account, ENTRIES), 403, "forbidden")


async def test_the_entries_are_walked_in_order(service: Service):
    made = await report(service, OPERATOR)
    for number in range(4):
        await post(service, OPERATOR, url(made, "/notes"), {"text": f"Catatan {number}"})
    pages = await walk(service, "auditor.polda-banten", ENTRIES, record_id=made["id"], limit=2)
    positions = [each["position"] for page in pages for each in page]
    assert len(positions) == 5
    assert positions == sorted(set(positions))


async def test_a_refusal_leaves_no_entry(service: Service):
    made = await report(service, OPERATOR)
    before = await ledger_size(service)
    await step(service, OPERATOR, made, "closed")
    await step(service, KPU, made, "verified")
    await change(service, OPERATOR, {**made, "version": 7}, title="Terlambat")
    assert await ledger_size(service) == before


async def test_a_change_says_at_which_position_it_stands(service: Service):
    answer = await post(service, OPERATOR, "/api/v1/incidents", {
        "title": "Posisi", "kind": "other", "region_code": "36", "occurred_at": "2024-11-25T05:30:00+07:00",
    })  # fmt: skip
    (entry,) = await history(service, OPERATOR, answer.json())
    assert int(answer.headers["siaga-ledger-position"]) == entry["position"]
    assert await ledger_size(service) == entry["position"] + 1
