"""What became of messages: noted, tried again later, given up; a receiver that has gone is switched off."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import httpx
from sqlmodel import col, select

from app.change import Change
from app.database import Database
from app.domain.webhooks import (
    ABOUT_ONE_MESSAGE,
    PING,
    RESTS,
    TOO_MANY,
    DeliveryState,
    delay_after,
    is_of_the_message,
    is_of_the_receiver,
    rest_after,
)
from app.lane import Lane, Stale
from app.models.agencies import AccountRow
from app.models.webhooks import WebhookDeliveryRow, WebhookRow
from app.services import account_rules as rules
from app.services import deliveries
from app.services.accounts import SYSTEM
from app.services.subscribers import Subscription
from app.services.webhook_posting import Posted

GONE_RULE = "Penerima menjawab 410 / the receiver answered 410."


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one message; `posted` is None where it was not sent, as there was nothing to say."""

    row: WebhookDeliveryRow
    posted: Posted | None

    @property
    def is_over(self) -> bool:
        """Whether nothing more is to be done."""
        return self.posted is None or self.posted.error is None

    @property
    def has_arrived(self) -> bool:
        """Whether the receiver has taken it."""
        return self.posted is not None and self.posted.error is None

    @property
    def is_gone(self) -> bool:
        """Whether the receiver says that there is none any more."""
        return self.posted is not None and self.posted.status == httpx.codes.GONE


def test_content(row: WebhookRow) -> dict[str, Any]:
    """What a test says."""
    return {"position": None, "type": "ping", "id": str(row.id), "version": row.version, "change": "ping"}


async def note(
    database: Database, lane: Lane, to: Subscription, ended: Sequence[Outcome], now: datetime
) -> None:
    """Note what came of a batch."""
    others_pass = any(each.has_arrived for each in ended)
    noted = [_noted(each, now, others_pass=others_pass) for each in ended]
    async with database.operating() as connection:
        await deliveries.note(connection, noted, to.row.id, **_progress(to, ended, now))
        if any(each.has_arrived and each.row.position == PING for each in ended):
            await deliveries.hasten(connection, to.row.id, now)  # somebody has seen to it
    if any(each.is_gone for each in ended):
        await _switch_off(database, lane, to.row)


def _noted(each: Outcome, now: datetime, *, others_pass: bool) -> dict[str, Any]:
    row, posted = each.row, each.posted
    noted = {
        "delivery": row.id, "state": DeliveryState.WITHDRAWN, "attempts": row.attempts, "status": row.status,
        "error": row.error, "attempted_at": row.attempted_at, "next_at": row.next_at,
        "refusals": row.refusals,
    }  # fmt: skip
    if posted is None:
        return noted
    noted |= {"attempts": row.attempts + 1, "attempted_at": now}
    noted |= {"status": posted.status, "error": posted.error}
    if posted.error is None:
        return {**noted, "state": DeliveryState.DELIVERED}
    if row.position == PING:  # who tests wants to hear at once, and tests again
        return {**noted, "state": DeliveryState.FAILED}
    noted["state"] = DeliveryState.WAITING
    if not is_of_the_message(posted.error, posted.status, others_pass=others_pass):
        return {**noted, "next_at": now + posted.retry_after}  # it goes on with the receiver, see `_progress`
    noted["refusals"] = row.refusals + 1
    delay = delay_after(row.refusals + 1, random.random())  # noqa: S311 - no secret
    if delay is None:
        return {**noted, "state": DeliveryState.FAILED}
    return {**noted, "next_at": now + max(delay, posted.retry_after)}


def _progress(to: Subscription, ended: Sequence[Outcome], now: datetime) -> dict[str, Any]:
    """Whether the receiver is left alone for a while: where nothing goes through, or it asks for it.

    A test that arrives ends a rest, one that does not arrive prolongs none.
    """
    posted = [
        each.posted for each in ended if each.posted and (each.has_arrived or each.row.position != PING)
    ]
    wished = max((each.retry_after for each in posted), default=timedelta(0))
    if any(each.error is None for each in posted):
        pause = max(wished, RESTS[0]) if any(each.status == TOO_MANY for each in posted) else wished
        return {"failures": 0, "resumes_at": now + pause if pause else None}
    of_all = [each.error for each in posted if each.error and is_of_the_receiver(each.error, each.status)]
    if not of_all:
        return {}
    failures, answers = to.progress.failures + 1, ABOUT_ONE_MESSAGE.issuperset(of_all)
    rest = rest_after(failures, random.random(), answers=answers)  # noqa: S311 - no secret
    return {"failures": failures, "resumes_at": now + max(rest, wished)}


async def _switch_off(database: Database, lane: Lane, row: WebhookRow) -> None:
    change = Change(SYSTEM, GONE_RULE)
    async with database.session() as session:
        query = select(AccountRow).where(col(AccountRow.id) == row.account_id)
        owner = (await session.exec(query)).one()
    gone = {"active": False, "gone_at": change.at}
    change.update(row, "account.webhook_switched_off", rules.subject(owner), gone)
    try:
        await lane.write(change)
    except Stale:
        return  # somebody has changed it meanwhile: the next message says whether it is still gone
