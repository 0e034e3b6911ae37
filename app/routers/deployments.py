"""Deployments over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.domain.deployments import DeploymentRole, DeploymentStatus
from app.domain.strength_summary import RegionLevel, StrengthBy
from app.routers.authentication import DeploymentReader, DeploymentWriter
from app.routers.documents import CHANGES, CREATES, NOT_MODIFIED, POSTS, READS, READS_ONE
from app.routers.exchange import Changing, Posting, Reading
from app.routers.preconditions import IfMatch, IfMatchOptional
from app.schemas.deployments import (
    Deployment,
    DeploymentChange,
    DeploymentCreate,
    DeploymentPage,
    DeploymentStep,
    StrengthSummary,
)
from app.schemas.externals import ExternalId, ExternalSource
from app.schemas.fields import AGENCY_PATTERN, REGION_PATTERN, Moment, Time
from app.schemas.history import HistoryPage
from app.schemas.pages import Cursor, Limit
from app.services import deployment_strength, deployments, history
from app.services.deployment_strength import StrengthQuestion
from app.services.deployments import DeploymentFilter

router = APIRouter(tags=["Deployments"])

ALL_BUT_CONTROL = [StrengthBy.REGION, StrengthBy.AGENCY, StrengthBy.ROLE, StrengthBy.STATUS]
Region = Annotated[str | None, Query(pattern=REGION_PATTERN, description="This region and all within")]
Statuses = Annotated[list[DeploymentStatus] | None, Query(max_length=11)]


@router.get(
    "/deployments", operation_id="list_deployments", summary="List deployments, newest first",
    response_model=DeploymentPage, responses=READS | NOT_MODIFIED,
)  # fmt: skip
async def list_deployments(
    read: Reading,
    actor: DeploymentReader,
    region: Region = None,
    unit: Annotated[str | None, Query(pattern=AGENCY_PATTERN, description="At home or in command")] = None,
    agency: Annotated[str | None, Query(pattern=AGENCY_PATTERN, description="At home or in command")] = None,
    role: Annotated[list[DeploymentRole] | None, Query(max_length=14)] = None,
    status: Statuses = None,
    active_at: Annotated[Time | None, Query(description="In whose window this moment lies")] = None,
    active_from: Annotated[Time | None, Query(description="Those that end after it")] = None,
    active_before: Annotated[Time | None, Query(description="Those that start before it")] = None,
    incident_id: Annotated[UUID | None, Query(description="Linked to this incident")] = None,
    reference: Annotated[str | None, Query(max_length=16, pattern=r"^[A-Z0-9-]+$")] = None,
    external_source: ExternalSource | None = None,
    external_id: ExternalId | None = None,
    check_in_overdue: Annotated[bool | None, Query(description="Whose check-in is awaited in vain")] = None,
    relief_arrived: Annotated[
        bool | None, Query(description="Whose relief has arrived, so that they are to be released")
    ] = None,
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> Response:
    wanted = DeploymentFilter(
        region, unit, agency, role, status, active_at, active_from, active_before, incident_id, reference,
        external_source, external_id, check_in_overdue, relief_arrived,
    )  # fmt: skip
    # Not kept: a check-in becomes overdue though nothing is written.
    return await read(deployments.search, actor, wanted, cursor, limit)


@router.post(
    "/deployments", operation_id="request_deployment",
    summary="Request or commit a deployment of a unit of your agency",
    description="A commitment is refused (409) where the unit has too few left at any moment of the window.",
    response_model=Deployment, status_code=201, responses=CREATES,
)  # fmt: skip
async def request_deployment(write: Posting, actor: DeploymentWriter, new: DeploymentCreate) -> Response:
    return await write(deployments.request, actor, new, status=201)


# Not below /deployments, where the word would be taken for an id.
@router.get(
    "/deployment-strength", operation_id="read_deployed_strength",
    summary="Read the strength in the field by region, agency, role and status",
    description="Of the deployments that you may see, and in whose window the moment lies; statuses are as "
    "they stand now. Where `status` is neither asked for nor grouped by, those count that hold their unit.",
    response_model=StrengthSummary, responses=READS | NOT_MODIFIED,
)  # fmt: skip
async def read_deployed_strength(
    read: Reading,
    actor: DeploymentReader,
    region: Region = None,
    at: Annotated[Time | None, Query(description="The moment; now, to the minute, if left out")] = None,
    by: Annotated[list[StrengthBy], Query(max_length=5)] = ALL_BUT_CONTROL,
    level: Annotated[
        RegionLevel, Query(description="How finely to tell regions apart")
    ] = RegionLevel.REGENCY,
    status: Statuses = None,
) -> Response:
    asked = StrengthQuestion(region, at, by, level, status)
    is_kept = at is not None  # what is asked of this minute holds for this minute only
    return await (read.page if is_kept else read)(deployment_strength.strength, actor, asked)


@router.get(
    "/deployments/{deployment_id}", operation_id="read_deployment", summary="Read a deployment",
    response_model=Deployment, responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def read_deployment(
    read: Reading, actor: DeploymentReader, deployment_id: UUID, as_of: Moment | None = None
) -> Response:
    return await read.at(as_of, deployments.read, deployments.read_then, actor, deployment_id)


@router.patch(
    "/deployments/{deployment_id}", operation_id="change_deployment", summary="Change a deployment",
    description="A merge patch (RFC 7396): members that are left out stay as they are.",
    response_model=Deployment, responses=CHANGES,
)  # fmt: skip
async def change_deployment(
    write: Changing,
    actor: DeploymentWriter,
    deployment_id: UUID,
    wanted: DeploymentChange,
    if_match: IfMatch,
) -> Response:
    return await write(deployments.change, actor, deployment_id, wanted, if_match)


@router.post(
    "/deployments/{deployment_id}/steps", operation_id="step_deployment",
    summary="Move a deployment to its next status",
    response_model=Deployment, responses=POSTS,
)  # fmt: skip
async def step_deployment(
    write: Posting,
    actor: DeploymentWriter,
    deployment_id: UUID,
    wanted: DeploymentStep,
    if_match: IfMatchOptional,
) -> Response:
    return await write(deployments.step, actor, deployment_id, wanted, if_match)


@router.get(
    "/deployments/{deployment_id}/history", operation_id="list_deployment_history",
    summary="List the history of a deployment", response_model=HistoryPage,
    responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def list_deployment_history(
    read: Reading,
    actor: DeploymentReader,
    deployment_id: UUID,
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> Response:
    return await read(history.history, actor, "deployment", deployment_id, cursor, limit)
