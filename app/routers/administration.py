"""Accounts of people over HTTP, for the administrator of their agency.

Answers may hold a code that is shown once, so none of these takes an Idempotency-Key; If-Match does its work.
"""

from uuid import UUID

from fastapi import APIRouter, Response

from app.routers.authentication import AccountReader, AccountWriter
from app.routers.documents import CHANGES, NOT_MODIFIED, READS, READS_ONE, STATES
from app.routers.exchange import Changing, Reading
from app.routers.preconditions import IfMatch, IfMatchOptional
from app.schemas.administration import (
    Account,
    AccountChange,
    AccountCreate,
    AccountIssued,
    AccountPage,
    AccountStep,
)
from app.schemas.pages import Cursor, Limit
from app.services import administration

router = APIRouter(prefix="/accounts", tags=["Administration"])


@router.get(
    "", operation_id="list_accounts", summary="List the accounts of your agency", response_model=AccountPage,
    responses=READS | NOT_MODIFIED,
)  # fmt: skip
async def list_accounts(
    read: Reading, actor: AccountReader, cursor: Cursor | None = None, limit: Limit = 50
) -> Response:
    return await read(administration.search, actor, cursor, limit)


@router.post(
    "", operation_id="create_account", summary="Make an account for a person of your agency",
    description="The person sets the password with the code of the answer at `POST /enrolment`. Nobody "
    "grants more than the agency may hold.",
    response_model=AccountIssued, status_code=201, responses=STATES,
)  # fmt: skip
async def create_account(write: Changing, actor: AccountWriter, account: AccountCreate) -> Response:
    return await write(administration.create, actor, account, status=201)


@router.get(
    "/{account_id}", operation_id="read_account", summary="Read an account of your agency",
    response_model=Account, responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def read_account(read: Reading, actor: AccountReader, account_id: UUID) -> Response:
    return await read(administration.read, actor, account_id)


@router.patch(
    "/{account_id}", operation_id="change_account", summary="Change what an account of your agency holds",
    description="It takes effect within a second. Nobody changes their own account, and the last "
    "administrator stays one.",
    response_model=Account, responses=CHANGES,
)  # fmt: skip
async def change_account(
    write: Changing, actor: AccountWriter, account_id: UUID, wanted: AccountChange, if_match: IfMatch
) -> Response:
    return await write(administration.change, actor, account_id, wanted, if_match)


@router.post(
    "/{account_id}/suspension", operation_id="suspend_account", summary="Suspend an account of your agency",
    response_model=Account, responses=STATES,
)  # fmt: skip
async def suspend_account(
    write: Changing, actor: AccountWriter, account_id: UUID, why: AccountStep, if_match: IfMatchOptional
) -> Response:
    return await write(administration.suspend, actor, account_id, why, if_match)


@router.post(
    "/{account_id}/reactivation", operation_id="reactivate_account",
    summary="Take a suspended account back into use", response_model=Account, responses=STATES,
)  # fmt: skip
async def reactivate_account(
    write: Changing, actor: AccountWriter, account_id: UUID, why: AccountStep, if_match: IfMatchOptional
) -> Response:
    return await write(administration.reactivate, actor, account_id, why, if_match)
