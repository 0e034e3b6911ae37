"""What the OAuth endpoints remember for a while: sign-in sessions, codes, families of refresh tokens."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field, SQLModel

from app.models.columns import Versioned, code_column


class SessionRow(Versioned, table=True):
    """A person who is signed in with a browser; the cookie is kept only as its hash."""

    __tablename__ = "sign_in_session"

    account_id: UUID = Field(foreign_key="account.id")
    cookie_hash: str = Field(max_length=64, unique=True)
    created_at: datetime
    expires_at: datetime = Field(index=True)
    ended_at: datetime | None = None


class AuthorizationCodeRow(Versioned, table=True):
    """A code that a client may exchange once; `family_id` is of the refresh tokens that come of it."""

    __tablename__ = "authorization_code"

    account_id: UUID = Field(foreign_key="account.id")
    code_hash: str = Field(max_length=64, unique=True)
    client_id: str = code_column()
    redirect_uri: str = Field(max_length=500)
    scope: str = Field(max_length=1000)
    challenge: str = code_column()
    session_id: UUID
    family_id: UUID
    expires_at: datetime = Field(index=True)
    used_at: datetime | None = None


class RefreshFamilyRow(Versioned, table=True):
    """All refresh tokens that follow from one sign-in: `version` counts them, the newest is kept, hashed."""

    __tablename__ = "refresh_family"

    account_id: UUID = Field(foreign_key="account.id")
    client_id: str = code_column()
    scope: str = Field(max_length=1000)
    token_hash: str = Field(max_length=64)
    session_id: UUID | None = None
    created_at: datetime
    renewed_at: datetime
    expires_at: datetime = Field(index=True)
    revoked_at: datetime | None = None


class SpentRow(SQLModel, table=True):
    """What counts no more: used assertions and one-time codes, revoked tokens; kept while it matters."""

    __tablename__ = "spent"

    account_id: UUID = Field(primary_key=True, foreign_key="account.id")
    kind: str = code_column(primary_key=True)
    value: str = code_column(primary_key=True)
    expires_at: datetime = Field(index=True)
