"""Plans of patrols over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.routers.authentication import PatrolReader, PatrolWriter
from app.routers.documents import CHANGES, CREATES, NOT_MODIFIED, READS, READS_ONE
from app.routers.exchange import Changing, Posting, Reading
from app.routers.preconditions import IfMatch
from app.schemas.fields import REGION_PATTERN, Moment, UnitCode
from app.schemas.history import HistoryPage
from app.schemas.pages import Cursor, Limit
from app.schemas.patrol_plans import (
    PatrolPlan,
    PatrolPlanChange,
    PatrolPlanCreate,
    PatrolPlanPage,
    PatrolPlanStopPage,
)
from app.services import history, patrol_plans

router = APIRouter(tags=["Patrols"])


@router.get(
    "/patrol-plans", operation_id="list_patrol_plans", summary="List plans of patrols, newest first",
    response_model=PatrolPlanPage, responses=READS | NOT_MODIFIED,
)  # fmt: skip
async def list_patrol_plans(
    read: Reading,
    actor: PatrolReader,
    region: Annotated[
        str | None, Query(pattern=REGION_PATTERN, description="This region and all within")
    ] = None,
    unit: UnitCode | None = None,
    in_use: bool | None = None,  # noqa: FBT001 - a query parameter
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> Response:
    return await read.page(patrol_plans.search, actor, region, unit, in_use, cursor, limit)


@router.post(
    "/patrol-plans", operation_id="create_patrol_plan", summary="Plan patrols of a unit",
    description="Each stop is a site, or a place with its name and position, within the region of the plan.",
    response_model=PatrolPlan, status_code=201, responses=CREATES,
)  # fmt: skip
async def create_patrol_plan(write: Posting, actor: PatrolWriter, new: PatrolPlanCreate) -> Response:
    return await write(patrol_plans.create, actor, new, status=201)


@router.get(
    "/patrol-plans/{plan_id}", operation_id="read_patrol_plan", summary="Read a plan of patrols",
    response_model=PatrolPlan, responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def read_patrol_plan(
    read: Reading, actor: PatrolReader, plan_id: UUID, as_of: Moment | None = None
) -> Response:
    return await read.at(as_of, patrol_plans.read, patrol_plans.read_then, actor, plan_id)


@router.patch(
    "/patrol-plans/{plan_id}", operation_id="change_patrol_plan", summary="Change a plan of patrols",
    description="A merge patch (RFC 7396): members that are left out stay as they are; `stops` takes the "
    "place of all stops. Patrols that are made already keep theirs.",
    response_model=PatrolPlan, responses=CHANGES,
)  # fmt: skip
async def change_patrol_plan(
    write: Changing, actor: PatrolWriter, plan_id: UUID, wanted: PatrolPlanChange, if_match: IfMatch
) -> Response:
    return await write(patrol_plans.change, actor, plan_id, wanted, if_match)


@router.get(
    "/patrol-plans/{plan_id}/stops", operation_id="list_patrol_plan_stops",
    summary="List the stops of a plan of patrols", response_model=PatrolPlanStopPage,
    responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def list_patrol_plan_stops(
    read: Reading, actor: PatrolReader, plan_id: UUID, cursor: Cursor | None = None, limit: Limit = 50
) -> Response:
    return await read(patrol_plans.stops, actor, plan_id, cursor, limit)


@router.get(
    "/patrol-plans/{plan_id}/history", operation_id="list_patrol_plan_history",
    summary="List the history of a plan of patrols", response_model=HistoryPage,
    responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def list_patrol_plan_history(
    read: Reading, actor: PatrolReader, plan_id: UUID, cursor: Cursor | None = None, limit: Limit = 50
) -> Response:
    return await read(history.history, actor, "patrol_plan", plan_id, cursor, limit)
