"""What clients ask about tokens: where to get them, what they are worth, and to end them."""

from uuid import UUID

from sqlmodel import col, select

from app.change import Change
from app.database import Session
from app.domain.errors import InvalidToken, TokenRefused
from app.domain.oauth import GrantType, Spent
from app.domain.permissions import Permission
from app.models.agencies import AccountRow
from app.models.oauth import SpentRow
from app.schemas.oauth import Introspection, ResourceMetadata, ServerMetadata, TokenNamed
from app.services import accounts, clients, refresh_tokens
from app.services.authority import Authority
from app.services.tokens import AUDIENCE, LIFETIME, Claims

WORTHLESS = Introspection(active=False)
PROOFS = ["client_secret_basic", "client_secret_post", "private_key_jwt"]
ALGORITHMS = [*clients.ALGORITHMS]


async def revoke(session: Session, authority: Authority, asked: TokenNamed) -> Change:
    """End a token of the calling client; one that it does not have, or no longer, is as good as ended."""
    change = Change(accounts.SYSTEM)
    client = await clients.identify(session, authority, change, asked)
    found = await refresh_tokens.find(session, authority, asked.token)
    if found and found[1].client_id == client.id:
        refresh_tokens.revoke(change, found[1])
    claims = _claims(authority, asked.token)
    if claims and claims.client_id == client.id and not await _is_spent(session, claims):
        ends = change.at + LIFETIME
        values = {"account_id": claims.account_id, "kind": Spent.TOKEN, "value": claims.token_id}
        change.forget_at(SpentRow, ends, **values)
    return change


async def introspect(session: Session, authority: Authority, asked: TokenNamed) -> Change:
    """What a token is worth, for an integration of the agency whose token it is."""
    change = Change(accounts.SYSTEM)
    client = await clients.identify(session, authority, change, asked)
    if client.account is None:
        raise TokenRefused("invalid_client", "Introspection is for integrations.", 401)
    change.answer = await _worth(session, authority, asked.token, client.account.agency)
    return change


async def _worth(session: Session, authority: Authority, token: str, agency: str) -> Introspection:
    if found := await refresh_tokens.find(session, authority, token):
        current, family = found
        account = await _counting(session, family.account_id, agency)
        if account is None or current.number != family.version:
            return WORTHLESS
        return Introspection(
            active=True, scope=family.scope, client_id=family.client_id, username=account.name,
            exp=int(family.expires_at.timestamp()), iat=int(family.created_at.timestamp()),
            sub=str(account.id), iss=authority.url,
        )  # fmt: skip
    claims = _claims(authority, token)
    account = await _counting(session, claims.account_id, agency) if claims else None
    if claims is None or account is None or await _is_spent(session, claims):
        return WORTHLESS
    scopes = [each for each in accounts.grantable(account, "") if each in claims.scopes]
    return Introspection(
        active=True, scope=" ".join(scopes), client_id=claims.client_id, username=account.name,
        token_type="Bearer", exp=int(claims.expires_at), iat=claims.issued_at,  # noqa: S106 - a type
        sub=str(account.id), aud=AUDIENCE, iss=authority.url, jti=claims.token_id,
    )  # fmt: skip


async def _counting(session: Session, account_id: UUID, agency: str) -> AccountRow | None:
    account = await accounts.find_by_id(session, account_id)
    return account if account and account.agency == agency else None


def _claims(authority: Authority, token: str) -> Claims | None:
    try:
        return authority.issuer.verify(token)
    except InvalidToken:
        return None


async def _is_spent(session: Session, claims: Claims) -> bool:
    query = select(SpentRow.value).where(
        SpentRow.account_id == claims.account_id,
        col(SpentRow.kind) == Spent.TOKEN,
        col(SpentRow.value).in_(claims.revocable),
    )
    return (await session.exec(query)).first() is not None


def server_metadata(authority: Authority) -> ServerMetadata:
    """Where and how tokens are given (RFC 8414)."""
    grants = [each for each in GrantType if each is not GrantType.PASSWORD or authority.takes_passwords]
    return ServerMetadata(
        issuer=authority.url,
        authorization_endpoint=authority.at("/oauth2/authorize"),
        token_endpoint=authority.at("/oauth2/token"),
        jwks_uri=authority.at("/.well-known/jwks.json"),
        revocation_endpoint=authority.at("/oauth2/revoke"),
        introspection_endpoint=authority.at("/oauth2/introspect"),
        scopes_supported=[*Permission],
        response_types_supported=["code"],
        response_modes_supported=["query"],
        grant_types_supported=[*grants],
        code_challenge_methods_supported=["S256"],
        token_endpoint_auth_methods_supported=["none", *PROOFS],
        token_endpoint_auth_signing_alg_values_supported=ALGORITHMS,
        revocation_endpoint_auth_methods_supported=["none", *PROOFS],
        revocation_endpoint_auth_signing_alg_values_supported=ALGORITHMS,
        introspection_endpoint_auth_methods_supported=PROOFS,
        introspection_endpoint_auth_signing_alg_values_supported=ALGORITHMS,
        ui_locales_supported=["id", "en"],
        authorization_response_iss_parameter_supported=True,
        service_documentation=authority.at("/docs"),
    )


def resource_metadata(authority: Authority) -> ResourceMetadata:
    """Which tokens the API takes (RFC 9728)."""
    return ResourceMetadata(
        resource=authority.url,
        authorization_servers=[authority.url],
        jwks_uri=authority.at("/.well-known/jwks.json"),
        scopes_supported=[*Permission],
        bearer_methods_supported=["header"],
        resource_name="SIAGA",
        resource_documentation=authority.at("/docs"),
    )
