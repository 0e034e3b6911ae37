"""Attachments of incidents, and their custody: who held them, from when, for what."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, text
from sqlmodel import Field

from app.models.columns import Ledgered, code_column, ledgered

OFFERED = text("offered_to IS NOT NULL")


class AttachmentRow(Ledgered, table=True):
    """A file of an incident; its bytes lie in the store under its id and never change."""

    __tablename__ = "incident_attachment"
    __table_args__ = ledgered(
        CheckConstraint("byte_count > 0", name="not_empty"),
        Index(None, "incident_id", "id"),
        Index(None, "offered_to", sqlite_where=OFFERED, postgresql_where=OFFERED),
    )  # fmt: skip

    incident_id: UUID = Field(foreign_key="incident.id")
    file_name: str | None = Field(default=None, max_length=255)  # null once erased, as the two below
    media_type: str = code_column()
    byte_count: int = Field(sa_type=BigInteger)
    sha256: str | None = Field(default=None, max_length=64)
    note: str | None = None
    agency: str = code_column()
    role: str = code_column()
    account: str = code_column()
    held_by: str = code_column()
    offered_to: str | None = code_column(default=None)
    created_at: datetime


class CustodyRow(Ledgered, table=True):
    """One line of the custody list of an attachment; never changed."""

    __tablename__ = "incident_custody"
    __table_args__ = ledgered(Index(None, "attachment_id", "id"))

    incident_id: UUID = Field(foreign_key="incident.id")
    attachment_id: UUID = Field(foreign_key="incident_attachment.id")
    kind: str = code_column()
    held_by: str = code_column()
    to_agency: str | None = code_column(default=None)
    purpose: str | None = None
    place: str | None = None
    occurred_at: datetime
    intact: bool
    agency: str = code_column()
    role: str = code_column()
    account: str = code_column()
    created_at: datetime
