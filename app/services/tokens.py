"""Access tokens (RFC 9068): signed with Ed25519, checked strictly before any library reads them."""

import base64
import binascii
import json
import re
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import jwt

from app.domain.errors import InvalidToken
from app.schemas.oauth import Token
from app.services.keys import TokenKeys

ALGORITHM = "EdDSA"
AUDIENCE = "siaga"
TYPE = "at+jwt"
LONGEST = 4096
HEADER_NAMES = {"alg", "kid", "typ"}
KEY_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
REQUIRED = ["aud", "client_id", "exp", "iat", "iss", "jti", "scope", "sub"]
LEEWAY_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Claims:
    """What a sound token says."""

    account_id: UUID
    scopes: frozenset[str]
    expires_at: float
    token_id: str
    client_id: str
    issued_at: int
    grants: tuple[str, ...] = ()  # what it was given under: a family of refresh tokens, a session

    @property
    def revocable(self) -> tuple[str, ...]:
        """All by which it can be revoked."""
        return (self.token_id, *self.grants)


class TokenIssuer:
    """Issues and verifies the tokens of this deployment."""

    def __init__(self, keys: TokenKeys, issuer: str, minutes: int) -> None:
        self._keys = keys
        self._issuer = issuer
        self._seconds = minutes * 60

    def issue(
        self,
        account: Any,
        scopes: Sequence[str],
        client_id: str,
        *,
        family: UUID | None = None,
        session: UUID | None = None,
        refresh_token: str | None = None,
    ) -> Token:
        """A token for an account, and what renews it."""
        now = int(time.time())
        claims = {
            "iss": self._issuer,
            "aud": AUDIENCE,
            "sub": str(account.id),
            "client_id": client_id,
            "scope": " ".join(scopes),
            "iat": now,
            "exp": now + self._seconds,
            "jti": secrets.token_urlsafe(16),
            "agency": account.agency,
        }
        claims |= {name: str(grant) for name, grant in (("grant", family), ("sid", session)) if grant}
        headers = {"typ": TYPE, "kid": self._keys.signing_id}
        text = jwt.encode(claims, self._keys.signing_key, algorithm=ALGORITHM, headers=headers)
        return Token(
            access_token=text,
            token_type="Bearer",  # noqa: S106 - a type
            expires_in=self._seconds,
            scope=" ".join(scopes),
            refresh_token=refresh_token,
        )

    @property
    def longest(self) -> timedelta:
        """How long a token counts at most, for whoever checks it."""
        return timedelta(seconds=self._seconds + LEEWAY_SECONDS)

    def verify(self, token: str) -> Claims:
        """What the token says, or InvalidToken; the reason stays with us."""
        try:
            header = _strict_header(token)
            key = self._keys.find(header["kid"])
            if key is None:
                raise InvalidToken
            claims = jwt.decode(
                token,
                key.public_key(),
                algorithms=[ALGORITHM],
                audience=AUDIENCE,
                issuer=self._issuer,
                leeway=LEEWAY_SECONDS,
                options={"require": REQUIRED, "strict_aud": True},
            )
            if type(claims["exp"]) is not int or type(claims["iat"]) is not int:
                raise InvalidToken  # PyJWT takes a number in quotes too
            return Claims(
                account_id=UUID(claims["sub"]),
                scopes=frozenset(claims["scope"].split()),
                expires_at=float(claims["exp"]),
                token_id=claims["jti"],
                client_id=claims["client_id"],
                issued_at=claims["iat"],
                grants=tuple(str(claims[name]) for name in ("grant", "sid") if name in claims),
            )
        except (jwt.PyJWTError, ValueError, TypeError, AttributeError, OverflowError, RecursionError):
            raise InvalidToken from None


def _strict_header(token: str) -> dict[str, Any]:
    """The header of a token in the one form that we issue; raises ValueError for any other."""
    found, _claims = parsed(token)
    if set(found) != HEADER_NAMES or found["typ"] != TYPE or found["alg"] != ALGORITHM:
        raise ValueError
    if not isinstance(found["kid"], str) or not KEY_ID.fullmatch(found["kid"]):
        raise ValueError
    return found


def parsed(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and claims, read strictly and not yet believed; raises ValueError or TypeError."""
    if len(token) > LONGEST or not token.isascii():
        raise ValueError
    parts = token.split(".")
    if len(parts) != 3:  # noqa: PLR2004 - header, claims, signature (RFC 7515 §3.1)
        raise ValueError
    header, claims, _signature = (_canonical(part) for part in parts)
    return _members(header), _members(claims)


def _canonical(part: str) -> bytes:
    """Base64url without padding, in the only spelling of its bytes."""
    try:
        content = base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
    except binascii.Error:
        raise ValueError from None
    if not content or base64.urlsafe_b64encode(content).rstrip(b"=").decode() != part:
        raise ValueError
    return content


def _members(text: bytes) -> dict[str, Any]:
    """The members of a JSON object in which no name stands twice."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            raise ValueError
        return found

    value = json.loads(text, object_pairs_hook=once)
    if not isinstance(value, dict):
        raise TypeError
    return value
