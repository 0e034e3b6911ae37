"""The parts of an incident: notes, links and parties; each takes the marking of its incident."""

import hashlib
import hmac
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from app.access import Access
from app.change import Change
from app.database import Session
from app.domain.access_log import AccessKind
from app.domain.actors import Actor
from app.domain.errors import Conflict, Invalid, NotFound, PreconditionFailed
from app.domain.relations import Act
from app.models.incidents import IncidentLinkRow, IncidentNoteRow, IncidentPartyRow, IncidentRow
from app.schemas import incident_parts as schemas
from app.schemas.pages import Rendered, make_cursor, read_cursor
from app.services import incident_rules as rules
from app.services import past, records, restrictions
from app.services.incident_steps import visible_target
from app.services.visibility import visible


async def notes(
    session: Session, actor: Actor, incident_id: UUID, cursor: str | None, limit: int
) -> schemas.NotePage:
    """The timeline of an incident."""
    await rules.get(session, actor, incident_id)
    rows, following = await records.part_rows(
        session, IncidentNoteRow, IncidentNoteRow.incident_id == incident_id, cursor, limit
    )
    return schemas.NotePage(items=[schemas.Note.model_validate(row) for row in rows], next=following)


async def add_note(session: Session, actor: Actor, incident_id: UUID, new: schemas.NoteCreate) -> Change:
    """A line for the timeline."""
    row = await rules.get(session, actor, incident_id)
    rules.require(actor, row, Act.NOTE)
    change = Change(actor)
    values = {
        "incident_id": row.id,
        "text": new.text,
        "agency": actor.agency,
        "role": actor.role,
        "account": actor.account,
        "created_at": change.at,
    }
    note = change.create_part(IncidentNoteRow, "incident.noted", records.subject(row), values)
    change.rests_on(row)
    change.answer = schemas.Note.of(note)
    return change


async def links(
    session: Session, actor: Actor, incident_id: UUID, cursor: str | None, limit: int
) -> schemas.LinkPage:
    """Links from and to the incident, of which the actor may see both ends."""
    await rules.get(session, actor, incident_id)
    source, target = aliased(IncidentRow), aliased(IncidentRow)
    query = (
        select(IncidentLinkRow)
        .join(source, col(source.id) == IncidentLinkRow.incident_id)
        .join(target, col(target.id) == IncidentLinkRow.target_id)
        .where(
            or_(
                col(IncidentLinkRow.incident_id) == incident_id, col(IncidentLinkRow.target_id) == incident_id
            ),
            col(IncidentLinkRow.removed_at).is_(None),
            visible(source, actor),
            visible(target, actor),
        )
        .order_by(col(IncidentLinkRow.id))
        .limit(limit + 1)
    )
    if after := read_cursor(cursor, UUID):
        query = query.where(col(IncidentLinkRow.id) > after[0])
    rows = list((await session.exec(query)).all())
    following = make_cursor(rows[limit - 1].id) if len(rows) > limit else None
    return schemas.LinkPage(items=[schemas.Link.model_validate(row) for row in rows[:limit]], next=following)


async def add_link(session: Session, actor: Actor, incident_id: UUID, new: schemas.LinkCreate) -> Change:
    """The incident refers to another one; neither is merged."""
    row = await rules.get(session, actor, incident_id)
    target = await visible_target(session, actor, row, new.target_id, "/target_id")
    rules.require(actor, row, Act.LINK)
    query = select(IncidentLinkRow).where(
        IncidentLinkRow.incident_id == row.id,
        IncidentLinkRow.target_id == target.id,
        IncidentLinkRow.kind == new.kind,
        col(IncidentLinkRow.removed_at).is_(None),
    )
    if (await session.exec(query)).first():
        raise Conflict("This link exists already.")
    change = Change(actor)
    values = {
        "incident_id": row.id,
        "target_id": target.id,
        "kind": new.kind,
        "agency": actor.agency,
        "created_at": change.at,
    }
    link = change.create_part(IncidentLinkRow, "incident.linked", records.subject(row), values)
    change.rests_on(row)
    change.rests_on(target)
    change.answer = schemas.Link.of(link)
    return change


async def remove_link(
    session: Session, actor: Actor, incident_id: UUID, link_id: UUID, expected: frozenset[int]
) -> Change:
    """Take a link away; its entry and its row stay."""
    row = await rules.get(session, actor, incident_id)
    link = await session.get(IncidentLinkRow, link_id)
    if link is None or link.incident_id != row.id or link.removed_at is not None:
        raise NotFound
    await _target_must_show(session, actor, link)
    if link.version not in expected:
        raise PreconditionFailed("Read the links again: this one has another version now.")
    rules.require(actor, row, Act.LINK)
    change = Change(actor)
    change.update(link, "incident.unlinked", records.subject(row), {"removed_at": change.at})
    change.rests_on(row)
    return change


async def _target_must_show(session: Session, actor: Actor, link: IncidentLinkRow) -> None:
    """A link to what the actor may not see is as if it were not."""
    await rules.get(session, actor, link.target_id)


async def _identities(session: Session, actor: Actor, incident_id: UUID) -> None:
    """Whoever reads who the persons are stands in the access log."""
    row = await rules.get(session, actor, incident_id)
    session.note(Access.of(AccessKind.PARTIES_READ, actor).to("incident", row.id, row))


async def parties(
    session: Session, actor: Actor, incident_id: UUID, cursor: str | None, limit: int
) -> schemas.PartyPage:
    """The persons of an incident."""
    await _identities(session, actor, incident_id)
    rows, following = await records.part_rows(
        session, IncidentPartyRow, IncidentPartyRow.incident_id == incident_id, cursor, limit
    )
    items = [schemas.Party.of(row.model_dump()) for row in rows]
    return schemas.PartyPage(items=await restrictions.withheld(session, actor, items), next=following)


async def party(session: Session, actor: Actor, incident_id: UUID, party_id: UUID) -> schemas.Party:
    """One person of an incident."""
    await _identities(session, actor, incident_id)
    row = await _party_row(session, incident_id, party_id)
    return await restrictions.own(session, actor, schemas.Party.of(row.model_dump()))


async def party_then(
    session: Session, actor: Actor, incident_id: UUID, party_id: UUID, moment: datetime
) -> Rendered:
    """The same as it stood at a moment."""
    past.check(moment)
    await party(session, actor, incident_id, party_id)
    return past.rendered(await past.subject(session, actor, party_id, moment))


async def _party_row(session: Session, incident_id: UUID, party_id: UUID) -> IncidentPartyRow:
    row = await session.get(IncidentPartyRow, party_id)
    if row is None or row.incident_id != incident_id:
        raise NotFound
    return row


async def add_party(
    session: Session, actor: Actor, incident_id: UUID, new: schemas.PartyCreate, identity_key: bytes
) -> Change:
    """A person, apart from the narrative."""
    row = await rules.get(session, actor, incident_id)
    rules.require(actor, row, Act.PARTY)
    change = Change(actor)
    values = {
        **_sealed(new.model_dump(), identity_key),
        "incident_id": row.id,
        "agency": actor.agency,
        "created_at": change.at,
        "updated_at": change.at,
    }
    added = change.create_part(IncidentPartyRow, "incident.party_added", records.subject(row), values)
    change.rests_on(row)
    change.answer = schemas.Party.of(added)
    return change


async def change_party(
    session: Session,
    actor: Actor,
    incident_id: UUID,
    party_id: UUID,
    wanted: schemas.PartyChange,
    expected: frozenset[int],
    identity_key: bytes,
) -> Change:
    """Correct what is known of a person."""
    row = await rules.get(session, actor, incident_id)
    person = await _party_row(session, incident_id, party_id)
    if person.version not in expected:
        raise PreconditionFailed("Read the person's entry again: it has another version now.")
    rules.require(actor, row, Act.PARTY)
    asked = wanted.model_dump(exclude_unset=True)
    if not asked:
        raise Invalid("The body names nothing to change.")
    change = Change(actor)
    values = {**_sealed(asked, identity_key), "updated_at": change.at}
    changed = change.update(person, "incident.party_changed", records.subject(row), values)
    change.rests_on(row)
    change.answer = schemas.Party.of(changed)
    return change


def _sealed(values: dict[str, Any], key: bytes) -> dict[str, Any]:
    """The values with the national id replaced by a keyed hash and its last four digits.

    A NIK holds place and date of birth: without the key its hash would be guessed in seconds.
    """
    if "national_id" not in values:
        return values
    number = values.pop("national_id")
    digest = hmac.new(key, number.encode(), hashlib.sha256).hexdigest() if number else None
    return {**values, "national_id_hash": digest, "national_id_last4": number[-4:] if number else None}
