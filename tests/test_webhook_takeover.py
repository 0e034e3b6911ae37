"""A sender is killed while it sends: another takes over, nothing is lost, what comes twice has one id."""

import asyncio
from collections import defaultdict
from contextlib import ExitStack
from itertools import pairwise
from typing import Any

import httpx

from app.settings import Settings
from tests.support.administration import ADMIN, INTEGRATIONS, REASON, a_post
from tests.support.receivers import ANSWER, SCOPES, WEBHOOKS, Message, Receiver, receiving
from tests.support.servers import Server, serving
from tests.support.service import incident
from tests.test_concurrency import PASSWORD, signed_in

OPERATOR = "operator.polda-banten"
INCIDENTS = "/api/v1/incidents"
RECORDS = 20
PATIENCE = 120.0  # the lease of the dead lasts for half a minute


async def sent(client: httpx.AsyncClient, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = await client.post(path, json=body)
    assert answer.is_success, answer.text
    return answer.json()


async def webhook_at(server: Server, url: str) -> dict[str, Any]:
    async with signed_in(server.url, ADMIN) as client:
        system = {"post": a_post("sistem"), "scopes": SCOPES, "reason": REASON}
        owner = (await sent(client, INTEGRATIONS, system))["id"]
        said = {"integration_id": owner, "url": url, "label": "Server (fiktif)", "reason": REASON}
        return await sent(client, WEBHOOKS, said)


async def changed_twice(server: Server) -> set[tuple[str, int]]:
    """Records and the versions that they had."""
    made = set()
    async with signed_in(server.url, OPERATOR) as client:
        for _ in range(RECORDS):
            one = await sent(client, INCIDENTS, incident(tlp="GREEN"))
            step = {"to": "verified", "reason": "Sesuai laporan petugas."}
            two = await sent(client, f"{INCIDENTS}/{one['id']}/steps", step)
            made |= {(one["id"], one["version"]), (two["id"], two["version"])}
    return made


async def all_delivered(server: Server, made: dict[str, Any]) -> list[dict[str, Any]]:
    async with signed_in(server.url, ADMIN) as client, asyncio.timeout(PATIENCE):
        while True:
            answer = await client.get(f"{WEBHOOKS}/{made['id']}/deliveries", params={"limit": 200})
            found = answer.json()["items"]
            if len(found) == 2 * RECORDS and all(each["state"] == "delivered" for each in found):
                return found
            await asyncio.sleep(0.5)


def heard(receiver: Receiver) -> dict[str, list[Message]]:
    """What came under each id."""
    by_id: dict[str, list[Message]] = defaultdict(list)
    for each in receiver.messages:
        by_id[each.headers["webhook-id"]].append(each)
    return by_id


async def test_one_sender_is_killed_and_another_goes_on(fresh: Settings):
    settings = fresh.model_copy(update={"webhook_targets": ("127.0.0.1",)})
    killed = asyncio.Event()
    hanging: list[Message] = []

    async def until_the_death(message: Message) -> bytes:
        """Some are answered, the rest are on their way when the sender dies."""
        if len(hanging) >= 5 and not killed.is_set():
            await killed.wait()
        hanging.append(message)
        return ANSWER

    with ExitStack() as servers:
        async with receiving(until_the_death) as receiver:
            first = servers.enter_context(serving(settings, PASSWORD))
            made = await webhook_at(first, receiver.url)
            changes = await changed_twice(first)
            is_alone = settings.database.startswith("sqlite")  # there a second process is refused
            second = None if is_alone else servers.enter_context(serving(settings, PASSWORD))
            await receiver.until(6)
            first.kill()
            before = len(receiver.messages)
            killed.set()
            second = second or servers.enter_context(serving(settings, PASSWORD))
            found = await all_delivered(second, made)
    by_id = heard(receiver)
    assert set(by_id) == {each["id"] for each in found}
    assert len(receiver.messages) > before >= 6
    for messages in by_id.values():
        assert len({each.content["position"] for each in messages}) == 1
        assert all(each.is_signed(made["secret"]) for each in messages)
    assert max(map(len, by_id.values())) == 2  # what was on its way came again, under its id
    told = [(each.content["id"], each.content["position"]) for each in receiver.messages]
    assert {record for record, _ in changes} == {record for record, _ in told}
    of_each: dict[str, list[int]] = defaultdict(list)
    for record, position in dict.fromkeys(told):
        of_each[record].append(position)
    assert all(a < b for positions in of_each.values() for a, b in pairwise(positions))
