"""Signing in with a browser: a session for a shift, and codes for the clients that a person works with."""

import hmac
import re
import secrets
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlencode
from uuid import UUID

from sqlmodel import col, select
from uuid_utils.compat import uuid7

from app.change import Change
from app.database import Session
from app.domain.errors import TokenRefused
from app.domain.oauth import CHALLENGE, CODE_LIFETIME, PUBLIC_CLIENT, SESSION_LIFETIME, hashed
from app.models.agencies import AccountRow
from app.models.oauth import AuthorizationCodeRow, SessionRow
from app.schemas.one_time_codes import AuthenticatorOffer
from app.schemas.sign_in import AuthorizationRequest, SignInForm
from app.services import accounts, one_time_codes, refresh_tokens
from app.services.authority import Authority

PROOF_SECONDS = 600
LONGEST_STATE, LONGEST_SCOPE = 1000, 1000
PLAIN = re.compile(r"[\x20-\x7e]*")


class UnknownClient(Exception):  # noqa: N818 - a state, not a fault
    """No such client, or not at this address: the person is told, nobody is sent anywhere."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Where a person goes on, and the cookie of a new session."""

    location: str
    cookie: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page asks for next."""

    refusal: str = ""
    account: str = ""
    proof: str = ""
    offer: AuthenticatorOffer | None = field(default=None)
    retry_after: int = 0  # seconds, where too much was guessed


def check(authority: Authority, asked: AuthorizationRequest) -> str | None:
    """Where to send an unsound request back to, None where it is sound; raises UnknownClient."""
    if asked.redirect_uri not in authority.clients.get(asked.client_id, ()):
        raise UnknownClient
    error = ""
    if asked.response_type != "code":
        error = "unsupported_response_type"
    elif asked.code_challenge_method != "S256" or not CHALLENGE.fullmatch(asked.code_challenge):
        error = "invalid_request"
    elif len(asked.scope) > LONGEST_SCOPE or not PLAIN.fullmatch(asked.scope):
        error = "invalid_scope"
    elif len(asked.state) > LONGEST_STATE:
        error = "invalid_request"
    return _back(authority, asked, error=error) if error else None


async def arrive(session: Session, authority: Authority, asked: AuthorizationRequest, cookie: str) -> Change:
    """A person comes to the page: whoever is signed in goes on at once, with a code."""
    change = Change(accounts.SYSTEM)
    change.answer = Asked()
    if back := check(authority, asked):
        change.answer = SignedIn(back)
        return change
    found = None if asked.prompt == "login" else await _session(session, cookie)
    if found is not None:
        row, account = found
        change.answer = SignedIn(_code(authority, change, asked, account, row.id))
    elif asked.prompt == "none":
        change.answer = SignedIn(_back(authority, asked, error="login_required"))
    return change


async def enter(
    session: Session, authority: Authority, asked: AuthorizationRequest, said: SignInForm, nonce: str
) -> Change:
    """A person has filled in the page; what follows is the change's answer."""
    change = Change(accounts.SYSTEM)
    if back := check(authority, asked):
        change.answer = SignedIn(back)
        return change
    if not hmac.compare_digest(form_token(authority, nonce).encode(), said.form.encode()):
        change.answer = Asked("The page had grown old. Please try again.")
        return change
    try:
        account = await _proven(session, authority, change, said, nonce)
    except TokenRefused as refused:
        change.answer = Asked(refused.description, retry_after=refused.retry_after)
        return change
    if isinstance(account, Asked):
        change.answer = account
        return change
    cookie = secrets.token_urlsafe(32)
    session_id = uuid7()
    change.forget_at(
        SessionRow, change.at + SESSION_LIFETIME, id=session_id, version=1, account_id=account.id,
        cookie_hash=hashed(cookie), created_at=change.at,
    )  # fmt: skip
    change.answer = SignedIn(_code(authority, change, asked, account, session_id), cookie)
    return change


async def _proven(
    session: Session, authority: Authority, change: Change, said: SignInForm, nonce: str
) -> AccountRow | Asked:
    """Whose password and code these are, or what is asked for besides; raises TokenRefused."""
    if said.proof:
        return await _enrolling(session, authority, change, said, nonce)
    account, lacks_authenticator = await one_time_codes.sign_in(
        session, authority, change, said.username, said.password, said.otp
    )
    if not lacks_authenticator:
        return account
    ends = str(int(time.time()) + PROOF_SECONDS)
    proof = authority.keys.seal(f"{account.id} {account.version} {ends}".encode(), "proof", nonce.encode())
    offer = one_time_codes.make_offer(authority, account, "", change.at)
    return Asked(account=account.name, proof=proof, offer=offer)


async def _enrolling(
    session: Session, authority: Authority, change: Change, said: SignInForm, nonce: str
) -> AccountRow | Asked:
    """The first authenticator of an account whose password was right a moment ago."""
    old = TokenRefused("invalid_grant", "The page had grown old. Please try again.")
    try:
        identity, version, ends = authority.keys.unseal(said.proof, "proof", nonce.encode()).decode().split()
    except ValueError:
        raise old from None
    account = await accounts.find_by_id(session, UUID(identity)) if int(ends) > time.time() else None
    offered = one_time_codes.read_offer(authority, account.id, said.offer) if account else None
    if account is None or offered is None or str(account.version) != version:
        raise old  # its password may be another by now
    standing = await accounts.standing_of(session, account.id)
    if standing is None or await one_time_codes.authenticator(session, account.id):
        raise old
    change.actor = accounts.actor(standing, frozenset(), authority.oversight)
    change.rests_on(account)
    if one_time_codes.enrol(authority, change, account, offered, said.otp) is None:
        offer = one_time_codes.offered_again(account, offered, said.offer)
        return Asked("This is no code of the new authenticator.", account.name, said.proof, offer)
    return account


def form_token(authority: Authority, nonce: str) -> str:
    """What the page carries so that only a person who has it before them can send it."""
    return authority.keys.mac("form", nonce.encode()).hex()


def _code(
    authority: Authority, change: Change, asked: AuthorizationRequest, account: AccountRow, session_id: UUID
) -> str:
    """Where the client finds a new code."""
    code = secrets.token_urlsafe(32)
    change.forget_at(
        AuthorizationCodeRow,
        change.at + CODE_LIFETIME,
        id=uuid7(),
        version=1,
        account_id=account.id,
        code_hash=hashed(code),
        client_id=asked.client_id,
        redirect_uri=asked.redirect_uri,
        scope=asked.scope,
        challenge=asked.code_challenge,
        session_id=session_id,
        family_id=uuid7(),
    )
    return _back(authority, asked, code=code)


def _back(authority: Authority, asked: AuthorizationRequest, **said: str) -> str:
    """The client's address with what it is told; `iss` says by whom (RFC 9207)."""
    told = {**said, **({"state": asked.state} if asked.state else {}), "iss": authority.url}
    joint = "&" if "?" in asked.redirect_uri else "?"
    return f"{asked.redirect_uri}{joint}{urlencode(told)}"


async def _session(session: Session, cookie: str) -> tuple[SessionRow, AccountRow] | None:
    """The session of a cookie while it lasts, and whose it is."""
    query = select(SessionRow).where(
        SessionRow.cookie_hash == hashed(cookie),
        col(SessionRow.ended_at).is_(None),
        col(SessionRow.expires_at) > datetime.now(UTC),
    )
    row = (await session.exec(query)).first() if cookie else None
    account = await accounts.find_by_id(session, row.account_id) if row else None
    return (row, account) if row and account else None


async def token(session: Session, authority: Authority, cookie: str) -> Change:
    """A token for the page of the documentation, as long as its person is signed in; then none."""
    change = Change(accounts.SYSTEM)
    found = await _session(session, cookie)
    if found is not None:
        row, account = found
        scopes = accounts.grantable(account, "")
        change.answer = authority.issuer.issue(account, scopes, PUBLIC_CLIENT, session=row.id)
    return change


async def leave(session: Session, _authority: Authority, cookie: str) -> Change:
    """End a session and all that was given under it."""
    change = Change(accounts.SYSTEM)
    found = await _session(session, cookie)
    if found is not None:
        row, _ = found
        await refresh_tokens.sign_out(session, change, row)
    return change
