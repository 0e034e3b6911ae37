"""Each token has a quota by its role; every answer tells what is left, and beyond it is 429."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest

from app.domain.permissions import Role
from app.domain.quotas import QUOTAS, TOKENS_OF_AN_ACCOUNT, quota_of
from app.routers import metering
from app.settings import Settings
from tests.conftest import PASSWORD
from tests.support.bulk import send
from tests.support.calls import ABSENT, INCIDENTS, OPERATOR, refused
from tests.support.service import Service, incident, running

ME = "/api/v1/me"
AUDITOR = "auditor.polda-banten"
TOLD = re.compile(r'"([a-z-]+)";r=(\d+);t=(\d+)')


@asynccontextmanager
async def metered(settings: Settings, quota: int) -> AsyncIterator[Service]:
    """The service where an operator's token has this quota."""
    factor = quota / QUOTAS[Role.OPERATOR]
    async with running(settings.model_copy(update={"rate_limit_factor": factor}), PASSWORD) as service:
        yield service


def left(answer: httpx.Response) -> tuple[str, int]:
    name, remaining, seconds = TOLD.fullmatch(answer.headers["ratelimit"]).groups()
    assert 1 <= int(seconds) <= 60
    return name, int(remaining)


async def by(service: Service, token: str, path: str = ME) -> httpx.Response:
    return await (await service.anonymous()).get(path, headers={"Authorization": f"Bearer {token}"})


async def test_every_answer_to_a_token_tells_what_is_left(fresh: Settings):
    async with metered(fresh, 50) as service:
        client = await service.client(OPERATOR)
        answers = [
            await client.get(ME),
            await client.head(ME),
            await client.get(f"{INCIDENTS}/{ABSENT}"),
            await client.get(INCIDENTS, params={"no": "such"}),
            await client.get("/api/v1/ledger/entries"),
            await client.post(INCIDENTS, json=incident()),
            await client.post(INCIDENTS, content=b"{"),
            await client.get(INCIDENTS),
            await client.get(INCIDENTS),
        ]
        assert [each.status_code for each in answers] == [200, 200, 404, 422, 403, 201, 415, 200, 200]
        assert [left(each) for each in answers] == [("operator", 49 - done) for done in range(9)]
        policies = {each.headers["ratelimit-policy"] for each in answers}
        assert policies == {'"operator";q=50;w=60, "operator-account";q=500;w=60'}


async def test_where_there_is_no_token_or_no_such_place_nothing_is_counted(fresh: Settings):
    async with metered(fresh, 50) as service:
        client, anonymous = await service.client(OPERATOR), await service.anonymous()
        answers = [
            await anonymous.get(ME),
            await anonymous.get("/livez"),
            await by(service, "x.y.z"),
            await client.get("/no/such/place"),
            await client.options(ME),
        ]
        assert all("ratelimit" not in each.headers for each in answers)
        assert left(await client.get(ME)) == ("operator", 49)


async def test_switched_off_there_is_neither_a_bound_nor_a_header(service: Service):
    answer = await (await service.client(OPERATOR)).get(ME)
    assert answer.status_code == 200
    assert not {"ratelimit", "ratelimit-policy"} & answer.headers.keys()


async def test_beyond_the_quota_one_waits_and_so_does_nobody_else(fresh: Settings):
    async with metered(fresh, 3) as service:
        client = await service.client(OPERATOR)
        assert [(await client.get(ME)).status_code for _ in range(3)] == [200] * 3
        for answer in (await client.get(ME), await client.post(INCIDENTS, json=incident())):
            refused(answer, 429, "too-many-requests")
            seconds = int(answer.headers["retry-after"])
            assert 1 <= seconds <= 60
            assert f" {seconds} s" in answer.json()["detail"]
            assert answer.headers["ratelimit"].startswith('"operator";r=0;t=')
        said = await client.get(ME, headers={"Accept-Language": "id"})
        assert said.json()["title"] == "Terlalu banyak permintaan"
        assert (await (await service.client(AUDITOR)).get(ME)).status_code == 200
        assert (await by(service, await service.token(OPERATOR))).status_code == 200


async def test_in_the_next_window_the_quota_is_whole_again(fresh: Settings, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(metering, "WINDOW_SECONDS", 1)
    async with metered(fresh, 2) as service:
        client = await service.client(OPERATOR)
        assert [(await client.get(ME)).status_code for _ in range(3)] == [200, 200, 429]
        await asyncio.sleep(1)
        assert left(await client.get(ME)) == ("operator", 1)


async def test_more_tokens_do_not_give_an_account_more_without_end(fresh: Settings):
    async with metered(fresh, 1) as service:
        tokens = [await service.token(OPERATOR) for _ in range(TOKENS_OF_AN_ACCOUNT + 1)]
        answers = [await by(service, token) for token in tokens]
        assert [each.status_code for each in answers] == [200] * TOKENS_OF_AN_ACCOUNT + [429]
        assert left(answers[-1]) == ("operator-account", 0)
        assert (await (await service.client(AUDITOR)).get(ME)).status_code == 200


def test_every_role_has_a_quota_and_systems_have_the_largest():
    assert QUOTAS.keys() == set(Role)
    assert all(QUOTAS[Role.INTEGRATION] > quota for role, quota in QUOTAS.items() if role != Role.INTEGRATION)


def test_of_several_roles_the_largest_quota_counts_and_a_factor_leaves_at_least_one():
    assert quota_of({Role.ADMIN, Role.AUDITOR}, 1) == ("auditor", QUOTAS[Role.AUDITOR])
    assert quota_of({Role.AUDITOR, Role.ADMIN}, 2) == ("auditor", 2 * QUOTAS[Role.AUDITOR])
    assert quota_of({Role.ADMIN}, 1e-9) == ("admin", 1)


async def test_ten_items_of_a_bulk_count_as_one_request(fresh: Settings):
    """A bulk that counts for more than a whole quota takes all of it, so that it passes once a minute."""
    async with metered(fresh, 50) as service:
        for items, remaining in ((1, 49), (10, 48), (11, 46), (200, 26)):
            answer = await send(service, OPERATOR, "incidents", [{}] * items, dry_run=True)
            assert answer.status_code == 200
            assert left(answer) == ("operator", remaining)
        refused(await send(service, OPERATOR, "incidents", [{}] * 300), 429, "too-many-requests")
    async with metered(fresh, 50) as service:
        answer = await send(service, OPERATOR, "incidents", [{}] * 900, dry_run=True)
        assert left(answer) == ("operator", 0)
