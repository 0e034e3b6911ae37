"""Passwords over HTTP: set with a code, changed by their owner, reset by two; and who confirms whom."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.domain.errors import (
    Conflict,
    InternalError,
    Invalid,
    PayloadTooLarge,
    Unavailable,
    UnsupportedMediaType,
)
from app.routers.authentication import AccountConfirmer, AccountWriter, ReferenceReader
from app.routers.documents import STATES, documents
from app.routers.exchange import Changing
from app.routers.networks import authority_of
from app.routers.preconditions import IfMatchOptional
from app.schemas.administration import Account, AccountIssued, AccountStep
from app.schemas.enrolment import (
    Confirmation,
    Enrolled,
    Enrolment,
    Objection,
    PasswordChange,
    ResetDecision,
)
from app.services import enrolment
from app.services.accounts import SYSTEM

router = APIRouter()
door = APIRouter()


@door.post(
    "/enrolment", operation_id="enrol_account",
    summary="Set your password with the code from your administrator",
    description="The code counts once. Nobody but you ever learns the password.", tags=["Account"],
    response_model=Enrolled,
    responses=documents(
        PayloadTooLarge, UnsupportedMediaType, Conflict, Invalid, InternalError, Unavailable
    ),
)  # fmt: skip
async def enrol_account(request: Request, write: Changing, asked: Enrolment) -> Response:
    return await write(enrolment.enrol, SYSTEM, authority_of(request), asked)


@router.post(
    "/me/password", operation_id="change_password", summary="Change your own password",
    description="Every sign-in of yours ends; sign in again with the new one.", tags=["Account"],
    status_code=204, responses=STATES,
)  # fmt: skip
async def change_password(
    request: Request, write: Changing, actor: ReferenceReader, asked: PasswordChange
) -> Response:
    return await write(enrolment.change_password, actor, authority_of(request), asked)


@router.post(
    "/me/reset/objection", operation_id="refuse_reset", tags=["Account"],
    summary="Object to a reset of your password that you did not ask for", status_code=204, responses=STATES,
)  # fmt: skip
async def object_to_reset(write: Changing, actor: ReferenceReader, asked: Objection) -> Response:
    return await write(enrolment.object_to_reset, actor, asked)


@router.post(
    "/accounts/{account_id}/reset", operation_id="request_account_reset", tags=["Administration"],
    summary="Have the password of an account of your agency set anew",
    description="The code of the answer counts once a second administrator has approved it; at once where no "
    "password was set yet. The old password works until then. The person sees it at `/me`.",
    response_model=AccountIssued, responses=STATES,
)  # fmt: skip
async def request_account_reset(
    write: Changing, actor: AccountWriter, account_id: UUID, why: AccountStep, if_match: IfMatchOptional
) -> Response:
    return await write(enrolment.request_reset, actor, account_id, why, if_match)


@router.post(
    "/accounts/{account_id}/reset/decision", operation_id="decide_account_reset", tags=["Administration"],
    summary="Approve or decline a reset that another administrator asked for", response_model=Account,
    responses=STATES,
)  # fmt: skip
async def decide_account_reset(
    write: Changing,
    actor: AccountWriter,
    account_id: UUID,
    decision: ResetDecision,
    if_match: IfMatchOptional,
) -> Response:
    return await write(enrolment.decide_reset, actor, account_id, decision, if_match)


@router.post(
    "/accounts/{account_id}/confirmation", operation_id="confirm_account", tags=["Administration"],
    summary="Confirm or refuse an administrator whom the host has made for your agency",
    response_model=Account, responses=STATES,
)  # fmt: skip
async def confirm_account(
    write: Changing, actor: AccountConfirmer, account_id: UUID, word: Confirmation, if_match: IfMatchOptional
) -> Response:
    return await write(enrolment.confirm, actor, account_id, word, if_match)
