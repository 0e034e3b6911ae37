"""Break-glass: open one hidden record in an emergency, and review who did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col, select

from app.access import Access
from app.change import Change, Subject
from app.database import Session
from app.domain.access_log import AccessKind
from app.domain.actors import Actor
from app.domain.break_glass import DECIDED, OPENABLE_KINDS, REVIEW_WITHIN, Review
from app.domain.errors import Conflict, Forbidden, NotFound
from app.domain.references import make_reference
from app.domain.sharing import Marking, Tlp, may_see
from app.models.break_glass import BreakGlassRow
from app.models.columns import Record
from app.schemas.break_glass import BreakGlass, BreakGlassCreate, BreakGlassPage, BreakGlassReview
from app.schemas.pages import Rendered, make_cursor, read_cursor
from app.services import openings, records, versions
from app.services.visibility import marking_of, visible
from app.tries import Tries

BREAK_GLASS = str(BreakGlassRow.__tablename__)
Expected = frozenset[int] | None


@dataclass(frozen=True, slots=True)
class BreakGlassFilter:
    """What is asked for; None asks for everything."""

    review: Sequence[Review] | None = None
    agency: str | None = None


def concerns(actor: Actor) -> ColumnElement[bool]:
    """The actor's own grants, and those on records of its agency, as far as it is cleared for these."""
    row = BreakGlassRow
    own = and_(col(row.account_id) == actor.account_id, col(row.exercise) == actor.exercise)
    return or_(own, visible(row, actor))


async def get(session: Session, actor: Actor, grant_id: UUID) -> BreakGlassRow:
    """A grant that concerns the actor."""
    query = select(BreakGlassRow).where(col(BreakGlassRow.id) == grant_id, concerns(actor))
    row = (await session.exec(query)).first()
    if row is None:
        raise NotFound
    return row


async def read(session: Session, actor: Actor, grant_id: UUID) -> BreakGlass | Rendered:
    """One grant."""
    row = await get(session, actor, grant_id)
    answer = BreakGlass.of(row.model_dump())
    if answer.review == row.review:
        return answer
    # It is overdue and no entry says so: its version does not tell the two apart.
    return Rendered(answer.model_dump_json().encode())


async def search(
    session: Session, actor: Actor, wanted: BreakGlassFilter, cursor: str | None, limit: int
) -> BreakGlassPage:
    """The grants that concern the actor, newest first."""
    row = BreakGlassRow
    query = select(row).where(concerns(actor))
    if wanted.agency:
        query = query.where(col(row.agency) == wanted.agency)
    if wanted.review:
        query = query.where(_reviewed(wanted.review, datetime.now(UTC)))
    if before := read_cursor(cursor, UUID):
        query = query.where(col(row.id) < before[0])
    rows = list((await session.exec(query.order_by(col(row.id).desc()).limit(limit + 1))).all())
    return BreakGlassPage(
        items=[BreakGlass.of(each.model_dump()) for each in rows[:limit]],
        next=make_cursor(rows[limit - 1].id) if len(rows) > limit else None,
    )


def _reviewed(wanted: Sequence[Review], now: datetime) -> ColumnElement[bool]:
    """Whether a grant is shown with one of these."""
    review, due = col(BreakGlassRow.review), col(BreakGlassRow.review_due_at)
    pending = review == Review.PENDING
    asked: Mapping[Review, ColumnElement[bool]] = {
        Review.PENDING: and_(pending, due > now),
        Review.OVERDUE: and_(pending, due <= now),
    }
    return or_(*(asked.get(each, review == each) for each in wanted))


async def open_record(session: Session, actor: Actor, new: BreakGlassCreate, tries: Tries) -> Change:
    """A grant to read one hidden record; what may not be opened is as unknown as what does not exist."""
    async with tries.one(actor.account_id):
        row = await _sought(session, actor, new.reference)
        if may_see(actor, marking_of(row)):
            raise Conflict("You may see this record already: read it by its id.")
        if not openings.may_open(actor, row):
            kind = str(row.__tablename__)
            session.note(Access.of(AccessKind.HIDDEN, actor).to(kind, row.id, row))
            raise NotFound
    change = Change(actor, new.reason)
    marking = Marking(
        row.owner_agency, Tlp.AMBER_STRICT, marking_of(row).classification, exercise=row.exercise
    )
    values = {
        **_about(row),
        "reference": make_reference("B"),
        "tlp": marking.tlp,
        "audience": [],
        "recipients": [],
        "reason": new.reason,
        "agency": actor.agency,
        "role": actor.role,
        "account": actor.account,
        "account_id": actor.account_id,
        "review": Review.PENDING,
        "created_at": change.at,
        "updated_at": change.at,
        "expires_at": change.at + timedelta(minutes=new.minutes),
        "review_due_at": change.at + REVIEW_WITHIN,
    }
    change.answer = BreakGlass.of(change.create(BreakGlassRow, "break_glass.opened", marking, values))
    change.rests_on(row)
    return change


def _about(row: Record) -> dict[str, Any]:
    """What a grant keeps of the record; it belongs to whoever owns that now."""
    same = ("owner_agency", "classification", "region_code", "exercise")
    return {
        **{name: getattr(row, name) for name in same},
        "record_type": str(row.__tablename__),
        "record_id": row.id,
        "record_reference": row.reference,
    }


async def _sought(session: Session, actor: Actor, reference: str) -> Record:
    """The record with a reference, hidden or not."""
    table = records.BY_TYPE.get(OPENABLE_KINDS.get(reference[0], ""))
    if table is None or not actor.partner:
        raise NotFound
    row = (await session.exec(select(table).where(col(table.reference) == reference))).first()
    if row is None:
        raise NotFound
    return row


async def review(
    session: Session, actor: Actor, grant_id: UUID, asked: BreakGlassReview, expected: Expected
) -> Change:
    """The owner says whether it was right; what it contests ends at once."""
    row = await get(session, actor, grant_id)
    versions.require(row, expected)
    if actor.agency != row.owner_agency:
        raise Forbidden("Only the agency that owns the record reviews this.")
    if actor.account_id == row.account_id:
        raise Forbidden("You broke the glass: another account of your agency reviews it.")
    if row.review != Review.PENDING:
        raise Conflict("It was reviewed already: {review}.", review=row.review)
    change = Change(actor, asked.reason)
    decided = DECIDED[asked.decision]
    values = {
        "review": decided,
        "review_reason": asked.reason,
        "reviewed_at": change.at,
        "updated_at": change.at,
    }
    marking = marking_of(row)
    about = Subject(BREAK_GLASS, row.id, marking, marking)
    changed = change.update(row, f"break_glass.{decided}", about, values)
    change.answer = BreakGlass.of(changed)
    return change
