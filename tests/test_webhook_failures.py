"""What fails is told apart: one bad message holds up no others, and a receiver that is down is not beaten."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from sqlalchemy import update

from app.domain.webhooks import DELAYS, JITTER, RESTS, DeliveryError
from app.formats.webhook_signatures import written
from app.models.webhooks import WebhookDeliveryRow, WebhookRow
from app.services import deliveries as stored
from app.services import keys
from app.services.signed_messages import Signer
from app.services.webhook_posting import Posted
from app.settings import Settings
from tests.conftest import PASSWORD
from tests.support.administration import ADMIN, act
from tests.support.calls import OPERATOR, refused, step
from tests.support.days import AWAY, TAKEN, Days, away_until, deliverer, live_through, one
from tests.support.receivers import (
    WEBHOOKS,
    alone,
    deliveries,
    ended,
    receiving,
    saying,
    telling,
    webhook,
)
from tests.support.servers import free_port
from tests.support.service import report

NOWHERE = "http://127.0.0.1:9/hook"
HOUR = timedelta(hours=1)


def a_fault(status: int) -> Posted:
    return Posted(DeliveryError.REFUSED, status)


BAD = {"500": a_fault(500), "503": a_fault(503), "timeout": Posted(DeliveryError.TIMEOUT)}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
async def test_a_message_that_fails_its_receiver_each_time_holds_up_no_others(fresh: Settings, bad: Posted):
    async with telling(fresh, PASSWORD) as service:
        await alone(service)
        made = await webhook(service, NOWHERE)
        wrong = await report(service, OPERATOR, tlp="GREEN")
        begun = datetime.now(UTC)
        days = Days(begun, lambda _now, content: bad if content["id"] == wrong["id"] else TAKEN)
        courier = deliverer(service, fresh, days)
        for _ in range(3):
            await live_through(courier, service, days, made, days.now + HOUR)
            told_at = days.now
            other = await report(service, OPERATOR, tlp="GREEN")
            await live_through(courier, service, days, made, days.now + HOUR)  # a rest may last 36 minutes
            assert days.taken_at[other["id"]] - told_at <= RESTS[-1] * 1.2
        assert days.posted < 5 * 60 * 1.3


async def test_a_message_that_meets_a_fault_each_time_is_given_up_in_days(fresh: Settings):
    async with telling(fresh, PASSWORD) as service:
        await alone(service)
        made = await webhook(service, NOWHERE)
        await report(service, OPERATOR, tlp="GREEN")
        begun = datetime.now(UTC)
        days = Days(begun, lambda _now, _content: a_fault(500))
        await live_through(deliverer(service, fresh, days), service, days, made)
        (given_up,) = await deliveries(service, made)
        assert (given_up["state"], given_up["status"], given_up["error"]) == ("failed", 500, "refused")
        assert given_up["attempts"] == days.posted == len(DELAYS) + 1
        assert days.now - begun > timedelta(days=5)
        assert sum(DELAYS, timedelta()) * (1 - JITTER) > timedelta(days=5)  # whatever chance would have it


@pytest.mark.parametrize("answer", [a_fault(500), a_fault(503)], ids=["500", "503"])
async def test_a_receiver_that_refuses_all_for_long_gets_all_in_order_and_is_not_beaten(
    fresh: Settings, answer: Posted
):
    async with telling(fresh, PASSWORD) as service:
        await alone(service)
        made = await webhook(service, NOWHERE)
        for each in [await report(service, OPERATOR, tlp="GREEN") for _ in range(10)]:
            await step(service, OPERATOR, each, "verified")
        begun = datetime.now(UTC)
        days = Days(begun, away_until(begun + 3 * HOUR, answer))
        await live_through(deliverer(service, fresh, days), service, days, made)
        told = [(position, record) for _, position, record in days.taken]
        assert len(told) == len({each for each, _, _ in days.taken}) == 20
        for record in {record for _, record in told}:
            assert all(a < b for a, b in pairwise(position for position, each in told if each == record))
        assert days.posted - 20 < 3 * 60 * 1.3 + 64  # once a minute, after the first batch


async def test_what_tries_a_receiver_is_not_always_the_same_and_never_passes_the_order(fresh: Settings):
    async with telling(fresh, PASSWORD) as service:
        await alone(service)
        made = await webhook(service, NOWHERE)
        for each in [await report(service, OPERATOR, tlp="GREEN") for _ in range(4)]:
            await step(service, OPERATOR, each, "verified")
        tried: list[tuple[str, int]] = []

        def away(_now: datetime, content: dict[str, object]) -> Posted:
            tried.append((str(content["id"]), int(str(content["version"]))))
            return AWAY

        begun = datetime.now(UTC)
        days = Days(begun, away)
        await live_through(deliverer(service, fresh, days), service, days, made, begun + 5 * HOUR)
        assert {count for _, count in Counter(record for record, _ in tried).items()} <= {2, 3, 4, 5}
        states = await deliveries(service, made)
        assert [each["attempts"] == 0 for each in states].count(True) == 4  # the second ones wait


async def test_who_takes_only_some_for_now_gets_a_pause(fresh: Settings):
    async with telling(fresh, PASSWORD) as service:
        await alone(service)
        made = await webhook(service, NOWHERE)
        for _ in range(24):
            await report(service, OPERATOR, tlp="GREEN")
        begun = datetime.now(UTC)
        moments: list[datetime] = []

        def some(now: datetime, _content: dict[str, object]) -> Posted:
            moments.append(now)
            return TAKEN if moments.count(now) <= 6 else a_fault(429)

        days = Days(begun, some)
        await live_through(deliverer(service, fresh, days), service, days, made)
        assert len(days.taken) == 24
        assert days.now - begun < timedelta(minutes=2)
        assert days.posted < 120
        assert all(b - a >= timedelta(seconds=4) for a, b in pairwise(sorted(set(moments))))
        assert {each["state"] for each in await deliveries(service, made)} == {"delivered"}


async def test_a_test_is_tried_once_and_says_what_came_of_it(fresh: Settings):
    async with telling(fresh, PASSWORD) as service:
        made = await webhook(service, f"http://127.0.0.1:{free_port()}/hook")
        place = f"{WEBHOOKS}/{made['id']}"
        await report(service, OPERATOR, tlp="GREEN")
        await ended(service, made, lambda each: each["attempts"] > 0)
        for _ in range(2):
            sent = (await act(service, ADMIN, f"{place}/ping")).json()
            found = await ended(service, made, lambda each: each["attempts"] > 0)
            assert (found[0]["id"], found[0]["state"], found[0]["attempts"]) == (sent["id"], "failed", 1)
            assert (found[0]["error"], found[0]["next_at"]) == ("no_connection", None)
        assert await one(service, "SELECT failures FROM webhook_progress") in {1, 2}


async def test_a_test_that_arrives_ends_the_rest_of_its_receiver(fresh: Settings):
    busy = saying("503 Down", "Retry-After: 7200")
    async with telling(fresh, PASSWORD) as service, receiving(busy) as receiver:
        made = await webhook(service, receiver.url)
        await report(service, OPERATOR, tlp="GREEN")
        await ended(service, made, lambda each: each["attempts"] > 0)
        receiver.answering = saying("204 Up")
        later = await report(service, OPERATOR, tlp="GREEN")
        assert (await act(service, ADMIN, f"{WEBHOOKS}/{made['id']}/ping")).status_code == 201
        await ended(service, made, lambda each: each["state"] == "delivered")
        assert later["id"] in {each.content["id"] for each in receiver.messages}


async def test_no_more_wait_than_may(fresh: Settings, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(stored, "MOST_WAITING", 3)
    async with telling(fresh, PASSWORD) as service:
        await alone(service)
        made = await webhook(service, NOWHERE)
        reports = [await report(service, OPERATOR, tlp="GREEN") for _ in range(7)]
        begun = datetime.now(UTC)
        days = Days(begun, away_until(begun + HOUR))
        courier = deliverer(service, fresh, days)
        await live_through(courier, service, days, made, begun + HOUR / 2)
        waiting = await deliveries(service, made)
        assert len(waiting) == 3
        place, first = f"{WEBHOOKS}/{made['id']}", waiting[-1]["position"]
        refused(await act(service, ADMIN, f"{place}/replays", first=first, last=first), 409, "conflict")
        refused(await act(service, ADMIN, f"{place}/ping"), 409, "conflict")
        await live_through(courier, service, days, made)
        assert [record for _, _, record in days.taken] == [each["id"] for each in reports]


async def test_what_is_long_over_goes_and_what_waits_stays(fresh: Settings):
    async with telling(fresh, PASSWORD) as service:
        await alone(service)
        made, other = [await webhook(service, f"{NOWHERE}/{n}") for n in range(2)]
        wrong, _ = [await report(service, OPERATOR, tlp="GREEN") for _ in range(2)]
        days = Days(datetime.now(UTC), lambda _n, content: AWAY if content["id"] == wrong["id"] else TAKEN)
        courier = deliverer(service, fresh, days)
        for each in (made, other):
            assert await courier.turn(UUID(each["id"]), lambda: True)
        long_ago = days.now - timedelta(days=40)
        async with service.app.state.database.operating() as connection:
            await connection.execute(update(WebhookDeliveryRow).values(created_at=long_ago))
            await stored.sweep(connection, days.now - timedelta(days=30))
        assert len(await deliveries(service, made)) == 2  # made long ago, but over only now
        client = await service.client(ADMIN)
        gone = await client.delete(f"{WEBHOOKS}/{other['id']}", headers={"If-Match": f'"{other["version"]}"'})
        assert gone.status_code == 204
        async with service.app.state.database.operating() as connection:
            await connection.execute(update(WebhookDeliveryRow).values(attempted_at=long_ago))
            await stored.sweep(connection, days.now - timedelta(days=30))
        assert [each["state"] for each in await deliveries(service, made)] == ["waiting"]
        assert await one(service, "SELECT count(*) FROM webhook_delivery") == 1


async def test_an_old_secret_that_cannot_be_opened_any_more_stops_nothing(fresh: Settings):
    async with telling(fresh, PASSWORD) as service, receiving() as receiver:
        made = await webhook(service, receiver.url)
        second = (await act(service, ADMIN, f"{WEBHOOKS}/{made['id']}/secret", overlap_hours=5)).json()
        async with service.app.state.database.session() as session:
            row = await session.get_one(WebhookRow, UUID(made["id"]))
        row.sealed_before = "bm90IG91cnM="
        (only,) = Signer(keys.sign_in_keys(fresh.data_dir)).secrets_of(row, datetime.now(UTC))
        assert written(only) == second["secret"]


async def test_a_secret_that_cannot_be_opened_is_told_and_mended_by_another(
    fresh: Settings, caplog: pytest.LogCaptureFixture
):
    async with telling(fresh, PASSWORD) as service:
        await alone(service)
        made = await webhook(service, NOWHERE)
        await report(service, OPERATOR, tlp="GREEN")
        begun = datetime.now(UTC)
        days = Days(begun)
        (fresh.data_dir / "keys" / "sign-in.key").write_bytes(bytes(32))
        courier = deliverer(service, fresh, days)
        await live_through(courier, service, days, made, begun + 5 * HOUR)
        (waiting,) = await deliveries(service, made)
        assert (waiting["state"], waiting["error"], days.posted) == ("waiting", "key_lost", 0)
        assert 10 <= waiting["attempts"] < 30
        told = [each for each in caplog.records if made["id"] in each.getMessage()]
        assert [(each.levelname, each.exc_info) for each in told] == [("ERROR", None)]
        desk = service.app.state.webhook_desk
        service.app.state.webhook_desk = replace(desk, keys=keys.sign_in_keys(fresh.data_dir))
        assert (await act(service, ADMIN, f"{WEBHOOKS}/{made['id']}/secret")).status_code == 200
        await live_through(courier, service, days, made)
        assert [each["state"] for each in await deliveries(service, made)] == ["delivered"]


async def test_a_replay_that_is_asked_for_again_while_it_waits_doubles_no_message(fresh: Settings):
    async with telling(fresh, PASSWORD) as service:
        await alone(service)
        made = await webhook(service, NOWHERE)
        for _ in range(3):
            await report(service, OPERATOR, tlp="GREEN")
        days = Days(datetime.now(UTC))
        courier = deliverer(service, fresh, days)
        await live_through(courier, service, days, made)
        last, middle, first = (each["position"] for each in await deliveries(service, made))
        place = f"{WEBHOOKS}/{made['id']}/replays"

        async def again(first: int, last: int) -> int:
            return (await act(service, ADMIN, place, first=first, last=last)).status_code

        both = await asyncio.gather(again(first, middle), again(first, middle))
        assert sorted(both) == [201, 409]
        (sent,) = [each for each in await deliveries(service, made) if each["state"] == "waiting"][-1:]
        async with service.app.state.database.operating() as connection:
            arrived = {"delivery": UUID(sent["id"]), "state": "delivered"}
            await stored.note(connection, [arrived], UUID(made["id"]))
        assert (await again(first, middle), await again(middle, last)) == (409, 201)
        assert len(await deliveries(service, made)) == 3 + 2 + 2
        await live_through(courier, service, days, made)
        assert await again(first, last) == 201
        assert len(await deliveries(service, made)) == 3 + 2 + 2 + 3
