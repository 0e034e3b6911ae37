"""Integrations over HTTP: systems of an agency, and their keys and secrets."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.routers.authentication import AccountReader, AccountWriter
from app.routers.documents import CHANGES, NOT_MODIFIED, READS, READS_ONE, STATES
from app.routers.exchange import Changing, Reading
from app.routers.preconditions import IfMatch, IfMatchOptional
from app.schemas.administration import AccountStep
from app.schemas.integrations import (
    Credential,
    CredentialCreate,
    CredentialIssued,
    CredentialPage,
    Integration,
    IntegrationChange,
    IntegrationCreate,
    IntegrationPage,
)
from app.schemas.pages import Cursor, Limit
from app.services import integrations

router = APIRouter(prefix="/integrations", tags=["Administration"])


@router.get(
    "", operation_id="list_integrations", summary="List the integrations of your agency",
    response_model=IntegrationPage, responses=READS | NOT_MODIFIED,
)  # fmt: skip
async def list_integrations(
    read: Reading, actor: AccountReader, cursor: Cursor | None = None, limit: Limit = 50
) -> Response:
    return await read(integrations.search, actor, cursor, limit)


@router.post(
    "", operation_id="create_integration", summary="Make an integration for a system of your agency",
    description="Give it a key or a secret next.", response_model=Integration, status_code=201,
    responses=STATES,
)  # fmt: skip
async def create_integration(
    write: Changing, actor: AccountWriter, integration: IntegrationCreate
) -> Response:
    return await write(integrations.create, actor, integration, status=201)


@router.get(
    "/{integration_id}", operation_id="read_integration", summary="Read an integration of your agency",
    response_model=Integration, responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def read_integration(read: Reading, actor: AccountReader, integration_id: UUID) -> Response:
    return await read(integrations.read, actor, integration_id)


@router.patch(
    "/{integration_id}", operation_id="change_integration", summary="Change what an integration holds",
    description="It takes effect within a second.", response_model=Integration, responses=CHANGES,
)  # fmt: skip
async def change_integration(
    write: Changing, actor: AccountWriter, integration_id: UUID, wanted: IntegrationChange, if_match: IfMatch
) -> Response:
    return await write(integrations.change, actor, integration_id, wanted, if_match)


@router.post(
    "/{integration_id}/suspension", operation_id="suspend_integration", summary="Suspend an integration",
    response_model=Integration, responses=STATES,
)  # fmt: skip
async def suspend_integration(
    write: Changing, actor: AccountWriter, integration_id: UUID, why: AccountStep, if_match: IfMatchOptional
) -> Response:
    return await write(integrations.suspend, actor, integration_id, why, if_match)


@router.post(
    "/{integration_id}/reactivation", operation_id="reactivate_integration",
    summary="Take a suspended integration back into use", response_model=Integration, responses=STATES,
)  # fmt: skip
async def reactivate_integration(
    write: Changing, actor: AccountWriter, integration_id: UUID, why: AccountStep, if_match: IfMatchOptional
) -> Response:
    return await write(integrations.reactivate, actor, integration_id, why, if_match)


@router.get(
    "/{integration_id}/credentials", operation_id="list_credentials",
    summary="List the keys and secrets of an integration", response_model=CredentialPage,
    responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def list_credentials(
    read: Reading,
    actor: AccountReader,
    integration_id: UUID,
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> Response:
    return await read(integrations.credentials, actor, integration_id, cursor, limit)


@router.post(
    "/{integration_id}/credentials", operation_id="add_credential",
    summary="Give an integration a secret or a public key",
    description="Two count at a time, and the older one ends after `overlap_days`. A secret is shown this "
    "once.",
    response_model=CredentialIssued, status_code=201, responses=STATES,
)  # fmt: skip
async def add_credential(
    request: Request,
    write: Changing,
    actor: AccountWriter,
    integration_id: UUID,
    credential: CredentialCreate,
) -> Response:
    audience: str = request.app.state.settings.public_url
    return await write(integrations.add_credential, actor, integration_id, credential, audience, status=201)


@router.post(
    "/{integration_id}/credentials/{credential_id}/revocation", operation_id="revoke_credential",
    summary="Revoke a key or a secret", response_model=Credential, responses=STATES,
)  # fmt: skip
async def revoke_credential(
    write: Changing,
    actor: AccountWriter,
    integration_id: UUID,
    credential_id: UUID,
    why: AccountStep,
    if_match: IfMatchOptional,
) -> Response:
    return await write(integrations.revoke_credential, actor, integration_id, credential_id, why, if_match)
