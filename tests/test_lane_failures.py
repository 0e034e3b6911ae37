"""The lane when the database refuses, fails or goes away: never a false yes, never a gap."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import event, text
from sqlmodel import col, select

from app.database import Database
from app.domain.errors import Unavailable
from app.models.agencies import UnitRow
from app.models.ledger import LedgerHeadRow
from app.settings import Settings
from tests.conftest import PASSWORD
from tests.support.calls import INCIDENTS, OPERATOR, ledger_size, post, refused
from tests.support.service import Service, incident, running
from tests.test_lane import gap_free, lane_on, new_unit

KPU = "operator.kpu-banten"
SHARED = {"tlp": "AMBER", "audience": ["kpu-banten"]}
LOCKED = "wait_event_type = 'Lock'"
only_postgresql = pytest.mark.parametrize("backend", ["postgresql"], indirect=True, scope="session")
only_sqlite = pytest.mark.parametrize("backend", ["sqlite"], indirect=True, scope="session")


async def backends(database: Database, condition: str, count: int = 1) -> list[int]:
    """The server processes of this database that are in a state, once so many are."""
    query = f"SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND {condition}"
    async with asyncio.timeout(20):
        while True:
            async with database.reading.connect() as connection:
                found = list((await connection.execute(text(query))).scalars())
            if len(found) >= count:
                return found
            await asyncio.sleep(0.01)


async def cut_off(database: Database, condition: str) -> None:
    """End the one server process that is in this state, as a failing network would."""
    [backend] = await backends(database, condition)
    async with database.reading.connect() as connection:
        await connection.execute(text("SELECT pg_terminate_backend(:pid)").bindparams(pid=backend))


async def titled(service: Service, title: str) -> int:
    client = await service.client(OPERATOR)
    return len((await client.get(INCIDENTS, params={"text": title})).json()["items"])


async def tried_again(service: Service, body: dict[str, Any], key: str) -> httpx.Response:
    """The first answer that is not 503 to one request sent with one key until it is answered."""
    for _ in range(10):
        answer = await post(service, OPERATOR, INCIDENTS, body, **{"Idempotency-Key": key})
        if answer.status_code != 503:
            return answer
        assert answer.headers["retry-after"] == "1"
    raise AssertionError("the service did not come back")


@only_postgresql
async def test_a_database_that_goes_away_while_we_write_is_told_as_503(fresh: Settings):
    async with running(fresh, PASSWORD) as service, elsewhere(fresh) as other:
        body, key = incident(title="Terputus"), {"Idempotency-Key": "terputus"}
        await service.client(OPERATOR)
        async with other.engine.connect() as connection, connection.begin():
            await connection.execute(select(LedgerHeadRow).with_for_update())
            request = asyncio.create_task(post(service, OPERATOR, INCIDENTS, body, **key))
            await cut_off(other, LOCKED)
            answer = await request
        refused(answer, 503, "unavailable")
        assert answer.headers["retry-after"] == "1"
        assert await titled(service, "Terputus") == 0
        assert (await tried_again(service, body, "terputus")).status_code == 201
        assert await titled(service, "Terputus") == 1
        assert await gap_free(other)


@only_postgresql
async def test_a_database_that_goes_away_while_it_commits_is_told_as_503(fresh: Settings):
    async with running(fresh, PASSWORD) as service, elsewhere(fresh) as other:
        body, key = incident(title="Terputus"), {"Idempotency-Key": "terputus"}
        await service.client(OPERATOR)
        await slow_commits(other)
        request = asyncio.create_task(post(service, OPERATOR, INCIDENTS, body, **key))
        await cut_off(other, "wait_event = 'PgSleep' AND query LIKE 'COMMIT%'")
        refused(await request, 503, "unavailable")
        async with other.engine.begin() as connection:
            await connection.execute(text("DROP TRIGGER slow ON ledger"))
        assert await titled(service, "Terputus") == 0
        assert (await tried_again(service, body, "terputus")).status_code == 201
        assert await titled(service, "Terputus") == 1
        assert await gap_free(other)


async def slow_commits(database: Database) -> None:
    """Each COMMIT that appends an entry takes very long from now on."""
    async with database.engine.begin() as connection:
        await connection.execute(
            text("""CREATE FUNCTION sleep() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN PERFORM pg_sleep(20); RETURN NULL; END'""")
        )
        await connection.execute(
            text("""CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON ledger
                DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION sleep()""")
        )


@asynccontextmanager
async def elsewhere(settings: Settings) -> AsyncIterator[Database]:
    """The same database, by connections of another."""
    database = Database(settings.database)
    yield database
    await database.close()


class Cable:
    """Between the service and PostgreSQL; it can swallow the answer to the COMMIT of what holds a word."""

    def __init__(self, server: str, word: bytes) -> None:
        self.server = server
        self.word = word  # the service commits other things of its own, too
        self.breaks = asyncio.Event()

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, away = await asyncio.open_unix_connection(self.server)
        committed = asyncio.Event()

        async def out() -> None:
            said = b""
            while data := await reader.read(65_536):
                said += data
                if b"COMMIT;" in data:
                    if self.breaks.is_set() and self.word in said:
                        self.breaks.clear()
                        committed.set()
                    said = b""
                away.write(data)

        async def back() -> None:
            while (data := await there.read(65_536)) and not committed.is_set():
                writer.write(data)

        await asyncio.wait(map(asyncio.ensure_future, (out(), back())), return_when=asyncio.FIRST_COMPLETED)
        for each in (away, writer):
            each.close()


@only_postgresql
async def test_a_commit_whose_answer_is_lost_is_never_told_as_refused_and_counts_once(fresh: Settings):
    rest, _, directory = fresh.database.partition("host=")
    with tempfile.TemporaryDirectory(prefix="siaga-cable-") as place:
        cable = Cable(f"{directory}/.s.PGSQL.5432", b"kunci")
        listening = await asyncio.start_unix_server(cable.carry, Path(place) / ".s.PGSQL.5432")
        through = Settings(
            data_dir=fresh.data_dir, database_url=f"{rest}host={place}", demo_password=PASSWORD
        )
        async with listening, running(through, PASSWORD) as service, elsewhere(fresh) as other:
            await service.client(OPERATOR)
            size = await ledger_size(service)
            cable.breaks.set()
            refused(
                await post(service, OPERATOR, INCIDENTS, incident(title="Tanpa kunci")), 503, "unavailable"
            )
            assert await titled(service, "Tanpa kunci") == 1
            cable.breaks.set()
            answer = await tried_again(service, incident(title="Dengan kunci"), "kunci")
            assert not cable.breaks.is_set()
            assert answer.status_code == 201  # looked up, not guessed: its key is in the database
            assert answer.headers["idempotency-replayed"] == "true"
            assert int(answer.headers["siaga-ledger-position"]) == size + 1
            assert await titled(service, "Dengan kunci") == 1
            assert await ledger_size(service) == size + 2
            assert await gap_free(other)


@only_sqlite
async def test_a_full_disk_is_told_as_503_until_there_is_room_again(fresh: Settings):
    async with running(fresh, PASSWORD) as service:
        database: Database = service.app.state.database
        room = [0]  # pages; SQLite takes the present size for anything less

        @event.listens_for(database.engine.sync_engine, "begin")
        def bound(connection: Any) -> None:
            connection.exec_driver_sql(f"PRAGMA max_page_count = {room[0] or 2**30}")

        room[0] = 1
        body = incident(description="Panjang. " * 500)
        answers = [await post(service, OPERATOR, INCIDENTS, body) for _ in range(12)]
        kept = [answer for answer in answers if answer.status_code == 201]
        lost = [answer for answer in answers if answer.status_code == 503]
        assert len(kept) + len(lost) == 12
        assert lost
        assert all(answer.headers["retry-after"] == "1" for answer in lost)
        assert await gap_free(database)
        room[0] = 0
        kept.append(await post(service, OPERATOR, INCIDENTS, body))
        assert kept[-1].status_code == 201
        client = await service.client(OPERATOR)
        listed = (await client.get(INCIDENTS)).json()["items"]
        assert {each["id"] for each in listed} == {answer.json()["id"] for answer in kept}
        assert await gap_free(database)


@pytest.mark.parametrize("failure", [RuntimeError, TypeError])
@pytest.mark.parametrize("when", ["before it", "after it"])
async def test_where_the_driver_itself_fails_at_commit_nobody_is_told_anything_and_nothing_is_tried_again(
    fresh: Settings, when: str, failure: type[Exception]
):
    async with lane_on(fresh) as (database, lane):
        failing = [failure("the driver lost its way")]

        @event.listens_for(database.engine.sync_engine, "commit")
        def fail(connection: Any) -> None:
            if failing and when == "after it":
                connection.connection.dbapi_connection.commit()
            if failing:
                raise failing.pop()

        writing = (lane.write(new_unit(f"uji-{number}")) for number in range(5))
        answers = await asyncio.gather(*writing, return_exceptions=True)
        assert {type(answer) for answer in answers} == {Unavailable}
        assert isinstance(await lane.write(new_unit("uji-berikutnya")), int)
        async with database.session() as session:
            codes = (
                await session.exec(select(UnitRow.code).where(col(UnitRow.code).startswith("uji-")))
            ).all()
        assert len(codes) == (6 if when == "after it" else 1)
        assert await gap_free(database)
