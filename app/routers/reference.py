"""Regions, agencies, jurisdictions and vocabularies over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from app.routers.authentication import ReferenceReader
from app.routers.documents import NOT_MODIFIED, READS, READS_ONE
from app.routers.exchange import Reading
from app.schemas import reference as schemas
from app.schemas.fields import AGENCY_PATTERN, REGION_PATTERN, Day, SearchText
from app.schemas.pages import Cursor, Limit
from app.services import reference

router = APIRouter(tags=["Reference"])

RegionPath = Annotated[str, Path(pattern=REGION_PATTERN, examples=["36.03.13"])]
AgencyPath = Annotated[str, Path(pattern=AGENCY_PATTERN, examples=["polda-banten"])]


@router.get(
    "/regions", operation_id="list_regions", summary="List regions", response_model=schemas.RegionPage,
    description="Provinces, or what lies directly under `parent`, or what `text` finds by name.",
    responses=READS | NOT_MODIFIED,
)  # fmt: skip
async def list_regions(
    read: Reading,
    actor: ReferenceReader,
    parent: Annotated[str | None, Query(pattern=REGION_PATTERN)] = None,
    text: Annotated[SearchText | None, Query()] = None,
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> Response:
    return await read.page(reference.regions, actor, parent, text, cursor, limit)


@router.get(
    "/regions/{region_code}", operation_id="read_region", summary="Read a region",
    response_model=schemas.Region, responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def read_region(read: Reading, actor: ReferenceReader, region_code: RegionPath) -> Response:
    return await read(reference.region, actor, region_code)


@router.get(
    "/regions/{region_code}/responsible", operation_id="read_responsible",
    summary="Read who covers a place", response_model=schemas.Responsible,
    description="One list for each service, each entry with its source and confidence. Unknown stays null.",
    responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def read_responsible(
    read: Reading,
    actor: ReferenceReader,
    region_code: RegionPath,
    on: Annotated[Day | None, Query(description="The day it shall hold for; today, if left out")] = None,
) -> Response:
    return await read(reference.responsible, actor, region_code, on)


@router.get(
    "/agencies", operation_id="list_agencies", summary="List agencies", response_model=schemas.AgencyPage,
    responses=READS | NOT_MODIFIED,
)  # fmt: skip
async def list_agencies(read: Reading, actor: ReferenceReader) -> Response:
    return await read.page(reference.agencies, actor)


@router.get(
    "/agencies/{agency}", operation_id="read_agency", summary="Read an agency", response_model=schemas.Agency,
    responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def read_agency(read: Reading, actor: ReferenceReader, agency: AgencyPath) -> Response:
    return await read(reference.agency, actor, agency)


@router.get(
    "/agencies/{agency}/units", operation_id="list_units", summary="List the units of an agency",
    response_model=schemas.UnitPage, responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def list_units(read: Reading, actor: ReferenceReader, agency: AgencyPath) -> Response:
    return await read(reference.units, actor, agency)


@router.get(
    "/vocabularies", operation_id="list_vocabularies",
    summary="List every code with its Indonesian and English label", response_model=schemas.Vocabularies,
    responses=READS | NOT_MODIFIED,
)  # fmt: skip
async def list_vocabularies(read: Reading, actor: ReferenceReader) -> Response:
    return await read(reference.vocabularies, actor)
