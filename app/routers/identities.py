"""Identities over HTTP: which subjects of an identity provider act as an account of one's agency."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.routers.authentication import AccountReader, AccountWriter
from app.routers.documents import NOT_MODIFIED, READS_ONE, STATES
from app.routers.exchange import Changing, Reading
from app.routers.preconditions import IfMatchOptional
from app.schemas.administration import AccountStep
from app.schemas.identities import Identity, IdentityCreate, IdentityPage
from app.schemas.pages import Cursor, Limit
from app.services import identities

router = APIRouter(prefix="/accounts/{account_id}/identities", tags=["Administration"])


@router.get(
    "", operation_id="list_identities",
    summary="List the subjects of identity providers that act as an account of your agency",
    response_model=IdentityPage, responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def list_identities(
    read: Reading, actor: AccountReader, account_id: UUID, cursor: Cursor | None = None, limit: Limit = 50
) -> Response:
    return await read(identities.of_account, actor, account_id, cursor, limit)


@router.post(
    "", operation_id="add_identity",
    summary="Have a subject of an identity provider act as an account of your agency",
    description="From then on its tokens count, if the provider is configured for your agency. They never "
    "do more than the account may.",
    response_model=Identity, status_code=201, responses=STATES,
)  # fmt: skip
async def add_identity(
    request: Request, write: Changing, actor: AccountWriter, account_id: UUID, identity: IdentityCreate
) -> Response:
    providers = request.app.state.identity_providers
    return await write(identities.add, actor, account_id, identity, providers, status=201)


@router.post(
    "/{identity_id}/revocation", operation_id="revoke_identity",
    summary="Have a subject of an identity provider act as nobody",
    description="Within a second no token of it counts.", response_model=Identity, responses=STATES,
)  # fmt: skip
async def revoke_identity(
    write: Changing,
    actor: AccountWriter,
    account_id: UUID,
    identity_id: UUID,
    why: AccountStep,
    if_match: IfMatchOptional,
) -> Response:
    return await write(identities.revoke, actor, account_id, identity_id, why, if_match)
