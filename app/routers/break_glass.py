"""Break-glass over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.domain.break_glass import Review
from app.routers.authentication import BreakGlassOpener, BreakGlassReader, BreakGlassReviewer
from app.routers.documents import NOT_MODIFIED, POSTS, READS, READS_ONE
from app.routers.exchange import Posting, Reading
from app.routers.preconditions import IfMatchOptional
from app.schemas.break_glass import BreakGlass, BreakGlassCreate, BreakGlassPage, BreakGlassReview
from app.schemas.fields import AgencyCode
from app.schemas.pages import Cursor, Limit
from app.services import break_glass
from app.services.break_glass import BreakGlassFilter

router = APIRouter(prefix="/break-glass", tags=["Need-to-know"])


@router.get(
    "", operation_id="list_broken_glass", summary="List who broke the glass, newest first",
    description="Your own grants, and those on records of your agency.",
    response_model=BreakGlassPage, responses=READS | NOT_MODIFIED,
)  # fmt: skip
async def list_broken_glass(
    read: Reading,
    actor: BreakGlassReader,
    review: Annotated[list[Review] | None, Query(max_length=4)] = None,
    agency: Annotated[AgencyCode | None, Query(description="Who broke the glass")] = None,
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> Response:
    return await read(break_glass.search, actor, BreakGlassFilter(review, agency), cursor, limit)


@router.post(
    "", operation_id="break_glass", summary="Open one hidden record to yourself in an emergency",
    description="By id only, for at most an hour; never RED, never the persons, never a record about your "
    "own agency. The owner is told at once. Five tries a day may find nothing.",
    response_model=BreakGlass, status_code=201,
    responses=POSTS,
)  # fmt: skip
async def open_record(
    request: Request, write: Posting, actor: BreakGlassOpener, new: BreakGlassCreate
) -> Response:
    return await write(break_glass.open_record, actor, new, request.app.state.database.tries, status=201)


@router.get(
    "/{grant_id}", operation_id="read_broken_glass", summary="Read by whom and why the glass was broken",
    response_model=BreakGlass, responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def read_broken_glass(read: Reading, actor: BreakGlassReader, grant_id: UUID) -> Response:
    return await read(break_glass.read, actor, grant_id)


@router.post(
    "/{grant_id}/review", operation_id="review_broken_glass",
    summary="Say as the owner whether it was right", response_model=BreakGlass, responses=POSTS,
)  # fmt: skip
async def review_broken_glass(
    write: Posting,
    actor: BreakGlassReviewer,
    grant_id: UUID,
    asked: BreakGlassReview,
    if_match: IfMatchOptional,
) -> Response:
    return await write(break_glass.review, actor, grant_id, asked, if_match)
