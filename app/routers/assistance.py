"""Requests for assistance and their answers over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.domain.assistance import AssistanceKind, AssistancePriority, AssistanceStatus
from app.routers.authentication import AssistanceReader, AssistanceWriter
from app.routers.documents import CHANGES, CREATES, NOT_MODIFIED, POSTS, READS, READS_ONE
from app.routers.exchange import Changing, Posting, Reading
from app.routers.preconditions import IfMatch, IfMatchOptional
from app.schemas.assistance import (
    AssistanceAnswer,
    AssistanceAnswerCreate,
    AssistanceAnswerPage,
    AssistanceAnswerStep,
    AssistanceRequest,
    AssistanceRequestChange,
    AssistanceRequestCreate,
    AssistanceRequestPage,
    AssistanceRequestStep,
)
from app.schemas.fields import AGENCY_PATTERN, REGION_PATTERN, Moment
from app.schemas.history import HistoryPage
from app.schemas.pages import Cursor, Limit
from app.services import assistance, assistance_answers, history
from app.services.assistance import AssistanceFilter

router = APIRouter(prefix="/assistance-requests", tags=["Assistance"])
ONE = "/{assistance_request_id}"


@router.get(
    "", operation_id="list_assistance_requests", summary="List requests for assistance, newest first",
    response_model=AssistanceRequestPage, responses=READS | NOT_MODIFIED,
)  # fmt: skip
async def list_assistance_requests(
    read: Reading,
    actor: AssistanceReader,
    region: Annotated[
        str | None, Query(pattern=REGION_PATTERN, description="This region and all within")
    ] = None,
    kind: Annotated[list[AssistanceKind] | None, Query(max_length=13)] = None,
    priority: Annotated[list[AssistancePriority] | None, Query(max_length=3)] = None,
    status: Annotated[list[AssistanceStatus] | None, Query(max_length=3)] = None,
    agency: Annotated[str | None, Query(pattern=AGENCY_PATTERN, description="Asking or asked")] = None,
    overdue: Annotated[
        bool | None, Query(description="Open, past `answer_by`, and persons are still needed")
    ] = None,
    reference: Annotated[str | None, Query(max_length=16, pattern=r"^[A-Z0-9-]+$")] = None,
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> Response:
    wanted = AssistanceFilter(region, kind, priority, status, agency, overdue, reference)
    return await read(assistance.search, actor, wanted, cursor, limit)


@router.post(
    "", operation_id="request_assistance", summary="Ask other agencies for personnel",
    description="For a place in your own area. Each agency that is addressed sees the request and what is "
    "left of it; its answer is seen by you and by itself.",
    response_model=AssistanceRequest, status_code=201, responses=CREATES,
)  # fmt: skip
async def request_assistance(
    write: Posting, actor: AssistanceWriter, new: AssistanceRequestCreate
) -> Response:
    return await write(assistance.ask, actor, new, status=201)


@router.get(
    ONE, operation_id="read_assistance_request", summary="Read a request for assistance",
    response_model=AssistanceRequest, responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def read_assistance_request(
    read: Reading, actor: AssistanceReader, assistance_request_id: UUID, as_of: Moment | None = None
) -> Response:
    return await read.at(as_of, assistance.read, assistance.read_then, actor, assistance_request_id)


@router.patch(
    ONE, operation_id="change_assistance_request", summary="Change a request for assistance",
    description="A merge patch (RFC 7396): members that are left out stay as they are.",
    response_model=AssistanceRequest, responses=CHANGES,
)  # fmt: skip
async def change_assistance_request(
    write: Changing,
    actor: AssistanceWriter,
    assistance_request_id: UUID,
    wanted: AssistanceRequestChange,
    if_match: IfMatch,
) -> Response:
    return await write(assistance.change, actor, assistance_request_id, wanted, if_match)


@router.post(
    ONE + "/steps", operation_id="step_assistance_request",
    summary="Close or withdraw a request for assistance",
    response_model=AssistanceRequest, responses=POSTS,
)  # fmt: skip
async def step_assistance_request(
    write: Posting,
    actor: AssistanceWriter,
    assistance_request_id: UUID,
    wanted: AssistanceRequestStep,
    if_match: IfMatchOptional,
) -> Response:
    return await write(assistance.step, actor, assistance_request_id, wanted, if_match)


@router.get(
    ONE + "/answers", operation_id="list_assistance_answers",
    summary="List the answers to a request for assistance",
    description="All of them for the agency that asked, for any other its own.",
    response_model=AssistanceAnswerPage, responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def list_assistance_answers(
    read: Reading,
    actor: AssistanceReader,
    assistance_request_id: UUID,
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> Response:
    return await read(assistance_answers.answers, actor, assistance_request_id, cursor, limit)


@router.post(
    ONE + "/answers", operation_id="answer_assistance_request", summary="Answer a request for assistance",
    description="An acceptance deploys the personnel at once, under operational control of who asked (BKO). "
    "More than are left is refused (409), with the number that is left. `If-Match` is the request's.",
    response_model=AssistanceAnswer, status_code=201, responses=POSTS,
)  # fmt: skip
async def answer_assistance_request(
    write: Posting,
    actor: AssistanceWriter,
    assistance_request_id: UUID,
    new: AssistanceAnswerCreate,
    if_match: IfMatchOptional,
) -> Response:
    return await write(
        assistance_answers.answer, actor, assistance_request_id, new, if_match, status=201
    )  # fmt: skip


@router.post(
    ONE + "/answers/{answer_id}/steps", operation_id="step_assistance_answer",
    summary="Take, refuse or withdraw an answer",
    description="A promise can be withdrawn until its personnel set out; then the steps of the deployment "
    "release and return them.",
    response_model=AssistanceAnswer, responses=POSTS,
)  # fmt: skip
async def step_assistance_answer(
    write: Posting,
    actor: AssistanceWriter,
    assistance_request_id: UUID,
    answer_id: UUID,
    wanted: AssistanceAnswerStep,
    if_match: IfMatchOptional,
) -> Response:
    asked = (assistance_request_id, answer_id, wanted, if_match)
    return await write(assistance_answers.step, actor, *asked)


@router.get(
    ONE + "/history", operation_id="list_assistance_request_history",
    summary="List the history of a request for assistance",
    response_model=HistoryPage, responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def list_assistance_request_history(
    read: Reading,
    actor: AssistanceReader,
    assistance_request_id: UUID,
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> Response:
    return await read(history.history, actor, "assistance_request", assistance_request_id, cursor, limit)
