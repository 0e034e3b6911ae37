"""Coverage over HTTP: what the sites need against who guards them, and the sites that nobody guards."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from app.domain.sites import RiskCategory, SiteKind
from app.domain.strength_summary import RegionLevel
from app.routers.authentication import CoverageReader
from app.routers.documents import NOT_MODIFIED, READS
from app.routers.exchange import Reading
from app.schemas.coverage import SiteCoverage
from app.schemas.fields import REGION_PATTERN, Time
from app.schemas.guard_patterns import Operation
from app.schemas.pages import Cursor, Limit
from app.schemas.sites import SitePage
from app.services import coverage
from app.services.coverage import CoverageQuestion, UnguardedFilter

router = APIRouter(tags=["Sites"])

Region = Annotated[str | None, Query(pattern=REGION_PATTERN, description="This region and all within")]
At = Annotated[Time | None, Query(description="The moment; now, to the minute, if left out")]
Level = Literal[RegionLevel.PROVINCE, RegionLevel.REGENCY, RegionLevel.DISTRICT]


@router.get(
    "/coverage", operation_id="read_coverage",
    summary="Read what the sites need, who guards them, and what is missing",
    description="By the patterns of an operation, of the sites in use and the guarding deployments that you "
    "see. The nearest pattern counts: that of the kecamatan before that of the regency before that of the "
    "province; of two for the same place the one with the later `as_of`.",
    response_model=SiteCoverage, responses=READS | NOT_MODIFIED,
)  # fmt: skip
async def read_coverage(
    read: Reading,
    actor: CoverageReader,
    operation: Operation,
    region: Region = None,
    at: At = None,
    level: Annotated[Level, Query(description="How finely to tell regions apart")] = RegionLevel.REGENCY,
) -> Response:
    asked = CoverageQuestion(operation, region, at, level)
    # What is kept for a page holds until the ledger grows; "now" moves on without it.
    return await (read if at is None else read.page)(coverage.coverage, actor, asked)


@router.get(
    "/coverage/unguarded-sites", operation_id="list_unguarded_sites",
    summary="List the sites that no deployment names, newest first",
    description="Of the sites in use that you see: those that no deployment that you see names, of those "
    "that hold their unit at that moment.",
    response_model=SitePage, responses=READS | NOT_MODIFIED,
)  # fmt: skip
async def list_unguarded_sites(
    read: Reading,
    actor: CoverageReader,
    region: Region = None,
    kind: Annotated[list[SiteKind] | None, Query(max_length=14)] = None,
    risk: Annotated[list[RiskCategory] | None, Query(max_length=4)] = None,
    at: At = None,
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> Response:
    wanted = UnguardedFilter(region, kind, risk, at)
    return await (read if at is None else read.page)(coverage.unguarded, actor, wanted, cursor, limit)
