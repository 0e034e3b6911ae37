"""Threat levels as agencies stated them, and the proposals that wait for a second account."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from app.models.columns import Keyed, Record, code_column, external_key, json_column, ledgered

IN_FORCE = text("status = 'in_force'")
PENDING = text("status = 'pending'")
KEY = ("region_code", "category", "exercise", "owner_agency")


class ThreatLevelRow(Keyed, table=True):
    """A statement: what one agency holds of one threat at one place; only its end is ever written to it."""

    __tablename__ = "threat_level"
    __table_args__ = ledgered(
        UniqueConstraint("reference"),
        CheckConstraint("level BETWEEN 1 AND 5", name="level"),
        # The one current statement; its first columns also serve whoever asks for a place.
        Index(
            "uq_threat_level_in_force", *KEY, unique=True, sqlite_where=IN_FORCE, postgresql_where=IN_FORCE
        ),
        external_key("threat_level", "external_id IS NOT NULL AND status = 'in_force'"),
        Index("ix_threat_level_due", "review_by", sqlite_where=IN_FORCE, postgresql_where=IN_FORCE),
        Index(None, "region_code", "category", "created_at"),
        Index(None, "owner_agency", "id"),
    )

    category: str = code_column()
    level: int
    status: str = code_column()
    rationale: str
    basis: list[str] = json_column()  # ids of incidents
    source: dict[str, Any] = json_column()
    valid_from: datetime
    review_by: datetime
    supersedes: UUID | None = Field(default=None, foreign_key="threat_level.id")
    ended_at: datetime | None = None


class ThreatLevelProposalRow(Record, table=True):
    """A level that takes effect when another account of the agency approves it; no level: a withdrawal."""

    __tablename__ = "threat_level_proposal"
    __table_args__ = ledgered(
        UniqueConstraint("reference"),
        CheckConstraint("level BETWEEN 1 AND 5", name="level"),
        CheckConstraint("(level IS NULL) = (withdraws IS NOT NULL)", name="wish"),
        Index("uq_threat_level_proposal_pending", *KEY, unique=True, sqlite_where=PENDING,
              postgresql_where=PENDING),
        Index("ix_threat_level_proposal_due", "expires_at", sqlite_where=PENDING, postgresql_where=PENDING),
        Index(None, "owner_agency", "id"),
        # Deferred, because the lane writes held rows before new ones.
        ForeignKeyConstraint(["threat_level_id"], ["threat_level.id"], deferrable=True, initially="DEFERRED"),
    )  # fmt: skip

    category: str = code_column()
    level: int | None = None
    withdraws: UUID | None = Field(default=None, foreign_key="threat_level.id")
    status: str = code_column()
    rationale: str
    basis: list[str] = json_column()
    source: dict[str, Any] = json_column()
    valid_from: datetime | None = None
    review_by: datetime | None = None
    external_source: str | None = code_column(default=None)  # of the statement that it may become
    external_id: str | None = Field(default=None, max_length=100)
    account: str = code_column()  # who proposed, and so does not decide
    role: str = code_column()
    expires_at: datetime
    ended_at: datetime | None = None
    threat_level_id: UUID | None = None  # what it became
