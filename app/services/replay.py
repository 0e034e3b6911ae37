"""Idempotency keys: what became of an earlier request, told again from the ledger."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import col, select

from app.change import Change
from app.database import Session
from app.domain.actors import Actor
from app.domain.errors import KeyReused, NotFound
from app.models.ledger import LedgerDisclosureRow, LedgerRow
from app.models.operations import IdempotencyRow
from app.services import break_glass, links, records, restrictions
from app.services.break_glass import BREAK_GLASS
from app.services.subjects import ANSWERS, as_answered

KEPT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Key:
    """An idempotency key in its scope, and the request that carries it."""

    actor: Actor
    route: str
    key: str
    fingerprint: str

    async def row(self, session: Session, change: Change, status: int) -> Mapping[str, Any]:
        """The row to write with the effect; the lane adds the position of the change's own first entry."""
        earlier = {}
        if change.retells:
            entry = select(LedgerRow.position).where(col(LedgerRow.id) == change.retells)
            earlier["position"] = (await session.exec(entry)).one()
        return {**self.plain(status), **earlier, "wrote": bool(change.entries)}

    def plain(self, status: int) -> dict[str, Any]:
        """The row without the place of its entry."""
        return {
            "wrote": True,
            "account_id": self.actor.account_id,
            "exercise": self.actor.exercise,
            "route": self.route,
            "key": self.key,
            "fingerprint": self.fingerprint,
            "status": status,
            "expires_at": datetime.now(UTC) + KEPT,
            "results": None,
        }


@dataclass(frozen=True, slots=True)
class Replayed:
    """The answer of an earlier request."""

    answer: Any
    status: int
    position: int | None  # None where it wrote nothing


async def kept(session: Session, key: Key) -> IdempotencyRow | None:
    """What is known of the earlier request with this key; raises where it was another request."""
    query = select(IdempotencyRow).where(
        col(IdempotencyRow.account_id) == key.actor.account_id,
        col(IdempotencyRow.exercise) == key.actor.exercise,
        col(IdempotencyRow.route) == key.route,
        col(IdempotencyRow.key) == key.key,
        col(IdempotencyRow.expires_at) > datetime.now(UTC),
    )
    row = (await session.exec(query)).first()
    # Empty: what was sent is erased, not what became of it.
    if row is not None and row.fingerprint not in {key.fingerprint, ""}:
        raise KeyReused("Use a new Idempotency-Key for another request.")
    return row


async def replay(session: Session, key: Key) -> Replayed | None:
    """The answer of the earlier request with this key, authorised as if it came now; None for a new key."""
    row = await kept(session, key)
    if row is None:
        return None
    entries = (
        select(LedgerRow, LedgerDisclosureRow)
        .join(LedgerDisclosureRow, col(LedgerDisclosureRow.position) == LedgerRow.position)
        .where(col(LedgerRow.position) == row.position)
    )
    entry, said = (await session.exec(entries)).one()
    table = records.BY_TYPE.get(entry.record_type)
    # What one may no longer see is not told again.
    if entry.record_type == BREAK_GLASS:
        await break_glass.get(session, key.actor, entry.record_id)
    elif table is None or entry.subject_type not in ANSWERS:
        raise NotFound
    else:
        await records.get(session, key.actor, table, entry.record_id)
    answer = await links.own(session, key.actor, as_answered(entry, said))
    answer = await restrictions.own(session, key.actor, answer)
    return Replayed(answer, row.status, row.position if row.wrote else None)
