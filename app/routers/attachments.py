"""Attachments of an incident and their custody over HTTP."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Form, Request, Response

from app.domain.attachments import MediaType
from app.routers.authentication import IncidentReader, IncidentWriter
from app.routers.documents import NOT_MODIFIED, POSTS, READS_ONE
from app.routers.exchange import Posting, Reading
from app.routers.order import UPLOAD_TYPE
from app.schemas import attachments as schemas
from app.schemas.fields import Moment
from app.schemas.pages import Cursor, Limit
from app.services import attachments

router = APIRouter(prefix="/incidents/{incident_id}/attachments", tags=["Incident details"])

BYTES = {"schema": {"type": "string", "contentMediaType": "application/octet-stream"}}
CONTENT: dict[int | str, dict[str, Any]] = {
    200: {"description": "The bytes, to be saved", "content": {str(kind): BYTES for kind in MediaType}}
}


@router.get(
    "", operation_id="list_attachments", summary="List the files of an incident",
    response_model=schemas.AttachmentPage, responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def list_attachments(
    read: Reading, actor: IncidentReader, incident_id: UUID, cursor: Cursor | None = None, limit: Limit = 50
) -> Response:
    return await read(attachments.attachments, actor, incident_id, cursor, limit)


@router.post(
    "", operation_id="add_attachment", summary="Attach a file to an incident",
    description="PDF, PNG, JPEG, WebP, MP4, plain text or CSV in UTF-8; the content decides, and what is "
    "declared must agree with it. A file is never replaced or taken away.",
    response_model=schemas.Attachment, status_code=201, responses=POSTS,
)  # fmt: skip
async def add_attachment(
    write: Posting,
    actor: IncidentWriter,
    incident_id: UUID,
    new: Annotated[schemas.AttachmentCreate, Form(media_type=UPLOAD_TYPE)],
) -> Response:
    return await write(attachments.add, actor, incident_id, new, status=201)


@router.get(
    "/{attachment_id}", operation_id="read_attachment", summary="Read what is known of a file",
    response_model=schemas.Attachment, responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def read_attachment(
    read: Reading,
    actor: IncidentReader,
    incident_id: UUID,
    attachment_id: UUID,
    as_of: Moment | None = None,
) -> Response:
    now, then = attachments.attachment, attachments.attachment_then
    return await read.at(as_of, now, then, actor, incident_id, attachment_id)


@router.get(
    "/{attachment_id}/content", operation_id="read_attachment_content", summary="Download a file",
    description="The bytes are compared with their SHA-256 first: wrong ones are given to nobody.",
    response_class=Response, responses=READS_ONE | NOT_MODIFIED | CONTENT,
)  # fmt: skip
async def read_attachment_content(
    request: Request, read: Reading, actor: IncidentReader, incident_id: UUID, attachment_id: UUID
) -> Response:
    return await read.file(attachments.content, actor, incident_id, attachment_id, request.app.state.store)


@router.get(
    "/{attachment_id}/custody", operation_id="list_custody",
    summary="List who held a file, from when, for what",
    response_model=schemas.CustodyPage, responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def list_custody(
    read: Reading,
    actor: IncidentReader,
    incident_id: UUID,
    attachment_id: UUID,
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> Response:
    return await read(attachments.custody, actor, incident_id, attachment_id, cursor, limit)


@router.post(
    "/{attachment_id}/custody", operation_id="add_custody", summary="Note what was done with the evidence",
    description="`handed_over` names the receiver in `to`; custody passes when that agency notes `received`.",
    response_model=schemas.Custody, status_code=201, responses=POSTS,
)  # fmt: skip
async def add_custody(
    request: Request,
    write: Posting,
    actor: IncidentWriter,
    incident_id: UUID,
    attachment_id: UUID,
    new: schemas.CustodyCreate,
) -> Response:
    store = request.app.state.store
    return await write(attachments.add_custody, actor, incident_id, attachment_id, new, store, status=201)
