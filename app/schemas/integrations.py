"""Integrations of partner systems, and their keys and secrets, on the wire."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field, model_validator

from app.domain.administration import LONGEST_OVERLAP
from app.domain.credentials import CredentialKind
from app.domain.permissions import Permission
from app.domain.public_keys import is_sound, thumbprint
from app.domain.sharing import LIVE, Classification
from app.schemas.administration import (
    FROM_WHERE,
    NARROWER,
    UNTIL,
    Area,
    Exercise,
    Networks,
    Post,
)
from app.schemas.fields import Incoming, Line, Outgoing, Remark, Time, UnitCode, distinct, unset
from app.schemas.pages import Page

Scopes = Annotated[list[Permission], Field(min_length=1, max_length=20), AfterValidator(distinct)]
BASE64URL = r"^[A-Za-z0-9_-]{43}$"


class IntegrationCreate(Incoming):
    """A system of your agency, with no more than it needs; its keys and secrets come after."""

    post: Post
    scopes: Scopes
    clearance: Classification = Classification.BIASA
    unit: UnitCode | None = None
    exercise: Exercise = LIVE
    area: Area | None = Field(default=None, description=NARROWER)
    allowed_networks: Networks | None = Field(default=None, description=FROM_WHERE)
    expires_at: Time | None = Field(default=None, description=UNTIL)
    reason: Remark

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "post": "integration11",
                    "scopes": ["threat-levels:read", "threat-levels:write"],
                    "allowed_networks": ["10.20.0.0/16"],
                    "reason": "Sinkronisasi tingkat ancaman dari sistem lembaga (fiktif).",
                }
            ]
        }
    )


class IntegrationChange(Incoming):
    """What shall be different; what is left out stays."""

    scopes: Scopes = Field(default_factory=unset)
    clearance: Classification = Field(default_factory=unset)
    unit: UnitCode | None = Field(default_factory=unset)
    area: Area | None = Field(default_factory=unset, description=NARROWER)
    allowed_networks: Networks | None = Field(default_factory=unset, description=FROM_WHERE)
    expires_at: Time | None = Field(default_factory=unset, description=UNTIL)
    reason: Remark

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"scopes": ["threat-levels:read"], "reason": "Hanya perlu membaca (fiktif)."}]
        }
    )


class Integration(Outgoing):
    """A system that acts for your agency."""

    id: UUID
    name: str = Field(examples=["integration2.kpu-banten"], description="Also its client id")
    version: int
    agency: str
    unit: str | None
    scopes: list[Permission] | None = Field(description="Null for all that an integration may do")
    clearance: Classification
    exercise: str
    area: list[str] | None = Field(description=NARROWER)
    allowed_networks: list[str] | None = Field(description=FROM_WHERE)
    active: bool = Field(description="False while it is suspended")
    expires_at: datetime | None
    created_at: datetime


class IntegrationPage(Page[Integration]):
    """Integrations, the oldest first."""


class PublicKey(Incoming):
    """A public key of Ed25519 or P-256 as a JWK (RFC 7517, RFC 8037), without anything else in it."""

    kty: Literal["OKP", "EC"]
    crv: Literal["Ed25519", "P-256"]
    x: Annotated[str, Field(pattern=BASE64URL)]
    y: Annotated[str, Field(pattern=BASE64URL)] | None = None

    @model_validator(mode="after")
    def _is_sound(self) -> Self:
        is_curve = self.crv == "P-256"
        if (self.kty == "EC") != is_curve or (self.y is not None) != is_curve:
            raise ValueError("kty, crv and y do not go together")
        if not is_sound(self.jwk()):
            raise ValueError("this is no sound key: a point of small order, or not in its canonical form")
        return self

    def jwk(self) -> dict[str, str]:
        """Only what there is."""
        return self.model_dump(exclude_none=True)


class CredentialCreate(Incoming):
    """A secret that the service makes, or a public key with the proof that you hold its private half."""

    kind: Literal[CredentialKind.SECRET, CredentialKind.PUBLIC_KEY]
    label: Annotated[Line, Field(max_length=100)]
    public_key: PublicKey | None = None
    proof: Annotated[str, Field(max_length=2_000, pattern=r"^[A-Za-z0-9_.-]+$")] | None = Field(
        default=None,
        description="A JWT signed with the key: `sub` the integration's name, `aud` this service's address, "
        "`iat` within five minutes",
    )
    expires_at: Time | None = Field(default=None, description=UNTIL)
    overlap_days: Annotated[int, Field(ge=0, le=LONGEST_OVERLAP.days, strict=True)] = Field(
        default=LONGEST_OVERLAP.days, description="How long the one before stays valid beside it"
    )
    reason: Remark

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        is_key = self.kind is CredentialKind.PUBLIC_KEY
        if (self.public_key is not None) != is_key or (self.proof is not None) != is_key:
            raise ValueError("a public key comes with its proof, a secret with neither")
        return self

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "kind": "secret",
                    "label": "Server sinkronisasi (fiktif)",
                    "reason": "Rahasia pertama untuk integrasi (fiktif).",
                }
            ]
        }
    )


class Credential(Outgoing):
    """A secret or a public key of an integration; nobody can read a secret again."""

    id: UUID
    version: int
    kind: CredentialKind
    label: str
    key_id: str | None = Field(description="Of a public key its thumbprint (RFC 7638)")
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None

    @classmethod
    def of(cls, row: Mapping[Any, Any], **more: Any) -> Self:
        """From the columns of a row."""
        key = row["public_key"]
        return cls.model_validate({**row, "key_id": thumbprint(key) if key else None, **more})


class CredentialIssued(Credential):
    """A credential as it was made; the secret is shown this once."""

    secret: str | None = Field(description="Null for a public key")


class CredentialPage(Page[Credential]):
    """Keys and secrets, the oldest first."""
