"""The kinds of credentials, besides the password of a person."""

from enum import StrEnum


class CredentialKind(StrEnum):
    """What proves that an account is itself."""

    PUBLIC_KEY = "public_key"
    SECRET = "secret"  # noqa: S105 - the name of a kind
    TOTP = "totp"
