"""Identities: subjects of agencies' own identity providers, and the accounts they act as, on the wire."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field

from app.schemas.fields import Incoming, Outgoing, Remark
from app.schemas.pages import Page

LONGEST_ISSUER = 300
LONGEST_SUBJECT = 255


def _as_signed(value: str) -> str:
    if not value.isprintable():
        raise ValueError("control characters are not allowed")
    return value


class IdentityCreate(Incoming):
    """Whoever signs in there as this subject acts as the account."""

    issuer: Annotated[str, Field(min_length=1, max_length=LONGEST_ISSUER), AfterValidator(_as_signed)] = (
        Field(description="`iss` of its tokens, letter for letter")
    )
    subject: Annotated[str, Field(min_length=1, max_length=LONGEST_SUBJECT), AfterValidator(_as_signed)] = (
        Field(description="The claim that names a person there for good: `sub`, or `oid` of Entra ID")
    )
    reason: Remark

    model_config = ConfigDict(
        str_strip_whitespace=False,
        json_schema_extra={
            "examples": [
                {
                    "issuer": "https://sso.polda-banten.example/realms/polda",
                    "subject": "8c0d6f0e-5a3b-4c41-9d9e-0d4f6a1b2c3d",
                    "reason": "Masuk lewat SSO lembaga (fiktif).",
                }
            ]
        },
    )


class Identity(Outgoing):
    """A subject of an identity provider, and the account it acts as."""

    id: UUID
    version: int
    account_id: UUID
    issuer: str
    subject: str
    created_at: datetime
    revoked_at: datetime | None = Field(description="Since when it acts as nobody")


class IdentityPage(Page[Identity]):
    """Identities of one account, the oldest first."""
