"""Readiness orders of agencies for their units."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from app.models.columns import Record, code_column, json_column, ledgered


class ReadinessOrderRow(Record, table=True):
    """An order as it was issued; only its end is ever written to it."""

    __tablename__ = "readiness_order"
    __table_args__ = ledgered(
        UniqueConstraint("reference"),
        UniqueConstraint("owner_agency", "exercise", "year", "number"),
        CheckConstraint("valid_until > valid_from", name="window"),
        Index(None, "owner_agency", "id"),
        Index(None, "owner_agency", "valid_from"),
    )

    number: str = Field(max_length=100)
    year: int  # of the day it was issued on
    issued_on: date
    level: str = code_column()
    units: list[str] | None = json_column(default=None)  # null: the whole agency
    basis: str
    issued_by_post: str | None = None
    strength_fraction: str | None = code_column(default=None)
    status: str = code_column()
    valid_from: datetime
    valid_until: datetime | None = None
    supersedes: UUID | None = Field(default=None, foreign_key="readiness_order.id")
    ended_at: datetime | None = None
