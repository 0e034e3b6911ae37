"""Check-ins of deployments over HTTP."""

from uuid import UUID

from fastapi import APIRouter, Response

from app.routers.authentication import DeploymentReader, DeploymentWriter
from app.routers.documents import NOT_MODIFIED, POSTS, READS_ONE
from app.routers.exchange import Posting, Reading
from app.routers.preconditions import IfMatchOptional
from app.schemas.check_ins import CheckIn, CheckInCreate, CheckInPage
from app.schemas.pages import Cursor, Limit
from app.services import check_ins

router = APIRouter(tags=["Deployments"])


@router.get(
    "/deployments/{deployment_id}/check-ins", operation_id="list_check_ins",
    summary="List where the personnel of a deployment have been", response_model=CheckInPage,
    responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def list_check_ins(
    read: Reading,
    actor: DeploymentReader,
    deployment_id: UUID,
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> Response:
    return await read(check_ins.check_ins, actor, deployment_id, cursor, limit)


@router.post(
    "/deployments/{deployment_id}/check-ins", operation_id="add_check_in",
    summary="Tell where the personnel of a deployment are",
    description="By the home agency or whoever is in control. Every check-in stays; the deployment shows the "
    "newest. One that was sent late may tell of an earlier time, but of none before the arrival.",
    response_model=CheckIn, status_code=201, responses=POSTS,
)  # fmt: skip
async def add_check_in(
    write: Posting,
    actor: DeploymentWriter,
    deployment_id: UUID,
    new: CheckInCreate,
    if_match: IfMatchOptional,
) -> Response:
    return await write(check_ins.check_in, actor, deployment_id, new, if_match, status=201)
