"""Recipients of RED records who wait to be confirmed after a reset, over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from app.routers.authentication import IncidentReader, IncidentWriter
from app.routers.documents import NOT_MODIFIED, READS, STATES
from app.routers.exchange import Changing, Reading
from app.schemas.fields import ACCOUNT_PATTERN
from app.schemas.pages import Cursor, Limit
from app.schemas.red_memberships import RedConfirmation, RedConfirmed, RedMembershipPage
from app.services import red_memberships

router = APIRouter(prefix="/red-memberships", tags=["Administration"])

AccountPath = Annotated[str, Path(pattern=ACCOUNT_PATTERN, examples=["commander.kpu-banten"])]


@router.get(
    "", operation_id="list_red_memberships",
    summary="List recipients of RED records who wait for you after a reset of their password",
    response_model=RedMembershipPage, responses=READS | NOT_MODIFIED,
)  # fmt: skip
async def list_red_memberships(
    read: Reading, actor: IncidentReader, cursor: Cursor | None = None, limit: Limit = 50
) -> Response:
    return await read(red_memberships.waiting, actor, cursor, limit)


@router.post(
    "/{account}/confirmation", operation_id="confirm_red_membership",
    summary="Confirm another recipient of RED records after a reset of their password",
    description="The account sees again the RED records that name you both.",
    response_model=RedConfirmed, responses=STATES,
)  # fmt: skip
async def confirm_red_membership(
    write: Changing, actor: IncidentWriter, account: AccountPath, said: RedConfirmation
) -> Response:
    return await write(red_memberships.confirm, actor, account, said)
