"""Sites and their assessments over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.domain.sites import RiskCategory, SiteKind
from app.routers.authentication import SiteReader, SiteWriter
from app.routers.documents import CHANGES, CREATES, NOT_MODIFIED, POSTS, READS, READS_ONE
from app.routers.exchange import Changing, Posting, Reading
from app.routers.preconditions import IfMatch, IfMatchOptional
from app.schemas.externals import ExternalId, ExternalSource
from app.schemas.fields import REGION_PATTERN, Moment, SearchText
from app.schemas.history import HistoryPage
from app.schemas.pages import Cursor, Limit
from app.schemas.sites import (
    Site,
    SiteAssessment,
    SiteAssessmentCreate,
    SiteAssessmentPage,
    SiteChange,
    SiteCreate,
    SitePage,
)
from app.services import history, site_assessments, sites
from app.services.sites import SiteFilter

router = APIRouter(tags=["Sites"])


@router.get(
    "/sites", operation_id="list_sites", summary="List sites, newest first", response_model=SitePage,
    responses=READS | NOT_MODIFIED,
)  # fmt: skip
async def list_sites(
    read: Reading,
    actor: SiteReader,
    region: Annotated[
        str | None, Query(pattern=REGION_PATTERN, description="This region and all within")
    ] = None,
    kind: Annotated[list[SiteKind] | None, Query(max_length=14)] = None,
    risk: Annotated[list[RiskCategory] | None, Query(max_length=4)] = None,
    index_from: Annotated[int | None, Query(ge=0, le=100, description="With at least this index")] = None,
    in_use: bool | None = None,  # noqa: FBT001 - a query parameter
    text: Annotated[SearchText | None, Query(description="Part of the name")] = None,
    reference: Annotated[str | None, Query(max_length=16, pattern=r"^[A-Z0-9-]+$")] = None,
    external_source: ExternalSource | None = None,
    external_id: ExternalId | None = None,
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> Response:
    wanted = SiteFilter(region, kind, risk, index_from, in_use, text, reference, external_source, external_id)
    return await read.page(sites.search, actor, wanted, cursor, limit)


@router.post(
    "/sites", operation_id="register_site", summary="Register a site to be watched",
    description="With its first assessment, where `risk` or `indicators` say so.",
    response_model=Site, status_code=201, responses=CREATES,
)  # fmt: skip
async def register_site(write: Posting, actor: SiteWriter, new: SiteCreate) -> Response:
    return await write(sites.register, actor, new, status=201)


@router.get(
    "/sites/{site_id}", operation_id="read_site", summary="Read a site", response_model=Site,
    responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def read_site(read: Reading, actor: SiteReader, site_id: UUID, as_of: Moment | None = None) -> Response:
    return await read.at(as_of, sites.read, sites.read_then, actor, site_id)


@router.patch(
    "/sites/{site_id}", operation_id="change_site", summary="Change a site",
    description="A merge patch (RFC 7396): members that are left out stay as they are.",
    response_model=Site, responses=CHANGES,
)  # fmt: skip
async def change_site(
    write: Changing, actor: SiteWriter, site_id: UUID, wanted: SiteChange, if_match: IfMatch
) -> Response:
    return await write(sites.change, actor, site_id, wanted, if_match)


@router.get(
    "/sites/{site_id}/assessments", operation_id="list_site_assessments",
    summary="List how a site was judged", response_model=SiteAssessmentPage,
    responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def list_site_assessments(
    read: Reading, actor: SiteReader, site_id: UUID, cursor: Cursor | None = None, limit: Limit = 50
) -> Response:
    return await read(site_assessments.assessments, actor, site_id, cursor, limit)


@router.post(
    "/sites/{site_id}/assessments", operation_id="assess_site", summary="Judge the risk of a site",
    description="Any agency that sees the site judges it within its own area. Every judgement stays; the "
    "site shows the newest.",
    response_model=SiteAssessment, status_code=201, responses=POSTS,
)  # fmt: skip
async def assess_site(
    write: Posting,
    actor: SiteWriter,
    site_id: UUID,
    new: SiteAssessmentCreate,
    if_match: IfMatchOptional,
) -> Response:
    return await write(site_assessments.assess, actor, site_id, new, if_match, status=201)


@router.get(
    "/sites/{site_id}/history", operation_id="list_site_history", summary="List the history of a site",
    response_model=HistoryPage, responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def list_site_history(
    read: Reading, actor: SiteReader, site_id: UUID, cursor: Cursor | None = None, limit: Limit = 50
) -> Response:
    return await read(history.history, actor, "site", site_id, cursor, limit)
