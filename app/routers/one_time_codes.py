"""The caller's own authenticator, which makes one-time codes."""

from fastapi import APIRouter, Request, Response

from app.routers.authentication import ReferenceReader
from app.routers.documents import BODY, READS, documents
from app.routers.exchange import Changing
from app.routers.networks import authority_of
from app.schemas.one_time_codes import (
    Authenticator,
    AuthenticatorConfirm,
    AuthenticatorOffer,
    AuthenticatorWish,
)
from app.services import one_time_codes

router = APIRouter(prefix="/me/authenticator", tags=["Account"])


@router.post(
    "/offers", operation_id="offer_authenticator", summary="Get a seed for a new authenticator",
    response_model=AuthenticatorOffer, responses=READS | documents(*BODY),
    description="Nothing is kept of it before you confirm it with a code.",
)  # fmt: skip
async def offer_authenticator(
    write: Changing, actor: ReferenceReader, request: Request, wish: AuthenticatorWish
) -> Response:
    return await write(one_time_codes.offer, actor, authority_of(request), wish)


@router.put(
    "", operation_id="confirm_authenticator", summary="Use a new authenticator from now on",
    response_model=Authenticator, responses=READS | documents(*BODY),
    description="It takes the place of the one before, of which a code is needed too.",
)  # fmt: skip
async def confirm_authenticator(
    write: Changing, actor: ReferenceReader, request: Request, said: AuthenticatorConfirm
) -> Response:
    return await write(one_time_codes.confirm, actor, authority_of(request), said)
