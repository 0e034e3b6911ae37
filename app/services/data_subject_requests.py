"""Requests of data subjects: received, followed within 3 x 24 hours, fulfilled or refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from app.change import Change, marking_columns
from app.database import Session
from app.domain.actors import Actor
from app.domain.data_protection import (
    CLOCK,
    ENDED,
    REQUEST_STEPS,
    RequestKind,
    RequestStatus,
    own_marking,
)
from app.domain.errors import Conflict, Forbidden, Invalid
from app.domain.references import make_reference
from app.domain.sharing import may_see
from app.models.incidents import IncidentPartyRow, IncidentRow
from app.models.personal_data import DataSubjectRequestRow, ErasureRow
from app.schemas import data_subject_requests as schemas
from app.schemas.pages import Rendered
from app.services import erasures, past, records
from app.services.incidents import CLOCK_SKEW
from app.services.reference import require_region

Expected = frozenset[int] | None


@dataclass(frozen=True, slots=True)
class RequestFilter:
    """What is asked for; None asks for everything."""

    asks_for: Sequence[str] | None = None
    status: Sequence[str] | None = None


async def read(session: Session, actor: Actor, request_id: UUID) -> schemas.DataSubjectRequest:
    """One request."""
    row = await records.get(session, actor, DataSubjectRequestRow, request_id)
    return schemas.DataSubjectRequest.of(row.model_dump())


async def read_then(session: Session, actor: Actor, request_id: UUID, moment: datetime) -> Rendered:
    """The same as it stood at a moment."""
    return past.rendered(await past.record(session, actor, DataSubjectRequestRow, request_id, moment))


async def search(
    session: Session, actor: Actor, wanted: RequestFilter, cursor: str | None, limit: int
) -> schemas.DataSubjectRequestPage:
    """The requests that the actor may see, newest first."""
    table = DataSubjectRequestRow
    asked = [col(table.asks_for).in_(wanted.asks_for)] if wanted.asks_for else []
    asked += [col(table.status).in_(wanted.status)] if wanted.status else []
    rows, following = await records.newest(session, actor, table, asked, cursor, limit)
    items = [schemas.DataSubjectRequest.of(row.model_dump()) for row in rows]
    return schemas.DataSubjectRequestPage(items=items, next=following)


async def receive(session: Session, actor: Actor, new: schemas.DataSubjectRequestCreate) -> Change:
    """A request to the actor's agency; its people alone read it."""
    await require_region(session, new.region_code)
    change = Change(actor)
    received_at = new.received_at or change.at
    if received_at > change.at + CLOCK_SKEW:
        raise Invalid.field("/received_at", "This time is still to come.", "future")
    await _named(session, actor, new)
    values = {
        **new.model_dump(),
        **own_papers(actor, change),
        "reference": make_reference("R"),
        "status": RequestStatus.RECEIVED,
        "received_at": received_at,
        "due_at": received_at + CLOCK,
    }
    records.require_area(actor, new.region_code)
    marking = own_marking(actor.agency, actor.exercise)
    row = change.create(DataSubjectRequestRow, "data_subject_request.received", marking, values)
    change.answer = schemas.DataSubjectRequest.of(row)
    return change


def own_papers(actor: Actor, change: Change) -> dict[str, Any]:
    """The columns that every paper on data protection shares; raises where the actor could not read it."""
    marking = own_marking(actor.agency, actor.exercise)
    if not may_see(actor, marking):
        raise Forbidden(
            "Papers on data protection are classified `terbatas`; your clearance does not reach it."
        )
    return {**marking_columns(marking), "created_at": change.at, "updated_at": change.at}


async def _named(session: Session, actor: Actor, new: schemas.DataSubjectRequestCreate) -> None:
    if new.incident_id is None:
        return
    await records.named(session, actor, IncidentRow, new.incident_id, "/incident_id")
    if new.party_id is not None:
        party = await session.get(IncidentPartyRow, new.party_id)
        if party is None or party.incident_id != new.incident_id:
            raise Invalid.field("/party_id", "The record has no such person.", "unknown")


async def step(
    session: Session,
    actor: Actor,
    request_id: UUID,
    wanted: schemas.DataSubjectRequestStep,
    expected: Expected,
) -> Change:
    """The next status; what fulfils a restriction or an erasure is done or looked at with it."""
    row = await records.get(session, actor, DataSubjectRequestRow, request_id, expected)
    status, asks_for = RequestStatus(row.status), RequestKind(row.asks_for)
    possible = REQUEST_STEPS[status]
    if asks_for is not RequestKind.RESTRICTION:
        possible = possible - {RequestStatus.LIFTED}
    if wanted.to not in possible:
        raise records.no_such_step(status, wanted.to, possible)
    if wanted.answer is not None and wanted.to not in ENDED:
        raise Invalid.field("/answer", "An answer is given at the end.", "early")
    change = Change(actor, wanted.reason)
    if row.party_id is not None and wanted.to in {RequestStatus.FULFILLED, RequestStatus.LIFTED}:
        await _fulfil(session, change, row, wanted.to)
    values: dict[str, Any] = {"status": wanted.to, "updated_at": change.at}
    if wanted.to in ENDED:
        values |= {"ended_at": change.at, "answer": wanted.answer or row.answer}
    changed = change.update(row, "data_subject_request.stepped", records.subject(row), values)
    change.answer = schemas.DataSubjectRequest.of(changed)
    return change


async def _fulfil(session: Session, change: Change, row: DataSubjectRequestRow, to: RequestStatus) -> None:
    """What the law asks for beside the answer, as far as this service can do it."""
    party = await session.get(IncidentPartyRow, row.party_id)
    if party is None:
        return
    if row.asks_for == RequestKind.ERASURE:
        query = select(ErasureRow.id).where(col(ErasureRow.subject_id) == party.id)
        if (await session.exec(query.limit(1))).first() is None:
            raise Conflict("Erase the person's data first; a hold or another owner may stand against it.")
    if row.asks_for == RequestKind.RESTRICTION:
        incident = await records.get(session, change.actor, IncidentRow, party.incident_id)
        erasures.require_controller(change.actor, incident, party)
        since: Mapping[RequestStatus, datetime | None] = {RequestStatus.FULFILLED: change.at}
        action = (
            "incident.party_restricted" if to is RequestStatus.FULFILLED else "incident.party_unrestricted"
        )
        change.update(party, action, records.subject(incident), {"restricted_at": since.get(to)})
        change.rests_on(incident)
