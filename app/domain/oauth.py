"""The rules of OAuth 2 as this service keeps them: grants, lifetimes, and what a proof must look like."""

import base64
import hashlib
import hmac
import re
from datetime import timedelta
from enum import StrEnum

CODE_LIFETIME = timedelta(seconds=60)
SESSION_LIFETIME = timedelta(hours=8)  # a shift
FAMILY_LIFETIME = timedelta(hours=12)  # however often it is renewed
LOST_ANSWER = timedelta(seconds=10)  # who asks again within it gets the same successor
ASSERTION_LIFETIME = timedelta(minutes=5)
MOST_RENEWALS = 10_000  # of one family; far more than a shift needs

PUBLIC_CLIENT = "swagger-ui"
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")


class GrantType(StrEnum):
    """How a client asks for a token."""

    AUTHORIZATION_CODE = "authorization_code"
    CLIENT_CREDENTIALS = "client_credentials"
    PASSWORD = "password"  # noqa: S105 - the name of a grant
    REFRESH_TOKEN = "refresh_token"  # noqa: S105 - the same


class Spent(StrEnum):
    """What counts no more."""

    ASSERTION = "assertion"
    ONE_TIME_CODE = "one_time_code"
    TOKEN = "token"  # noqa: S105 - an access token by its jti, or all of one grant


def challenge_of(verifier: str) -> str:
    """What a client sends ahead of its verifier (RFC 7636 §4.2, S256)."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def answers(challenge: str, verifier: str) -> bool:
    """Whether the verifier is the one that the challenge was made of."""
    return bool(VERIFIER.fullmatch(verifier)) and hmac.compare_digest(challenge_of(verifier), challenge)


def hashed(secret: str) -> str:
    """What is stored of a secret of 256 random bits; no salt is needed where nobody can guess."""
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()
