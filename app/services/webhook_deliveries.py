"""What an agency sees of the messages to its receivers, and how it has them sent again."""

from uuid import UUID

from sqlmodel import col, select

from app.change import Change
from app.database import Session
from app.domain.actors import Actor
from app.domain.webhooks import DeliveryState
from app.models.agencies import AccountRow
from app.models.webhooks import WebhookDeliveryRow
from app.schemas.pages import make_cursor, read_cursor
from app.schemas.webhooks import Delivery, DeliveryPage, WebhookReplay, WebhookReplayed
from app.services import account_rules as rules
from app.services import announcing, deliveries, subscribers, webhooks
from app.services.ledger import ledger_size

Row = WebhookDeliveryRow


async def search(
    session: Session,
    actor: Actor,
    webhook_id: UUID,
    state: DeliveryState | None,
    cursor: str | None,
    limit: int,
) -> DeliveryPage:
    """The messages of a webhook, the newest first."""
    row = await webhooks.find(session, actor, webhook_id)
    query = select(Row).where(col(Row.webhook_id) == row.id)
    if state is not None:
        query = query.where(col(Row.state) == state)
    if before := read_cursor(cursor, UUID):
        query = query.where(col(Row.id) < before[0])
    rows = list((await session.exec(query.order_by(col(Row.id).desc()).limit(limit + 1))).all())
    following = make_cursor(rows[limit - 1].id) if len(rows) > limit else None
    return DeliveryPage(items=[Delivery.of(each.model_dump()) for each in rows[:limit]], next=following)


async def replay(session: Session, actor: Actor, webhook_id: UUID, asked: WebhookReplay) -> Change:
    """Tell the receiver again of some positions, as new messages: what they are to it now."""
    row = await webhooks.find(session, actor, webhook_id)
    change = await rules.start(session, actor, asked.reason)
    of = await subscribers.require(session, row, actor.oversight)
    upto = min(asked.last + 1, await session.load(ledger_size, 1) or 0)
    told = await announcing.between(session, of, asked.first, upto, upto - asked.first + 1)
    await deliveries.require_first_replay(session, row.id, told.announcements)
    await deliveries.require_room(session, row.id, len(told.announcements))
    rows = deliveries.rows_of(row.id, told.announcements, change.at, replayed=True)
    owner = await session.get_one(AccountRow, row.account_id)
    change.update(row, "account.webhook_replayed", rules.subject(owner), {})
    change.inserts += [(Row, each) for each in rows]
    change.answer = WebhookReplayed(webhook_id=row.id, count=len(rows))
    return change
