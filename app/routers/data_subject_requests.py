"""Requests of data subjects over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.domain.data_protection import RequestKind, RequestStatus
from app.domain.errors import Conflict
from app.routers.authentication import PersonalDataReader, PersonalDataWriter
from app.routers.documents import CREATES, NOT_MODIFIED, POSTS, READS, READS_ONE, documents
from app.routers.exchange import Posting, Reading
from app.routers.preconditions import IfMatchOptional
from app.schemas import data_subject_requests as schemas
from app.schemas.data_subject_copies import DataSubjectCopy
from app.schemas.fields import Moment
from app.schemas.history import HistoryPage
from app.schemas.pages import Cursor, Limit
from app.services import data_subject_copies, history
from app.services import data_subject_requests as requests
from app.services.data_subject_requests import RequestFilter

router = APIRouter(prefix="/personal-data/requests", tags=["Personal data"])


@router.get(
    "", operation_id="list_data_subject_requests", summary="List what persons asked of your agency",
    response_model=schemas.DataSubjectRequestPage, responses=READS | NOT_MODIFIED,
)  # fmt: skip
async def list_data_subject_requests(
    read: Reading,
    actor: PersonalDataReader,
    asks_for: Annotated[list[RequestKind] | None, Query(max_length=4)] = None,
    status: Annotated[list[RequestStatus] | None, Query(max_length=5)] = None,
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> Response:
    return await read.page(requests.search, actor, RequestFilter(asks_for, status), cursor, limit)


@router.post(
    "", operation_id="receive_data_subject_request", summary="Note what a person asks about their own data",
    description="The clock of 3 x 24 hours runs from `received_at`.",
    response_model=schemas.DataSubjectRequest, status_code=201, responses=CREATES,
)  # fmt: skip
async def receive_data_subject_request(
    write: Posting, actor: PersonalDataWriter, new: schemas.DataSubjectRequestCreate
) -> Response:
    return await write(requests.receive, actor, new, status=201)


@router.get(
    "/{request_id}", operation_id="read_data_subject_request", summary="Read what a person asked",
    response_model=schemas.DataSubjectRequest, responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def read_data_subject_request(
    read: Reading, actor: PersonalDataReader, request_id: UUID, as_of: Moment | None = None
) -> Response:
    return await read.at(as_of, requests.read, requests.read_then, actor, request_id)


@router.post(
    "/{request_id}/steps", operation_id="step_data_subject_request",
    summary="Move a person's request to its next status",
    description="Fulfilling a restriction hides the person's fields from other agencies; fulfilling an "
    "erasure needs the erasure itself first.",
    response_model=schemas.DataSubjectRequest, responses=POSTS,
)  # fmt: skip
async def step_data_subject_request(
    write: Posting,
    actor: PersonalDataWriter,
    request_id: UUID,
    wanted: schemas.DataSubjectRequestStep,
    if_match: IfMatchOptional,
) -> Response:
    return await write(requests.step, actor, request_id, wanted, if_match)


@router.get(
    "/{request_id}/history", operation_id="list_data_subject_request_history",
    summary="List the history of a person's request", response_model=HistoryPage,
    responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def list_data_subject_request_history(
    read: Reading,
    actor: PersonalDataReader,
    request_id: UUID,
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> Response:
    return await read(history.history, actor, "data_subject_request", request_id, cursor, limit)


@router.get(
    "/{request_id}/copy", operation_id="read_data_subject_copy",
    summary="Read the copy of a person's data that answers their request",
    description="Only for a request for access that is still open, from what the request names. "
    "The access log tells who read it.",
    response_model=DataSubjectCopy, responses=READS_ONE | NOT_MODIFIED | documents(Conflict),
)  # fmt: skip
async def read_data_subject_copy(read: Reading, actor: PersonalDataReader, request_id: UUID) -> Response:
    return await read(data_subject_copies.copy, actor, request_id)
