"""Attachments of an incident, and their custody; each takes the marking of its incident."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from app.access import Access
from app.change import Change
from app.database import Session
from app.domain.access_log import AccessKind
from app.domain.actors import Actor
from app.domain.attachments import CustodyKind, safe_name
from app.domain.errors import Conflict, InternalError, Invalid, NotFound
from app.domain.relations import Act
from app.domain.sharing import reaches
from app.models.attachments import AttachmentRow, CustodyRow
from app.models.incidents import IncidentRow
from app.schemas import attachments as schemas
from app.schemas.pages import Rendered
from app.services import incident_rules as rules
from app.services import past, records
from app.services.incidents import CLOCK_SKEW
from app.services.reference import require_agencies
from app.services.visibility import marking_of
from app.storage import Store


async def attachments(
    session: Session, actor: Actor, incident_id: UUID, cursor: str | None, limit: int
) -> schemas.AttachmentPage:
    """The files of an incident."""
    await rules.get(session, actor, incident_id)
    of = col(AttachmentRow.incident_id) == incident_id
    rows, following = await records.part_rows(session, AttachmentRow, of, cursor, limit)
    items = [schemas.Attachment.model_validate(row) for row in rows]
    return schemas.AttachmentPage(items=items, next=following)


async def attachment(
    session: Session, actor: Actor, incident_id: UUID, attachment_id: UUID
) -> schemas.Attachment:
    """What is known of a file."""
    _, row = await _found(session, actor, incident_id, attachment_id)
    return schemas.Attachment.model_validate(row)


async def attachment_then(
    session: Session, actor: Actor, incident_id: UUID, attachment_id: UUID, moment: datetime
) -> Rendered:
    """The same as it stood at a moment."""
    past.check(moment)
    await _found(session, actor, incident_id, attachment_id)
    return past.rendered(await past.subject(session, actor, attachment_id, moment))


async def content(
    session: Session, actor: Actor, incident_id: UUID, attachment_id: UUID, store: Store
) -> schemas.StoredFile:
    """The bytes of a file, if they still are what the ledger says; wrong ones are given to nobody."""
    incident, row = await _found(session, actor, incident_id, attachment_id)
    access = Access.of(AccessKind.ATTACHMENT_READ, actor, f"attachment {row.id}")
    session.note(access.to("incident", incident.id, incident))
    if row.sha256 is None or row.file_name is None:
        raise NotFound  # it was erased
    opened = await store.open(row.id, row.sha256)
    if opened is None:
        raise InternalError("The stored file is missing or damaged; its custody list and the log know more.")
    return schemas.StoredFile(schemas.Attachment.model_validate(row), row.file_name, row.sha256, opened)


async def custody(
    session: Session, actor: Actor, incident_id: UUID, attachment_id: UUID, cursor: str | None, limit: int
) -> schemas.CustodyPage:
    """The custody list of a file."""
    await _found(session, actor, incident_id, attachment_id)
    of = col(CustodyRow.attachment_id) == attachment_id
    rows, following = await records.part_rows(session, CustodyRow, of, cursor, limit)
    items = [schemas.Custody.of(row.model_dump()) for row in rows]
    return schemas.CustodyPage(items=items, next=following)


async def known(session: Session, ids: list[UUID]) -> set[UUID]:
    """Which of these are attachments; each of those has an entry that names it."""
    query = select(AttachmentRow.id).where(col(AttachmentRow.id).in_(ids))
    return set((await session.exec(query)).all())


async def _found(
    session: Session, actor: Actor, incident_id: UUID, attachment_id: UUID
) -> tuple[IncidentRow, AttachmentRow]:
    """The incident and the file; a file of another incident is as unknown as one that does not exist."""
    incident = await rules.get(session, actor, incident_id)
    row = await session.get(AttachmentRow, attachment_id)
    if row is None or row.incident_id != incident.id:
        raise NotFound
    return incident, row


async def add(session: Session, actor: Actor, incident_id: UUID, new: schemas.AttachmentCreate) -> Change:
    """A file for an incident, and the first line of its custody list."""
    incident = await rules.get(session, actor, incident_id)
    rules.require(actor, incident, Act.ATTACH)
    change, file = Change(actor, files=[new.file]), new.file
    values = {
        "id": file.id,
        "incident_id": incident.id,
        "file_name": safe_name(file.name, file.media_type),
        "media_type": file.media_type,
        "byte_count": file.byte_count,
        "sha256": file.sha256,
        "note": new.note,
        **_signed(change),
        "held_by": actor.agency,
    }
    about = records.subject(incident)
    added = change.create_part(AttachmentRow, "incident.attachment_added", about, values)
    line = {
        "kind": CustodyKind.ADDED,
        "held_by": actor.agency,
        "purpose": new.note,
        "occurred_at": change.at,
        "intact": True,
    }
    _note_custody(change, incident, file.id, line)
    change.rests_on(incident)
    change.answer = schemas.Attachment.of(added)
    return change


async def add_custody(
    session: Session,
    actor: Actor,
    incident_id: UUID,
    attachment_id: UUID,
    new: schemas.CustodyCreate,
    store: Store,
) -> Change:
    """A line of the custody list; the service compares the bytes with their hash and notes what it finds."""
    incident, row = await _found(session, actor, incident_id, attachment_id)
    if actor.agency not in (row.held_by, row.offered_to):
        rules.require(actor, incident, Act.ATTACH)
    moved = await _moved(session, actor, incident, row, new)
    change = Change(actor)
    occurred_at = new.occurred_at or change.at
    if occurred_at > change.at + CLOCK_SKEW:
        raise Invalid.field("/occurred_at", "This time is still to come.", "future")
    line = {
        "kind": new.kind,
        "held_by": moved.get("held_by", row.held_by),
        "to_agency": new.to,
        "purpose": new.purpose,
        "place": new.place,
        "occurred_at": occurred_at,
        "intact": row.sha256 is not None and await store.is_intact(row.id, row.sha256),
    }
    change.answer = schemas.Custody.of(_note_custody(change, incident, row.id, line))
    if moved:
        change.update(row, f"incident.attachment_{new.kind}", records.subject(incident), moved)
    change.rests_on(incident)
    return change


async def _moved(
    session: Session, actor: Actor, incident: IncidentRow, row: AttachmentRow, new: schemas.CustodyCreate
) -> dict[str, Any]:
    """What changes hands; both sides act, so nobody answers for what it did not take."""
    if new.kind == CustodyKind.RECEIVED:
        if actor.agency != row.offered_to:
            raise Conflict("This evidence was not handed over to your agency.")
        return {"held_by": actor.agency, "offered_to": None}
    if new.kind != CustodyKind.HANDED_OVER:
        return {}
    if actor.agency != row.held_by:
        raise Conflict("Only {holder}, which holds it, can hand it over.", holder=row.held_by)
    await require_agencies(session, {"to": [str(new.to)]})
    if new.to == row.held_by:
        raise Invalid.field("/to", "Your agency holds it already.", "holder")
    if not reaches(marking_of(incident), str(new.to), frozenset()):
        raise Invalid.field("/to", records.NOT_REACHED, "marking", agency=new.to)
    return {"offered_to": new.to}


def _note_custody(
    change: Change, incident: IncidentRow, attachment_id: UUID, line: dict[str, Any]
) -> dict[str, Any]:
    values = {**line, **_signed(change), "incident_id": incident.id, "attachment_id": attachment_id}
    return change.create_part(CustodyRow, "incident.custody_noted", records.subject(incident), values)


def _signed(change: Change) -> dict[str, Any]:
    """Who added it, and when."""
    actor = change.actor
    return {
        "agency": actor.agency,
        "role": actor.role,
        "account": actor.account,
        "created_at": change.at,
    }
