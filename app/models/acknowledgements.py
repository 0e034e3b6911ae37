"""Acknowledgements: what was asked of which agencies, and where each stands; parts of any kind of record."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from app.models.columns import Ledgered, code_column, json_column, ledgered

OPEN = text("ended_at IS NULL")
RUNNING = text("next_at IS NOT NULL")
ESCALATED = text("status = 'escalated'")


class AcknowledgementRequestRow(Ledgered, table=True):
    """That agencies shall say that they have seen a record, within a time; never changed."""

    __tablename__ = "acknowledgement_request"
    __table_args__ = ledgered(
        CheckConstraint("within_seconds > 0", name="within"), Index(None, "record_id", "id")
    )

    record_type: str = code_column()
    record_id: UUID
    agencies: list[str] = json_column()
    urgency: str = code_column()  # the severity or the level by which the time was given
    within_seconds: int
    due_at: datetime
    note: str | None = None
    agency: str = code_column()
    role: str = code_column()
    account: str = code_column()
    created_at: datetime
    updated_at: datetime


class AcknowledgementRow(Ledgered, table=True):
    """Where one of these agencies stands; `next_at` is when the clock looks at it next."""

    __tablename__ = "acknowledgement"
    __table_args__ = ledgered(
        CheckConstraint("took_seconds >= 0", name="took"),
        Index("uq_acknowledgement_open", "record_id", "agency", unique=True,
              sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_acknowledgement_waiting", "agency", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_acknowledgement_due", "next_at", sqlite_where=RUNNING, postgresql_where=RUNNING),
        Index("ix_acknowledgement_escalated", "record_id",
              sqlite_where=ESCALATED, postgresql_where=ESCALATED),
        Index(None, "record_id", "id"),
        Index(None, "created_at"),
    )  # fmt: skip

    request_id: UUID = Field(foreign_key="acknowledgement_request.id")
    record_type: str = code_column()
    record_id: UUID
    agency: str = code_column()  # which is asked
    asked_by: str = code_column()
    status: str = code_column()
    due_at: datetime
    escalates_at: datetime
    next_at: datetime | None = None
    overdue_at: datetime | None = None
    escalated_at: datetime | None = None
    acknowledged_at: datetime | None = None
    took_seconds: int | None = None
    role: str | None = code_column(default=None)
    account: str | None = code_column(default=None)
    note: str | None = None
    ended_at: datetime | None = None
    created_at: datetime
    updated_at: datetime
