"""Idempotency keys: what became of an earlier request, told again from the ledger."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import BaseModel
from sqlmodel import col, select

from app.change import REASON
from app.database import Session
from app.domain.actors import Actor
from app.domain.errors import KeyReused, NotFound
from app.models.ledger import LedgerDisclosureRow, LedgerRow
from app.models.operations import IdempotencyRow
from app.schemas.incident_parts import Link, Note, Party
from app.schemas.incidents import Incident
from app.services import incident_rules as rules

KEPT = timedelta(days=7)
ANSWERS: dict[str, Any] = {
    "incident": Incident,
    "incident_link": Link,
    "incident_note": Note,
    "incident_party": Party,
}


@dataclass(frozen=True, slots=True)
class Key:
    """An idempotency key in its scope, and the request that carries it."""

    actor: Actor
    route: str
    key: str
    fingerprint: str

    def row(self, status: int) -> Mapping[str, Any]:
        """The row to write with the effect; the lane adds the position."""
        return {
            "account_id": self.actor.account_id,
            "exercise": self.actor.exercise,
            "route": self.route,
            "key": self.key,
            "fingerprint": self.fingerprint,
            "status": status,
            "expires_at": datetime.now(UTC) + KEPT,
        }


@dataclass(frozen=True, slots=True)
class Replayed:
    """The answer of an earlier request."""

    answer: Any
    status: int
    position: int


async def replay(session: Session, key: Key) -> Replayed | None:
    """The answer of the earlier request with this key, authorised as if it came now; None for a new key."""
    query = select(IdempotencyRow).where(
        col(IdempotencyRow.account_id) == key.actor.account_id,
        col(IdempotencyRow.exercise) == key.actor.exercise,
        col(IdempotencyRow.route) == key.route,
        col(IdempotencyRow.key) == key.key,
        col(IdempotencyRow.expires_at) > datetime.now(UTC),
    )
    row = (await session.exec(query)).first()
    if row is None:
        return None
    if row.fingerprint != key.fingerprint:
        raise KeyReused("Use a new Idempotency-Key for another request.")
    entries = (
        select(LedgerRow, LedgerDisclosureRow)
        .join(LedgerDisclosureRow, col(LedgerDisclosureRow.position) == LedgerRow.position)
        .where(col(LedgerRow.position) == row.position)
    )
    entry, said = (await session.exec(entries)).one()
    await rules.get(session, key.actor, entry.record_id)  # what one may no longer see is not told again
    if entry.subject_type not in ANSWERS:
        raise NotFound
    return Replayed(as_answered(entry, said), row.status, row.position)


def as_answered(entry: LedgerRow, said: LedgerDisclosureRow) -> BaseModel:
    """The subject after an entry, as the service answered it then."""
    values = {path[1:]: value for path, (_, value) in said.fields.items() if path != REASON}
    answer: BaseModel = ANSWERS[entry.subject_type].of(values)
    return answer
