"""A receiver that is down for days hears everything afterwards, in order, and nothing twice under one id."""

import json
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import func, text
from sqlmodel import col, select

from app.domain.webhooks import DELAYS, RESTS, DeliveryError, DeliveryState, delay_after, rest_after
from app.models.webhooks import WebhookDeliveryRow, WebhookProgressRow
from app.services import keys
from app.services.delivering import Deliverer
from app.services.signed_messages import Signer
from app.services.webhook_posting import Post, Posted
from app.settings import Settings
from tests.conftest import PASSWORD
from tests.support.administration import integration
from tests.support.calls import OPERATOR, post
from tests.support.receivers import SCOPES, alone, deliveries, identity, telling, webhook
from tests.support.service import Service, incident, report

DOWN = timedelta(hours=72)
RECORDS, ROUNDS = 2_000, 5


@dataclass
class Days:
    """A clock that is put forward, and a receiver that is down until a moment."""

    now: datetime
    up_at: datetime
    wrong: frozenset[str] = frozenset()  # of these records it takes no message
    posted: int = 0
    taken: list[tuple[str, int, str]] = field(default_factory=list)  # id, position, record

    def __call__(self) -> datetime:
        return self.now

    @asynccontextmanager
    async def to(self, _url: str) -> AsyncIterator[Post]:
        yield self._post

    async def _post(self, headers: Mapping[str, str], body: bytes) -> Posted:
        content = json.loads(body)
        self.posted += 1
        if self.now < self.up_at:
            return Posted(DeliveryError.NO_CONNECTION)
        if content["id"] in self.wrong:
            return Posted(DeliveryError.REFUSED, 422)
        self.taken.append((headers["webhook-id"], content["position"], content["id"]))
        return Posted(status=204)


def deliverer(service: Service, settings: Settings, days: Days) -> Deliverer:
    state = service.app.state
    signer = Signer(keys.sign_in_keys(settings.data_dir))
    return Deliverer(state.database, state.lane, signer, days.to, (), days)


async def one(service: Service, question: str) -> Any:
    async with service.app.state.database.operating() as connection:
        return (await connection.execute(text(question))).scalar_one()


async def next_moment(service: Service) -> datetime:
    """When a message, and its receiver, wait no longer."""
    waits = select(func.min(col(WebhookDeliveryRow.next_at))).where(
        col(WebhookDeliveryRow.state) == DeliveryState.WAITING
    )
    async with service.app.state.database.session() as session:
        moments = [
            (await session.exec(waits)).one(),
            (await session.exec(select(WebhookProgressRow.resumes_at))).one(),
        ]
    return max(each.replace(tzinfo=UTC) for each in moments if each)


async def live_through(service: Service, settings: Settings, days: Days, made: dict[str, Any]) -> None:
    """Turn after turn; where nothing is to be done, the clock goes on to the next moment."""
    courier = deliverer(service, settings, days)
    while True:
        if await courier.turn(identity(made), lambda: True):
            continue
        if not await one(service, "SELECT count(*) FROM webhook_delivery WHERE state = 'waiting'"):
            return
        days.now = max(await next_moment(service), days.now + timedelta(seconds=1))


async def bulk(service: Service, round_: int) -> None:
    items = [
        incident(
            external_source="pusdalops",
            external_id=f"{n}",
            tlp="GREEN",
            title=f"Laporan {n}.{round_} (fiktif)",
        )
        for n in range(RECORDS)
    ]
    answer = await post(service, OPERATOR, "/api/v1/incidents/bulk", items)
    assert answer.status_code == 200, answer.text[:500]


async def test_ten_thousand_events_arrive_after_three_days(fresh: Settings):
    async with telling(fresh, PASSWORD) as service:
        await alone(service)
        made = await webhook(service, "http://127.0.0.1:9/hook")
        first = await one(service, "SELECT size FROM ledger_head")
        for round_ in range(ROUNDS):
            await bulk(service, round_)
        begun = datetime.now(UTC)
        days = Days(begun, begun + DOWN)
        await live_through(service, fresh, days, made)
        assert days.now - begun >= DOWN
        assert len({each for each, _, _ in days.taken}) == len(days.taken) == RECORDS * ROUNDS
        assert {position for _, position, _ in days.taken} == {*range(first, first + RECORDS * ROUNDS)}
        of_each: dict[str, list[int]] = defaultdict(list)
        for _, position, record in days.taken:
            of_each[record].append(position)
        assert len(of_each) == RECORDS
        assert all(a < b for positions in of_each.values() for a, b in pairwise(positions))
        assert days.posted - len(days.taken) < 2_000  # it is not beaten while it is down
        assert days.now - begun < DOWN + timedelta(hours=1)


async def test_one_message_that_is_never_taken_is_given_up_and_holds_up_no_other_record(fresh: Settings):
    async with telling(fresh, PASSWORD) as service:
        await alone(service)
        made = await webhook(service, "http://127.0.0.1:9/hook")
        wrong = await report(service, OPERATOR, tlp="GREEN")
        others = [await report(service, OPERATOR, tlp="GREEN") for _ in range(3)]
        begun = datetime.now(UTC)
        days = Days(begun, begun, frozenset({wrong["id"]}))
        await live_through(service, fresh, days, made)
        assert [record for _, _, record in days.taken] == [each["id"] for each in others]
        states = {each["state"]: each for each in await deliveries(service, made)}
        assert states["failed"]["attempts"] == len(DELAYS) + 1
        assert days.now - begun > DOWN


async def test_what_two_webhooks_of_one_integration_hear_is_the_same(fresh: Settings):
    async with telling(fresh, PASSWORD) as service:
        await alone(service)
        system = await integration(service, scopes=SCOPES)
        pair = [
            await webhook(service, f"http://127.0.0.1:9/{n}", integration_id=system["id"]) for n in range(2)
        ]
        await report(service, OPERATOR, tlp="GREEN")
        begun = datetime.now(UTC)
        heard = []
        for made in pair:
            days = Days(begun, begun)
            assert await deliverer(service, fresh, days).turn(identity(made), lambda: True)
            heard.append([each[1:] for each in days.taken])
        assert heard[0] == heard[1]
        assert len(heard[0]) == 1


def test_waiting_grows_and_is_never_at_the_same_moment_for_all():
    assert sum(DELAYS, timedelta()) > DOWN + timedelta(days=1)
    assert sorted(DELAYS) == list(DELAYS)
    assert sorted(RESTS) == list(RESTS)
    for failures in range(1, len(DELAYS) + 1):
        least, most = delay_after(failures, 0.0), delay_after(failures, 1.0)
        assert least is not None
        assert most is not None
        assert least < DELAYS[failures - 1] < most
    assert delay_after(len(DELAYS) + 1, 0.5) is None
    assert rest_after(1_000, 0.5) == RESTS[-1]
