"""What was taken away is gone within a second on every worker; where nobody can be asked, nobody gets in."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import httpx
import pytest
from sqlalchemy import text
from sqlmodel import col, select

from app.change import Change, Subject
from app.database import Database
from app.domain.errors import InvalidToken
from app.domain.sharing import Classification, Marking, Tlp
from app.lane import Lane
from app.models.agencies import AccountRow, AgencyRow
from app.models.regions import JurisdictionRow
from app.routers.authentication import FRESH_SECONDS, USED_SECONDS
from app.services import refresh_tokens, seed
from app.services.accounts import SYSTEM
from app.settings import Settings
from tests.conftest import PASSWORD
from tests.support.calls import INCIDENTS, OPERATOR, refused
from tests.support.databases import PostgreSQL, database_name
from tests.support.servers import serving
from tests.support.service import Service, incident, running
from tests.support.waiting import until
from tests.test_lane import lane_on

ME = "/api/v1/me"
AGENCY = "polda-banten"
ANSWERS = 21  # of each worker, by the new right
only_postgresql = pytest.mark.parametrize("backend", ["postgresql"], indirect=True, scope="session")

Ask = Callable[[str], Awaitable[httpx.Response]]


@asynccontextmanager
async def workers(settings: Settings) -> AsyncIterator[list[str]]:
    """Where the workers answer: two processes on PostgreSQL, the one that SQLite allows."""
    async with AsyncExitStack() as stack:
        count = 1 if settings.database.startswith("sqlite") else 2
        yield [stack.enter_context(serving(settings, PASSWORD)).url for _ in range(count)]


async def token_of(url: str, account: str = OPERATOR) -> str:
    async with httpx.AsyncClient(base_url=url) as client:
        form = {"grant_type": "password", "username": account, "password": PASSWORD}
        return (await client.post("/oauth2/token", data=form)).json()["access_token"]


async def changed(database: Database, lane: Lane, table: Any, key: Any, **values: Any) -> float:
    """Change an account or an agency by the lane; the moment at which it was committed for certain."""
    async with database.session() as session:
        row = (await session.exec(select(table).where(key))).one()
    marking = Marking(AGENCY, Tlp.AMBER_STRICT, Classification.BIASA)
    change = Change(SYSTEM)
    subject = Subject(table.__tablename__, row.id, marking, marking)
    change.update(row, f"{table.__tablename__}.changed", subject, values)
    await lane.write(change)
    return time.monotonic()


async def uncovered(database: Database, lane: Lane) -> float:
    """Load jurisdictions in which the agency covers nothing."""
    file = seed.read_file("jurisdiction.csv")
    rows = [row for row in file.rows if row["agency"] != AGENCY]
    newer = replace(file, rows=rows, sha256="0" * 64)
    async with database.session() as session:
        await lane.write(await seed.load_file(session, newer, JurisdictionRow, seed.jurisdiction_rows(newer)))
    return time.monotonic()


async def signed_out(database: Database, lane: Lane) -> float:
    """Every sign-in of the account ends, the account itself stays as it is."""
    change = Change(SYSTEM)
    async with database.session() as session:
        row = (await session.exec(select(AccountRow).where(ACCOUNT_IS))).one()
        await refresh_tokens.end_all(session, change, [row.id])
    await lane.write(change)
    return time.monotonic()


ACCOUNT_IS = col(AccountRow.name) == OPERATOR
CHANGES: dict[str, tuple[Callable[[Database, Lane], Awaitable[float]], Callable[[httpx.Response], bool]]] = {
    "a suspended account": (
        lambda database, lane: changed(database, lane, AccountRow, ACCOUNT_IS, active=False),
        lambda answer: answer.status_code == 401,
    ),
    "a revoked token": (signed_out, lambda answer: answer.status_code == 401),
    "a suspended agency": (
        lambda database, lane: changed(
            database, lane, AgencyRow, col(AgencyRow.code) == AGENCY, active=False
        ),
        lambda answer: answer.status_code == 401,
    ),
    "a role taken away": (
        lambda database, lane: changed(database, lane, AccountRow, ACCOUNT_IS, roles=["auditor"]),
        lambda answer: answer.status_code == 200 and "incidents:write" not in answer.json()["permissions"],
    ),
    "a lower clearance": (
        lambda database, lane: changed(database, lane, AccountRow, ACCOUNT_IS, clearance="biasa"),
        lambda answer: answer.status_code == 200 and answer.json()["clearance"] == "biasa",
    ),
    "a narrower area": (
        lambda database, lane: changed(database, lane, AccountRow, ACCOUNT_IS, unit="polresta-serang-kota"),
        lambda answer: answer.status_code == 200 and 0 < len(answer.json()["area"]) < 100,
    ),
    "an area taken away": (
        uncovered,
        lambda answer: answer.status_code == 200 and answer.json()["area"] == [],
    ),
}


@dataclass
class Asking:
    """What a worker answers, with the moments at which it was asked and had answered."""

    answers: list[tuple[float, float, httpx.Response]] = field(default_factory=list)
    stop: bool = False

    async def ask(self, url: str, token: str) -> None:
        async with httpx.AsyncClient(base_url=url, headers={"Authorization": f"Bearer {token}"}) as client:
            while not self.stop:
                asked = time.monotonic()
                answer = await client.get(ME)
                self.answers.append((asked, time.monotonic(), answer))
                await asyncio.sleep(0.01)

    def before(self, moment: float) -> list[httpx.Response]:
        return [answer for _, answered, answer in self.answers if answered < moment]

    def after(self, moment: float) -> list[httpx.Response]:
        return [answer for asked, _, answer in self.answers if asked > moment]


@pytest.mark.parametrize("name", CHANGES)
async def test_no_worker_answers_by_the_old_right_later_than_a_second_after_the_commit(
    fresh: Settings, name: str
):
    change, is_new = CHANGES[name]
    async with workers(fresh) as urls, lane_on(fresh) as (database, lane):
        token, askings = await token_of(urls[0]), [Asking() for _ in urls]
        tasks = [
            asyncio.create_task(asking.ask(url, token)) for asking, url in zip(askings, urls, strict=True)
        ]
        await until(lambda: all(len(each.answers) >= ANSWERS for each in askings))
        began_at = time.monotonic()
        committed_at = await change(database, lane)
        # A view that is used is younger than that, so what is asked later has the new right for certain; the
        # rest of the second is for the answer on its way, which a busy machine may hold up.
        fresh_at = committed_at + USED_SECONDS
        await until(lambda: all(len(each.after(fresh_at)) >= ANSWERS for each in askings))
        for each in askings:
            each.stop = True
        await asyncio.gather(*tasks)
        for each in askings:
            assert set(map(is_new, each.before(began_at))) == {False}
            late = each.after(fresh_at)
            assert all(map(is_new, late)), next(answer.text for answer in late if not is_new(answer))


@asynccontextmanager
async def away(server: PostgreSQL, settings: Settings) -> AsyncIterator[None]:
    """The database refuses everybody, and ends who is connected."""
    name = database_name(settings)
    await server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    await server.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
    try:
        yield
    finally:
        await server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


def told_to_come_again(answer: httpx.Response) -> None:
    refused(answer, 503, "unavailable")
    assert answer.headers["retry-after"] == "1"


@only_postgresql
async def test_where_the_database_is_away_a_worker_says_503_and_lets_nobody_in(
    fresh: Settings, postgresql: PostgreSQL
):
    async with running(fresh, PASSWORD) as service:
        client = await service.client(OPERATOR)
        assert (await client.get(ME)).status_code == 200
        async with away(postgresql, fresh):
            await asyncio.sleep(FRESH_SECONDS)
            for _ in range(5):
                told_to_come_again(await client.get(ME))
            told_to_come_again(await client.post(INCIDENTS, json=incident()))
            sign_in = {"grant_type": "password", "username": OPERATOR, "password": PASSWORD}
            told_to_come_again(await (await service.anonymous()).post("/oauth2/token", data=sign_in))
        assert (await client.get(ME)).status_code == 200


@only_postgresql
async def test_where_the_database_does_not_answer_a_worker_says_503_in_time(fresh: Settings):
    async with running(fresh, PASSWORD) as service, lane_on(fresh) as (database, _lane):
        client = await service.client(OPERATOR)
        assert (await client.get(ME)).status_code == 200
        await asyncio.sleep(FRESH_SECONDS)
        async with database.engine.connect() as connection, connection.begin():
            await connection.execute(text("LOCK TABLE account IN ACCESS EXCLUSIVE MODE"))
            began = time.monotonic()
            answers = await asyncio.gather(*(client.get(ME) for _ in range(20)))
            assert time.monotonic() - began < 8
            for answer in answers:
                told_to_come_again(answer)
        assert (await client.get(ME)).status_code == 200


async def slowly(body: bytes, meanwhile: Callable[[], Awaitable[Any]]) -> AsyncIterator[bytes]:
    yield body[:10]
    await meanwhile()
    await asyncio.sleep(FRESH_SECONDS)
    yield body[10:]


async def suspended(service: Service) -> None:
    state = service.app.state
    await changed(state.database, state.lane, AccountRow, ACCOUNT_IS, active=False)


async def test_a_body_that_comes_in_slowly_does_not_outlive_a_suspension(fresh: Settings):
    async with running(fresh, PASSWORD) as service:
        client = await service.client(OPERATOR)
        body = httpx.Request("POST", "http://siaga.test", json=incident()).content
        answer = await client.post(
            INCIDENTS,
            content=slowly(body, lambda: suspended(service)),
            headers={"Content-Type": "application/json"},
        )
        refused(answer, 401, "unauthenticated")
        other = await service.client("operator.kpu-banten")
        assert (await other.get(INCIDENTS)).json()["items"] == []


async def test_a_view_that_is_too_old_when_it_arrives_is_not_used(fresh: Settings):
    async with running(fresh, PASSWORD) as service:
        await service.client(OPERATOR)
        await (await service.client(OPERATOR)).get(ME)
        authenticator = service.app.state.authenticator
        (known,) = authenticator._known.values()
        known.as_of = time.monotonic() - FRESH_SECONDS
        before = known.actor
        assert await authenticator.view(known) is not before
        await suspended(service)
        known.as_of = time.monotonic() - FRESH_SECONDS
        with pytest.raises(InvalidToken):
            await authenticator.view(known)
        assert known.actor is None
