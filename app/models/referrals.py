"""Referrals of an incident to the authority that is competent for a violation of election law."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import Field

from app.models.columns import Ledgered, code_column, ledgered

OPEN = text("ended_at IS NULL")
RUNNING = text("due_at IS NOT NULL AND overdue_at IS NULL")
LATE = text("overdue_at IS NOT NULL")


class ReferralRow(Ledgered, table=True):
    """One violation on its way, and the clock that runs now."""

    __tablename__ = "referral"
    __table_args__ = ledgered(
        Index("uq_referral_open", "incident_id", "violation_kind", unique=True,
              sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_referral_due", "due_at", sqlite_where=RUNNING, postgresql_where=RUNNING),
        Index("ix_referral_late", "incident_id", sqlite_where=LATE, postgresql_where=LATE),
        Index(None, "incident_id", "id"),
    )  # fmt: skip

    incident_id: UUID = Field(foreign_key="incident.id")
    violation_kind: str = code_column()
    status: str = code_column()
    summary: str
    known_on: date | None = None
    received_at: datetime
    entered_at: datetime  # when it came to this status
    clock_began_at: datetime | None = None
    due_at: datetime | None = None
    overdue_at: datetime | None = None
    must_act: str | None = code_column(default=None)
    ended_at: datetime | None = None
    agency: str = code_column()  # which referred it
    role: str = code_column()
    account: str = code_column()
    created_at: datetime
    updated_at: datetime
