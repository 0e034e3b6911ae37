"""Hot reads: the rows of the ordinary way, on connections that are held and replaced when they break."""

import asyncio
from uuid import UUID

import pytest
from sqlalchemy import Integer, bindparam, select, text
from sqlalchemy.exc import OperationalError

from app.database import Database, is_one_of
from app.models.incidents import IncidentRow
from app.reads import HELD, Prepared
from app.settings import Settings
from tests.conftest import PASSWORD
from tests.support.calls import INCIDENTS, OPERATOR, get
from tests.support.service import Service, report, running

INCIDENT = IncidentRow.__table__
BY_IDS = Prepared(select(INCIDENT).where(is_one_of(INCIDENT.c.id, "ids")))


def database_of(service: Service) -> Database:
    return service.app.state.database


async def test_a_prepared_statement_gives_what_the_ordinary_way_gives(service: Service):
    place = {"type": "Point", "coordinates": [106.125, -6.25]}
    made = [await report(service, OPERATOR, geometry=place), await report(service, OPERATOR, killed_count=2)]
    ids = [UUID(each["id"]) for each in made]
    found = {row.id: row._asdict() for row in await database_of(service).reads.rows(BY_IDS, {"ids": ids})}
    async with database_of(service).reading.connect() as connection:
        rows = await connection.execute(select(INCIDENT).where(INCIDENT.c.id.in_(ids)))
        assert found == {row.id: dict(row._mapping) for row in rows}
    assert len(found) == 2


async def test_no_value_finds_no_row(service: Service):
    assert await database_of(service).reads.rows(BY_IDS, {"ids": []}) == []


async def test_more_readers_than_held_connections_wait_for_their_turn(service: Service):
    made = UUID((await report(service, OPERATOR))["id"])
    reads = database_of(service).reads
    found = await asyncio.gather(*(reads.rows(BY_IDS, {"ids": [made]}) for _ in range(10 * HELD)))
    assert [[row.id for row in rows] for rows in found] == [[made]] * 10 * HELD
    assert len(reads._idle) <= HELD


async def test_a_failure_tells_every_reader_and_costs_only_its_own_connection(service: Service):
    reads = database_of(service).reads
    beyond = Prepared(select(INCIDENT.c.id).limit(bindparam("limit", type_=Integer)))
    for _ in range(2 * HELD):
        with pytest.raises((OperationalError, OverflowError)):
            await reads.rows(beyond, {"limit": 2**80})
    assert (await get(service, OPERATOR, INCIDENTS, limit=1)).status_code == 200


async def hung_up(settings: Settings) -> None:
    """The server ends every connection to this database."""
    other = Database(settings.database)
    async with other.engine.connect() as connection:
        ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
        await connection.execute(text(f"{ended} AND pid <> pg_backend_pid()"))
    await other.close()


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True, scope="session")
async def test_a_connection_that_broke_is_replaced(fresh: Settings):
    async with running(fresh, PASSWORD) as service:
        path = f"{INCIDENTS}/{(await report(service, OPERATOR))['id']}"
        assert (await get(service, OPERATOR, path)).status_code == 200
        for _ in range(6):  # the server hangs up at another moment each time
            await hung_up(fresh)
            statuses = [(await get(service, OPERATOR, path)).status_code for _ in range(2 * HELD)]
            assert set(statuses) <= {200, 503}
            assert statuses[-1] == 200
