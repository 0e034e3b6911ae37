"""What is read by an id is found by its index, however many records there are."""

import sqlite3
from contextlib import closing

import pytest

from tests.support.calls import OPERATOR, get, url
from tests.support.deployments import at, deploy
from tests.support.queries import queries
from tests.support.service import Service, report
from tests.support.sites import COVERAGE
from tests.test_lane_failures import only_sqlite


@only_sqlite
@pytest.mark.parametrize("kind", ["incident", "deployment"])
async def test_a_record_is_found_by_its_primary_key(service: Service, kind: str):
    made = await (report if kind == "incident" else deploy)(service, OPERATOR, tlp="GREEN")
    place = url(made) if kind == "incident" else at(made)
    await get(service, OPERATOR, "/api/v1/me")
    with queries(service.app.state.database) as asked:
        assert (await get(service, OPERATOR, place)).status_code == 200
    path = service.app.state.settings.database.partition("///")[2]
    with closing(sqlite3.connect(path)) as connection:
        plans = [
            row[3]
            for statement, values in asked
            for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", values)
        ]
    assert any(each.startswith(f"SEARCH {kind} ") for each in plans), plans
    assert not any(each.startswith(f"SCAN {kind}") for each in plans), plans


@only_sqlite
async def test_the_sites_that_are_guarded_are_found_by_an_index(service: Service):
    """Else each site would be held to every one that is named: 44 seconds for a province."""
    await get(service, OPERATOR, "/api/v1/me")
    with queries(service.app.state.database) as asked:
        answer = await get(service, OPERATOR, COVERAGE, operation="rencana-kueri")
    assert answer.status_code == 200
    ((statement, values),) = [each for each in asked if "guarded" in each[0]]
    path = service.app.state.settings.database.partition("///")[2]
    with closing(sqlite3.connect(path)) as connection:
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", values)]
    assert any("AUTOMATIC" in each and "site_id=?" in each for each in plan), plan
    assert not any(each.startswith("SCAN guarded") for each in plan), plan
