"""The caller's own account, and the token endpoint."""

import base64
import binascii
from typing import Annotated
from urllib.parse import unquote_plus

from fastapi import APIRouter, Form, Request, Response

from app.domain.errors import InternalError, Invalid, PayloadTooLarge, Unavailable
from app.routers.answers import JSON, render
from app.routers.authentication import ReferenceReader
from app.routers.documents import NOT_MODIFIED, READS, documents
from app.routers.exchange import Reading
from app.routers.networks import client_address
from app.schemas.accounts import KeySet, Me, Token, TokenError, TokenRequest
from app.services import accounts

router = APIRouter(tags=["Account"])
tokens = APIRouter()

NO_STORE = {"Cache-Control": "no-store", "Pragma": "no-cache"}
PUBLIC_CLIENT = "swagger-ui"


@router.get(
    "/me", operation_id="read_me", summary="Read your own account and what it may do", response_model=Me,
    responses=READS | NOT_MODIFIED,
)  # fmt: skip
async def read_me(read: Reading, actor: ReferenceReader) -> Response:
    return await read(accounts.me, actor)


@tokens.get(
    "/.well-known/jwks.json", operation_id="read_keys", summary="Read the keys that verify tokens",
    response_model=KeySet, tags=["For systems"],
)  # fmt: skip
async def read_keys(request: Request) -> Response:
    body = render(request.app.state.token_keys.published())
    return Response(body, media_type=JSON, headers={"Cache-Control": "public, max-age=300"})


@tokens.post(
    "/oauth2/token", operation_id="issue_token", summary="Get an access token", response_model=Token,
    tags=["Account"],
    description="Grants `password` (posts) and `client_credentials` (integrations), RFC 6749.",
    responses=documents(PayloadTooLarge, Invalid, InternalError, Unavailable)
              | {400: {"model": TokenError, "description": "Refused"},
                 401: {"model": TokenError, "description": "Unknown client"},
                 429: {"model": TokenError, "description": "Too many wrong tries"}},
)  # fmt: skip
async def issue_token(request: Request, asked: Annotated[TokenRequest, Form()]) -> Response:
    client = _basic(request.headers.get("authorization", "")) or (asked.client_id, asked.client_secret)
    name, secret = (asked.username, asked.password) if asked.grant_type == "password" else client
    state, address = request.app.state, str(client_address(request) or "")
    async with state.database.session() as session:
        account = await accounts.sign_in(session, state.gate, asked.grant_type, name, secret, address)
    scopes = accounts.grantable(account, asked.scope)
    token = state.token_issuer.issue(account, scopes, client[0] or PUBLIC_CLIENT)
    return Response(render(token), media_type=JSON, headers=NO_STORE)


def _basic(header: str) -> tuple[str, str] | None:
    """Client id and secret from HTTP Basic (RFC 6749 §2.3.1); Swagger UI's public client has no secret."""
    scheme, _, encoded = header.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        name, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return unquote_plus(name), unquote_plus(secret)
