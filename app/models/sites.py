"""Sites, and how they were assessed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from app.models.columns import Keyed, Ledgered, code_column, external_key, json_column, ledgered


class SiteRow(Keyed, table=True):
    """A place that is watched, as its owner describes it and as it was last assessed."""

    __tablename__ = "site"
    __table_args__ = ledgered(
        UniqueConstraint("reference"),
        CheckConstraint("risk_index >= 0 AND risk_index <= 100", name="risk_index"),
        external_key("site"),
        Index(None, "owner_agency", "id"),
        Index(None, "region_code", "kind", "risk"),
    )

    kind: str = code_column()
    name: str
    note: str | None = None
    longitude: float | None = None
    latitude: float | None = None
    in_use: bool = True
    risk: str | None = code_column(default=None)
    risk_index: int | None = None
    indicators: list[str] = json_column()
    assessed_at: datetime | None = None


class SiteAssessmentRow(Ledgered, table=True):
    """How an agency judged a site at a moment; never changed."""

    __tablename__ = "site_assessment"
    __table_args__ = ledgered(Index(None, "site_id", "id"))

    site_id: UUID = Field(foreign_key="site.id")
    risk: str | None = code_column(default=None)
    indicators: list[str] | None = json_column(default=None)
    risk_index: int | None = None
    method: str | None = code_column(default=None)
    rationale: str
    source: dict[str, Any] = json_column()
    assessed_at: datetime
    agency: str = code_column()
    role: str = code_column()
    account: str = code_column()
    created_at: datetime
