"""Notes, links and parties of an incident over HTTP."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.routers.authentication import IncidentReader, IncidentWriter, PartyReader, PartyWriter
from app.routers.documents import CHANGES, NOT_MODIFIED, POSTS, READS_ONE
from app.routers.exchange import Changing, Posting, Reading
from app.routers.preconditions import IfMatch
from app.schemas import incident_parts as schemas
from app.schemas.fields import Moment
from app.schemas.pages import Cursor, Limit
from app.services import incident_parts as parts

router = APIRouter(prefix="/incidents/{incident_id}", tags=["Incident details"])


@router.get(
    "/notes", operation_id="list_notes", summary="List the timeline of an incident",
    response_model=schemas.NotePage, responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def list_notes(
    read: Reading, actor: IncidentReader, incident_id: UUID, cursor: Cursor | None = None, limit: Limit = 50
) -> Response:
    return await read(parts.notes, actor, incident_id, cursor, limit)


@router.post(
    "/notes", operation_id="add_note", summary="Add a line to the timeline", response_model=schemas.Note,
    status_code=201, responses=POSTS,
)  # fmt: skip
async def add_note(
    write: Posting, actor: IncidentWriter, incident_id: UUID, new: schemas.NoteCreate
) -> Response:
    return await write(parts.add_note, actor, incident_id, new, status=201)


@router.get(
    "/links", operation_id="list_links", summary="List the links from and to an incident",
    response_model=schemas.LinkPage, responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def list_links(
    read: Reading, actor: IncidentReader, incident_id: UUID, cursor: Cursor | None = None, limit: Limit = 50
) -> Response:
    return await read(parts.links, actor, incident_id, cursor, limit)


@router.post(
    "/links", operation_id="add_link", summary="Link an incident to another", response_model=schemas.Link,
    status_code=201, responses=POSTS,
)  # fmt: skip
async def add_link(
    write: Posting, actor: IncidentWriter, incident_id: UUID, new: schemas.LinkCreate
) -> Response:
    return await write(parts.add_link, actor, incident_id, new, status=201)


@router.delete(
    "/links/{link_id}",
    operation_id="remove_link",
    summary="Remove a link",
    status_code=204,
    responses=CHANGES,
)
async def remove_link(
    write: Changing, actor: IncidentWriter, incident_id: UUID, link_id: UUID, if_match: IfMatch
) -> Response:
    return await write(parts.remove_link, actor, incident_id, link_id, if_match, status=204)


@router.get(
    "/parties", operation_id="list_parties", summary="List the persons of an incident",
    response_model=schemas.PartyPage, responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def list_parties(
    read: Reading, actor: PartyReader, incident_id: UUID, cursor: Cursor | None = None, limit: Limit = 50
) -> Response:
    return await read(parts.parties, actor, incident_id, cursor, limit)


@router.post(
    "/parties", operation_id="add_party", summary="Add a person to an incident", response_model=schemas.Party,
    status_code=201, responses=POSTS,
)  # fmt: skip
async def add_party(
    request: Request, write: Posting, actor: PartyWriter, incident_id: UUID, new: schemas.PartyCreate
) -> Response:
    return await write(parts.add_party, actor, incident_id, new, request.app.state.identity_key, status=201)


@router.get(
    "/parties/{party_id}", operation_id="read_party", summary="Read a person of an incident",
    response_model=schemas.Party, responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def read_party(
    read: Reading, actor: PartyReader, incident_id: UUID, party_id: UUID, as_of: Moment | None = None
) -> Response:
    return await read.at(as_of, parts.party, parts.party_then, actor, incident_id, party_id)


@router.patch(
    "/parties/{party_id}", operation_id="change_party", summary="Correct what is known of a person",
    response_model=schemas.Party, responses=CHANGES,
)  # fmt: skip
async def change_party(
    request: Request,
    write: Changing,
    actor: PartyWriter,
    incident_id: UUID,
    party_id: UUID,
    wanted: schemas.PartyChange,
    if_match: IfMatch,
) -> Response:
    key: bytes = request.app.state.identity_key
    return await write(parts.change_party, actor, incident_id, party_id, wanted, if_match, key)
