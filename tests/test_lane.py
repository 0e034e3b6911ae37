"""The lane: what gathers is written together, only the guilty fails, positions follow commits gap-free."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select, text
from sqlmodel import col

from app.change import Change, Guard
from app.database import Database
from app.domain.sharing import Classification, Marking, Tlp
from app.lane import Lane, Stale
from app.models.agencies import UnitRow
from app.models.ledger import LedgerHeadRow, LedgerRow
from app.services.accounts import SYSTEM
from app.settings import Settings
from tests.support.service import incident, report, running

PASSWORD = "for-tests-only-" * 2
MARKING = Marking("siaga", Tlp.GREEN, Classification.BIASA)


@asynccontextmanager
async def lane_on(settings: Settings) -> AsyncIterator[tuple[Database, Lane]]:
    database = Database(settings.database)
    lane = Lane(database)
    lane.start()
    try:
        yield database, lane
    finally:
        await lane.stop()
        await database.close()


def new_unit(code: str, **values: Any) -> Change:
    change = Change(SYSTEM)
    row = {"code": code, "agency": "polda-banten", "name": "Satuan uji", "kind": "polres", **values}
    change.create(UnitRow, "unit.created", MARKING, row)
    return change


async def positions(database: Database) -> list[int]:
    async with database.reading.connect() as connection:
        rows = await connection.execute(select(col(LedgerRow.position)).order_by(col(LedgerRow.position)))
        return list(rows.scalars())


async def gap_free(database: Database) -> bool:
    found = await positions(database)
    async with database.reading.connect() as connection:
        size = (await connection.execute(select(col(LedgerHeadRow.size)))).scalar_one()
    return found == list(range(size))


async def test_one_change_that_the_database_refuses_fails_alone(fresh: Settings):
    async with lane_on(fresh) as (database, lane):
        changes = [new_unit(f"uji-{number}") for number in range(30)]
        changes[7] = new_unit("polres-serang")  # there is one already
        changes[19] = new_unit("uji-19", name=object())  # no statement can carry it
        answers = await asyncio.gather(*map(lane.write, changes), return_exceptions=True)
        failed = [place for place, answer in enumerate(answers) if isinstance(answer, BaseException)]
        assert failed == [7, 19]
        assert isinstance(answers[7], Stale)
        written = [answer for answer in answers if isinstance(answer, int)]
        assert written == sorted(written)
        assert len(set(written)) == 28
        assert await gap_free(database)


async def test_what_was_to_be_written_is_in_no_log(fresh: Settings, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.INFO)
    async with lane_on(fresh) as (_, lane):
        twice = new_unit("polres-serang", name="Nama yang tidak dicatat (fiktif)")
        with pytest.raises(Stale) as refused:
            await lane.write(twice)
    assert "decide again: " in caplog.text
    for told in (caplog.text, str(refused.value)):
        assert "polres-serang" not in told
        assert "Nama yang" not in told
    assert "unit" in str(refused.value)  # what of


async def test_a_change_that_rests_on_an_old_version_is_stale(fresh: Settings):
    async with lane_on(fresh) as (database, lane):
        async with database.session() as session:
            unit = (await session.exec(select(UnitRow).limit(1))).scalar_one()
        good, stale = new_unit("uji-baik"), new_unit("uji-basi")
        stale.guards.append(Guard(UnitRow, unit.id, unit.version + 1))
        gone = new_unit("uji-hilang")
        gone.guards.append(Guard(UnitRow, uuid4(), 1))
        answers = await asyncio.gather(*map(lane.write, (good, stale, gone)), return_exceptions=True)
        assert [type(answer) for answer in answers] == [int, Stale, Stale]
        assert await gap_free(database)


async def test_nothing_is_acknowledged_before_it_can_be_read(fresh: Settings):
    async with lane_on(fresh) as (database, lane):
        for number in range(5):
            position = await lane.write(new_unit(f"uji-{number}"))
            async with database.reading.connect() as connection:
                found = select(func.count()).select_from(LedgerRow).where(col(LedgerRow.position) == position)
                assert (await connection.execute(found)).scalar_one() == 1


async def test_a_caller_that_goes_away_harms_nobody(fresh: Settings):
    async with lane_on(fresh) as (database, lane):
        tasks = [asyncio.create_task(lane.write(new_unit(f"uji-{number}"))) for number in range(20)]
        await asyncio.sleep(0)
        for task in tasks[::2]:
            task.cancel()
        answers = await asyncio.gather(*tasks, return_exceptions=True)
        assert all(isinstance(answer, int) for answer in answers[1::2])
        assert await gap_free(database)


async def test_what_is_waiting_is_written_before_the_lane_stops(fresh: Settings):
    async with lane_on(fresh) as (database, lane):
        tasks = [asyncio.create_task(lane.write(new_unit(f"uji-{number}"))) for number in range(20)]
        await asyncio.sleep(0)
        await lane.stop()
        assert all(isinstance(answer, int) for answer in await asyncio.gather(*tasks))
        assert await gap_free(database)


async def test_two_lanes_that_meet_on_the_same_rows_neither_wait_for_ever_nor_leave_a_gap(fresh: Settings):
    if fresh.database.startswith("sqlite"):
        return  # one process, one lane: a second is refused at start (test_concurrency)
    async with lane_on(fresh) as (database, one), lane_on(fresh) as (_, two):
        async with database.session() as session:
            units = list((await session.exec(select(UnitRow).limit(6))).scalars())

        def holding(number: int, *, backwards: bool) -> Change:
            change = new_unit(f"uji-{number}")
            for unit in reversed(units) if backwards else units:
                change.rests_on(unit)
            return change

        both = [
            lane.write(holding(number * 2 + place, backwards=bool(place)))
            for number in range(60)
            for place, lane in enumerate((one, two))
        ]
        answers = await asyncio.gather(*both)
        assert len(set(answers)) == 120
        assert await gap_free(database)


async def test_a_database_that_goes_away_is_told_as_503_and_comes_back(fresh: Settings):
    if fresh.database.startswith("sqlite"):
        return  # an embedded database does not go away by itself
    async with running(fresh, PASSWORD) as service:
        await report(service, "operator.polda-banten")
        client = await service.client("operator.polda-banten")
        database: Database = service.app.state.database
        other = Database(fresh.database)
        async with other.engine.connect() as connection:
            others = "pid <> pg_backend_pid() AND datname = current_database()"
            await connection.execute(
                text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")
            )
        answers = [await client.post("/api/v1/incidents", json=incident()) for _ in range(6)]
        told = {answer.status_code for answer in answers}
        assert told <= {201, 503}
        assert answers[-1].status_code == 201
        assert all(answer.headers["retry-after"] for answer in answers if answer.status_code == 503)
        assert await gap_free(database)
        made = [answer.json()["id"] for answer in answers if answer.status_code == 201]
        for each in made:
            assert (await client.get(f"/api/v1/incidents/{each}")).status_code == 200
        await other.close()


async def test_a_commit_that_fails_is_never_told_as_success(fresh: Settings):
    async with lane_on(fresh) as (database, lane):
        change = new_unit("uji-tanpa-entri")
        table, row = change.inserts[0]
        change.inserts[0] = (table, {**row, "version": 2})  # its entry says version 1: refused at commit
        good = new_unit("uji-baik")
        answers = await asyncio.gather(lane.write(change), lane.write(good), return_exceptions=True)
        assert [type(answer) for answer in answers] == [Stale, int]
        assert await gap_free(database)
        async with database.session() as session:
            found = set((await session.exec(select(UnitRow.code))).scalars())
            assert {"uji-tanpa-entri", "uji-baik"} & found == {"uji-baik"}


async def test_a_note_is_never_written_under_a_marking_that_has_changed_meanwhile(fresh: Settings):
    async with running(fresh, PASSWORD) as service:
        made = await report(service, "operator.polda-banten", tlp="AMBER", audience=["kpu-banten"])
        path = f"/api/v1/incidents/{made['id']}"
        owner = await service.client("operator.polda-banten")
        partner = await service.client("operator.kpu-banten")
        narrowing = owner.patch(path, json={"audience": []}, headers={"If-Match": '"1"'})
        notes = [partner.post(f"{path}/notes", json={"text": f"catatan {number}"}) for number in range(10)]
        answers = await asyncio.gather(*notes[:5], narrowing, *notes[5:])
        assert answers[5].status_code == 200
        narrowed = int(answers[5].headers["siaga-ledger-position"])
        for answer in (*answers[:5], *answers[6:]):
            assert answer.status_code in {201, 404}
            if answer.status_code == 201:
                assert int(answer.headers["siaga-ledger-position"]) < narrowed


async def test_of_many_changes_to_one_version_exactly_one_is_made(fresh: Settings):
    async with running(fresh, PASSWORD) as service:
        made = await report(service, "operator.polda-banten")
        client = await service.client("operator.polda-banten")
        path = f"/api/v1/incidents/{made['id']}"
        answers = await asyncio.gather(
            *(
                client.patch(path, json={"injured_count": number}, headers={"If-Match": '"1"'})
                for number in range(1, 31)
            )
        )
        assert sorted(answer.status_code for answer in answers) == [200] + [412] * 29


async def test_changes_that_name_no_version_are_decided_again(fresh: Settings):
    async with running(fresh, PASSWORD) as service:
        made = await report(service, "operator.polda-banten", tlp="GREEN")
        client = await service.client("operator.polda-banten")
        path = f"/api/v1/incidents/{made['id']}/about-agencies"
        agencies = ["kpu-banten", "pemprov-banten", "korem-064"]
        answers = await asyncio.gather(
            *(client.post(path, json={"agency": agency, "reason": "disebut"}) for agency in agencies)
        )
        assert [answer.status_code for answer in answers] == [200] * 3
        now = (await client.get(f"/api/v1/incidents/{made['id']}")).json()
        assert sorted(now["about_agencies"]) == sorted(agencies)
