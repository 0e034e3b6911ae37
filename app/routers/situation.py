"""The situation summary over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.routers.authentication import IncidentReader
from app.routers.documents import NOT_MODIFIED, READS
from app.routers.exchange import Reading
from app.schemas.fields import REGION_PATTERN
from app.schemas.situation import Situation
from app.services import situation

router = APIRouter(tags=["Situation"])


@router.get(
    "/situation", operation_id="read_situation", summary="Read how a region stands now",
    description="Elections ahead with the days to voting, threat levels, readiness orders and posture "
    "activations in force; open incidents, sites and their coverage, deployments, open requests for "
    "assistance; overdue acknowledgements, check-ins and patrol stops: in one call. What you lack a "
    "permission for is absent and named in `left_out`. The entity tag changes when something that you see "
    "here does, also by time alone, and not before: ask with If-None-Match.",
    response_model=Situation, responses=READS | NOT_MODIFIED,
)  # fmt: skip
async def read_situation(
    read: Reading,
    actor: IncidentReader,
    region: Annotated[
        str | None, Query(pattern=REGION_PATTERN, description="This region and all within")
    ] = None,
) -> Response:
    return await read(situation.situation, actor, region)
