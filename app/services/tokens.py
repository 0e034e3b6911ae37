"""Access tokens (RFC 9068): signed with Ed25519, every part and every claim checked before one counts."""

import re
import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import jwt

from app.domain.errors import InvalidToken
from app.formats import jwk, jws
from app.formats.jwk import PublicKey
from app.schemas.oauth import Token
from app.services.keys import TokenKeys

ALGORITHM = "EdDSA"
AUDIENCE = "siaga"
TYPE = "at+jwt"
LONGEST = 4096
HEADER_NAMES = {"alg", "kid", "typ"}
TEXTS = ("agency", "client_id", "jti", "scope", "sub")
LEEWAY_SECONDS = 10
LONGEST_SECONDS = 15 * 60  # whatever the setting says, no token of ours lasts longer
GRANTS = ("grant", "sid")  # by which a token can be revoked, besides its own id
NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")  # of a token or a grant; the database is asked for it
MALFORMED = (ValueError, TypeError, RecursionError)
# After this nothing that was signed before counts any more, whoever checks it.
LIFETIME = timedelta(seconds=LONGEST_SECONDS + LEEWAY_SECONDS)


@dataclass(frozen=True, slots=True)
class Claims:
    """What a sound token says."""

    account_id: UUID
    agency: str
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
            return Claims(
                account_id=account_id,
                agency=claims["agency"],
                scopes=frozenset(claims["scope"].split()),
                expires_at=float(claims["exp"]),
                token_id=_name(claims["jti"]),
                client_id=claims["client_id"],
                issued_at=claims["iat"],
                grants=tuple(_name(claims[each]) for each in GRANTS if each in claims),
            )
        except MALFORMED:
            raise InvalidToken from None

    def _key(self, key_id: object) -> PublicKey | None:
        found = self._keys.find(str(key_id)) if jwk.is_key_id(key_id) else None
        return PublicKey(ALGORITHM, found.public_key()) if found else None


def _name(value: object) -> str:
    """The name of a token or a grant, as we make them."""
    if not isinstance(value, str) or not NAME.fullmatch(value):
        raise InvalidToken
    return value


def check_times(claims: Mapping[str, Any], now: float, leeway: float, longest: float) -> None:
    """Raise InvalidToken unless the token holds now: whole seconds, and no longer than tokens may last."""
    issued_at, expires_at = claims.get("iat"), claims.get("exp")
    starts_at = claims.get("nbf", issued_at)
    if type(issued_at) is not int or type(expires_at) is not int or type(starts_at) is not int:
        raise InvalidToken
    is_current = issued_at <= now + leeway and starts_at <= now + leeway and now - leeway < expires_at
    if not is_current or not 0 < expires_at - issued_at <= longest:
        raise InvalidToken
