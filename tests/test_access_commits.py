"""What the ledger is told of the access log: count and hash, once, so that nobody can rewrite who looked."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import text

from app import access
from app.access import AccessLog
from app.settings import Settings
from tests.conftest import PASSWORD
from tests.support.access import faults, kinds, settled, size, tamper, tell_of_accesses
from tests.support.break_glass import KPU_CHIEF
from tests.support.calls import get, ledger_size, url
from tests.support.service import Service, report, running
from tests.support.tampering import verified

OWNER = "commander.polda-banten"
SECRET = {"tlp": "GREEN", "classification": "rahasia"}


@pytest.fixture
def fresh(fresh: Settings) -> Settings:
    """A service whose own clock does not tick while a test ticks for it."""
    return fresh.model_copy(update={"clock_seconds": 3600})


async def commit(service: Service, **later: float) -> int:
    later = later or {"seconds": 61}  # the first row is a minute old
    return await tell_of_accesses(service, 60, **later)


async def looked(service: Service, times: int) -> None:
    made = await report(service, OWNER, **SECRET)
    for _ in range(times):
        assert (await get(service, KPU_CHIEF, url(made))).status_code == 200
    await settled(service)


async def test_the_ledger_is_told_once_a_minute_and_only_of_what_is_new(fresh: Settings):
    async with running(fresh, PASSWORD) as service:
        await looked(service, 3)
        before, rows = await ledger_size(service), await size(service)
        assert await commit(service) == 1
        assert await commit(service, hours=1) == 0
        await looked(service, 2)
        assert await commit(service, seconds=120) == 0
        assert await commit(service, seconds=122) == 1
        assert await ledger_size(service) == before + 3  # two entries, and the record looked at
        told = "SELECT size, row_count FROM access_commit"
        async with service.app.state.database.reading.connect() as connection:
            whole, new = (await connection.execute(text(told))).one()
        assert (whole, new) == (rows + 2, 2)
        assert await faults(service) == []


async def test_several_workers_tell_it_once(fresh: Settings):
    async with running(fresh, PASSWORD) as service, running(fresh, PASSWORD) as other:
        clocks = (service, service) if fresh.database.startswith("sqlite") else (service, other)
        for each in set(clocks):
            await looked(each, 2)
        assert sum(await asyncio.gather(*(commit(each) for each in clocks * 3))) == 1
        for each in set(clocks):
            await looked(each, 2)
        assert sum(await asyncio.gather(*(commit(each, minutes=3) for each in clocks * 3))) == 1
        assert await faults(service) == []


async def test_no_partner_meets_that_entry(fresh: Settings):
    async with running(fresh, PASSWORD) as service:
        await looked(service, 1)
        assert await commit(service) == 1
        for agency in ("polda-banten", "kpu-banten", "bawaslu-banten"):
            entries = await get(service, f"auditor.{agency}", "/api/v1/ledger/entries", limit=200)
            assert "access_commit" not in {each["record_type"] for each in entries.json()["items"]}
            inbox = await get(service, f"commander.{agency}", "/api/v1/inbox")
            assert inbox.json()["items"] == []


TAMPERING = {
    "another account": ["UPDATE access_log SET account = 'nobody.kpu-banten' WHERE number = 2"],
    "a row less": ["DELETE FROM access_log WHERE number = 2"],
    "the last row less": ["DELETE FROM access_log WHERE number = (SELECT max(number) FROM access_log)"],
    "a row moved": [
        "UPDATE access_log SET number = 1000 WHERE number = 1",
        "UPDATE access_log SET number = 1 WHERE number = 2",
        "UPDATE access_log SET number = 2 WHERE number = 1000",
    ],
    "a time moved": ["UPDATE access_log SET at = '2024-01-01 00:00:00+00:00' WHERE number = 1"],
    "no rows at all": ["DELETE FROM access_log"],
    "a row more": [
        (
            "INSERT INTO access_log (number, id, at, kind, account, agency, role, exercise, times) "
            "VALUES (900, '01930000000070008000000000000000', '2024-01-01 00:00:00+00:00', 'sign_in', 'a.b', "
            "'b', 'operator', 'live', 1)"
        )
    ],
}


@pytest.mark.parametrize("tampering", TAMPERING)
async def test_whatever_is_changed_beneath_is_found(fresh: Settings, tampering: str):
    async with running(fresh, PASSWORD) as service:
        await looked(service, 5)
        assert await commit(service) == 1
        assert await faults(service) == []
        await tamper(service, *TAMPERING[tampering])
        assert await faults(service) != []


async def test_the_check_of_the_ledger_looks_at_it_too(fresh: Settings):
    async with running(fresh, PASSWORD) as service:
        await looked(service, 2)
        assert await commit(service) == 1
        assert list((await verified(fresh)).findings) == []
        await tamper(service, "UPDATE access_log SET account = 'x.y' WHERE number = 1")
        assert [each.table for each in (await verified(fresh)).findings] == ["access_log"]


async def test_the_stretch_that_is_wrong_is_named_and_the_others_are_not(fresh: Settings):
    async with running(fresh, PASSWORD) as service:
        await looked(service, 2)
        assert await commit(service) == 1
        first = await size(service)
        await looked(service, 3)
        assert await commit(service, minutes=3) == 1
        await tamper(service, f"UPDATE access_log SET account = 'x.y' WHERE number = {first}")
        (fault,) = await faults(service)
        assert fault.startswith(f"rows {first} to {first + 2} ")


async def test_a_new_hash_for_rewritten_rows_does_not_deceive(fresh: Settings):
    async with running(fresh, PASSWORD) as service:
        await looked(service, 2)
        assert await commit(service) == 1
        await tamper(service, "UPDATE access_log SET account = 'x.y' WHERE number = 0")
        await looked(service, 1)
        assert len(await faults(service)) == 1


@pytest.mark.parametrize("statement", ["UPDATE access_log SET account = 'x.y'", "DELETE FROM access_log"])
async def test_the_database_itself_keeps_what_was_written(fresh: Settings, statement: str):
    async with running(fresh, PASSWORD) as service:
        await looked(service, 1)
        with pytest.raises(Exception, match="access_log refuses"):
            async with service.app.state.database.engine.begin() as connection:
                await connection.execute(text(statement))


async def test_reading_goes_on_where_its_log_cannot_be_written(fresh: Settings):
    async with running(fresh, PASSWORD) as service:
        await looked(service, 1)
        engine = service.app.state.database.engine
        async with engine.begin() as connection:
            await connection.execute(text("ALTER TABLE access_log RENAME TO access_log_away"))
        made = await report(service, OWNER, **SECRET)
        for _ in range(3):
            assert (await get(service, KPU_CHIEF, url(made))).status_code == 200
        await asyncio.sleep(0.5)
        assert service.app.state.database.access._attempts > 0
        async with engine.begin() as connection:
            await connection.execute(text("ALTER TABLE access_log_away RENAME TO access_log"))
        assert await kinds(service, "auditor.kpu-banten", record_id=made["id"]) == ["record_read"] * 3
        assert await faults(service) == []
        assert service.app.state.database.access.lost == 0


async def test_what_the_queue_cannot_hold_is_counted(fresh: Settings, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("app.access.QUEUED", 2)
    async with running(fresh, PASSWORD) as service:
        made = await report(service, OWNER, **SECRET)
        client = await service.client(KPU_CHIEF)
        await settled(service)
        await asyncio.gather(*(client.get(url(made)) for _ in range(10)))
        access = service.app.state.database.access
        assert access.lost > 0
        lost = access.lost
        assert await kinds(service, "auditor.kpu-banten", record_id=made["id"]) == ["record_read"] * (
            10 - lost
        )


async def test_what_waits_is_written_before_the_service_ends(fresh: Settings):
    async with running(fresh, PASSWORD) as service:
        await looked(service, 1)
        rows = await size(service)
        made = await report(service, OWNER, **SECRET)
        await get(service, KPU_CHIEF, url(made))
        assert (await (await service.anonymous()).get("/api/v1/me")).status_code == 401  # only counted
    async with running(fresh, PASSWORD) as service:
        assert await size(service) == rows + 2
        assert await faults(service) == []


class Silent:
    """A database that takes the call and never answers."""

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[None]:
        await asyncio.Event().wait()
        yield


async def test_what_was_only_counted_is_told_where_the_database_does_not_answer_at_the_end(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    monkeypatch.setattr(access, "STOP_SECONDS", 0.1)
    notes = AccessLog(Silent())
    notes.start()
    notes.count_slowed("operator.kpu-banten")
    notes.count_anonymous()
    await notes.stop()
    assert "2 notes of the access log were not written" in caplog.text
