"""The token endpoint: each grant decides whose token it is, what it may carry, and what that uses up."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from sqlmodel import select

from app.change import Change
from app.database import Session
from app.domain.access_log import AccessKind
from app.domain.errors import TokenRefused
from app.domain.oauth import GrantType, answers, hashed
from app.models.agencies import AccountRow
from app.models.oauth import AuthorizationCodeRow, RefreshFamilyRow
from app.schemas.oauth import Token, TokenRequest
from app.services import accounts, clients, one_time_codes, refresh_tokens
from app.services.authority import Authority, record_misuse

NO_AUTHENTICATOR = "This account needs a one-time code. Set one up on the sign-in page."
CODE_REFUSED = TokenRefused(
    "invalid_grant", "The code does not count, or no longer, or not for this request."
)


async def token(session: Session, authority: Authority, asked: TokenRequest) -> Change:
    """What the asked grant gives; the answer of the change is a token, or a refusal that is written first."""
    grant = GRANTS.get(asked.grant_type)
    if grant is None or (asked.grant_type == GrantType.PASSWORD and not authority.takes_passwords):
        raise TokenRefused("unsupported_grant_type", "This grant is not offered here.")
    change = Change(accounts.SYSTEM)
    change.answer = await grant(session, authority, change, asked)
    return change


async def _password(session: Session, authority: Authority, change: Change, asked: TokenRequest) -> Token:
    client = await clients.identify_for_person(session, authority, change, asked)
    account, lacks_authenticator = await one_time_codes.sign_in(
        session, authority, change, asked.username, asked.password, asked.otp
    )
    if lacks_authenticator:
        raise TokenRefused("invalid_grant", NO_AUTHENTICATOR)
    scopes = accounts.grantable(account, asked.scope)
    begun = refresh_tokens.first(change, account, client.id, " ".join(scopes))
    return authority.issuer.issue(
        account, scopes, client.id, family=begun.family_id, refresh_token=str(begun)
    )


async def _client_credentials(
    session: Session, authority: Authority, change: Change, asked: TokenRequest
) -> Token:
    client = await clients.identify(session, authority, change, asked)
    if client.account is None:
        raise TokenRefused("unauthorized_client", "This grant is for integrations.")
    session.note_sign_in(AccessKind.SIGN_IN, client.account)
    scopes = accounts.grantable(client.account, asked.scope)
    return authority.issuer.issue(client.account, scopes, client.id, family=client.credential_id)


async def _authorization_code(
    session: Session, authority: Authority, change: Change, asked: TokenRequest
) -> Token | TokenRefused:
    client = await clients.identify_for_person(session, authority, change, asked)
    query = select(AuthorizationCodeRow).where(AuthorizationCodeRow.code_hash == hashed(asked.code))
    code = (await session.exec(query)).first()
    account = await accounts.find_by_id(session, code.account_id) if code else None
    signed_in = await refresh_tokens.live_session(session, code.session_id, change.at) if code else None
    fits = (
        code is not None
        and account is not None
        and (signed_in is not None or code.used_at is not None)
        and code.client_id == client.id
        and code.redirect_uri == asked.redirect_uri
        and code.expires_at > datetime.now(UTC)
        and answers(code.challenge, asked.code_verifier)
    )
    if not fits or code is None or account is None:
        raise CODE_REFUSED
    if code.used_at is not None or signed_in is None:
        return await _used_twice(session, change, code, account)
    change.write_over(code, used_at=change.at)
    change.rests_on(signed_in)
    change.rests_on(account)
    begun = refresh_tokens.first(change, account, client.id, code.scope, code.family_id, code.session_id)
    scopes = accounts.grantable(account, code.scope)
    return authority.issuer.issue(
        account, scopes, client.id, family=code.family_id, session=code.session_id, refresh_token=str(begun)
    )


async def _used_twice(
    session: Session, change: Change, code: AuthorizationCodeRow, account: AccountRow
) -> TokenRefused:
    """Somebody else may have it: what came of it ends (RFC 6749 §4.1.2)."""
    query = select(RefreshFamilyRow).where(RefreshFamilyRow.id == code.family_id)
    family = (await session.exec(query)).first()
    if family is not None and family.revoked_at is None:
        refresh_tokens.revoke(change, family)
        record_misuse(change, account, "account.authorization_code_reused")
    return CODE_REFUSED


async def _refresh_token(
    session: Session, authority: Authority, change: Change, asked: TokenRequest
) -> Token | TokenRefused:
    client = await clients.identify_for_person(session, authority, change, asked)
    renewed = await refresh_tokens.renew(session, authority, change, client.id, asked.refresh_token)
    if renewed is None:
        return refresh_tokens.REFUSED
    following, family, account = renewed
    held = family.scope.split()
    scopes = [each for each in accounts.grantable(account, asked.scope or family.scope) if each in held]
    return authority.issuer.issue(
        account, scopes, client.id,
        family=family.id, session=family.session_id, refresh_token=str(following),
    )  # fmt: skip


Grant = Callable[[Session, Authority, Change, TokenRequest], Awaitable[Token | TokenRefused]]
GRANTS: dict[str, Grant] = {
    GrantType.AUTHORIZATION_CODE: _authorization_code,
    GrantType.CLIENT_CREDENTIALS: _client_credentials,
    GrantType.PASSWORD: _password,
    GrantType.REFRESH_TOKEN: _refresh_token,
}
