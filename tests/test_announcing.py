"""Announcements: each entry as one reader hears of it, without content, and nothing of what is hidden."""

from typing import Any
from uuid import UUID

from app.domain.announcements import AnnouncedChange, Announcement
from app.services import announcing
from app.services.accounts import actor, standing_of
from app.services.accounts import find as find_account
from app.services.announcing import Announced
from app.services.feed_cursors import Wanted, wanted
from app.services.leases import Lease
from tests.support.calls import OPERATOR, change, step
from tests.support.service import Service, report

KPU = "integration.kpu-banten"


async def reader(service: Service, name: str) -> Wanted:
    async with service.app.state.database.session() as session:
        account = await find_account(session, name)
        assert account
        standing = await standing_of(session, account.id)
    assert standing
    held = actor(standing, frozenset({"changes:read", "incidents:read", "deployments:read"}), ())
    return wanted(held, ())


async def size(service: Service) -> int:
    return int(await service.app.state.feed.news.size())


async def heard(service: Service, since: int, most: int = 500, name: str = KPU) -> Announced:
    of = await reader(service, name)
    async with service.app.state.database.session() as session:
        return await announcing.between(session, of, since, await size(service), most)


async def heard_at(service: Service, *positions: int) -> list[Announcement]:
    of = await reader(service, KPU)
    async with service.app.state.database.session() as session:
        return await announcing.at(session, of, positions)


def brief(of: list[Announcement], made: dict[str, Any]) -> list[tuple[str, int | None]]:
    return [(each.change, each.version) for each in of if each.id == UUID(made["id"])]


async def test_each_entry_is_announced_with_the_version_as_it_stands(service: Service):
    since = await size(service)
    made = await report(service, OPERATOR, tlp="GREEN")
    await step(service, OPERATOR, made, "verified")
    told = await heard(service, since)
    assert brief(told.announcements, made) == [("changed", 2), ("changed", 2)]
    assert [each.position for each in told.announcements] == [since, since + 1]
    assert await heard_at(service, since, since + 1) == told.announcements
    assert told.announcements[0].content() == {
        "position": since, "type": "incident", "id": made["id"], "version": 2, "change": "changed",
    }  # fmt: skip


async def test_how_much_is_read_at_once_makes_no_difference(service: Service):
    since = await size(service)
    made = await report(service, OPERATOR, tlp="GREEN")
    await step(service, OPERATOR, made, "verified")
    first = await heard(service, since, most=1)
    assert first.upto == since + 1
    rest = await heard(service, first.upto)
    assert first.announcements + rest.announcements == (await heard(service, since)).announcements


async def test_what_is_hidden_by_now_is_announced_as_gone_only(service: Service):
    since = await size(service)
    made = await report(service, OPERATOR, tlp="GREEN")
    assert [each.change for each in await heard_at(service, since)] == [AnnouncedChange.CHANGED]
    narrow = (await change(service, OPERATOR, made, tlp="AMBER+STRICT")).json()
    await change(service, OPERATOR, narrow, title="Tidak untuk semua")
    assert await heard_at(service, since) == []
    assert brief((await heard(service, since)).announcements, made) == [("gone", None)]


async def test_of_what_was_never_shown_nothing_is_announced(service: Service):
    since = await size(service)
    await report(service, OPERATOR)
    assert (await heard(service, since)).announcements == []
    assert await heard_at(service, since) == []


async def test_a_lease_is_held_by_one_until_it_is_given_back(service: Service):
    database = service.app.state.database
    mine, other = Lease("relay", "a"), Lease("relay", "b")
    async with database.operating() as connection:
        assert await mine.take(connection)
        assert not await other.take(connection)
        assert await mine.take(connection)
        assert (mine.holds, other.holds) == (True, False)
        await mine.give_back(connection)
        assert not mine.holds
        assert await other.take(connection)
        await other.give_back(connection)
