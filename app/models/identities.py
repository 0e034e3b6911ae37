"""Which account somebody acts as who signs in at an agency's own identity provider."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.models.columns import Ledgered, ledgered


class AccountIdentityRow(Ledgered, table=True):
    """A subject of an issuer, and the account it acts as; revoked, it stays as what was once so."""

    __tablename__ = "account_identity"
    # The subject first: look-ups of several issuers at once go by it.
    __table_args__ = ledgered(UniqueConstraint("subject", "issuer"))

    issuer: str = Field(max_length=300)
    subject: str = Field(max_length=255)
    account_id: UUID = Field(foreign_key="account.id", index=True)
    created_at: datetime
    revoked_at: datetime | None = None
