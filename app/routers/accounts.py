"""The caller's own account, and the token endpoint."""

import base64
import binascii
from typing import Annotated
from urllib.parse import unquote_plus

from fastapi import APIRouter, Form, Request, Response

from app.routers.authentication import ReferenceReader
from app.routers.documents import NOT_MODIFIED, READS
from app.routers.exchange import JSON, Reading, render
from app.routers.order import Route
from app.schemas.accounts import KeySet, Me, Token, TokenError
from app.services import accounts

router = APIRouter(tags=["Account"], route_class=Route)
tokens = APIRouter(tags=["Account"], route_class=Route)

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
    response_model=KeySet,
)  # fmt: skip
async def read_keys(request: Request) -> Response:
    body = render(request.app.state.token_keys.published())
    return Response(body, media_type=JSON, headers={"Cache-Control": "public, max-age=300"})


@tokens.post(
    "/oauth2/token", operation_id="issue_token", summary="Get an access token", response_model=Token,
    description="Grants `password` (posts) and `client_credentials` (integrations), RFC 6749.",
    responses={400: {"model": TokenError, "description": "Refused"},
               401: {"model": TokenError, "description": "Unknown client"}},
)  # fmt: skip
async def issue_token(
    request: Request,
    grant_type: Annotated[str, Form(max_length=50, examples=["password"])],
    username: Annotated[str, Form(max_length=200, examples=["operator.polda-banten"])] = "",
    password: Annotated[str, Form(max_length=200)] = "",
    client_id: Annotated[str, Form(max_length=200)] = "",
    client_secret: Annotated[str, Form(max_length=200)] = "",
    scope: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    client = _basic(request.headers.get("authorization", "")) or (client_id, client_secret)
    name, secret = (username, password) if grant_type == "password" else client
    async with request.app.state.database.session() as session:
        account = await accounts.sign_in(session, grant_type, name, secret)
    scopes = accounts.grantable(account, scope)
    token = request.app.state.token_issuer.issue(account, scopes, client[0] or PUBLIC_CLIENT)
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
