"""Posture plans, and what the coming of a threat level made of each."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from app.models.columns import Record, code_column, json_column, ledgered


class PosturePlanRow(Record, table=True):
    """A prepared answer to a level of threat in a region."""

    __tablename__ = "posture_plan"
    __table_args__ = ledgered(
        UniqueConstraint("reference"),
        CheckConstraint("level BETWEEN 1 AND 5", name="level"),
        Index(None, "owner_agency", "id"),
        Index(None, "exercise", "region_code"),
    )

    name: str
    category: str | None = code_column(default=None)  # any, if null
    level: int
    in_use: bool = True
    measures: list[dict[str, Any]] | None = json_column(default=None)  # null where they were erased
    patrol_plan_ids: list[str] = json_column()  # of the patrols among them, in their order


class PostureActivationRow(Record, table=True):
    """What one threat level made of one plan: drafts, and what people decided of them."""

    __tablename__ = "posture_activation"
    __table_args__ = ledgered(
        UniqueConstraint("reference"),
        # Never twice, however many workers see the level come.
        UniqueConstraint("plan_id", "threat_level_id"),
        Index(None, "owner_agency", "id"),
    )

    plan_id: UUID = Field(foreign_key="posture_plan.id")
    threat_level_id: UUID = Field(foreign_key="threat_level.id")
    plan_name: str | None = None
    category: str = code_column()
    level: int
    status: str = code_column()
    drafts: list[dict[str, Any]] | None = json_column(default=None)  # null where they were erased
    patrol_plan_ids: list[str] = json_column()  # of the patrols among them, in their order
    assistance_request_ids: list[str] = json_column()
    deployment_ids: list[str] = json_column()
    patrol_ids: list[str] = json_column()
    ended_at: datetime | None = None
