"""Access tokens (RFC 9068): signed with Ed25519, every part and every claim checked before one counts."""

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import jwt

from app.domain.errors import InvalidToken
from app.formats import jwk, jws
from app.formats.jwk import PublicKey
from app.models.agencies import AccountRow
from app.schemas.accounts import Token
from app.services.keys import TokenKeys

ALGORITHM = "EdDSA"
AUDIENCE = "siaga"
TYPE = "at+jwt"
LONGEST = 4096
HEADER_NAMES = {"alg", "kid", "typ"}
TEXTS = ("agency", "client_id", "jti", "scope", "sub")
LEEWAY_SECONDS = 10
LONGEST_SECONDS = 15 * 60  # whatever the setting says, no token of ours lasts longer
MALFORMED = (ValueError, TypeError, RecursionError)


@dataclass(frozen=True, slots=True)
class Claims:
    """What a sound token says."""

    account_id: UUID
    agency: str
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
            read = jws.read(token, LONGEST)
            header, claims = read.header, read.claims
            if header.keys() != HEADER_NAMES or header["typ"] != TYPE or header["alg"] != ALGORITHM:
                raise InvalidToken
            key = self._key(header["kid"])
            if key is None or not key.verifies(read.signed, read.signature):
                raise InvalidToken
            if claims.get("iss") != self._issuer or claims.get("aud") != AUDIENCE:
                raise InvalidToken
            check_times(claims, time.time(), LEEWAY_SECONDS, LONGEST_SECONDS)
            if not all(isinstance(claims.get(name), str) for name in TEXTS):
                raise InvalidToken
            account_id = UUID(claims["sub"])
            if str(account_id) != claims["sub"]:
                raise InvalidToken  # there are other spellings of the same id
            scopes = frozenset(claims["scope"].split())
            return Claims(account_id, claims["agency"], scopes, float(claims["exp"]))
        except MALFORMED:
            raise InvalidToken from None

    def _key(self, key_id: object) -> PublicKey | None:
        found = self._keys.find(str(key_id)) if jwk.is_key_id(key_id) else None
        return PublicKey(ALGORITHM, found.public_key()) if found else None


def check_times(claims: Mapping[str, Any], now: float, leeway: float, longest: float) -> None:
    """Raise InvalidToken unless the token holds now: whole seconds, and no longer than tokens may last."""
    issued_at, expires_at = claims.get("iat"), claims.get("exp")
    starts_at = claims.get("nbf", issued_at)
    if type(issued_at) is not int or type(expires_at) is not int or type(starts_at) is not int:
        raise InvalidToken
    is_current = issued_at <= now + leeway and starts_at <= now + leeway and now - leeway < expires_at
    if not is_current or not 0 < expires_at - issued_at <= longest:
        raise InvalidToken
