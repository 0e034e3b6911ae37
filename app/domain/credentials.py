"""The kinds of credentials, besides the password of a person."""

from enum import StrEnum

from app.domain.incident_kinds import Label


class CredentialKind(StrEnum):
    """What proves that an account is itself."""

    PUBLIC_KEY = "public_key"
    SECRET = "secret"  # noqa: S105 - the name of a kind
    TOTP = "totp"


CREDENTIAL_KINDS: dict[str, Label] = {
    CredentialKind.PUBLIC_KEY: ("Kunci publik", "Public key"),
    CredentialKind.SECRET: ("Rahasia", "Secret"),
    CredentialKind.TOTP: ("Kode sekali pakai dari perangkat", "One-time code from a device"),
}
