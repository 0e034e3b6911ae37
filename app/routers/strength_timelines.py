"""The strength that was present over time, over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.routers.authentication import DeploymentReader
from app.routers.documents import NOT_MODIFIED, READS, READS_ONE
from app.routers.exchange import Reading
from app.schemas.fields import REGION_PATTERN, Time
from app.schemas.strength_timelines import StrengthTimeline
from app.services import strength_timelines

router = APIRouter(tags=["Deployments"])

Start = Annotated[Time | None, Query(alias="from", description="From this moment on")]
End = Annotated[
    Time | None, Query(alias="to", description="Up to this moment, in the past; now, if left out")
]


@router.get(
    "/strength", operation_id="read_strength_over_time",
    summary="Read how many were present over time in a region",
    description="By what was stated of the deployments that you may see, each counted while its marking let "
    "you see it. Of the last day, if no start is named. Of more than 500 changes, the totals at equal "
    "intervals are told.",
    response_model=StrengthTimeline, responses=READS | NOT_MODIFIED,
)  # fmt: skip
async def read_strength_over_time(
    read: Reading,
    actor: DeploymentReader,
    region: Annotated[
        str | None, Query(pattern=REGION_PATTERN, description="This region and all within")
    ] = None,
    start: Start = None,
    end: End = None,
) -> Response:
    return await read(strength_timelines.of_region, actor, region, start, end)


@router.get(
    "/deployments/{deployment_id}/strength", operation_id="read_deployment_strength",
    summary="Read how many of a deployment were present over time",
    description="By what was stated. Since it was requested, if no start is named.",
    response_model=StrengthTimeline, responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def read_deployment_strength(
    read: Reading, actor: DeploymentReader, deployment_id: UUID, start: Start = None, end: End = None
) -> Response:
    return await read(strength_timelines.of_deployment, actor, deployment_id, start, end)
