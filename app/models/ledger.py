"""The ledger: one row for each accepted change, in commit order, never changed; and the tree over it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, CheckConstraint, Index, String, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.columns import code_column, json_column


class LedgerRow(SQLModel, table=True):
    """An entry: what changed, by whom, and how the record was marked before and after.

    The text columns hold codes only. What was said (values, reasons) lies in `ledger_disclosure`.
    """

    __tablename__ = "ledger"
    __table_args__ = (
        UniqueConstraint("id", "subject_id", "version"),
        UniqueConstraint("subject_id", "version"),
        Index(None, "record_id", "position"),
    )

    position: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    id: UUID
    at: datetime
    action: str = code_column()
    account: str = code_column()
    agency: str = code_column()
    role: str = code_column()
    record_type: str = code_column()
    record_id: UUID
    subject_type: str = code_column()
    subject_id: UUID
    version: int
    marking_before: dict[str, Any] | None = json_column(default=None)
    owner_agency: str = code_column()
    tlp: str = code_column()
    classification: str = code_column()
    audience: list[str] = json_column()
    recipients: list[str] = json_column()
    exercise: str = code_column()


class LedgerDisclosureRow(SQLModel, table=True):
    """What an entry says: for each path (RFC 6901) its salt and its value; the only part that can be erased.

    One row an entry: a row a path would be some thirty rows for each write (docs/adr/0003).
    """

    __tablename__ = "ledger_disclosure"

    position: int = Field(sa_type=BigInteger, primary_key=True, foreign_key="ledger.position")
    fields: dict[str, Any] = Field(sa_type=JSON)  # {path: [salt, value]}, as text: the bytes stay as written
    # Of what the entry says of itself, in the order of `commitments.OWN_NAMES`, and the secret of its decoys.
    salts: str = Field(sa_type=Text, sa_column_kwargs={"server_default": ""})


class LedgerHeadRow(SQLModel, table=True):
    """How many entries there are; locked last in each batch, so positions follow commits without a gap."""

    __tablename__ = "ledger_head"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    size: int = Field(sa_type=BigInteger)


class LedgerLeafRow(SQLModel, table=True):
    """What the tree holds of an entry: commitments only, in the order in which they stand in the leaf."""

    __tablename__ = "ledger_leaf"

    position: int = Field(sa_type=BigInteger, primary_key=True, foreign_key="ledger.position")
    hash: bytes
    digests: bytes


class LedgerTileRow(SQLModel, table=True):
    """Up to 256 hashes of one level of the tree (C2SP tlog-tiles); a tile only grows."""

    __tablename__ = "ledger_tile"

    level: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    number: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    hashes: bytes


class LedgerCheckpointRow(SQLModel, table=True):
    """The tree at one size, signed."""

    __tablename__ = "ledger_checkpoint"

    size: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    root: bytes
    note: str = Field(sa_type=Text)
    at: datetime


class LedgerCosignatureRow(SQLModel, table=True):
    """A witness's line under a checkpoint."""

    __tablename__ = "ledger_cosignature"

    size: int = Field(sa_type=BigInteger, primary_key=True, foreign_key="ledger_checkpoint.size")
    witness: str = Field(sa_type=String(255), primary_key=True)
    line: str = Field(sa_type=Text)
    at: datetime


class LedgerLeaseRow(SQLModel, table=True):
    """Who signs, until when: one of all processes that hold the log key."""

    __tablename__ = "ledger_lease"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    holder: str = code_column()
    expires_at: datetime
