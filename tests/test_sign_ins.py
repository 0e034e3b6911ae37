"""Guesses at secrets are slowed by account and network, for all workers, without stopping those at home."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from statistics import median

import httpx
import pytest
from sqlalchemy import text

from app.services import sign_ins
from app.settings import Settings
from tests.conftest import PASSWORD
from tests.support.calls import OPERATOR, refused
from tests.support.service import Service, running

ME = "/api/v1/me"
HOME, ELSEWHERE = "198.51.100.7", "203.0.113.66"
SYSTEM = "integration.polda-banten"
FEW = {"sign_in_tries": 3}


async def sign_in(service: Service, name: str, password: str, address: str = HOME) -> httpx.Response:
    transport = httpx.ASGITransport(service.app, raise_app_exceptions=False, client=(address, 40_000))
    async with httpx.AsyncClient(transport=transport, base_url="http://siaga.test") as client:
        form = {"grant_type": "password", "username": name, "password": password}
        if name.startswith("integration."):
            form = {"grant_type": "client_credentials", "client_id": name, "client_secret": password}
        return await client.post("/oauth2/token", data=form)


def slowed(answer: httpx.Response) -> int:
    assert answer.status_code == 429, answer.text
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json()["error"] == "slow_down"
    assert answer.json()["error_description"]
    return int(answer.headers["retry-after"])


async def codes(service: Service, name: str, times: int, address: str = ELSEWHERE) -> list[int]:
    return [(await sign_in(service, name, "wrong", address)).status_code for _ in range(times)]


@asynccontextmanager
async def strict(settings: Settings, **more: object) -> AsyncIterator[Service]:
    async with running(settings.model_copy(update={**FEW, **more}), PASSWORD) as service:
        yield service


async def stored(service: Service) -> list[dict]:
    async with service.app.state.database.reading.connect() as connection:
        rows = await connection.execute(text("SELECT * FROM sign_in_counter"))
        return [dict(row._mapping) for row in rows]


@pytest.mark.parametrize(("name", "wrong"), [(OPERATOR, 400), ("nobody.at-all", 400), (SYSTEM, 401)])
async def test_after_a_few_wrong_tries_each_waits_longer_whoever_is_named(
    fresh: Settings, name: str, wrong: int
):
    async with strict(fresh) as service:
        assert await codes(service, name, 3) == [wrong] * 3
        assert slowed(await sign_in(service, name, PASSWORD, ELSEWHERE)) == 1
        await asyncio.sleep(1)
        assert await codes(service, name, 1) == [wrong]
        assert slowed(await sign_in(service, name, "wrong", ELSEWHERE)) == 2


async def test_after_the_wait_the_right_password_is_taken_and_the_count_begins_anew(fresh: Settings):
    async with strict(fresh) as service:
        await codes(service, OPERATOR, 3)
        await asyncio.sleep(1)
        assert (await sign_in(service, OPERATOR, PASSWORD, ELSEWHERE)).status_code == 200
        assert await codes(service, OPERATOR, 3) == [400] * 3


async def test_what_is_refused_does_not_make_the_wait_longer(fresh: Settings):
    async with strict(fresh) as service:
        assert await codes(service, OPERATOR, 6) == [400] * 3 + [429] * 3
        await asyncio.sleep(1)
        assert (await sign_in(service, OPERATOR, PASSWORD, ELSEWHERE)).status_code == 200


async def test_guesses_from_everywhere_never_stop_whoever_is_at_home(fresh: Settings):
    async with strict(fresh) as service:
        assert (await sign_in(service, OPERATOR, PASSWORD)).status_code == 200
        guesses = 1
        while await codes(service, OPERATOR, 1, f"10.0.{guesses}.1") != [429]:
            guesses += 1
        assert 60 <= guesses < 70  # some are forgotten on the way
        slowed(await sign_in(service, OPERATOR, PASSWORD, "10.0.200.1"))
        assert (await sign_in(service, OPERATOR, PASSWORD)).status_code == 200


async def test_a_network_that_guesses_at_everybody_is_slowed_but_not_those_at_home_in_it(fresh: Settings):
    async with strict(fresh) as service:
        assert (await sign_in(service, OPERATOR, PASSWORD, ELSEWHERE)).status_code == 200
        guesses = 0
        while (await sign_in(service, f"nobody.{guesses}", "x", ELSEWHERE)).status_code != 429:
            guesses += 1
        assert 60 <= guesses < 70  # some are forgotten on the way
        assert (await sign_in(service, "operator.kpu-banten", PASSWORD, ELSEWHERE)).status_code == 429
        assert (await sign_in(service, "operator.kpu-banten", PASSWORD, HOME)).status_code == 200
        assert (await sign_in(service, OPERATOR, PASSWORD, ELSEWHERE)).status_code == 200


async def test_of_many_at_once_no_more_get_through_than_one_after_the_other(fresh: Settings):
    async with strict(fresh) as service:
        tries = (sign_in(service, OPERATOR, "wrong", ELSEWHERE) for _ in range(25))
        found = Counter(each.status_code for each in await asyncio.gather(*tries))
        assert found.pop(400) == 3
        assert found.keys() <= {
            429,
            503,
        }  # where the machine is too busy to look at a password: no guess either


async def test_workers_count_together(fresh: Settings):
    async with strict(fresh) as one, strict(fresh) as other:
        assert await codes(one, OPERATOR, 2) == [400] * 2
        assert await codes(other, OPERATOR, 2) == [400, 429]
        slowed(await sign_in(one, OPERATOR, PASSWORD, ELSEWHERE))
        assert (await sign_in(one, OPERATOR, PASSWORD)).status_code == 200
        assert (await sign_in(other, OPERATOR, PASSWORD)).status_code == 200


async def test_it_is_stored_under_a_key_who_came_from_where(fresh: Settings):
    async with strict(fresh) as service:
        await sign_in(service, OPERATOR, PASSWORD)
        await sign_in(service, OPERATOR, "wrong", ELSEWHERE)
        rows = await stored(service)
        assert len(rows) == 5  # the account; two networks; it from either
        assert all(len(row.pop("key")) == 64 for row in rows)
        assert all(isinstance(value, float) for row in rows for value in row.values())


async def test_what_tells_nothing_any_more_is_removed(fresh: Settings):
    async with strict(fresh, clock_seconds=0.05) as service:
        await sign_in(service, OPERATOR, PASSWORD)
        await sign_in(service, "nobody.at-all", "wrong", ELSEWHERE)
        database = service.app.state.database
        async with database.operating() as connection:
            long_ago = text("UPDATE sign_in_counter SET kept_until = 1 WHERE familiar_until = 0")
            assert (await connection.execute(long_ago)).rowcount > 1
        await sign_ins.sweep(database)
        (left,) = await stored(service)
        assert left["familiar_until"] > time.time()


async def timed(client: httpx.AsyncClient) -> float:
    began = time.monotonic()
    assert (await client.get(ME)).status_code == 200
    return time.monotonic() - began


async def test_a_flood_of_guesses_leaves_ordinary_requests_alone(fresh: Settings):
    async with running(fresh, PASSWORD) as service:
        client = await service.client(OPERATOR)
        assert (await sign_in(service, OPERATOR, PASSWORD)).status_code == 200
        usual = median([await timed(client) for _ in range(20)])
        flood = [
            asyncio.create_task(sign_in(service, f"nobody.{number}", "x", f"10.0.{number}.1"))
            for number in range(200)
        ]
        took = []
        while not all(each.done() for each in flood):
            took.append(await timed(client))
            await asyncio.sleep(0.01)
        found = Counter(each.result().status_code for each in flood)
        assert found.keys() == {400, 503}
        assert found[400] >= sign_ins.MOST_INSIDE
        assert len(took) > 10
        # On a machine that is busy with other things, requests were slow before.
        assert median(took) < max(0.2, 20 * usual)
        assert max(took) < max(2, 200 * usual)


async def test_when_too_many_wait_one_is_told_to_come_again_but_there_is_room_for_those_at_home(
    fresh: Settings,
):
    async with running(fresh, PASSWORD) as service:
        assert (await sign_in(service, OPERATOR, PASSWORD)).status_code == 200
        gate = service.app.state.authority.gate
        gate._inside = sign_ins.MOST_INSIDE
        full = await sign_in(service, OPERATOR, PASSWORD, ELSEWHERE)
        refused(full, 503, "unavailable")
        assert full.headers["retry-after"] == "1"
        assert (await sign_in(service, OPERATOR, PASSWORD)).status_code == 200
        gate._inside = 0
        assert (await sign_in(service, OPERATOR, PASSWORD, ELSEWHERE)).status_code == 200


async def test_a_counter_is_not_swept_away_between_its_making_and_its_reading(fresh: Settings):
    async with running(fresh, PASSWORD) as service:
        database, made = service.app.state.database, [{"key": "0" * 64, "now": 0.0}]
        async with database.operating() as connection:
            await connection.execute(sign_ins.MAKE, made)
        async with database.operating() as connection:
            await connection.execute(sign_ins.MAKE, made)
            sweeping = asyncio.create_task(sign_ins.sweep(database))
            await asyncio.sleep(0.3)
            found = await connection.execute(text("SELECT key FROM sign_in_counter"))
            assert found.scalars().all() == [made[0]["key"]]
        await sweeping
        assert await stored(service) == []
