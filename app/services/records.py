"""What every kind of record shares: how it is found, how it is marked, whose area binds a change of it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar, cast
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, or_
from sqlalchemy import select as core_select
from sqlmodel import col, select

from app.access import Access
from app.change import Subject
from app.database import Session, is_one_of
from app.domain.access_log import AccessKind
from app.domain.actors import Actor
from app.domain.errors import IllegalStep, Invalid, NotFound, OutsideJurisdiction
from app.domain.sharing import Marking, Tlp, may_see, misfit, reaches
from app.models import RECORDS
from app.models.columns import Ledgered, Record
from app.models.ledger import LedgerRow
from app.reads import Prepared
from app.schemas.pages import make_cursor, read_cursor
from app.services import versions
from app.services.reference import agencies_of_accounts, require_agencies
from app.services.visibility import marking_of, marking_said, reader, visible, visible_to_reader

P = TypeVar("P", bound=Ledgered)
R = TypeVar("R", bound=Record)
S = TypeVar("S")
NOT_ALLOWED = "Your agency is {stands} of this record; that does not allow: {act}."
NOT_REACHED = "{agency} does not pass the marking; widen it first."
OUTSIDE = "{region} shares no kecamatan with the area of {agency}."
BY_TYPE: dict[str, type[Record]] = {str(table.__tablename__): table for table in RECORDS}


async def get(
    session: Session, actor: Actor, table: type[R], record_id: UUID, expected: frozenset[int] | None = None
) -> R:
    """The record, if the actor may see it and it still has a version that the caller expects."""
    found = await session.rows(_by_id(table), {"id": record_id})
    row = table(**seen(session, actor, str(table.__tablename__), found[0] if found else None)._asdict())
    versions.require(row, expected)
    return row


@cache
def _by_id(table: type[Record]) -> Prepared:
    """A record by its id, whoever may see it: that is judged of the row, so that a refusal can be noted."""
    columns = table.__table__  # type: ignore[attr-defined]
    return Prepared(core_select(columns).where(columns.c.id == bindparam("id", type_=columns.c.id.type)))


def seen(session: Session, actor: Actor, kind: str, row: S | None) -> S:
    """The row of a record, for an actor who may see it; to any other it is as one that does not exist."""
    if row is None:
        raise NotFound
    if not may_see(actor, marking_of(row)):
        session.note(Access.of(AccessKind.HIDDEN, actor).to(kind, cast("Any", row).id, row))
        raise NotFound
    session.saw(actor, kind, row)
    return row


async def shown_ids(session: Session, actor: Actor, record_type: str, ids: Collection[UUID]) -> set[UUID]:
    """Which of these records the actor may see."""
    if not ids or not actor.partner:
        return set()
    found = await session.rows(_by_ids(record_type), {**reader(actor), "ids": list(ids)})
    return {row.id for row in found}


@cache
def _by_ids(record_type: str) -> Prepared:
    columns = BY_TYPE[record_type].__table__.c  # type: ignore[attr-defined]
    return Prepared(core_select(columns.id).where(is_one_of(columns.id, "ids"), visible_to_reader(columns)))


async def named(session: Session, actor: Actor, table: type[R], record_id: UUID, pointer: str) -> R:
    """A record that a request names; a hidden one is as unknown as one that does not exist."""
    try:
        return await get(session, actor, table, record_id)
    except NotFound:
        raise _unknown(pointer, table) from None


def _unknown(pointer: str, table: type[Record]) -> Invalid:
    return Invalid.field(pointer, "There is no such {kind}.", "unknown", kind=table.__tablename__)


async def newest(
    session: Session, actor: Actor, table: type[R], asked: Iterable[Any], cursor: str | None, limit: int
) -> tuple[list[R], str | None]:
    """One page of the records that the actor may see and that hold what is asked, newest first."""
    query = select(table).where(visible(table, actor), *asked)
    if before := read_cursor(cursor, UUID):
        query = query.where(col(table.id) < before[0])
    rows = list((await session.exec(query.order_by(col(table.id).desc()).limit(limit + 1))).all())
    return rows[:limit], make_cursor(rows[limit - 1].id) if len(rows) > limit else None


async def part_rows(
    session: Session, table: type[P], of: Any, cursor: str | None, limit: int
) -> tuple[list[P], str | None]:
    """One page of rows, those first made first; `of` says which: parts of a record, or all that one sees."""
    query = select(table).where(of).order_by(col(table.id)).limit(limit + 1)
    if after := read_cursor(cursor, UUID):
        query = query.where(col(table.id) > after[0])
    rows = list((await session.exec(query)).all())
    return rows[:limit], make_cursor(rows[limit - 1].id) if len(rows) > limit else None


async def all_named(
    session: Session, actor: Actor, table: type[R], ids: Sequence[UUID], pointer: str
) -> list[R]:
    """Several records that a request names."""
    if not ids:
        return []
    query = select(table).where(col(table.id).in_(ids), visible(table, actor))
    found = {row.id: row for row in (await session.exec(query)).all()}
    for place, record_id in enumerate(ids):
        if record_id not in found:
            raise _unknown(f"{pointer}/{place}", table)
    return [found[record_id] for record_id in ids]


def subject(row: Record, after: Marking | None = None) -> Subject:
    """The record as the subject of an entry; its parts take its marking."""
    before = marking_of(row)
    return Subject(str(row.__tablename__), row.id, before, after or before)


def require_area(actor: Actor, region_code: str) -> None:
    """Raise where the region shares no kecamatan with the actor's area."""
    if not actor.covers(region_code):
        raise OutsideJurisdiction(OUTSIDE, region=region_code, agency=actor.agency)


def no_such_step(status: str, to: str, possible: Iterable[str]) -> IllegalStep:
    """The refusal of a step that the lifecycle does not know."""
    text = "{status} cannot become {to}; possible: {possible}."
    return IllegalStep(text, status=status, to=to, possible=tuple(sorted(possible)) or "none, it has ended")


async def check_marking(
    session: Session, actor: Actor, values: Mapping[str, Any], taking_part: Mapping[str, list[str]]
) -> Marking:
    """The marking that the values ask for; raises Invalid where its parts or the agencies do not fit.

    `taking_part` names, for each field, the agencies that must pass the marking.
    """
    marking = marking_said(values)
    if wrong := misfit(marking):
        raise Invalid.field(f"/{wrong[0]}", wrong[1], "marking")
    if marking.tlp is Tlp.RED and actor.account not in marking.recipients:
        raise Invalid.field("/recipients", "Name your own account too, or you lose sight of it.", "marking")
    await require_agencies(session, {"audience": marking.audience, **taking_part})
    through_accounts = await agencies_of_accounts(session, marking.recipients)
    for name, agencies in taking_part.items():
        for agency in agencies:
            if not reaches(marking, agency, through_accounts):
                raise Invalid.field(f"/{name}", NOT_REACHED, "marking", agency=agency)
    return marking


def present_shows(actor: Actor) -> ColumnElement[bool]:
    """Whether the record of an entry, as it is marked now, shows to the actor."""
    return record_shows(LedgerRow, actor)


def record_shows(of: Any, actor: Actor) -> ColumnElement[bool]:
    """The same for any table that names records by their type and id."""
    return or_(
        *(
            and_(
                col(of.record_type) == name,
                select(table.id).where(col(table.id) == of.record_id, visible(table, actor)).exists(),
            )
            for name, table in BY_TYPE.items()
        )
    )
