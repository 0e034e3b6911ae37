"""Scripts that state the level they wish again and again: nothing twice, nothing lost."""

import asyncio
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from app.database import Database
from app.settings import Settings
from tests.conftest import PASSWORD
from tests.support.calls import ABSENT, get, ledger_size, post, refused
from tests.support.queries import queries
from tests.support.servers import serving
from tests.support.service import Service, running
from tests.support.threats import (
    CHIEF,
    KPU,
    LEVELS,
    POLDA,
    Spot,
    effective,
    hours,
    spot,
    stated,
    statement,
    sync,
)
from tests.test_concurrency import signed_in, workers

SCRIPT = "integration.polda-banten"
INDEXES_OF_A_PLACE = ("uq_threat_level_in_force", "ix_threat_level_region_code_category_created_at")
CURRENT = "SELECT owner_agency, region_code, category FROM threat_level WHERE status = 'in_force'"


async def test_a_wish_that_stands_already_is_answered_and_writes_nothing(service: Service):
    at, whole = spot(), {"review_by": hours(48), "valid_from": hours(-2), "source": {"reliability": "a"}}
    first = await sync(service, SCRIPT, at, 2, **whole)
    assert first.status_code == 201
    assert "location" not in first.headers
    size = await ledger_size(service)
    for again in (whole, {"source": {"reliability": "a"}}):
        answer = await sync(service, SCRIPT, at, 2, **again)
        assert (answer.status_code, answer.content) == (200, first.content)
        assert answer.headers["etag"] == first.headers["etag"]
        assert "siaga-ledger-position" not in answer.headers
    other = await sync(service, POLDA, at, 2, **whole)
    assert (other.status_code, other.content) == (200, first.content)
    assert await ledger_size(service) == size


CHANGES: dict[str, dict[str, Any]] = {
    "level": {"level": 3},
    "rationale": {"rationale": "Alasan baru (fiktif)."},
    "source": {"source": {"reliability": "c"}},
    "marking": {"tlp": "AMBER", "audience": ["kpu-banten"]},
    "classification": {"classification": "terbatas"},
    "review_by": {"review_by": hours(72)},
    "valid_from": {"valid_from": hours(-1)},
}


@pytest.mark.parametrize("change", CHANGES)
async def test_whatever_else_is_wished_is_a_new_statement(service: Service, change: str):
    at = spot()
    first = await stated(service, POLDA, at, 2)
    wish = {**statement(2), **CHANGES[change]}
    answer = await (await service.client(POLDA)).put(at.url, json=wish)
    assert (answer.status_code, answer.json()["supersedes"]) == (201, first["id"])
    size = await ledger_size(service)
    assert (await (await service.client(POLDA)).put(at.url, json=wish)).status_code == 200
    assert await ledger_size(service) == size


async def test_the_order_of_names_in_a_marking_means_nothing(service: Service):
    at, named = spot(), ["kpu-banten", "bawaslu-banten"]
    await stated(service, POLDA, at, 2, tlp="AMBER", audience=named)
    assert (await sync(service, POLDA, at, 2, tlp="AMBER", audience=named[::-1])).status_code == 200


async def test_each_agency_keeps_its_own(service: Service):
    at = spot()
    await sync(service, SCRIPT, at, 2)
    await sync(service, "integration.kpu-banten", at, 3)
    assert (await sync(service, SCRIPT, at, 2)).status_code == 200
    assert len((await effective(service, KPU, at))["statements"]) == 2


async def test_a_key_on_what_stands_already_keeps_that_answer(service: Service):
    at, key = spot(), {"Idempotency-Key": f"tetap-{hours(0)}"}
    body = {"region_code": at.region, "category": at.category, **statement(2)}
    first = await post(service, POLDA, LEVELS, body)
    same = await post(service, POLDA, LEVELS, body, **key)
    assert (same.status_code, same.content) == (200, first.content)
    await stated(service, POLDA, at, 3)
    size = await ledger_size(service)
    again = await post(service, POLDA, LEVELS, body, **key)
    assert (again.status_code, again.content) == (200, first.content)
    assert again.headers["idempotency-replayed"] == "true"
    assert "siaga-ledger-position" not in again.headers
    assert await ledger_size(service) == size
    assert (await effective(service, KPU, at))["level"] == 3


async def test_an_unchanged_level_is_304_and_changes_with_what_is_shown(service: Service):
    at = spot()
    client = await service.client(KPU)
    seen = {}
    for step in (None, 1, 3):
        if step:
            await stated(service, POLDA, at, step)
        shown = await client.get(at.url)
        assert shown.status_code == 200
        seen[shown.headers["etag"]] = step
        held = await client.get(at.url, headers={"If-None-Match": shown.headers["etag"]})
        assert (held.status_code, held.content) == (304, b"")
    assert len(seen) == 3
    tag = shown.headers["etag"]
    await stated(service, POLDA, Spot(at.region, "political_violence"), 1)
    await stated(service, "operator.bawaslu-banten", at, 3, tlp="AMBER+STRICT")
    assert (await client.get(at.url, headers={"If-None-Match": tag})).status_code == 304
    other = await service.client("liaison.kpu-banten")
    assert (await other.get(at.url, headers={"If-None-Match": tag})).status_code == 200


async def test_asking_again_is_one_indexed_query_and_an_empty_body(service: Service):
    at = spot()
    await stated(service, POLDA, at, 3)
    client = await service.client(KPU)
    tag = (await client.get(at.url)).headers["etag"]
    database: Database = service.app.state.database
    with queries(database) as made:
        answer = await client.get(at.url, headers={"If-None-Match": tag})
    assert (answer.status_code, answer.content) == (304, b"")
    [(query, parameters)] = made
    found = await plan(database, query, parameters)
    # The planner has two indexes that begin with the place, and takes either as its figures of the table say.
    index = next((each for each in INDEXES_OF_A_PLACE if each in found), None)
    assert index, found
    reached = found.partition(index)[2].partition("Filter")[0]
    assert "region_code" in reached
    assert "category" in reached.partition("region_code")[2], found


async def plan(database: Database, query: str, parameters: Any) -> str:
    """How the database finds the rows, once it is not tempted by the table being small."""
    async with database.engine.connect() as connection:
        explain = "EXPLAIN QUERY PLAN"
        if connection.dialect.name == "postgresql":
            explain = "EXPLAIN"
            await connection.execute(text("SET LOCAL enable_seqscan = off"))
            await connection.execute(text("SET LOCAL plan_cache_mode = force_generic_plan"))
        found = await connection.exec_driver_sql(f"{explain} {query}", parameters)
        return "\n".join(str(row) for row in found)


async def current(settings: Settings) -> list[tuple[str, ...]]:
    database = Database(settings.database)
    async with database.reading.connect() as connection:
        found = [tuple(row) for row in await connection.execute(text(CURRENT))]
    await database.close()
    return found


async def push(client: httpx.AsyncClient, at: Spot, level: int) -> int:
    return (await client.put(at.url, json=statement(level))).status_code


async def test_many_that_push_at_once_never_make_two_current_statements(fresh: Settings):
    places = [spot() for _ in range(4)]
    with serving(fresh, PASSWORD, workers=workers(fresh)) as server:
        async with (
            signed_in(server.url, POLDA) as one,
            signed_in(server.url, CHIEF) as two,
            signed_in(server.url, KPU) as another,
        ):
            before = (await one.get("/api/v1/ledger/head")).json()["size"]
            same = await asyncio.gather(*(push(each, at, 2) for at in places for each in (one, two) * 8))
            assert sorted(same) == [200] * 60 + [201] * 4
            assert (await one.get("/api/v1/ledger/head")).json()["size"] == before + 4
            mixed = await asyncio.gather(
                *(
                    push(each, at, level)
                    for at in places
                    for each in (one, two, another)
                    for level in (1, 2, 3)
                )
            )
            assert set(mixed) <= {200, 201, 409}
            assert 201 in mixed
    found = await current(fresh)
    assert len(found) == len(set(found)) == 8


async def test_two_servers_that_push_at_once_make_one_statement(fresh: Settings):
    """Two lanes in one process on PostgreSQL; on SQLite, which allows one, many tasks of it."""
    async with running(fresh, PASSWORD) as here, running(fresh, PASSWORD) as there:
        servers = (here, here) if fresh.database.startswith("sqlite") else (here, there)
        for _ in range(10):
            at = spot()
            answers = await asyncio.gather(*(sync(each, POLDA, at, 3) for each in servers * 5))
            assert sorted(each.status_code for each in answers) == [200] * 9 + [201]
            assert len({each.json()["id"] for each in answers}) == 1
            proposals = await asyncio.gather(*(sync(each, POLDA, at, 4) for each in servers * 5))
            assert sorted(each.status_code for each in proposals) == [200] * 9 + [202]
    assert len(set(await current(fresh))) == 10


async def test_levels_lie_under_addresses_that_do_not_meet(service: Service):
    client = await service.client(POLDA)
    for path in (
        f"{LEVELS}/proposals/{ABSENT}",
        f"{LEVELS}/{ABSENT}/history",
        f"{LEVELS}/{ABSENT}/withdrawal",
    ):
        refused(await client.put(path, json=statement(2)), 405, "method-not-allowed")
    for path in (f"{LEVELS}/nowhere/cyber", f"{LEVELS}/{ABSENT}/cyber"):
        refused(await client.get(path), 404, "not-found")


async def test_an_address_that_names_no_place_or_category(service: Service):
    for path in ("36.99/terrorism", "36.01.99/terrorism", "36.01.01.9999/terrorism", "99/cyber"):
        refused(await get(service, POLDA, f"{LEVELS}/{path}"), 404, "not-found")
        client = await service.client(POLDA)
        refused(await client.put(f"{LEVELS}/{path}", json=statement(2)), 404, "not-found")
    refused(await get(service, POLDA, f"{LEVELS}/36/plague"), 422, "invalid", "category")
    refused(await get(service, POLDA, f"{LEVELS}/3601/terrorism"), 422, "invalid", "region_code")
    refused(await get(service, POLDA, f"{LEVELS}/nonsense"), 422, "invalid", "threat_level_id")
