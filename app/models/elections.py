"""Election events: one row for each round of an election in a region, with its stages."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from app.models.columns import Record, code_column, json_column, ledgered


class ElectionRow(Record, table=True):
    """A round of an election: the first, or a re-vote that follows an earlier one by a decision."""

    __tablename__ = "election"
    __table_args__ = ledgered(
        UniqueConstraint("reference"),
        UniqueConstraint("exercise", "kind", "region_code", "year", "round"),
        CheckConstraint('("round" = 1) = (follows IS NULL)', name="follows"),
        Index(None, "owner_agency", "id"),
        Index(None, "region_code", "kind"),
    )

    kind: str = code_column()
    year: int
    round: int = 1
    name: str
    stages: list[dict[str, Any]] = json_column()
    source: str
    follows: UUID | None = Field(default=None, foreign_key="election.id")
    revote_kind: str | None = code_column(default=None)
    decision: str | None = None
    decided_on: date | None = None
    cancelled: bool = False
