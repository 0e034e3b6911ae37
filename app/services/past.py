"""Time travel: a record, or a part of it, as the ledger says that it stood at a moment.

What is told is one whole state: the newest at that moment, if the reader passes both its marking and the
record's present one (DESIGN §4). Where the newest is hidden there is no answer: an older one was not it.
"""

from datetime import UTC, datetime
from typing import TypeVar
from uuid import UUID

from pydantic import BaseModel
from sqlmodel import col, select

from app.database import Session
from app.domain.actors import Actor
from app.domain.errors import Invalid, NotFound
from app.domain.sharing import may_see
from app.models.columns import Record
from app.models.ledger import LedgerDisclosureRow, LedgerRow
from app.schemas.pages import Rendered
from app.services import links, records, restrictions
from app.services.subjects import as_answered
from app.services.visibility import marking_of

R = TypeVar("R", bound=Record)


async def record(
    session: Session, actor: Actor, table: type[Record], record_id: UUID, moment: datetime
) -> BaseModel:
    """A record as it stood then."""
    check(moment)
    await records.get(session, actor, table, record_id)
    return await subject(session, actor, record_id, moment)


async def subject(session: Session, actor: Actor, subject_id: UUID, moment: datetime) -> BaseModel:
    """The same of a subject whose record, as it is marked now, shows to the actor: the caller has asked."""
    query = (
        select(LedgerRow, LedgerDisclosureRow)
        .join(LedgerDisclosureRow, col(LedgerDisclosureRow.position) == LedgerRow.position)
        .where(col(LedgerRow.subject_id) == subject_id, col(LedgerRow.at) <= moment)
        .order_by(col(LedgerRow.version).desc())
        .limit(1)
    )
    found = (await session.exec(query)).first()
    if found is None or not may_see(actor, marking_of(found[0])):
        raise NotFound
    answer = await links.own(session, actor, as_answered(*found))
    return await restrictions.own(session, actor, answer)


def check(moment: datetime) -> None:
    """Raise where the moment is still to come: nobody knows what will be said by then."""
    if moment > datetime.now(UTC):
        raise Invalid.field("as_of", "This time is still to come.", "future")


def rendered(answer: BaseModel) -> Rendered:
    """The answer as JSON, without a version as its tag: erasure changes what an old version says."""
    return Rendered(answer.model_dump_json().encode())
