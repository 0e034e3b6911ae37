"""Posture plans over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.routers.authentication import PostureReader, PostureWriter
from app.routers.documents import CHANGES, CREATES, NOT_MODIFIED, READS, READS_ONE
from app.routers.exchange import Changing, Posting, Reading
from app.routers.preconditions import IfMatch
from app.schemas.fields import REGION_PATTERN, Moment
from app.schemas.history import HistoryPage
from app.schemas.pages import Cursor, Limit
from app.schemas.posture_plans import PosturePlan, PosturePlanChange, PosturePlanCreate, PosturePlanPage
from app.services import history, posture_plans

router = APIRouter(prefix="/posture-plans", tags=["Posture"])


@router.get(
    "", operation_id="list_posture_plans", summary="List posture plans, newest first",
    response_model=PosturePlanPage, responses=READS | NOT_MODIFIED,
)  # fmt: skip
async def list_posture_plans(
    read: Reading,
    actor: PostureReader,
    region: Annotated[
        str | None,
        Query(pattern=REGION_PATTERN, description="Those for this place and for what is around it"),
    ] = None,
    in_use: bool | None = None,  # noqa: FBT001 - a query parameter
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> Response:
    return await read(posture_plans.search, actor, region, in_use, cursor, limit)


@router.post(
    "", operation_id="prepare_posture_plan", summary="Prepare an answer to a level of threat",
    description="When such a level comes into force, each measure becomes a draft that waits for a person.",
    response_model=PosturePlan, status_code=201, responses=CREATES,
)  # fmt: skip
async def prepare_posture_plan(write: Posting, actor: PostureWriter, new: PosturePlanCreate) -> Response:
    return await write(posture_plans.prepare, actor, new, status=201)


@router.get(
    "/{posture_plan_id}", operation_id="read_posture_plan", summary="Read a posture plan",
    response_model=PosturePlan, responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def read_posture_plan(
    read: Reading, actor: PostureReader, posture_plan_id: UUID, as_of: Moment | None = None
) -> Response:
    return await read.at(as_of, posture_plans.read, posture_plans.read_then, actor, posture_plan_id)


@router.patch(
    "/{posture_plan_id}", operation_id="change_posture_plan", summary="Change a posture plan",
    description="A merge patch (RFC 7396): members that are left out stay as they are.",
    response_model=PosturePlan, responses=CHANGES,
)  # fmt: skip
async def change_posture_plan(
    write: Changing, actor: PostureWriter, posture_plan_id: UUID, wanted: PosturePlanChange, if_match: IfMatch
) -> Response:
    return await write(posture_plans.change, actor, posture_plan_id, wanted, if_match)


@router.get(
    "/{posture_plan_id}/history", operation_id="list_posture_plan_history",
    summary="List the history of a posture plan", response_model=HistoryPage,
    responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def list_posture_plan_history(
    read: Reading,
    actor: PostureReader,
    posture_plan_id: UUID,
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> Response:
    return await read(history.history, actor, "posture_plan", posture_plan_id, cursor, limit)
