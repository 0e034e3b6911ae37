"""Grants to read one hidden record in an emergency, and the tries that found nothing."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from app.models.columns import Record, code_column, ledgered

PENDING = text("review = 'pending'")


class BreakGlassRow(Record, table=True):
    """A grant; it belongs to the owner of the record that was opened, who reviews it."""

    __tablename__ = "break_glass"
    __table_args__ = ledgered(
        UniqueConstraint("reference"),
        CheckConstraint("expires_at > created_at", name="window"),
        Index(None, "account_id", "record_id"),
        Index(None, "owner_agency", "id"),
        Index("ix_break_glass_pending", "owner_agency", sqlite_where=PENDING, postgresql_where=PENDING),
    )

    record_type: str = code_column()
    record_id: UUID
    record_reference: str = Field(max_length=16)
    reason: str
    agency: str = code_column()
    role: str = code_column()
    account: str = code_column()
    account_id: UUID
    expires_at: datetime
    review: str = code_column()
    review_due_at: datetime
    review_reason: str | None = None
    reviewed_at: datetime | None = None


class BreakGlassTryRow(SQLModel, table=True):
    """A try of an account on a day that found nothing, or that is being decided. Operational."""

    __tablename__ = "break_glass_try"
    __table_args__ = (CheckConstraint("number BETWEEN 1 AND 5", name="five"),)

    account_id: UUID = Field(primary_key=True)
    day: date = Field(primary_key=True)
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
