"""The stops of patrols over HTTP: how they stand, visits and skips."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.routers.authentication import PatrolReader, PatrolWriter
from app.routers.documents import NOT_MODIFIED, POSTS, READS, READS_ONE
from app.routers.exchange import Posting, Reading
from app.routers.preconditions import IfMatchOptional
from app.schemas.fields import REGION_PATTERN
from app.schemas.pages import Cursor, Limit
from app.schemas.patrol_stops import PatrolSkip, PatrolStop, PatrolStopPage, PatrolVisit
from app.services import patrol_stops

router = APIRouter(tags=["Patrols"])


@router.get(
    "/patrols/{patrol_id}/stops", operation_id="list_patrol_stops",
    summary="List the stops of a patrol, as they stand now", response_model=PatrolStopPage,
    responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def list_patrol_stops(
    read: Reading, actor: PatrolReader, patrol_id: UUID, cursor: Cursor | None = None, limit: Limit = 50
) -> Response:
    return await read(patrol_stops.stops, actor, patrol_id, cursor, limit)


@router.post(
    "/patrols/{patrol_id}/stops/{stop_id}/visit", operation_id="note_patrol_visit",
    summary="Put on record that a stop was visited",
    description="Once for each stop. `distance_m` tells how far off the patrol stood; none is refused.",
    response_model=PatrolStop, status_code=201, responses=POSTS,
)  # fmt: skip
async def note_patrol_visit(
    write: Posting,
    actor: PatrolWriter,
    patrol_id: UUID,
    stop_id: UUID,
    new: PatrolVisit,
    if_match: IfMatchOptional,
) -> Response:
    return await write(patrol_stops.visit, actor, patrol_id, stop_id, new, if_match, status=201)


@router.post(
    "/patrols/{patrol_id}/stops/{stop_id}/skip", operation_id="note_patrol_skip",
    summary="Put on record that a stop was skipped, and why",
    response_model=PatrolStop, status_code=201, responses=POSTS,
)  # fmt: skip
async def note_patrol_skip(
    write: Posting,
    actor: PatrolWriter,
    patrol_id: UUID,
    stop_id: UUID,
    new: PatrolSkip,
    if_match: IfMatchOptional,
) -> Response:
    return await write(patrol_stops.skip, actor, patrol_id, stop_id, new, if_match, status=201)


@router.get(
    "/overdue-patrol-stops", operation_id="list_overdue_patrol_stops",
    summary="List stops that are overdue, the longest overdue first",
    description="Of patrols that are neither completed nor cancelled: the planned time and the grace have "
    "passed, and neither a visit nor a skip is on record.",
    response_model=PatrolStopPage, responses=READS | NOT_MODIFIED,
)  # fmt: skip
async def list_overdue_patrol_stops(
    read: Reading,
    actor: PatrolReader,
    region: Annotated[
        str | None, Query(pattern=REGION_PATTERN, description="This region and all within")
    ] = None,
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> Response:
    return await read(patrol_stops.overdue, actor, region, cursor, limit)
