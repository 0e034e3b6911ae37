"""The OAuth endpoints: tokens, their end, what they are worth, and where a client finds all this."""

import base64
import binascii
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, TypeVar
from urllib.parse import unquote_plus

from fastapi import APIRouter, Form, Request, Response
from pydantic import BaseModel

from app.change import Change
from app.domain.errors import InternalError, Invalid, PayloadTooLarge, TokenRefused, Unavailable
from app.lane import Stale
from app.routers.answers import JSON, render
from app.routers.documents import documents
from app.routers.networks import authority_of
from app.schemas.oauth import (
    ClientProof,
    Introspection,
    KeySet,
    ResourceMetadata,
    ServerMetadata,
    Token,
    TokenError,
    TokenNamed,
    TokenRequest,
)
from app.services import grants, oauth

router = APIRouter()

P = TypeVar("P", bound=ClientProof)
DECISIONS = 4
NO_STORE = {"Cache-Control": "no-store", "Pragma": "no-cache"}
FOR_A_WHILE = {"Cache-Control": "public, max-age=300"}
REFUSALS = documents(PayloadTooLarge, Invalid, InternalError, Unavailable) | {
    400: {"model": TokenError, "description": "Refused"},
    401: {"model": TokenError, "description": "Unknown client"},
    429: {"model": TokenError, "description": "Too many wrong tries"},
}


async def settle(request: Request, decide: Callable[..., Awaitable[Change]], *asked: Any) -> Any:
    """Decide, write, and only then answer or refuse; where another was faster, decide again."""
    state, authority = request.app.state, authority_of(request)
    for _ in range(DECISIONS):
        async with state.database.session() as session:
            change = await decide(session, authority, *asked)
        try:
            if change.writes:
                await state.lane.write(change)
        except Stale:
            continue
        if isinstance(change.answer, TokenRefused):
            raise change.answer
        return change.answer
    raise Unavailable("Others change this at the same moment; try again.")


async def proven(request: Request, asked: P) -> P:
    """The form with the client as the header names it (RFC 6749 §2.3.1); no member may stand twice (§3.2)."""
    given = Counter(name for name, _ in (await request.form()).multi_items())
    if any(times > 1 for times in given.values()):
        raise TokenRefused("invalid_request", "A member stands twice.")
    header = request.headers.get("authorization")
    if header is None:
        return asked
    client = _basic(header)
    if client is None or asked.client_id not in {"", client[0]}:
        raise TokenRefused("invalid_client", "The client is unknown, or its proof is wrong.", 401)
    if client[1] and (asked.client_secret or asked.client_assertion):
        raise TokenRefused("invalid_request", "Prove the client in one way only.")
    return asked.model_copy(
        update={"client_id": client[0], "client_secret": client[1] or asked.client_secret}
    )


def _basic(header: str) -> tuple[str, str] | None:
    """Client id and secret from HTTP Basic; Swagger UI's public client has no secret."""
    scheme, _, encoded = header.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        name, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return unquote_plus(name), unquote_plus(secret)


def told(answer: BaseModel) -> Response:
    """An answer of OAuth: what there is nothing to say of is left out."""
    return Response(answer.model_dump_json(exclude_none=True), media_type=JSON, headers=NO_STORE)


@router.post(
    "/oauth2/token", operation_id="issue_token", summary="Get an access token", response_model=Token,
    tags=["Account"], responses=REFUSALS,
    description="Grants `authorization_code` with PKCE and `refresh_token` (people), `client_credentials` "
    "(integrations), RFC 6749; `password` (people) only where the deployment allows it.",
)  # fmt: skip
async def issue_token(request: Request, asked: Annotated[TokenRequest, Form()]) -> Response:
    return told(await settle(request, grants.token, await proven(request, asked)))


@router.post(
    "/oauth2/revoke", operation_id="revoke_token", summary="End a token (RFC 7009)", tags=["Account"],
    response_class=Response,
    responses=REFUSALS | {200: {"description": "It counts no more, if it ever did"}},
    description="An access token counts no more within a second. A refresh token takes the access tokens of "
    "its family along.",
)  # fmt: skip
async def revoke_token(request: Request, asked: Annotated[TokenNamed, Form()]) -> Response:
    await settle(request, oauth.revoke, await proven(request, asked))
    return Response(headers=NO_STORE)


@router.post(
    "/oauth2/introspect", operation_id="introspect_token", summary="Read what a token is worth (RFC 7662)",
    tags=["For systems"], response_model=Introspection, responses=REFUSALS,
    description="For integrations, about the tokens of their own agency; of any other it says that it is not "
    "active.",
)  # fmt: skip
async def introspect_token(request: Request, asked: Annotated[TokenNamed, Form()]) -> Response:
    return told(await settle(request, oauth.introspect, await proven(request, asked)))


@router.get(
    "/.well-known/jwks.json", operation_id="read_keys", summary="Read the keys that verify tokens",
    response_model=KeySet, tags=["For systems"],
)  # fmt: skip
async def read_keys(request: Request) -> Response:
    body = render(request.app.state.token_keys.published())
    return Response(body, media_type=JSON, headers=FOR_A_WHILE)


@router.get(
    "/.well-known/oauth-authorization-server", operation_id="read_server_metadata",
    summary="Read where and how tokens are given (RFC 8414)", response_model=ServerMetadata,
    tags=["For systems"],
)  # fmt: skip
async def read_server_metadata(request: Request) -> Response:
    body = render(oauth.server_metadata(request.app.state.authority))
    return Response(body, media_type=JSON, headers=FOR_A_WHILE)


@router.get(
    "/.well-known/oauth-protected-resource", operation_id="read_resource_metadata",
    summary="Read which tokens the API takes (RFC 9728)", response_model=ResourceMetadata,
    tags=["For systems"],
)  # fmt: skip
async def read_resource_metadata(request: Request) -> Response:
    body = render(oauth.resource_metadata(request.app.state.authority))
    return Response(body, media_type=JSON, headers=FOR_A_WHILE)
