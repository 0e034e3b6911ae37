"""What proves that an account is itself: secrets of systems, their public keys, one-time codes of people."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from app.models.columns import Ledgered, code_column, json_column, ledgered

LIVE_TOTP = text("kind = 'totp' AND revoked_at IS NULL")


class CredentialRow(Ledgered, table=True):
    """One credential of an account, besides its password; `kind` says which of the three it holds."""

    __tablename__ = "credential"
    __table_args__ = ledgered(
        Index(None, "account_id", "kind"),
        Index(
            "uq_credential_totp", "account_id", unique=True,
            sqlite_where=LIVE_TOTP, postgresql_where=LIVE_TOTP,
        ),
    )  # fmt: skip

    account_id: UUID = Field(foreign_key="account.id")
    kind: str = code_column()
    secret_hash: str | None = Field(default=None, max_length=255)  # Argon2id
    public_key: dict[str, Any] | None = json_column(default=None)  # a JWK: Ed25519 or P-256
    sealed: str | None = Field(default=None, max_length=255)  # the seed, encrypted under a key of data/keys
    label: str = Field(default="", max_length=100)
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None


class CredentialUseRow(SQLModel, table=True):
    """When a credential was last used."""

    __tablename__ = "credential_use"

    credential_id: UUID = Field(primary_key=True, foreign_key="credential.id")
    used_at: datetime
