"""After a restore from an older backup what was erased is erased again, before anybody is served."""

import logging
import shutil
from pathlib import Path

import pytest
from sqlalchemy import text

from app.database import Database
from app.erasure_list import ErasureList
from app.settings import Settings
from tests.conftest import PASSWORD, copied
from tests.support.calls import OPERATOR, attach, get, url
from tests.support.privacy import OFFICER, erase, everything, hold, person
from tests.support.service import report, running

NAME = "Saksi Zulaikha (fiktif)"


async def test_a_restored_backup_is_erased_again_before_it_serves(
    fresh: Settings, request: pytest.FixtureRequest, tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    async with running(fresh, PASSWORD) as service:
        made = await report(service, OPERATOR, title="Zulaikha melapor (fiktif)")
        added = await person(service, OPERATOR, made, NAME)
        file = (await attach(service, OPERATOR, made, b"Zulaikha hadir.", note="Zulaikha")).json()
    (tmp_path / "backup").mkdir()
    backup = await copied(fresh, request, tmp_path / "backup")
    shutil.copytree(fresh.attachments, backup.attachments, dirs_exist_ok=True)
    async with running(fresh, PASSWORD) as service:
        title = {"title": "Ada laporan"}
        for kind, subject, fields, rewritten in (
            ("incident_party", added, ["name"], {}),
            ("incident", made, ["title"], title),
            ("incident_attachment", file, ["note"], {}),
        ):
            answer = await erase(service, OFFICER, made, kind, subject, *fields, rewritten=rewritten)
            assert answer.status_code == 201, answer.text
    restored = backup.model_copy(update={"erasure_list": fresh.erasures})
    with caplog.at_level(logging.INFO, logger="siaga.erasures"):
        async with running(restored, PASSWORD) as service:
            assert "Zulaikha" not in await everything(service)
            party = (await get(service, OPERATOR, url(made, f"/parties/{added['id']}"))).json()
            assert (party["name"], party["version"]) == (None, 2)
            now = (await get(service, OPERATOR, url(made))).json()
            assert now["title"] == "[dihapus / erased]"
            history = (await get(service, OPERATOR, url(made, "/history"))).json()["items"]
            assert [each["role"] for each in history][-1] == ""  # the system's own act
    # The fourth is the first line of the custody list, which repeats the note of the file.
    assert caplog.text.count("was not in this database; erased again") == 4
    caplog.clear()
    with caplog.at_level(logging.INFO, logger="siaga.erasures"):
        async with running(restored, PASSWORD) as service:
            assert (await get(service, OPERATOR, url(made, f"/parties/{added['id']}"))).json()["version"] == 2
    assert "siaga.erasures" not in caplog.text


async def test_what_comes_after_an_erasure_is_not_touched_by_a_start(fresh: Settings):
    async with running(fresh, PASSWORD) as service:
        made = await report(service, OPERATOR)
        added = await person(service, OPERATOR, made, NAME)
        await erase(service, OFFICER, made, "incident_party", added, "name")
        client, path = await service.client(OPERATOR), url(made, f"/parties/{added['id']}")
        answer = await client.patch(path, json={"name": "Saksi B (fiktif)"}, headers={"If-Match": '"2"'})
        assert answer.status_code == 200
    async with running(fresh, PASSWORD) as service:
        assert (await get(service, OPERATOR, path)).json()["name"] == "Saksi B (fiktif)"


async def test_the_list_holds_no_value_and_is_only_added_to(fresh: Settings):
    async with running(fresh, PASSWORD) as service:
        made = await report(service, OPERATOR)
        added = await person(service, OPERATOR, made, NAME)
        await erase(service, OFFICER, made, "incident_party", added, "name")
        first = fresh.erasures.read_bytes()
        await erase(service, OFFICER, made, "incident", made, "site")
    assert b"Zulaikha" not in first
    assert fresh.erasures.read_bytes().startswith(first)
    assert [each["paths"] for each in ErasureList(fresh.erasures).read().values()] == [["/name"], ["/site"]]


async def test_a_list_that_was_lost_is_written_again(fresh: Settings):
    async with running(fresh, PASSWORD) as service:
        made = await report(service, OPERATOR)
        await erase(service, OFFICER, made, "incident", made, "site")
    told = ErasureList(fresh.erasures).read()
    fresh.erasures.unlink()
    async with running(fresh, PASSWORD):
        pass
    assert ErasureList(fresh.erasures).read() == told


async def test_an_erasure_of_what_the_backup_does_not_hold_is_passed_over(
    fresh: Settings, caplog: pytest.LogCaptureFixture
):
    line = {
        "id": "01930000-0000-7000-8000-000000000000", "record_type": "incident", "kind": "erased",
        "record_id": "01930000-0000-7000-8000-000000000001", "subject_type": "incident_party",
        "subject_id": "01930000-0000-7000-8000-000000000002", "paths": ["/name"],
        "legal_basis": "purpose_met", "at": "2024-11-25T05:30:00+00:00",
    }  # fmt: skip
    ErasureList(fresh.erasures).append([line])
    with fresh.erasures.open("ab") as file:
        file.write(
            b'{"id": "odd"}\n{"id": "01930000-0000-7000-8000-000000000009"}\n{"id": "torn'
        )  # by a crash
    with caplog.at_level(logging.INFO, logger="siaga.erasures"):
        async with running(fresh, PASSWORD) as service:
            assert (await get(service, OPERATOR, "/api/v1/incidents")).status_code == 200
    assert "is about what this database does not hold" in caplog.text
    assert "is not understood" in caplog.text


async def test_a_hold_that_the_backup_brings_back_does_not_bring_the_person_back(
    fresh: Settings, request: pytest.FixtureRequest, tmp_path: Path
):
    async with running(fresh, PASSWORD) as service:
        made = await report(service, OPERATOR)
        added = await person(service, OPERATOR, made, NAME)
        until = "2199-12-31T00:00:00Z"
        held = await hold(service, OFFICER, made, until=until)
        assert held.status_code == 201
    (tmp_path / "backup").mkdir()
    backup = await copied(fresh, request, tmp_path / "backup")
    async with running(fresh, PASSWORD) as service:
        client = await service.client(OFFICER)
        await client.post(f"/api/v1/legal-holds/{held.json()['id']}/lifting", json={"reason": "Selesai."})
        assert (await erase(service, OFFICER, made, "incident_party", added, "name")).status_code == 201
    restored = backup.model_copy(update={"erasure_list": fresh.erasures})
    async with running(restored, PASSWORD):
        pass
    database = Database(restored.database)
    async with database.engine.connect() as connection:
        names = (await connection.execute(text("SELECT name FROM incident_party"))).scalars().all()
    await database.close()
    assert names == [None]
