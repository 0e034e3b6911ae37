"""Coverage over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.domain.strength_summary import RegionLevel
from app.routers.authentication import CoverageReader
from app.routers.documents import NOT_MODIFIED, READS
from app.routers.exchange import Reading
from app.schemas.coverage import Coverage
from app.schemas.fields import REGION_PATTERN, Time
from app.schemas.guard_patterns import Operation
from app.services import coverage
from app.services.coverage import CoverageQuestion

router = APIRouter(tags=["Sites"])


@router.get(
    "/coverage", operation_id="read_coverage",
    summary="Read what the sites need, who guards them, and what is missing",
    description="By the patterns of an operation, of the sites in use and the guarding deployments that you "
    "see. The nearest pattern counts: that of the kecamatan before that of the regency before that of the "
    "province.",
    response_model=Coverage, responses=READS | NOT_MODIFIED,
)  # fmt: skip
async def read_coverage(
    read: Reading,
    actor: CoverageReader,
    operation: Operation,
    region: Annotated[
        str | None, Query(pattern=REGION_PATTERN, description="This region and all within")
    ] = None,
    at: Annotated[Time | None, Query(description="The moment; now, to the minute, if left out")] = None,
    level: Annotated[
        RegionLevel, Query(description="How finely to tell regions apart; kecamatan at the finest")
    ] = RegionLevel.REGENCY,
) -> Response:
    asked = CoverageQuestion(operation, region, at, level)
    return await (read.page if at is not None else read)(coverage.coverage, actor, asked)
