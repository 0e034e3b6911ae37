"""The host sees no record, exercises and live never meet, auditors read only metadata of RED."""

from app.domain.permissions import Role
from app.domain.sharing import Classification
from app.services.accounts import create
from app.services.passwords import HASHER
from app.settings import Settings
from tests.support.calls import ABSENT, INCIDENTS, get, post, url, walk
from tests.support.canary import plant
from tests.support.service import Service, report, running
from tests.support.sharing import RECIPIENTS

ENTRIES = "/api/v1/ledger/entries"
AUTHOR = "commander.polda-banten"
OPEN = {"tlp": "CLEAR", "classification": "biasa"}


async def open_account(
    service: Service,
    name: str,
    role: Role,
    exercise: str = "live",
    clearance: Classification = Classification.RAHASIA,
) -> str:
    """An account that the demo does not have; no route makes accounts."""
    agency, secret = name.partition(".")[2], HASHER.hash(service.password)
    change = create(name, agency, [role], clearance, secret, demo=True)
    change.inserts = [(table, {**row, "exercise": exercise}) for table, row in change.inserts]
    await service.app.state.lane.write(change)
    return name


async def is_absent_for(service: Service, account: str, incident_id: str) -> bool:
    """Whether no path leads this account to an incident."""
    for part in ("", "/history", "/suggestions", "/notes", "/links"):
        hidden = await get(service, account, f"{INCIDENTS}/{incident_id}{part}")
        absent = await get(service, account, f"{INCIDENTS}/{ABSENT}{part}")
        assert absent.status_code == 404
        if (hidden.status_code, hidden.headers, hidden.content) != (404, absent.headers, absent.content):
            return False
    listed = await walk(service, account, INCIDENTS, limit=200)
    return incident_id not in {each["id"] for page in listed for each in page}


async def test_the_host_sees_no_record_whatever_its_accounts_may_do(fresh: Settings, service: Service):
    async with running(fresh, service.password) as own:
        made = await report(own, AUTHOR, **OPEN)
        commander = await open_account(own, "commander.siaga", Role.COMMANDER)
        assert await is_absent_for(own, commander, made["id"])
        assert (await walk(own, commander, INCIDENTS)) == [[]]
        note = await post(own, commander, url(made, "/notes"), {"text": "Catatan pengelola."})
        assert note.status_code == 404
        auditor = await open_account(own, "auditor.siaga", Role.AUDITOR)
        entries = [each for page in await walk(own, auditor, ENTRIES, limit=200) for each in page]
        # Elections: the public calendar that the host itself has loaded.
        loaded = {"account", "agency", "dataset", "election", "unit"}
        assert {each["record_type"] for each in entries} <= loaded
        assert {each["agency"] for each in entries if each["record_type"] == "election"} == {"siaga"}


async def test_the_administrator_of_the_host_reads_no_record(service: Service):
    made = await report(service, AUTHOR, **OPEN)
    for path in (INCIDENTS, url(made), url(made, "/history"), url(made, "/parties"), ENTRIES):
        assert (await get(service, "admin.siaga", path)).status_code == 403


async def test_an_exercise_and_the_live_service_never_meet(fresh: Settings, service: Service):
    async with running(fresh, service.password) as own:
        player = await open_account(own, "player.polda-banten", Role.COMMANDER, "latihan-1")
        umpire = await open_account(own, "umpire.polda-banten", Role.AUDITOR, "latihan-1")
        live, played = await report(own, AUTHOR, **OPEN), await report(own, player, **OPEN)
        assert (live["exercise"], played["exercise"]) == ("live", "latihan-1")
        assert await is_absent_for(own, player, live["id"])
        assert await is_absent_for(own, AUTHOR, played["id"])
        link = {"kind": "related_to", "target_id": live["id"]}
        assert (await post(own, player, url(played, "/links"), link)).status_code == 422
        for auditor, record in ((umpire, live), ("auditor.polda-banten", played)):
            assert (await get(own, auditor, ENTRIES, record_id=record["id"])).json()["items"] == []
        assert len((await get(own, umpire, ENTRIES)).json()["items"]) == 1


async def test_an_auditor_reads_that_red_was_written_and_not_what(service: Service):
    seen = await report(service, AUTHOR, tlp="GREEN")
    secret = await plant(service, seen["id"], tlp="RED", recipients=RECIPIENTS)
    auditor = "auditor.polda-banten"
    assert await is_absent_for(service, auditor, secret.id)
    answer = await get(service, auditor, ENTRIES, record_id=secret.id, limit=200)
    entries = answer.json()["items"]
    assert {each["subject_type"] for each in entries} == {
        "incident", "incident_attachment", "incident_custody", "incident_link", "incident_note",
        "incident_party", "legal_hold",
    }  # fmt: skip
    assert {each["tlp"] for each in entries} == {"RED"}
    told = secret.found_in(answer)
    assert secret.id in told  # by whom and when, to which record
    assert not told & {secret.canary, secret.incident["reference"].lower()}
    assert not any(word in answer.text for word in RECIPIENTS if word != AUTHOR)


async def test_an_auditor_of_another_agency_reads_nothing_of_red(service: Service):
    seen = await report(service, AUTHOR, tlp="GREEN")
    secret = await plant(service, seen["id"], tlp="RED", recipients=RECIPIENTS)
    for auditor in ("auditor.kpu-banten", "auditor.bawaslu-banten"):  # the first agency has recipients
        answer = await get(service, auditor, ENTRIES, record_id=secret.id, limit=200)
        absent = await get(service, auditor, ENTRIES, record_id=ABSENT, limit=200)
        assert (answer.headers, answer.content) == (absent.headers, absent.content)
