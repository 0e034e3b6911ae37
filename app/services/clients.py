"""Which client calls: a public one by its id, an integration by its secret or by a signed assertion."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlmodel import col, select

from app.change import Change
from app.database import Session
from app.domain.access_log import AccessKind
from app.domain.credentials import CredentialKind
from app.domain.errors import TokenRefused
from app.domain.oauth import ASSERTION_LIFETIME, ASSERTION_TYPE, PUBLIC_CLIENT, Spent, hashed
from app.domain.permissions import Role
from app.formats import jwk, jws
from app.formats.jwk import PublicKey
from app.formats.jws import Jws
from app.models.agencies import AccountRow
from app.models.credentials import CredentialRow, CredentialUseRow
from app.models.oauth import SpentRow
from app.schemas.oauth import ClientProof
from app.services import accounts, passwords
from app.services.authority import Authority
from app.services.tokens import LEEWAY_SECONDS, LONGEST, MALFORMED

UNKNOWN = passwords.REFUSALS["client_credentials"]
ENDPOINTS = ("/oauth2/token", "/oauth2/revoke", "/oauth2/introspect")
ASSERTION_HEADER = {"alg", "kid", "typ"}
ASSERTION_TYPES = {"JWT", "client-authentication+jwt"}
ALGORITHMS = ("ES256", "EdDSA")  # one for each kind of key that an integration may have
LONGEST_ID = 128
# Checked where there is no key, so that it takes the same time.
NOBODYS_KEY = PublicKey("EdDSA", Ed25519PrivateKey.generate().public_key())


@dataclass(frozen=True, slots=True)
class Client:
    """A client that is who it says; `account` is that of an integration, None of a public client."""

    id: str
    account: AccountRow | None = None
    credential_id: UUID | None = None  # what proved it, where that is not the secret of the demo


async def identify(session: Session, authority: Authority, change: Change, proof: ClientProof) -> Client:
    """The client that calls; what its proof uses up is added to the change. Raises TokenRefused."""
    if proof.client_assertion or proof.client_assertion_type:
        if proof.client_secret:
            raise TokenRefused("invalid_request", "Prove the client in one way only.")
        return await _by_assertion(session, authority, change, proof)
    if proof.client_id in authority.clients and not proof.client_secret:
        return Client(proof.client_id)
    if not proof.client_id:
        raise UNKNOWN
    async with authority.guess(proof.client_id):
        account, credential = await passwords.check(
            session, "client_credentials", proof.client_id, proof.client_secret
        )
    if credential is None:
        return Client(account.name, account)
    used(change, credential)
    return Client(account.name, account, credential.id)


async def identify_for_person(
    session: Session, authority: Authority, change: Change, proof: ClientProof
) -> Client:
    """The client through which a person comes; the page of the documentation, if none is named."""
    unnamed = not (proof.client_id or proof.client_secret or proof.client_assertion)
    client = Client(PUBLIC_CLIENT) if unnamed else await identify(session, authority, change, proof)
    if client.account is not None:
        raise TokenRefused("unauthorized_client", "Integrations use client_credentials.")
    return client


def used(change: Change, credential: CredentialRow) -> None:
    """Remember when a credential was last used."""
    change.last_words.append((CredentialUseRow, {"credential_id": credential.id, "used_at": change.at}))


async def _by_assertion(session: Session, authority: Authority, change: Change, proof: ClientProof) -> Client:
    try:
        read = jws.read(proof.client_assertion, LONGEST)
        name, value = _checked(authority, proof, read)
    except MALFORMED:
        raise UNKNOWN from None
    account = await accounts.find(session, name)
    keys = [] if account is None else await passwords.live_credentials(
        session, account.id, CredentialKind.PUBLIC_KEY
    )  # fmt: skip
    credential = _signer(read, keys)
    if account is None or credential is None or Role.INTEGRATION not in account.roles:
        session.note_sign_in(AccessKind.SIGN_IN_FAILED, account)
        raise UNKNOWN
    seen = select(SpentRow.value).where(
        SpentRow.account_id == account.id,
        col(SpentRow.kind) == Spent.ASSERTION,
        SpentRow.value == value,
    )
    if (await session.exec(seen)).first():
        session.note_sign_in(AccessKind.SIGN_IN_FAILED, account)
        raise UNKNOWN
    ends = datetime.fromtimestamp(read.claims["exp"], UTC) + timedelta(seconds=LEEWAY_SECONDS)
    change.forget_at(SpentRow, ends, account_id=account.id, kind=Spent.ASSERTION, value=value)
    used(change, credential)
    return Client(account.name, account, credential.id)


def _checked(authority: Authority, proof: ClientProof, read: Jws) -> tuple[str, str]:
    """The client that the assertion names, and its id as it is remembered; raises ValueError."""
    header, claims = read.header, read.claims
    now, name, identity = time.time(), claims.get("sub"), claims.get("jti")
    audience = claims.get("aud")
    if isinstance(audience, list) and len(audience) == 1:
        audience = audience[0]
    numbers = [claims.get("exp"), *(claims[each] for each in ("iat", "nbf") if each in claims)]
    sound = (
        proof.client_assertion_type == ASSERTION_TYPE
        and header.keys() <= ASSERTION_HEADER
        and header.get("typ", "JWT") in ASSERTION_TYPES
        and isinstance(name, str)
        and claims.get("iss") == name == (proof.client_id or name)
        and audience in {authority.url, *map(authority.at, ENDPOINTS)}
        and isinstance(identity, str)
        and 0 < len(identity) <= LONGEST_ID
        and all(type(each) is int for each in numbers)
        and now - LEEWAY_SECONDS < claims["exp"]
        and claims["exp"] <= now + ASSERTION_LIFETIME.total_seconds() + LEEWAY_SECONDS
        and all(each <= now + LEEWAY_SECONDS for each in numbers[1:])
    )
    if not sound:
        raise ValueError
    return str(name), hashed(str(identity))


def _signer(read: Jws, keys: list[CredentialRow]) -> CredentialRow | None:
    """The credential whose key made the signature; a key has one algorithm, whatever the header says."""
    tried = False
    for credential in keys:
        known = credential.public_key or {}
        key = jwk.read(known)
        named = read.header.get("kid", str(credential.id)) in {str(credential.id), known.get("kid")}
        if named and read.header.get("alg") == key.algorithm:
            tried = True
            if key.verifies(read.signed, read.signature):
                return credential
    if not tried:
        NOBODYS_KEY.verifies(read.signed, read.signature)
    return None
