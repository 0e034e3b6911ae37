"""Coverage by patrols over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.routers.authentication import PatrolCoverageReader
from app.routers.documents import NOT_MODIFIED, READS
from app.routers.exchange import Reading
from app.schemas.fields import REGION_PATTERN, Time
from app.schemas.pages import Limit
from app.schemas.patrol_coverage import PatrolCoverage
from app.services import patrol_coverage
from app.services.patrol_coverage import PatrolCoverageQuestion

router = APIRouter(tags=["Patrols"])


@router.get(
    "/patrol-coverage", operation_id="read_patrol_coverage",
    summary="Read which stops of patrols were due and not visited",
    description="By region, from the province down to the kelurahan, and by site or place, those never "
    "visited in this time first. A site that you may not see counts where its plan is.",
    response_model=PatrolCoverage, responses=READS | NOT_MODIFIED,
)  # fmt: skip
async def read_patrol_coverage(
    read: Reading,
    actor: PatrolCoverageReader,
    due_from: Annotated[Time, Query(alias="from", description="Stops that are due from this moment on")],
    due_before: Annotated[Time, Query(alias="to", description="Stops that are due before this moment")],
    region: Annotated[
        str | None, Query(pattern=REGION_PATTERN, description="This region and all within")
    ] = None,
    limit: Limit = 50,
) -> Response:
    asked = PatrolCoverageQuestion(region, due_from, due_before, limit)
    return await read(patrol_coverage.coverage, actor, asked)
