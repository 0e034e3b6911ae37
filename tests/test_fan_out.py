"""The task that tells all who listen: what each is told begins where it stands, and has no holes."""

import asyncio
import json
from dataclasses import replace

import pytest

from app.domain.changes import RecordType, StreamEnd
from app.domain.permissions import Permission
from app.domain.sharing import Classification
from app.services import fan_out
from app.services.changes import Feed
from app.services.fan_out import FanOut, Listener
from app.services.feed_cursors import Wanted, wanted
from tests.support.markings import actor
from tests.support.service import Service, report

KPU = replace(
    actor("operator.kpu-banten", Classification.BIASA), permissions=frozenset({Permission.INCIDENTS_READ})
)


@pytest.fixture
def feed(service: Service) -> Feed:
    return service.app.state.feed


@pytest.fixture
def of() -> Wanted:
    return wanted(KPU, [RecordType.INCIDENT])


async def reported(service: Service) -> str:
    return (await report(service, "operator.polda-banten", tlp="GREEN"))["id"]


async def heard(listener: Listener, last: str) -> list[str]:
    """The ids of what a listener is told, until it hears of the last."""
    found: list[str] = []
    async with asyncio.timeout(15):
        while last not in found:
            lines = (await listener.chunk()).decode().split("\n")
            found += [json.loads(line[6:])["id"] for line in lines if line.startswith("data: ")]
    return found


async def test_who_has_come_further_than_the_fan_out_hears_nothing_twice(service: Service, feed, of):
    tells = FanOut(feed)
    behind = tells.join(of, await feed.news.size())
    first = await reported(service)
    ahead = tells.join(of, await feed.news.size())  # it has caught up, and the fan-out has not
    telling = asyncio.create_task(tells.run())
    try:
        assert await heard(behind, first) == [first]
        second = await reported(service)
        assert await heard(ahead, second) == [second]
        assert await heard(behind, second) == [second]
    finally:
        telling.cancel()


async def test_who_has_not_come_so_far_is_told_where_to_catch_up_to(service: Service, feed, of):
    tells = FanOut(feed)
    size = await feed.news.size()
    assert tells.join(of, size).since == size
    assert tells.join(of, size - 1).since == size


async def test_who_listens_after_everybody_has_left_hears_nothing_of_before(service: Service, feed, of):
    tells = FanOut(feed)
    telling = asyncio.create_task(tells.run())
    try:
        tells.leave(tells.join(of, await feed.news.size()))
        await reported(service)
        there = tells.join(of, await feed.news.size())
        last = await reported(service)
        assert await heard(there, last) == [last]
    finally:
        telling.cancel()


@pytest.mark.parametrize("size", [1, fan_out.MOST_WAITING_BYTES // 3], ids=["many", "long"])
async def test_who_leaves_too_much_unread_is_told_nothing_after_the_hole(of, size: int):
    listener = Listener(of, 0)
    took = []
    while listener.reason is None:
        took.append(bytes(size))
        listener.put(took[-1])
    assert listener.reason is StreamEnd.TOO_SLOW
    assert [await listener.chunk() for _ in took[1:]] == took[:-1]
    listener.put(b"after the hole")
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await listener.chunk()
