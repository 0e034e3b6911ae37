"""The inbox: what waits, for whom, since when; it is gone once it is done, and shows nothing hidden."""

from typing import Any

import pytest
from sqlalchemy import event

from app.domain.permissions import Role
from app.settings import Settings
from tests.conftest import PASSWORD
from tests.support.calls import OPERATOR, attach, change, get, move, post, step, url
from tests.support.service import Service, incident, report, running
from tests.test_separate_worlds import open_account

INBOX = "/api/v1/inbox"
KPU, KOREM, BAWASLU = "operator.kpu-banten", "operator.korem-064", "operator.bawaslu-banten"
SHARED = {"tlp": "AMBER", "audience": ["kpu-banten", "korem-064"]}


async def waiting(service: Service, account: str, made: dict[str, Any]) -> list[str]:
    """The kinds of what waits for an account about one incident."""
    return [each["kind"] for each in await items(service, account, made)]


async def items(service: Service, account: str, made: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    query: dict[str, Any] = {"limit": 200}
    while True:
        page = (await get(service, account, INBOX, **query)).json()
        found += page["items"]
        if page["next"] is None:
            return [each for each in found if each["record_id"] == made["id"]]
        query["cursor"] = page["next"]


async def test_an_offer_waits_until_it_is_answered(service: Service):
    made = await report(service, OPERATOR, **SHARED)
    for answer in ("decline", "withdraw", "accept"):
        offered = await move(service, OPERATOR, made, "offer", to="kpu-banten")
        (item,) = await items(service, KPU, made)
        assert item["kind"] == "hand_over"
        assert item["position"] == int(offered.headers["siaga-ledger-position"])
        assert (item["agency"], item["role"]) == ("polda-banten", "operator")
        assert (item["title"], item["reference"]) == (made["title"], made["reference"])
        assert item["path"] == url(made, "/hand-over")
        assert await waiting(service, KOREM, made) == []
        assert await waiting(service, OPERATOR, made) == []
        who = OPERATOR if answer == "withdraw" else KPU
        body = {"action": answer, "reason": "Sesuai tugas."}
        assert (await post(service, who, item["path"], body)).status_code == 200
        assert await waiting(service, KPU, made) == []


async def test_an_assignment_waits_until_the_agency_acts(service: Service):
    made = await report(
        service, OPERATOR, **SHARED, lead_agency="kpu-banten", assigned_agencies=["korem-064"]
    )
    assert await waiting(service, OPERATOR, made) == []
    for account in (KPU, KOREM):
        (item,) = await items(service, account, made)
        assert (item["kind"], item["agency"]) == ("assignment", "polda-banten")
        assert (await post(service, account, item["path"], {"text": "Kami terima."})).status_code == 201
        assert await waiting(service, account, made) == []


async def test_what_the_agency_did_before_it_was_assigned_does_not_count(service: Service):
    made = await report(service, OPERATOR, **SHARED)
    await post(service, KPU, url(made, "/notes"), {"text": "Kami lihat."})
    assert await waiting(service, KPU, made) == []
    made = (await change(service, OPERATOR, made, lead_agency="kpu-banten")).json()
    assert await waiting(service, KPU, made) == ["assignment"]
    made = (await change(service, OPERATOR, made, title="Judul baru")).json()
    assert await waiting(service, KPU, made) == ["assignment"]
    assert (await step(service, KPU, made, "verified")).status_code == 200
    made = (await get(service, OPERATOR, url(made))).json()
    made = (await change(service, OPERATOR, made, assigned_agencies=["korem-064"])).json()
    assert await waiting(service, KPU, made) == []
    assert await waiting(service, KOREM, made) == ["assignment"]


async def test_an_agency_that_is_assigned_anew_is_asked_anew(service: Service):
    made = await report(service, OPERATOR, **SHARED, assigned_agencies=["kpu-banten"])
    await post(service, KPU, url(made, "/notes"), {"text": "Kami terima."})
    made = (await change(service, OPERATOR, made, assigned_agencies=[])).json()
    assert await waiting(service, KPU, made) == []
    again = await change(service, OPERATOR, made, assigned_agencies=["kpu-banten"])
    (item,) = await items(service, KPU, made)
    assert item["position"] == int(again.headers["siaga-ledger-position"])


async def test_who_assigns_itself_is_not_asked(service: Service):
    made = await report(service, OPERATOR, lead_agency="polda-banten", assigned_agencies=["polda-banten"])
    assert await waiting(service, OPERATOR, made) == []


async def test_what_has_ended_waits_for_nobody(service: Service):
    made = await report(service, OPERATOR, **SHARED, lead_agency="kpu-banten")
    await step(service, OPERATOR, made, "false_report")
    assert await waiting(service, KPU, made) == []


async def test_evidence_waits_until_it_is_received(service: Service):
    made = await report(service, OPERATOR, **SHARED)
    file = (await attach(service, OPERATOR, made)).json()
    custody = url(made, f"/attachments/{file['id']}/custody")
    body = {"kind": "handed_over", "purpose": "Untuk diperiksa.", "to": "kpu-banten"}
    await post(service, OPERATOR, custody, body)
    (item,) = await items(service, KPU, made)
    assert (item["kind"], item["path"], item["subject_id"]) == ("custody", custody, file["id"])
    assert await waiting(service, KOREM, made) == []
    received = await post(service, KPU, item["path"], {"kind": "received", "purpose": "Diterima."})
    assert received.status_code == 201
    assert await waiting(service, KPU, made) == []


async def test_only_accounts_that_could_act_are_asked(service: Service):
    made = await report(service, OPERATOR, **SHARED, lead_agency="kpu-banten")
    for account in ("commander.kpu-banten", "liaison.kpu-banten", "integration.kpu-banten"):
        assert await waiting(service, account, made) == ["assignment"]
    assert await waiting(service, "auditor.kpu-banten", made) == []
    assert (await get(service, "admin.siaga", INBOX)).json()["items"] == []
    token = await service.token(KPU, scope="inbox:read")
    headers = {"Authorization": f"Bearer {token}"}
    narrow = await (await service.anonymous()).get(INBOX, headers=headers)
    assert narrow.json() == {"items": [], "next": None}


async def test_it_never_shows_what_the_filter_hides(service: Service):
    author = "commander.polda-banten"
    secret = {**SHARED, "classification": "rahasia", "lead_agency": "kpu-banten"}
    made = await report(service, author, **secret)
    assert await waiting(service, "commander.kpu-banten", made) == ["assignment"]
    assert await waiting(service, KPU, made) == []
    opened = await change(service, author, made, classification="biasa")
    (item,) = await items(service, KPU, made)
    # What put it before this account is the entry that opened it, not the one that it may not read.
    assert item["position"] == int(opened.headers["siaga-ledger-position"])
    await change(service, author, opened.json(), audience=["korem-064"], lead_agency=None)
    assert await waiting(service, "commander.kpu-banten", made) == []


async def test_red_waits_only_for_the_accounts_named(service: Service):
    author = "commander.polda-banten"
    named = [author, "commander.kpu-banten"]
    made = await report(service, author, tlp="RED", recipients=named, lead_agency="kpu-banten")
    assert await waiting(service, "commander.kpu-banten", made) == ["assignment"]
    assert await waiting(service, "commander2.kpu-banten", made) == []


async def test_an_exercise_waits_for_its_players_only(fresh: Settings):
    async with running(fresh, PASSWORD) as own:
        player = await open_account(own, "player.polda-banten", Role.COMMANDER, "latihan-1")
        partner = await open_account(own, "player.kpu-banten", Role.COMMANDER, "latihan-1")
        made = await report(own, player, **SHARED, lead_agency="kpu-banten")
        assert await waiting(own, partner, made) == ["assignment"]
        assert await waiting(own, "commander.kpu-banten", made) == []


async def test_the_longest_waiting_comes_first_and_pages_join(service: Service):
    made = [await report(service, OPERATOR, **SHARED, lead_agency="korem-064") for _ in range(5)]
    await move(service, OPERATOR, made[0], "offer", to="korem-064")
    found: list[dict[str, Any]] = []
    query: dict[str, Any] = {"limit": 2}
    while query.get("cursor", "") is not None:
        page = (await get(service, KOREM, INBOX, **query)).json()
        found += page["items"]
        query["cursor"] = page["next"]
    positions = [each["position"] for each in found]
    assert positions == sorted(positions)
    assert len({(each["kind"], each["subject_id"]) for each in found}) == len(found)
    assert {each["id"] for each in made} <= {each["record_id"] for each in found}


async def test_an_unchanged_inbox_is_304_whatever_happens_elsewhere(service: Service):
    client = await service.client(BAWASLU)
    first = await client.get(INBOX)
    held = {"If-None-Match": first.headers["etag"]}
    assert (await client.get(INBOX, headers=held)).status_code == 304
    await report(service, OPERATOR)
    assert (await client.get(INBOX, headers=held)).status_code == 304
    await report(service, OPERATOR, tlp="AMBER", audience=["bawaslu-banten"], lead_agency="bawaslu-banten")
    assert (await client.get(INBOX, headers=held)).status_code == 200


@pytest.mark.parametrize("count", [1, 30])
async def test_it_asks_the_database_once_however_much_waits(fresh: Settings, count: int):
    async with running(fresh, PASSWORD) as own:
        client = await own.client(OPERATOR)
        for _ in range(count):
            body = incident(**SHARED, lead_agency="kpu-banten")
            assert (await client.post("/api/v1/incidents", json=body)).status_code == 201
        reader = await own.client(KPU)
        await reader.get("/api/v1/me")  # the account is read anew every second
        asked: list[str] = []
        engine = own.app.state.database.reading.sync_engine
        event.listen(engine, "before_cursor_execute", lambda *about: asked.append(about[2]))
        answer = await reader.get(INBOX)
        assert len(answer.json()["items"]) == count
        about_records = [statement for statement in asked if "incident" in statement]
        assert len(about_records) == 1
        assert len(asked) <= 3
