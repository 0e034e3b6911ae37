"""Erasures: personal data goes from the current rows, from every entry of the ledger, and from the store.

The entries stay, and what they committed to: without its salt a commitment tells nothing (DESIGN §5).
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlmodel import col, select
from uuid_utils.compat import uuid7

from app.change import Change
from app.database import Session
from app.domain.actors import Actor
from app.domain.attachments import CustodyKind
from app.domain.errors import Forbidden, Invalid
from app.domain.personal_data import (
    ERASABLE,
    LONGEST_LINE,
    ONE_LINE,
    PLACEHOLDER,
    REASON,
    ErasureKind,
    LegalBasis,
    Way,
    fields_to_erase,
)
from app.forgetting import Forgotten
from app.models import LEDGERED
from app.models.attachments import AttachmentRow, CustodyRow
from app.models.columns import Ledgered, Record
from app.models.incidents import IncidentRow
from app.models.personal_data import ErasureRow
from app.schemas.erasures import Erasure, ErasureCreate, ErasurePage
from app.services import incident_rules, legal_holds, records

TABLES: dict[str, type[Ledgered]] = {
    str(table.__tablename__): table for table in LEDGERED if table.__tablename__ in ERASABLE
}
NOT_YOURS = "Only the agencies that answer for these data erase them: {agencies}."


async def erase(session: Session, actor: Actor, asked: ErasureCreate) -> Change:
    """What the actor's agency answers for goes, on a legal ground, unless the record is held."""
    table = records.BY_TYPE[asked.record_type]
    record = await records.named(session, actor, table, asked.record_id, "/record_id")
    row = await _subject(session, record, asked.subject_type, asked.subject_id)
    require_controller(actor, record, row)
    _check_fields(asked)
    await legal_holds.require_free(session, record.id)
    change = Change(actor, asked.reason)
    made = erasing(
        change, record, row, fields_to_erase(asked.subject_type, asked.fields), asked.rewritten,
        (ErasureKind.ERASED, asked.legal_basis),
    )  # fmt: skip
    if row.id != record.id:
        change.rests_on(record)
    await _first_line_too(session, change, record, row, made)
    change.answer = Erasure.of(made)
    return change


async def _subject(session: Session, record: Record, subject_type: str, subject_id: UUID) -> Ledgered:
    row = await session.get(TABLES[subject_type], subject_id)
    if row is None or record.id not in (
        row.id,
        getattr(row, "deployment_id", None),
        getattr(row, "incident_id", None),
        getattr(row, "site_id", None),
    ):
        raise Invalid.field("/subject_id", "The record has no such part.", "unknown")
    return row


def require_controller(actor: Actor, record: Record, row: Ledgered) -> None:
    """Raise where the actor's agency does not answer for the data; who is accused does not decide."""
    answering = controllers(actor, record, row)
    if actor.agency not in answering:
        raise Forbidden(NOT_YOURS, agencies=tuple(sorted(answering)))
    if isinstance(record, IncidentRow):
        incident_rules.require_impartial(actor, record)


def controllers(actor: Actor, record: Record, row: Ledgered) -> set[str]:
    """The agencies that answer for data: the owner of the record, who wrote the part, oversight instead."""
    answering = {record.owner_agency, getattr(row, "agency", record.owner_agency)}
    overseer = incident_rules.overseer(record, actor) if isinstance(record, IncidentRow) else None
    return answering | ({overseer} if overseer else set())


def _check_fields(asked: ErasureCreate) -> None:
    ways = ERASABLE[asked.subject_type]
    for place, name in enumerate(asked.fields):
        if name not in ways and name != REASON:
            raise Invalid.field(f"/fields/{place}", "This subject has no such field to erase.", "unknown")
        if ways.get(name) is Way.REWRITE and not asked.rewritten.get(name):
            raise Invalid.field(f"/rewritten/{name}", "Say what shall stand there instead.", "missing")
    for name, text in asked.rewritten.items():
        if name in ONE_LINE and (len(text) > LONGEST_LINE or "\n" in text):
            raise Invalid.field(f"/rewritten/{name}", "At most {limit} characters in one line.", "too_long",
                                limit=LONGEST_LINE)  # fmt: skip
        if ways.get(name) is not Way.REWRITE or name not in asked.fields:
            raise Invalid.field(f"/rewritten/{name}", "Nothing takes the place of this field.", "unknown")


def erasing(
    change: Change,
    record: Record,
    row: Ledgered,
    fields: list[str],
    rewritten: Mapping[str, str],
    why: tuple[ErasureKind, LegalBasis],
    identity: UUID | None = None,
) -> dict[str, Any]:
    """Add to a change all that one erasure needs; returns the row that tells of it."""
    kind, legal_basis = why
    of, subject_type = records.subject(record), str(row.__tablename__)
    ways = ERASABLE[subject_type]
    values = {
        name: None if ways[name] is Way.BLANK else rewritten.get(name, PLACEHOLDER)
        for name in fields
        if name in ways
    }
    if hasattr(row, "updated_at"):
        values["updated_at"] = change.at  # type: ignore[assignment]
    change.update(row, f"{subject_type}.{kind}", of, values)
    paths = [name if name == REASON else f"/{name}" for name in fields]
    change.forgotten.append(Forgotten(record.id, row.id, frozenset(paths)))
    told = {
        "id": identity or uuid7(),
        "record_type": of.record_type,
        "record_id": of.record_id,
        "subject_type": subject_type,
        "subject_id": row.id,
        "paths": paths,
        "kind": kind,
        "legal_basis": legal_basis,
        "agency": change.actor.agency,
        "role": change.actor.role,
        "account": change.actor.account,
        "created_at": change.at,
    }
    return change.create_part(ErasureRow, f"erasure.{kind}", of, told)


async def _first_line_too(
    session: Session, change: Change, record: Record, row: Ledgered, made: Mapping[str, Any]
) -> None:
    """The first line of a custody list repeats the note of the file."""
    if "/note" not in made["paths"] or not isinstance(row, AttachmentRow):
        return
    query = select(CustodyRow).where(
        col(CustodyRow.attachment_id) == row.id, col(CustodyRow.kind) == CustodyKind.ADDED
    )
    for line in (await session.exec(query)).all():
        erasing(change, record, line, ["purpose"], {}, (made["kind"], made["legal_basis"]))


async def search(
    session: Session, actor: Actor, record_id: UUID | None, cursor: str | None, limit: int
) -> ErasurePage:
    """What was erased of records that the actor may see."""
    of = records.record_shows(ErasureRow, actor)
    if record_id:
        of = of & (col(ErasureRow.record_id) == record_id)
    rows, following = await records.part_rows(session, ErasureRow, of, cursor, limit)
    return ErasurePage(items=[Erasure.of(row.model_dump()) for row in rows], next=following)
