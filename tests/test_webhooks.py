"""Webhooks tell an integration that something changed: signed, without content, nothing that is hidden."""

import asyncio
import base64
import time

import pytest

from app.formats.webhook_signatures import headers
from app.settings import Settings
from tests.conftest import PASSWORD
from tests.support.administration import ADMIN, INTEGRATIONS, act
from tests.support.calls import OPERATOR, change, post, step
from tests.support.receivers import (
    WEBHOOKS,
    deliveries,
    ended,
    hanging,
    receiving,
    saying,
    telling,
    webhook,
)
from tests.support.service import report


def is_delivered(each: dict[str, object]) -> bool:
    return each["state"] == "delivered"


def test_signatures_are_those_of_the_standard():
    """The vector of its own test suites."""
    secret = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    made = headers([secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    assert made["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


async def test_a_change_is_told_signed_and_without_its_content(fresh: Settings):
    async with telling(fresh, PASSWORD) as service, receiving() as receiver:
        made = await webhook(service, receiver.url)
        incident = await report(service, OPERATOR, tlp="GREEN", title="Rahasia benar (fiktif)")
        (message,) = await receiver.until(1)
        assert message.content | {"position": 0} == {
            "position": 0, "type": "incident", "id": incident["id"], "version": 1, "change": "changed",
        }  # fmt: skip
        assert message.is_signed(made["secret"])
        assert message.headers["host"] == f"127.0.0.1:{receiver.port}"
        assert abs(int(message.headers["webhook-timestamp"]) - time.time()) < 60
        (noted,) = await ended(service, made, is_delivered)
        assert noted["id"] == message.headers["webhook-id"]
        assert (noted["attempts"], noted["status"], noted["next_at"]) == (1, 204, None)
        assert noted["position"] == message.content["position"]


async def test_what_is_hidden_is_not_told_and_what_went_is_told_as_gone(fresh: Settings):
    async with telling(fresh, PASSWORD) as service, receiving() as receiver:
        await webhook(service, receiver.url)
        await report(service, OPERATOR)
        shown = await report(service, OPERATOR, tlp="GREEN")
        await receiver.until(1)
        await change(service, OPERATOR, shown, tlp="AMBER+STRICT")
        told = await receiver.until(2)
        assert [(each.content["id"], each.content["change"], each.content["version"]) for each in told] == [
            (shown["id"], "changed", 1), (shown["id"], "gone", None),
        ]  # fmt: skip


async def test_a_message_that_waits_is_withdrawn_where_there_is_nothing_to_know_any_more(fresh: Settings):
    async with telling(fresh, PASSWORD) as service, receiving(saying("500 Down")) as receiver:
        made = await webhook(service, receiver.url)
        shown = await report(service, OPERATOR, tlp="GREEN")
        await receiver.until(1)
        await change(service, OPERATOR, shown, tlp="AMBER+STRICT")
        receiver.answering = saying("204 Yes")
        found = await ended(service, made, lambda each: each["state"] in {"delivered", "withdrawn"})
        assert {each["state"] for each in found[1:]} == {"withdrawn"}
        told = [each.content["change"] for each in receiver.messages]
        assert (told[0], told[-1], len(told)) == ("changed", "gone", 2)


async def test_the_types_that_were_asked_for_are_told_and_no_others(fresh: Settings):
    async with telling(fresh, PASSWORD) as service, receiving() as receiver, receiving() as other:
        await webhook(service, receiver.url, types=["deployment"])
        await webhook(service, other.url, types=["incident"])
        await report(service, OPERATOR, tlp="GREEN")
        await other.until(1)
        await asyncio.sleep(1)
        assert receiver.messages == []


async def test_a_suspended_integration_hears_nothing_until_it_is_back(fresh: Settings):
    async with telling(fresh, PASSWORD) as service, receiving() as receiver:
        made = await webhook(service, receiver.url)
        place = f"{INTEGRATIONS}/{made['integration_id']}"
        assert (await act(service, ADMIN, f"{place}/suspension")).status_code == 200
        await asyncio.sleep(1)
        incident = await report(service, OPERATOR, tlp="GREEN")
        await asyncio.sleep(1.5)
        assert receiver.messages == []
        assert (await act(service, ADMIN, f"{place}/reactivation")).status_code == 200
        (message,) = await receiver.until(1)
        assert message.content["id"] == incident["id"]


async def test_after_a_change_of_the_secret_both_sign_for_a_while(fresh: Settings):
    async with telling(fresh, PASSWORD) as service, receiving() as receiver:
        made = await webhook(service, receiver.url)
        place = f"{WEBHOOKS}/{made['id']}"
        second = (await act(service, ADMIN, f"{place}/secret", overlap_hours=1)).json()
        await report(service, OPERATOR, tlp="GREEN")
        (message,) = await receiver.until(1)
        assert message.is_signed(made["secret"])
        assert message.is_signed(second["secret"])
        third = (await act(service, ADMIN, f"{place}/secret", overlap_hours=0)).json()
        await report(service, OPERATOR, tlp="GREEN")
        last = (await receiver.until(2))[1]
        signed = [last.is_signed(each["secret"]) for each in (made, second, third)]
        assert signed == [False, False, True]


async def test_a_test_arrives_and_a_range_is_told_again_as_new_messages(fresh: Settings):
    async with telling(fresh, PASSWORD) as service, receiving() as receiver:
        made = await webhook(service, receiver.url)
        place = f"{WEBHOOKS}/{made['id']}"
        assert (await act(service, ADMIN, f"{place}/ping")).status_code == 201
        (message,) = await receiver.until(1)
        assert (message.content["type"], message.content["position"]) == ("ping", None)
        incident = await report(service, OPERATOR, tlp="GREEN")
        await step(service, OPERATOR, incident, "verified")
        told = (await receiver.until(3))[1:]
        first, last = (each.content["position"] for each in told)
        answer = await act(service, ADMIN, f"{place}/replays", first=first, last=last)
        assert (answer.status_code, answer.json()["count"]) == (201, 2)
        again = (await receiver.until(5))[3:]
        assert [each.content["position"] for each in again] == [first, last]
        ids = {each.headers["webhook-id"] for each in receiver.messages}
        assert len(ids) == 5
        found = await ended(service, made, is_delivered)
        assert [each["replayed"] for each in found] == [True, True, False, False, False]


async def test_a_receiver_that_has_gone_is_told_nothing_more(fresh: Settings):
    async with telling(fresh, PASSWORD) as service, receiving(saying("410 Gone")) as receiver:
        made = await webhook(service, receiver.url)
        await report(service, OPERATOR, tlp="GREEN")
        await receiver.until(1)
        client = await service.client(ADMIN)
        for _ in range(100):
            now = (await client.get(f"{WEBHOOKS}/{made['id']}")).json()
            if not now["active"]:
                break
            await asyncio.sleep(0.05)
        assert not now["active"]
        assert now["gone_at"] is not None
        await report(service, OPERATOR, tlp="GREEN")
        await asyncio.sleep(1.2)
        assert len(receiver.messages) == 1


async def test_a_receiver_that_asks_for_a_pause_gets_it(fresh: Settings):
    busy = saying("429 Busy", "Retry-After: 3600")
    async with telling(fresh, PASSWORD) as service, receiving(busy) as receiver:
        made = await webhook(service, receiver.url)
        await report(service, OPERATOR, tlp="GREEN")
        (waiting,) = await ended(service, made, lambda each: each["attempts"] == 1)
        assert (waiting["state"], waiting["status"], waiting["error"]) == ("waiting", 429, "refused")
        assert waiting["next_at"][:13] > waiting["attempted_at"][:13]
        await report(service, OPERATOR, tlp="GREEN")
        await asyncio.sleep(1.2)
        assert len(receiver.messages) == 1


@pytest.mark.parametrize("status", ["302 Elsewhere", "307 Elsewhere"])
async def test_a_redirect_is_not_followed(fresh: Settings, status: str):
    async with telling(fresh, PASSWORD) as service, receiving() as other, receiving() as receiver:
        receiver.answering = saying(status, f"Location: {other.url}")
        made = await webhook(service, receiver.url)
        await report(service, OPERATOR, tlp="GREEN")
        (noted,) = await ended(service, made, lambda each: each["attempts"] == 1)
        assert (noted["state"], noted["error"]) == ("waiting", "redirected")
        assert other.messages == []


async def test_a_receiver_that_hangs_holds_up_nobody_else(fresh: Settings):
    async with telling(fresh, PASSWORD) as service, receiving() as quick, receiving(hanging) as slow:
        await webhook(service, quick.url)

        async def slowest(count: int) -> float:
            took = []
            for _ in range(count):
                seen, begun = len(quick.messages), time.monotonic()
                await report(service, OPERATOR, tlp="GREEN")
                await quick.until(seen + 1)
                took.append(time.monotonic() - begun)
            return max(took)

        usual = await slowest(8)
        await webhook(service, slow.url)
        beside = await slowest(8)
        assert slow.messages
        assert beside < 2 * usual + 0.5


async def test_an_answer_without_end_is_not_read_to_its_end(fresh: Settings):
    async def endless(_message: object) -> bytes:
        return b"HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n" + b"x" * 60_000

    async with telling(fresh, PASSWORD) as service, receiving(endless) as receiver:
        made = await webhook(service, receiver.url)
        await report(service, OPERATOR, tlp="GREEN")
        await ended(service, made, is_delivered)


async def test_what_is_switched_off_meanwhile_is_told_when_it_is_on_again(fresh: Settings):
    async with telling(fresh, PASSWORD) as service, receiving() as receiver:
        made = await webhook(service, receiver.url)
        client = await service.client(ADMIN)
        place, version = f"{WEBHOOKS}/{made['id']}", made["version"]
        for active in (False, True):
            body = {"active": active, "reason": "Penerima dipindah (fiktif)."}
            answer = await client.patch(place, json=body, headers={"If-Match": f'"{version}"'})
            assert answer.status_code == 200, answer.text
            version = answer.json()["version"]
            if not active:
                await report(service, OPERATOR, tlp="GREEN")
                await asyncio.sleep(1.2)
                assert await deliveries(service, made) == []
                assert (await post(service, ADMIN, f"{place}/ping", {"reason": "Uji"})).status_code == 409
        await receiver.until(1)
