"""The access log: who read what is sensitive, who was refused, and what of it the ledger was told."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.columns import Ledgered, code_column, ledgered


class AccessRow(SQLModel, table=True):
    """One access or refusal; written once, in the order of `number`, which has no gap."""

    __tablename__ = "access_log"
    __table_args__ = (
        UniqueConstraint("id"),
        Index(None, "agency", "id"),
        Index(None, "owner_agency", "id"),
    )

    number: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    id: UUID
    at: datetime
    kind: str = code_column()
    account: str = code_column()
    agency: str = code_column()
    role: str = code_column()
    exercise: str = code_column()
    record_type: str | None = code_column(default=None)
    record_id: UUID | None = None
    owner_agency: str | None = code_column(default=None)
    tlp: str | None = code_column(default=None)
    classification: str | None = code_column(default=None)
    detail: str | None = Field(default=None, max_length=200)
    times: int = 1


class AccessHeadRow(SQLModel, table=True):
    """How many rows there are and the hash of them all; whoever writes rows holds it meanwhile."""

    __tablename__ = "access_head"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    size: int = Field(sa_type=BigInteger)
    hash: str = Field(max_length=64)


class AccessCommitRow(Ledgered, table=True):
    """How far the ledger has been told of the access log; one row, an entry for each time."""

    __tablename__ = "access_commit"
    __table_args__ = ledgered()

    size: int = Field(sa_type=BigInteger)
    row_count: int
    hash: str = Field(max_length=64)
    committed_at: datetime
