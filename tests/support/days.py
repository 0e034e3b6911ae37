"""Days of webhooks in seconds: a clock that is put forward, a receiver as it does then, and who delivers."""

import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, text
from sqlmodel import col, select

from app.domain.webhooks import DeliveryError, DeliveryState
from app.models.webhooks import WebhookDeliveryRow, WebhookProgressRow
from app.services import deliveries, keys
from app.services.delivering import Deliverer
from app.services.signed_messages import Signer
from app.services.webhook_posting import Post, Posted
from app.settings import Settings
from tests.support.receivers import identity
from tests.support.service import Service

TAKEN = Posted(status=204)
AWAY = Posted(DeliveryError.NO_CONNECTION)


@dataclass
class Days:
    """The clock, and what the receiver makes of each content at its moment."""

    now: datetime
    answer: Callable[[datetime, dict[str, Any]], Posted] = lambda _now, _content: TAKEN
    posted: int = 0
    taken: list[tuple[str, int, str]] = field(default_factory=list)  # id, position, record
    taken_at: dict[str, datetime] = field(default_factory=dict)  # of a record, the last time

    def __call__(self) -> datetime:
        return self.now

    @asynccontextmanager
    async def to(self, _url: str) -> AsyncIterator[Post]:
        yield self._post

    async def _post(self, headers: Mapping[str, str], body: bytes) -> Posted:
        content = json.loads(body)
        self.posted += 1
        answer = self.answer(self.now, content)
        if answer.error is None:
            self.taken.append((headers["webhook-id"], content["position"], content["id"]))
            self.taken_at[content["id"]] = self.now
        return answer


def away_until(moment: datetime, meanwhile: Posted = AWAY) -> Callable[[datetime, dict[str, Any]], Posted]:
    return lambda now, _content: meanwhile if now < moment else TAKEN


def deliverer(service: Service, settings: Settings, days: Days) -> Deliverer:
    state = service.app.state
    signer = Signer(keys.sign_in_keys(settings.data_dir))
    return Deliverer(state.database, state.lane, signer, days.to, (), days)


async def one(service: Service, question: str) -> Any:
    async with service.app.state.database.operating() as connection:
        return (await connection.execute(text(question))).scalar_one()


async def next_moment(service: Service) -> datetime:
    """When a message that nothing goes before, and its receiver, wait no longer."""
    waits = select(func.min(col(WebhookDeliveryRow.next_at))).where(
        col(WebhookDeliveryRow.state) == DeliveryState.WAITING, ~deliveries.earlier().exists()
    )
    async with service.app.state.database.session() as session:
        moments = [
            (await session.exec(waits)).one(),
            (await session.exec(select(WebhookProgressRow.resumes_at))).one(),
        ]
    return max(each.replace(tzinfo=UTC) for each in moments if each)


async def live_through(
    courier: Deliverer, service: Service, days: Days, made: dict[str, Any], until: datetime | None = None
) -> None:
    """Turn after turn; where nothing is to be done, the clock goes on, to the next moment or the end."""
    while True:
        if await courier.turn(identity(made), lambda: True):
            continue
        waiting = await one(service, "SELECT count(*) FROM webhook_delivery WHERE state = 'waiting'")
        following = await next_moment(service) if waiting else until
        if following is None:
            return
        days.now = max(following, days.now + timedelta(seconds=1))
        if until and days.now >= until:
            days.now = until
            return
