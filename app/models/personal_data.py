"""What becomes of personal data: erasures and legal holds (parts of records), requests and breaches."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from app.models.columns import Ledgered, Record, code_column, json_column, ledgered

HOLDING = text("lifted_at IS NULL")
OPEN = text("ended_at IS NULL")


class ErasureRow(Ledgered, table=True):
    """That values went, and why; which they were stays nowhere. Never changed."""

    __tablename__ = "erasure"
    __table_args__ = ledgered(Index(None, "agency", "id"))

    record_type: str = code_column()
    record_id: UUID
    subject_type: str = code_column()
    subject_id: UUID
    paths: list[str] = json_column()
    kind: str = code_column()
    legal_basis: str = code_column()
    agency: str = code_column()
    role: str = code_column()
    account: str = code_column()
    created_at: datetime


class LegalHoldRow(Ledgered, table=True):
    """Until then, or until it is lifted, nothing of this record is erased."""

    __tablename__ = "legal_hold"
    __table_args__ = ledgered(
        Index("ix_legal_hold_holding", "record_id", sqlite_where=HOLDING, postgresql_where=HOLDING),
    )

    record_type: str = code_column()
    record_id: UUID
    order_number: str = Field(max_length=200)
    reason: str
    until: datetime
    agency: str = code_column()
    role: str = code_column()
    account: str = code_column()
    created_at: datetime
    lifted_at: datetime | None = None
    lifted_because: str | None = None


class DisclosureRow(Ledgered, table=True):
    """That the entries of a record were opened to somebody on a lawful order. Never changed."""

    __tablename__ = "disclosure"
    __table_args__ = ledgered(Index(None, "agency", "id"))

    record_type: str = code_column()
    record_id: UUID
    order_number: str = Field(max_length=200)
    reason: str
    persons: bool
    agency: str = code_column()
    role: str = code_column()
    account: str = code_column()
    created_at: datetime


class DataSubjectRequestRow(Record, table=True):
    """What a person asks of an agency about their own data, and what became of it within its time."""

    __tablename__ = "data_subject_request"
    __table_args__ = ledgered(
        UniqueConstraint("reference"),
        Index(None, "owner_agency", "id"),
        Index("ix_data_subject_request_due", "due_at", sqlite_where=OPEN, postgresql_where=OPEN),
    )

    asks_for: str = code_column()
    status: str = code_column()
    subject_name: str | None = None  # null once erased, as the three below
    contact: str | None = None
    wish: str | None = None
    answer: str | None = None
    incident_id: UUID | None = Field(default=None, foreign_key="incident.id")
    party_id: UUID | None = Field(default=None, foreign_key="incident_party.id")
    received_at: datetime
    due_at: datetime
    overdue_at: datetime | None = None
    ended_at: datetime | None = None


class BreachRow(Record, table=True):
    """A failure of protection, and whom the agency has told of it within its time."""

    __tablename__ = "breach"
    __table_args__ = ledgered(
        UniqueConstraint("reference"),
        CheckConstraint("person_count >= 0", name="persons"),
        Index(None, "owner_agency", "id"),
        Index("ix_breach_due", "due_at", sqlite_where=OPEN, postgresql_where=OPEN),
    )

    title: str
    data_exposed: str
    circumstances: str
    handling: str
    person_count: int | None = None
    discovered_at: datetime
    due_at: datetime
    persons_told_at: datetime | None = None
    authority_told_at: datetime | None = None
    public_told_at: datetime | None = None
    overdue_at: datetime | None = None
    ended_at: datetime | None = None
