"""Which client calls: a public one by its id, an integration by its secret or by a signed assertion."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlmodel import col, select

from app.change import Change
from app.database import Session
from app.domain.credentials import CredentialKind
from app.domain.errors import TokenRefused
from app.domain.oauth import ASSERTION_LIFETIME, ASSERTION_TYPE, PUBLIC_CLIENT, Spent, hashed
from app.domain.permissions import Role
from app.models.agencies import AccountRow
from app.models.credentials import CredentialRow, CredentialUseRow
from app.models.oauth import SpentRow
from app.schemas.oauth import ClientProof
from app.services import accounts
from app.services.authority import Authority
from app.services.tokens import LEEWAY_SECONDS, parsed

UNKNOWN = accounts.REFUSALS["client_credentials"]
ENDPOINTS = ("/oauth2/token", "/oauth2/revoke", "/oauth2/introspect")
ASSERTION_HEADER = {"alg", "kid", "typ"}
ASSERTION_TYPES = {"JWT", "client-authentication+jwt"}
ALGORITHMS: dict[tuple[Any, Any], str] = {
    ("OKP", "Ed25519"): "EdDSA",
    ("EC", "P-256"): "ES256",
}  # one for each kind of key
LONGEST_ID = 128
NOBODYS_KEY = Ed25519PrivateKey.generate().public_key()  # checked where there is no key, for the same time


@dataclass(frozen=True, slots=True)
class Client:
    """A client that is who it says; `account` is that of an integration, None of a public client."""

    id: str
    account: AccountRow | None = None


async def identify(session: Session, authority: Authority, change: Change, proof: ClientProof) -> Client:
    """The client that calls; what its proof uses up is added to the change. Raises TokenRefused."""
    if proof.client_assertion or proof.client_assertion_type:
        if proof.client_secret:
            raise TokenRefused("invalid_request", "Prove the client in one way only.")
        return await _by_assertion(session, authority, change, proof)
    if proof.client_id in authority.clients and not proof.client_secret:
        return Client(proof.client_id)
    account, credential = await accounts.sign_in(
        session, "client_credentials", proof.client_id, proof.client_secret
    )
    if credential is not None:
        used(change, credential)
    return Client(account.name, account)


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
        header, claims = parsed(proof.client_assertion)
        name, value = _checked(authority, proof, header, claims)
    except (ValueError, TypeError):
        raise UNKNOWN from None
    account = await accounts.find(session, name)
    keys = [] if account is None else await accounts.live_credentials(
        session, account.id, CredentialKind.PUBLIC_KEY
    )  # fmt: skip
    credential = _signer(proof.client_assertion, header, keys)
    if account is None or credential is None or Role.INTEGRATION not in account.roles:
        raise UNKNOWN
    seen = select(SpentRow.value).where(
        SpentRow.account_id == account.id,
        col(SpentRow.kind) == Spent.ASSERTION,
        SpentRow.value == value,
    )
    if (await session.exec(seen)).first():
        raise UNKNOWN
    ends = datetime.fromtimestamp(claims["exp"], UTC) + timedelta(seconds=LEEWAY_SECONDS)
    change.forget_at(SpentRow, ends, account_id=account.id, kind=Spent.ASSERTION, value=value)
    used(change, credential)
    return Client(account.name, account)


def _checked(
    authority: Authority, proof: ClientProof, header: dict[str, Any], claims: dict[str, Any]
) -> tuple[str, str]:
    """The client that the assertion names, and its id as it is remembered; raises ValueError."""
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


def _signer(assertion: str, header: dict[str, Any], keys: list[CredentialRow]) -> CredentialRow | None:
    """The credential whose key made the signature; a key has one algorithm, whatever the header says."""
    tried = False
    for credential in keys:
        known = credential.public_key or {}
        algorithm = ALGORITHMS.get((known.get("kty"), known.get("crv")))
        names = {str(credential.id), known.get("kid")}
        if algorithm and header.get("alg") == algorithm and header.get("kid", str(credential.id)) in names:
            tried = True
            if _verifies(assertion, known, algorithm):
                return credential
    if not tried:
        _verifies(assertion, None, "EdDSA")
    return None


def _verifies(assertion: str, known: dict[str, Any] | None, algorithm: str) -> bool:
    """Whether the signature is the key's; what is said has been checked before."""
    unchecked: Any = {f"verify_{each}": False for each in ("aud", "exp", "iat", "iss", "jti", "nbf", "sub")}
    try:
        key = jwt.PyJWK(known, algorithm).key if known else NOBODYS_KEY
        jwt.decode(assertion, key, algorithms=[algorithm], options=unchecked)
    except (jwt.PyJWTError, ValueError, TypeError):
        return False
    return True
