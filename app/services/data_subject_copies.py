"""The copy that answers a request for access (UU 27/2022 art. 7): each field that can hold the person's data.

It is compiled from what the request names. A person is nowhere looked for by name or number.
"""

from uuid import UUID

from sqlmodel import col, select

from app.access import Access
from app.change import Subject
from app.database import Session
from app.domain.access_log import AccessKind
from app.domain.actors import Actor
from app.domain.data_protection import ENDED, RequestKind
from app.domain.errors import Conflict, Forbidden, InsufficientScope
from app.domain.permissions import Permission
from app.domain.personal_data import COPIED
from app.models.columns import Ledgered
from app.models.incidents import IncidentPartyRow, IncidentRow
from app.models.personal_data import DataSubjectRequestRow, ErasureRow
from app.schemas.data_subject_copies import CopiedSubject, DataSubjectCopy
from app.services import erasures, incident_rules, records

NOT_YOURS = "Only the agencies that answer for these data give a copy of them: {agencies}."


async def copy(session: Session, actor: Actor, request_id: UUID) -> DataSubjectCopy:
    """What the request itself and the person whom it names hold; read only while it is to be answered."""
    request = await records.get(session, actor, DataSubjectRequestRow, request_id)
    if request.asks_for != RequestKind.ACCESS or request.status in ENDED:
        raise Conflict("A copy is compiled only for a request for access that is still open.")
    subjects = [await _copied(session, records.subject(request), request, request.owner_agency)]
    if request.incident_id is not None and request.party_id is not None:
        subjects.append(await _person(session, actor, request.incident_id, request.party_id))
    access = Access.of(AccessKind.DATA_COPY_READ, actor)
    session.note(access.to("data_subject_request", request.id, request))
    return DataSubjectCopy(
        request_id=request.id, reference=request.reference, agency=request.owner_agency, subjects=subjects
    )


async def _person(session: Session, actor: Actor, incident_id: UUID, party_id: UUID) -> CopiedSubject:
    """The person in an incident, where the actor's agency answers for the data, and is not accused there."""
    if Permission.PARTIES_READ not in actor.permissions:
        raise InsufficientScope("This needs the permission {scope}.", scope=Permission.PARTIES_READ)
    incident = await records.get(session, actor, IncidentRow, incident_id)
    person = await session.get_one(IncidentPartyRow, party_id)
    answering = erasures.controllers(actor, incident, person)
    if actor.agency not in answering:
        raise Forbidden(NOT_YOURS, agencies=tuple(sorted(answering)))
    incident_rules.require_impartial(actor, incident)
    session.note(Access.of(AccessKind.PARTIES_READ, actor).to("incident", incident.id, incident))
    return await _copied(session, records.subject(incident), person, person.agency)


async def _copied(session: Session, of: Subject, row: Ledgered, agency: str) -> CopiedSubject:
    subject_type = str(row.__tablename__)
    names = COPIED[subject_type]
    query = select(ErasureRow.paths).where(col(ErasureRow.subject_id) == row.id)
    gone = {path for paths in (await session.exec(query)).all() for path in paths}
    fields = {name: getattr(row, name) for name in names}
    return CopiedSubject(
        record_type=of.record_type,
        record_id=of.record_id,
        subject_type=subject_type,
        subject_id=row.id,
        agency=agency,
        fields=fields,
        erased=[name for name in names if f"/{name}" in gone and fields[name] is None],
    )
