"""What every kind of record shares: how it is found, how it is marked, whose area binds a change of it."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar, cast
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col, select

from app.access import Access
from app.change import Subject
from app.database import Session
from app.domain.access_log import AccessKind
from app.domain.actors import Actor
from app.domain.errors import Invalid, NotFound, OutsideJurisdiction, PreconditionFailed
from app.domain.sharing import Classification, Marking, Tlp, may_see, misfit, reaches
from app.models import RECORDS
from app.models.columns import Ledgered, Record
from app.models.ledger import LedgerRow
from app.schemas.pages import make_cursor, read_cursor
from app.services.reference import agencies_of_accounts, require_agencies
from app.services.visibility import marking_of, visible

P = TypeVar("P", bound=Ledgered)
R = TypeVar("R", bound=Record)
A = TypeVar("A", bound=BaseModel | None)
S = TypeVar("S")
BY_TYPE: dict[str, type[Record]] = {str(table.__tablename__): table for table in RECORDS}


async def get(
    session: Session, actor: Actor, table: type[R], record_id: UUID, expected: frozenset[int] | None = None
) -> R:
    """The record, if the actor may see it and it still has a version that the caller expects."""
    found = (await session.exec(select(table).where(col(table.id) == record_id))).first()
    row = seen(session, actor, str(table.__tablename__), found)
    if expected is not None and row.version not in expected:
        raise PreconditionFailed("Read the record again: it has another version now.")
    return row


def seen(session: Session, actor: Actor, kind: str, row: S | None) -> S:
    """The row of a record, for an actor who may see it; to any other it is as one that does not exist."""
    if row is None:
        raise NotFound
    if not may_see(actor, marking_of(row)):
        session.note(Access.of(AccessKind.HIDDEN, actor).to(kind, cast("Any", row).id, row))
        raise NotFound
    session.saw(actor, kind, row)
    return row


async def named(session: Session, actor: Actor, table: type[R], record_id: UUID, pointer: str) -> R:
    """A record that a request names; a hidden one is as unknown as one that does not exist."""
    try:
        return await get(session, actor, table, record_id)
    except NotFound:
        raise Invalid.field(
            pointer, "There is no such {kind}.", "unknown", kind=table.__tablename__
        ) from None


async def part_rows(
    session: Session, table: type[P], of: Any, cursor: str | None, limit: int
) -> tuple[list[P], str | None]:
    """One page of the parts of a record, oldest first; `of` says of which."""
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
            detail = f"There is no such {table.__tablename__}."
            raise Invalid.field(f"{pointer}/{place}", detail, "unknown")
    return [found[record_id] for record_id in ids]


def subject(row: Record, after: Marking | None = None) -> Subject:
    """The record as the subject of an entry; its parts take its marking."""
    before = marking_of(row)
    return Subject(str(row.__tablename__), row.id, before, after or before)


def require_area(actor: Actor, region_code: str) -> None:
    """Raise where the region shares no kecamatan with the actor's area."""
    if not actor.covers(region_code):
        text = "{region} shares no kecamatan with the area of {agency}."
        raise OutsideJurisdiction(text, region=region_code, agency=actor.agency)


async def check_marking(
    session: Session, actor: Actor, values: Mapping[str, Any], taking_part: Mapping[str, list[str]]
) -> Marking:
    """The marking that the values ask for; raises Invalid where its parts or the agencies do not fit.

    `taking_part` names, for each field, the agencies that must pass the marking.
    """
    marking = Marking(
        owner_agency=values["owner_agency"],
        tlp=Tlp(values["tlp"]),
        classification=Classification(values["classification"]),
        audience=tuple(values["audience"]),
        recipients=tuple(values["recipients"]),
        exercise=values["exercise"],
    )
    if wrong := misfit(marking):
        raise Invalid.field(f"/{wrong[0]}", wrong[1], "marking")
    if marking.tlp is Tlp.RED and actor.account not in marking.recipients:
        raise Invalid.field("/recipients", "Name your own account too, or you lose sight of it.", "marking")
    await require_agencies(session, {"audience": marking.audience, **taking_part})
    through_accounts = await agencies_of_accounts(session, marking.recipients)
    for name, agencies in taking_part.items():
        for agency in agencies:
            if not reaches(marking, agency, through_accounts):
                raise Invalid.field(
                    f"/{name}",
                    "{agency} does not pass the marking; widen it first.",
                    "marking",
                    agency=agency,
                )
    return marking


def present_shows(actor: Actor) -> ColumnElement[bool]:
    """Whether the record of an entry, as it is marked now, shows to the actor."""
    return or_(
        *(
            and_(
                col(LedgerRow.record_type) == name,
                select(table.id).where(col(table.id) == LedgerRow.record_id, visible(table, actor)).exists(),
            )
            for name, table in BY_TYPE.items()
        )
    )
