"""Operational tables: they carry no facts of the field and no entry of the ledger."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel

from app.models.columns import code_column


class IdempotencyRow(SQLModel, table=True):
    """What became of a request that carried an Idempotency-Key; no body, the ledger has it."""

    __tablename__ = "idempotency"

    account_id: UUID = Field(primary_key=True)
    exercise: str = code_column(primary_key=True)
    route: str = Field(max_length=200, primary_key=True)
    key: str = Field(max_length=200, primary_key=True)
    fingerprint: str = Field(max_length=64)
    status: int
    position: int = Field(sa_type=BigInteger)
    wrote: bool = True  # false where the answer was in the ledger before
    expires_at: datetime = Field(index=True)
    results: bytes | None = None  # of a bulk: what became of each item, without its content; compressed


class SignInCounterRow(SQLModel, table=True):
    """Guesses at an account, from a network, or both, under a keyed hash; times in seconds since 1970."""

    __tablename__ = "sign_in_counter"

    key: str = Field(max_length=64, primary_key=True)
    level: float
    counted_at: float
    blocked_until: float
    familiar_until: float
    kept_until: float = Field(index=True)


class LeaseRow(SQLModel, table=True):
    """Who of all processes does what one must do alone, until when."""

    __tablename__ = "lease"

    name: str = code_column(primary_key=True)
    holder: str = code_column()
    expires_at: datetime
