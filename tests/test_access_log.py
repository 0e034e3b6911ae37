"""The access log: who read what is sensitive and who was refused, for the auditors of both sides."""

from typing import Any

import httpx
import pytest
from sqlalchemy import text

from app.settings import Settings
from tests.conftest import PASSWORD
from tests.support.access import LOG, kinds, logged, settled, size
from tests.support.break_glass import KPU_CHIEF, open_glass
from tests.support.calls import ABSENT, INCIDENTS, attach, change, get, post, refused, url
from tests.support.deployments import DEPLOYMENTS, deploy
from tests.support.service import Service, report, running
from tests.support.threats import LEVELS, spot, stated

OWNER, OWNER2 = "commander.polda-banten", "commander2.polda-banten"
OURS, THEIRS, OTHERS = "auditor.polda-banten", "auditor.kpu-banten", "auditor.bawaslu-banten"
SECRET = {"tlp": "AMBER", "audience": ["kpu-banten"], "classification": "rahasia"}
OPEN = {"tlp": "GREEN"}


async def about(service: Service, auditor: str, made: dict[str, Any]) -> list[str]:
    return await kinds(service, auditor, record_id=made["id"])


async def test_whoever_reads_a_rahasia_record_is_noted_for_both_sides(service: Service):
    made = await report(service, OWNER, **SECRET)
    assert (await get(service, KPU_CHIEF, url(made))).status_code == 200
    (theirs,) = await logged(service, THEIRS, record_id=made["id"])
    (ours,) = await logged(service, OURS, record_id=made["id"])
    assert theirs == {**ours, "account": KPU_CHIEF}
    assert ours["account"] is None  # other agencies see who acted by agency and role
    assert (ours["kind"], ours["agency"], ours["role"]) == ("record_read", "kpu-banten", "commander")
    assert (ours["owner_agency"], ours["classification"], ours["tlp"]) == ("polda-banten", "rahasia", "AMBER")
    assert await about(service, OTHERS, made) == []


async def test_red_is_noted_and_its_owner_s_auditor_sees_by_whom(service: Service):
    made = await report(service, OWNER, tlp="RED", recipients=[OWNER, KPU_CHIEF])
    await get(service, KPU_CHIEF, url(made))
    await get(service, OWNER, url(made))
    entries = await logged(service, OURS, record_id=made["id"])
    assert [(each["agency"], each["account"]) for each in entries] == [
        ("polda-banten", OWNER),
        ("kpu-banten", None),
    ]


async def test_what_is_neither_rahasia_nor_red_leaves_no_trace(fresh: Settings):
    async with running(fresh, PASSWORD) as service:
        made = [await report(service, OWNER, **OPEN, classification=each) for each in ("biasa", "terbatas")]
        await service.client(KPU_CHIEF)
        before = await size(service)
        for each in made:
            for part in ("", "/notes", "/history", "/suggestions", "/attachments"):
                assert (await get(service, KPU_CHIEF, url(each, part))).status_code == 200
        for path in (INCIDENTS, LEVELS, DEPLOYMENTS, "/api/v1/inbox", "/api/v1/me"):
            assert (await get(service, KPU_CHIEF, path)).status_code == 200
        refused(await get(service, KPU_CHIEF, f"{INCIDENTS}/{ABSENT}"), 404, "not-found")
        assert await size(service) == before


async def test_a_list_is_a_reading_each_time_that_it_is_given(service: Service):
    made = await report(service, OWNER, **SECRET)
    client = await service.client(KPU_CHIEF)
    answers = [await client.get(INCIDENTS, params={"reference": made["reference"]}) for _ in range(3)]
    assert len({each.headers["etag"] for each in answers}) == 1
    assert await about(service, THEIRS, made) == ["record_read"] * 3


@pytest.mark.parametrize("part", ["/notes", "/history", "/links", "/suggestions", "/attachments"])
async def test_the_parts_of_a_record_are_read_as_it_is(service: Service, part: str):
    made = await report(service, OWNER, **SECRET)
    assert (await get(service, KPU_CHIEF, url(made, part))).status_code == 200
    assert await about(service, THEIRS, made) == ["record_read"]


async def test_what_was_secret_when_it_was_written_is_noted_where_history_tells_it(service: Service):
    made = await report(service, OWNER, **SECRET)
    opened = await change(service, OWNER, made, classification="biasa")
    assert opened.status_code == 200
    await get(service, "operator.kpu-banten", url(made, "/history"))
    assert await about(service, THEIRS, made) == []  # it may not read what was secret then
    await get(service, KPU_CHIEF, url(made, "/history"))
    assert await about(service, THEIRS, made) == ["record_read"]


async def test_levels_deployments_and_the_inbox_are_noted_too(service: Service):
    at = spot()
    level = await stated(service, OWNER, at, 2, **SECRET)
    await get(service, KPU_CHIEF, f"{LEVELS}/{level['id']}")
    await get(service, KPU_CHIEF, LEVELS, region=at.region)
    await get(service, KPU_CHIEF, at.url)
    assert await about(service, THEIRS, level) == ["record_read"] * 3
    sent = await deploy(service, OWNER, **SECRET)
    await get(service, KPU_CHIEF, f"{DEPLOYMENTS}/{sent['id']}")
    await get(service, KPU_CHIEF, DEPLOYMENTS, reference=sent["reference"])
    assert await about(service, THEIRS, sent) == ["record_read"] * 2
    led = await report(service, OWNER, **SECRET, lead_agency="kpu-banten")
    await get(service, KPU_CHIEF, "/api/v1/inbox", limit=200)
    assert await about(service, THEIRS, led) == ["record_read"]


async def test_persons_and_files_are_noted_however_the_record_is_marked(service: Service):
    made = await report(service, OWNER, **OPEN)
    person = await post(service, OWNER, url(made, "/parties"), {"role": "witness", "name": "Saksi (fiktif)"})
    file = (await attach(service, OWNER, made)).json()
    await get(service, KPU_CHIEF, url(made, "/parties"))
    await get(service, KPU_CHIEF, url(made, f"/parties/{person.json()['id']}"))
    await get(service, KPU_CHIEF, url(made, f"/attachments/{file['id']}/content"))
    await get(service, KPU_CHIEF, url(made, "/history"))
    await get(service, "liaison.kpu-banten", url(made, "/history"))  # which keeps the persons from it
    parties = ["parties_read"] * 2
    assert await about(service, OURS, made) == [*parties, "attachment_read", "parties_read"]
    (read,) = await logged(service, OURS, record_id=made["id"], kind="attachment_read")
    assert file["id"] in read["detail"]


async def test_a_refusal_for_want_of_a_right_is_noted_for_the_agency_of_the_account(service: Service):
    made = await report(service, OWNER, **OPEN)
    refused(await change(service, KPU_CHIEF, made, title="Diubah"), 403, "forbidden")
    first = (await logged(service, THEIRS, kind="denied"))[0]
    assert (first["account"], first["detail"]) == (KPU_CHIEF, "PATCH /api/v1/incidents/…")
    assert first["id"] not in {each["id"] for each in await logged(service, OURS, kind="denied")}


async def test_that_a_hidden_record_was_asked_for_stands_before_its_owner_only(service: Service):
    made = await report(service, OWNER)
    before = await logged(service, THEIRS)
    for path in (url(made), url(made, "/notes"), url(made, "/history")):
        refused(await get(service, KPU_CHIEF, path), 404, "not-found")
    refused(await get(service, KPU_CHIEF, f"{INCIDENTS}/{ABSENT}"), 404, "not-found")
    # Were it told here, an auditor would know of the first three that there is something.
    assert await logged(service, THEIRS) == before
    told = await logged(service, OURS, record_id=made["id"])
    assert [(each["kind"], each["agency"], each["account"]) for each in told] == [
        ("hidden", "kpu-banten", None)
    ] * 3


async def test_reading_through_broken_glass_is_noted_each_time(service: Service):
    made = await report(service, OWNER)
    grant = (await open_glass(service, KPU_CHIEF, made)).json()
    for _ in range(2):
        assert (await get(service, KPU_CHIEF, url(made))).status_code == 200
    for auditor, account in ((OURS, None), (THEIRS, KPU_CHIEF)):
        entries = await logged(service, auditor, record_id=made["id"])
        said = [(each["kind"], each["account"], each["detail"]) for each in entries]
        assert said == [("break_glass_read", account, grant["reference"])] * 2


async def token(service: Service, account: str, secret: str) -> httpx.Response:
    form = {"grant_type": "password", "username": account, "password": secret}
    return await (await service.anonymous()).post("/oauth2/token", data=form)


async def test_sign_ins_of_known_accounts_are_noted_and_of_strangers_only_how_many(fresh: Settings):
    async with running(fresh, PASSWORD) as service:
        account = "operator.kpu-banten"
        assert (await token(service, account, PASSWORD)).status_code == 200
        assert (await token(service, account, "wrong")).status_code == 400
        assert (await token(service, "nobody.kpu-banten", PASSWORD)).status_code == 400
        assert (await (await service.anonymous()).get(INCIDENTS)).status_code == 401
        entries = await logged(service, THEIRS, account=account)
        assert [each["kind"] for each in entries] == ["sign_in_failed", "sign_in"]
        assert "nobody" not in str(await logged(service, THEIRS))
        assert service.app.state.database.access._anonymous == 2


async def test_guesses_that_are_held_back_are_counted_for_accounts_that_there_are(fresh: Settings):
    async with running(fresh.model_copy(update={"sign_in_tries": 2}), PASSWORD) as service:
        log = service.app.state.database.access
        for name in ("operator.kpu-banten", "nobody.kpu-banten"):
            answers = [(await token(service, name, "wrong")).status_code for _ in range(5)]
            assert answers == [400, 400, 429, 429, 429]
        await log.note_counted()
        (held,) = await logged(service, THEIRS, kind="sign_in_slowed")
        assert (held["account"], held["times"]) == ("operator.kpu-banten", 3)
        assert "nobody" not in str(await logged(service, THEIRS))
        async with service.app.state.database.reading.connect() as connection:
            counted = await connection.execute(text("SELECT times FROM access_log WHERE kind = 'anonymous'"))
            assert counted.scalars().all() == [5]  # two wrong ones and three held back
        await log.note_counted()
        assert len(await logged(service, THEIRS, kind="sign_in_slowed")) == 1


async def test_only_auditors_read_it_and_only_of_their_own_world(service: Service):
    for account in (OWNER, "operator.kpu-banten", "admin.siaga", "integration.kpu-banten"):
        refused(await get(service, account, LOG), 403, "forbidden")
    for entry in await logged(service, THEIRS):
        assert entry["agency"] == "kpu-banten" or entry["owner_agency"] == "kpu-banten"
        assert (entry["account"] is None) == (entry["agency"] != "kpu-banten")


async def test_pages_join_and_filters_hold(service: Service):
    made = await report(service, OWNER, **SECRET)
    for _ in range(5):
        await get(service, KPU_CHIEF, url(made))
    await settled(service)
    found: list[str] = []
    query: dict[str, Any] = {"limit": 2, "record_id": made["id"]}
    while query.get("cursor", "") is not None:
        page = (await get(service, THEIRS, LOG, **query)).json()
        found += [each["id"] for each in page["items"]]
        query["cursor"] = page["next"]
    assert found == sorted(set(found), reverse=True)
    assert len(found) == 5
    assert await logged(service, OURS, account=KPU_CHIEF) == []  # others' accounts cannot be asked for
    middle = (await logged(service, THEIRS, record_id=made["id"]))[2]["at"]
    later = await logged(service, THEIRS, record_id=made["id"], since=middle)
    earlier = await logged(service, THEIRS, record_id=made["id"], before=middle)
    assert (len(later), len(earlier)) == (3, 2)
