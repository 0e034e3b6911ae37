"""Subscribers: through whose eyes a webhook sees, with the rights that its integration has at this moment."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, select

from app.database import Session
from app.domain.actors import Actor
from app.domain.changes import READ_WITH, RecordType
from app.domain.errors import Conflict
from app.domain.permissions import Permission
from app.models.webhooks import WebhookProgressRow, WebhookRow
from app.services.accounts import actor, standing_of
from app.services.feed_cursors import Wanted, wanted

ALL = frozenset(map(str, Permission))


@dataclass(frozen=True, slots=True)
class Subscription:
    """A webhook that is on, how far it was told, and its reader."""

    row: WebhookRow
    progress: WebhookProgressRow
    of: Wanted


async def reader(session: Session, row: WebhookRow, oversight: Sequence[str]) -> Wanted | None:
    """Who is told, of what; None while its integration may not follow changes, or is suspended."""
    standing = await standing_of(session, row.account_id)
    asked = map(RecordType, row.types) if row.types else RecordType
    return follower(actor(standing, ALL, oversight), asked) if standing else None


async def require(session: Session, row: WebhookRow, oversight: Sequence[str]) -> Wanted:
    """The same; raises Conflict where nothing would be sent now."""
    if not row.active:
        raise Conflict("This webhook is switched off.")
    of = await reader(session, row, oversight)
    if of is None:
        raise Conflict("The integration of this webhook may not follow changes now.")
    return of


def follower(subscriber: Actor, asked: Iterable[RecordType]) -> Wanted | None:
    """Who is told of what it may read of these types; None where it may not follow changes."""
    types = [each for each in asked if READ_WITH[each] in subscriber.permissions]
    if not types or Permission.CHANGES_READ not in subscriber.permissions:
        return None
    return wanted(subscriber, types)


async def subscription(session: Session, webhook_id: UUID, oversight: Sequence[str]) -> Subscription | None:
    """A webhook with all that telling takes; None where nothing is to be told now."""
    query = (
        select(WebhookRow, WebhookProgressRow)
        .join(WebhookProgressRow, col(WebhookProgressRow.webhook_id) == WebhookRow.id)
        .where(col(WebhookRow.id) == webhook_id, col(WebhookRow.active))
    )
    found = (await session.exec(query)).first()
    if found is None:
        return None
    row, progress = found
    of = await reader(session, row, oversight)
    return None if of is None else Subscription(row, progress, of)
