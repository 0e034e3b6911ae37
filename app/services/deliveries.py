"""Deliveries: which messages wait for a receiver, and what became of each; the ledger tells nothing of it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, delete, func, insert, or_, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar
from uuid_utils.compat import uuid7

from app.database import Session
from app.domain.announcements import Announcement
from app.domain.webhooks import PING, DeliveryState
from app.models.webhooks import WebhookDeliveryRow, WebhookProgressRow, WebhookRow

About = tuple[int, str, UUID]  # the position, type and id of the record
Row = WebhookDeliveryRow


def delivery_row(
    webhook_id: UUID, about: About, now: datetime, *, identity: UUID, replayed: bool = False
) -> dict[str, Any]:
    """A message that waits."""
    position, record_type, record_id = about
    return {
        "id": identity, "webhook_id": webhook_id, "position": position, "record_type": record_type,
        "record_id": record_id, "state": DeliveryState.WAITING, "replayed": replayed, "attempts": 0,
        "refusals": 0,
        "status": None, "error": None, "created_at": now, "attempted_at": None, "next_at": now,
    }  # fmt: skip


def rows_of(
    webhook_id: UUID, announcements: Sequence[Announcement], now: datetime, *, replayed: bool = False
) -> list[dict[str, Any]]:
    """The same for all that is announced; their ids are in its order."""
    ids = sorted(uuid7() for _ in announcements)
    return [
        delivery_row(webhook_id, (each.position, each.type, each.id), now, identity=one, replayed=replayed)
        for one, each in zip(ids, announcements, strict=True)
    ]


def busy(size: int, now: datetime) -> SelectOfScalar[UUID]:
    """The webhooks for which there is something to do."""
    waiting = select(Row.id).where(
        col(Row.webhook_id) == WebhookRow.id, col(Row.state) == DeliveryState.WAITING, col(Row.next_at) <= now
    )
    progress = WebhookProgressRow
    rested = or_(col(progress.resumes_at).is_(None), col(progress.resumes_at) <= now)
    behind = or_(col(progress.position) < size, waiting.exists())
    tests = waiting.where(col(Row.position) == PING).exists()
    return (
        select(col(WebhookRow.id))
        .join(progress, col(progress.webhook_id) == WebhookRow.id)
        .where(col(WebhookRow.active), or_(and_(rested, behind), tests))
    )


async def due(
    session: Session, webhook_id: UUID, now: datetime, most: int, *, tests_only: bool
) -> list[WebhookDeliveryRow]:
    """What may be sent now, in order; a message waits for the earlier ones about the same record."""
    earlier = aliased(Row)
    held_up = select(earlier.id).where(
        col(earlier.webhook_id) == Row.webhook_id,
        col(earlier.record_id) == Row.record_id,
        col(earlier.state) == DeliveryState.WAITING,
        or_(
            col(earlier.position) < Row.position,
            and_(col(earlier.position) == Row.position, col(earlier.id) < Row.id),
        ),
        col(earlier.next_at) > now,
    )
    query = select(Row).where(
        col(Row.webhook_id) == webhook_id,
        col(Row.state) == DeliveryState.WAITING,
        col(Row.next_at) <= now,
        ~held_up.exists(),
    )
    if tests_only:
        query = query.where(col(Row.position) == PING)
    return list((await session.exec(query.order_by(col(Row.position), col(Row.id)).limit(most))).all())


async def waiting(session: Session, webhook_id: UUID) -> int:
    """How many messages wait."""
    query = select(func.count()).where(
        col(Row.webhook_id) == webhook_id, col(Row.state) == DeliveryState.WAITING
    )
    return int((await session.exec(query)).one())


async def move_on(
    connection: AsyncConnection, progress: WebhookProgressRow, upto: int, rows: Sequence[Mapping[str, Any]]
) -> bool:
    """Have messages wait, and note how far the ledger was told; False where another process was faster."""
    moved = update(WebhookProgressRow).where(
        col(WebhookProgressRow.webhook_id) == progress.webhook_id,
        col(WebhookProgressRow.position) == progress.position,
    )
    if (await connection.execute(moved.values(position=upto))).rowcount != 1:
        return False
    if rows:
        await connection.execute(insert(WebhookDeliveryRow), list(rows))
    return True


async def note(
    connection: AsyncConnection, outcomes: Iterable[Mapping[str, Any]], webhook_id: UUID, **progress: Any
) -> None:
    """What became of messages, and how the receiver does; what is over stays as it is."""
    noted = list(outcomes)
    if noted:
        table = WebhookDeliveryRow.__table__  # type: ignore[attr-defined]
        statement = update(table).where(
            table.c.id == bindparam("delivery"), table.c.state == DeliveryState.WAITING
        )
        names: dict[str, Any] = {name: bindparam(name) for name in noted[0] if name != "delivery"}
        await connection.execute(statement.values(**names), noted)
    if progress:
        at = col(WebhookProgressRow.webhook_id) == webhook_id
        await connection.execute(update(WebhookProgressRow).where(at).values(**progress))


async def sweep(connection: AsyncConnection, before: datetime) -> None:
    """Forget what has long been over, and all of webhooks that were removed."""
    removed = select(col(WebhookRow.id)).where(col(WebhookRow.removed_at).is_not(None))
    over = and_(col(Row.state) != DeliveryState.WAITING, col(Row.created_at) < before)
    await connection.execute(delete(Row).where(or_(over, col(Row.webhook_id).in_(removed))))
