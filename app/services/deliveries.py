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
from app.domain.errors import Conflict
from app.domain.webhooks import PING, DeliveryState
from app.models.webhooks import WebhookDeliveryRow, WebhookProgressRow, WebhookRow

About = tuple[int, str, UUID]  # the position, type and id of the record
Row = WebhookDeliveryRow
MOST_WAITING = 10_000  # messages to one receiver; the ledger keeps the rest
EARLIER = aliased(Row)


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
    held_up = earlier().where(col(EARLIER.next_at) > now)
    waiting = select(Row.id).where(
        col(Row.webhook_id) == WebhookRow.id, col(Row.state) == DeliveryState.WAITING,
        col(Row.next_at) <= now, ~held_up.exists(),
    )  # fmt: skip
    progress = WebhookProgressRow
    rested = or_(col(progress.resumes_at).is_(None), col(progress.resumes_at) <= now)
    behind = or_(col(progress.position) < size, waiting.exists())
    # A test is about the webhook: asked for so, it is found by the index and not among all that wait.
    tests = waiting.where(col(Row.position) == PING, col(Row.record_id) == WebhookRow.id).exists()
    return (
        select(col(WebhookRow.id))
        .join(progress, col(progress.webhook_id) == WebhookRow.id)
        .where(col(WebhookRow.active), or_(and_(rested, behind), tests))
    )


async def due(
    session: Session, webhook_id: UUID, now: datetime, most: int, *, tests_only: bool
) -> list[WebhookDeliveryRow]:
    """What may be sent now, in order; a message waits for the earlier ones about the same record."""
    held_up = earlier().where(col(EARLIER.next_at) > now)
    query = _due(webhook_id, now).where(~held_up.exists())
    if tests_only:
        query = query.where(col(Row.position) == PING, col(Row.record_id) == webhook_id)
    return list((await session.exec(query.order_by(col(Row.position), col(Row.id)).limit(most))).all())


async def probe(session: Session, webhook_id: UUID, now: datetime) -> list[WebhookDeliveryRow]:
    """The message that tries whether a receiver is back; not always the same, it may be the bad one."""
    query = _due(webhook_id, now).where(~earlier().exists())
    order = (col(Row.attempts), col(Row.position), col(Row.id))
    return list((await session.exec(query.order_by(*order).limit(1))).all())


def _due(webhook_id: UUID, now: datetime) -> SelectOfScalar[WebhookDeliveryRow]:
    return select(Row).where(
        col(Row.webhook_id) == webhook_id, col(Row.state) == DeliveryState.WAITING, col(Row.next_at) <= now
    )


def earlier() -> SelectOfScalar[UUID]:
    """The messages about the same record that go before one of `Row`."""
    return select(EARLIER.id).where(
        col(EARLIER.webhook_id) == Row.webhook_id,
        col(EARLIER.record_id) == Row.record_id,
        col(EARLIER.state) == DeliveryState.WAITING,
        or_(
            col(EARLIER.position) < Row.position,
            and_(col(EARLIER.position) == Row.position, col(EARLIER.id) < Row.id),
        ),
    )


async def waiting(session: Session, webhook_id: UUID) -> int:
    """How many messages wait."""
    query = select(func.count()).where(
        col(Row.webhook_id) == webhook_id, col(Row.state) == DeliveryState.WAITING
    )
    return int((await session.exec(query)).one())


async def require_room(session: Session, webhook_id: UUID, count: int) -> None:
    """Raise Conflict where so many more messages would be too many."""
    if count > MOST_WAITING - await waiting(session, webhook_id):
        raise Conflict("Too many messages wait for this receiver: have it take them first.")


async def require_first_replay(
    session: Session, webhook_id: UUID, announcements: Sequence[Announcement]
) -> None:
    """Raise Conflict where an earlier replay of all this is not over yet: who tries again doubles nothing."""
    if not announcements:
        return
    mine = (col(Row.webhook_id) == webhook_id, col(Row.replayed))
    waits = select(Row.id).where(*mine, col(Row.state) == DeliveryState.WAITING)
    for end in (announcements[0], announcements[-1]):  # what was made in one go has the same moment
        at_end = (col(Row.record_id) == end.id, col(Row.position) == end.position)
        waits = waits.where(col(Row.created_at).in_(select(Row.created_at).where(*mine, *at_end)))
    if (await session.exec(waits.limit(1))).first() is not None:
        raise Conflict("These positions are being sent anew already: wait until it is over.")


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


async def hasten(connection: AsyncConnection, webhook_id: UUID, now: datetime) -> None:
    """What waits for a later moment waits no longer."""
    later = (
        col(Row.webhook_id) == webhook_id,
        col(Row.state) == DeliveryState.WAITING,
        col(Row.next_at) > now,
    )
    await connection.execute(update(WebhookDeliveryRow).where(*later).values(next_at=now))


async def sweep(connection: AsyncConnection, before: datetime) -> None:
    """Forget what has long been over, and all of webhooks that were removed."""
    removed = select(col(WebhookRow.id)).where(col(WebhookRow.removed_at).is_not(None))
    ended_at = func.coalesce(col(Row.attempted_at), col(Row.created_at))
    over = and_(col(Row.state) != DeliveryState.WAITING, ended_at < before)
    await connection.execute(delete(Row).where(or_(over, col(Row.webhook_id).in_(removed))))
