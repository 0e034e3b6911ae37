"""Access tokens (RFC 9068): signed with Ed25519, checked strictly before any library reads them."""

import base64
import binascii
import json
import re
import secrets
import time
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import jwt

from app.domain.errors import InvalidToken
from app.models.agencies import AccountRow
from app.schemas.accounts import Token
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


class TokenIssuer:
    """Issues and verifies the tokens of this deployment."""

    def __init__(self, keys: TokenKeys, issuer: str, minutes: int) -> None:
        self._keys = keys
        self._issuer = issuer
        self._seconds = minutes * 60

    def issue(self, account: AccountRow, scopes: list[str], client_id: str) -> Token:
        """A token for an account."""
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
        headers = {"typ": TYPE, "kid": self._keys.signing_id}
        text = jwt.encode(claims, self._keys.signing_key, algorithm=ALGORITHM, headers=headers)
        return Token(
            access_token=text, token_type="Bearer", expires_in=self._seconds, scope=" ".join(scopes)  # noqa: S106 - a type
        )  # fmt: skip

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
            return Claims(UUID(claims["sub"]), frozenset(claims["scope"].split()), float(claims["exp"]))
        except (jwt.PyJWTError, ValueError, TypeError, AttributeError, OverflowError, RecursionError):
            raise InvalidToken from None


def _strict_header(token: str) -> dict[str, Any]:
    """The header of a token in the one form that we issue; raises ValueError for any other."""
    if len(token) > LONGEST or not token.isascii():
        raise ValueError
    parts = token.split(".")
    if len(parts) != 3:  # noqa: PLR2004 - header, claims, signature (RFC 7515 §3.1)
        raise ValueError
    header, claims, _signature = (_canonical(part) for part in parts)
    _members(claims)
    found = _members(header)
    if set(found) != HEADER_NAMES or found["typ"] != TYPE or found["alg"] != ALGORITHM:
        raise ValueError
    if not isinstance(found["kid"], str) or not KEY_ID.fullmatch(found["kid"]):
        raise ValueError
    return found


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
