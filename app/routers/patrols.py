"""Patrols over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.domain.patrols import PatrolStatus
from app.routers.authentication import PatrolReader, PatrolWriter
from app.routers.documents import CHANGES, NOT_MODIFIED, POSTS, READS, READS_ONE
from app.routers.exchange import Changing, Posting, Reading
from app.routers.preconditions import IfMatch, IfMatchOptional
from app.schemas.fields import REGION_PATTERN, Day, Moment, UnitCode
from app.schemas.history import HistoryPage
from app.schemas.pages import Cursor, Limit
from app.schemas.patrols import Patrol, PatrolChange, PatrolCreate, PatrolPage, PatrolStep
from app.services import history, patrols
from app.services.patrols import PatrolFilter

router = APIRouter(tags=["Patrols"])


@router.get(
    "/patrols", operation_id="list_patrols", summary="List patrols, newest first", response_model=PatrolPage,
    responses=READS | NOT_MODIFIED,
)  # fmt: skip
async def list_patrols(
    read: Reading,
    actor: PatrolReader,
    region: Annotated[
        str | None, Query(pattern=REGION_PATTERN, description="This region and all within")
    ] = None,
    unit: UnitCode | None = None,
    status: Annotated[list[PatrolStatus] | None, Query(max_length=4)] = None,
    on_date: Day | None = None,
    plan: Annotated[UUID | None, Query(description="Runs of this plan")] = None,
    reference: Annotated[str | None, Query(max_length=16, pattern=r"^[A-Z0-9-]+$")] = None,
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> Response:
    wanted = PatrolFilter(region, unit, status, on_date, plan, reference)
    return await read.page(patrols.search, actor, wanted, cursor, limit)


@router.post(
    "/patrol-plans/{plan_id}/patrols", operation_id="create_patrol",
    summary="Make a patrol of a plan for a day",
    description="It takes the stops that the plan has now; what changes in the plan later changes no patrol.",
    response_model=Patrol, status_code=201, responses=POSTS,
)  # fmt: skip
async def create_patrol(
    write: Posting, actor: PatrolWriter, plan_id: UUID, new: PatrolCreate, if_match: IfMatchOptional
) -> Response:
    return await write(patrols.create, actor, plan_id, new, if_match, status=201)


@router.get(
    "/patrols/{patrol_id}", operation_id="read_patrol", summary="Read a patrol", response_model=Patrol,
    responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def read_patrol(
    read: Reading, actor: PatrolReader, patrol_id: UUID, as_of: Moment | None = None
) -> Response:
    return await read.at(as_of, patrols.read, patrols.read_then, actor, patrol_id)


@router.patch(
    "/patrols/{patrol_id}", operation_id="change_patrol", summary="Mark a patrol anew",
    description="A merge patch (RFC 7396): members that are left out stay as they are.",
    response_model=Patrol, responses=CHANGES,
)  # fmt: skip
async def change_patrol(
    write: Changing, actor: PatrolWriter, patrol_id: UUID, wanted: PatrolChange, if_match: IfMatch
) -> Response:
    return await write(patrols.change, actor, patrol_id, wanted, if_match)


@router.post(
    "/patrols/{patrol_id}/steps", operation_id="step_patrol", summary="Start, complete or cancel a patrol",
    response_model=Patrol, responses=POSTS,
)  # fmt: skip
async def step_patrol(
    write: Posting, actor: PatrolWriter, patrol_id: UUID, to: PatrolStep, if_match: IfMatchOptional
) -> Response:
    return await write(patrols.step, actor, patrol_id, to, if_match)


@router.get(
    "/patrols/{patrol_id}/history", operation_id="list_patrol_history",
    summary="List the history of a patrol", response_model=HistoryPage, responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def list_patrol_history(
    read: Reading, actor: PatrolReader, patrol_id: UUID, cursor: Cursor | None = None, limit: Limit = 50
) -> Response:
    return await read(history.history, actor, "patrol", patrol_id, cursor, limit)
