"""Deployments, the strength of units, and the turn in which one decides over a unit."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from app.models.columns import (
    Keyed,
    Ledgered,
    Record,
    Versioned,
    code_column,
    external_key,
    json_column,
    ledgered,
)

AWAITED = text("check_in_due_at IS NOT NULL")


class DeploymentRow(Keyed, table=True):
    """Personnel of one unit, sent to a place for a time, under a command; owned by the unit's agency."""

    __tablename__ = "deployment"
    __table_args__ = ledgered(
        UniqueConstraint("reference"),
        CheckConstraint("ends_at > starts_at", name="window"),
        CheckConstraint(
            "strength_planned > 0 AND strength_present >= 0 AND strength_present <= strength_planned",
            name="strength",
        ),
        external_key("deployment"),
        Index(None, "assistance_request_id"),
        Index(None, "home_unit", "starts_at"),
        Index(None, "incident_id"),
        Index(None, "owner_agency", "id"),
        Index(None, "region_code"),
        Index(None, "starts_at", "ends_at"),
        Index(
            "ix_deployment_check_in_due", "check_in_due_at", sqlite_where=AWAITED, postgresql_where=AWAITED
        ),
    )

    home_unit: str = code_column()
    controlling_unit: str | None = code_column(default=None)
    controlling_agency: str = code_column()
    command_relation: str = code_column()
    role: str = code_column()
    status: str = code_column()
    strength_planned: int
    strength_present: int = 0
    longitude: float | None = None
    latitude: float | None = None
    site: str | None = None
    starts_at: datetime
    ends_at: datetime
    incident_id: UUID | None = Field(default=None, foreign_key="incident.id")
    threat_level_id: UUID | None = None
    site_ids: list[str] | None = json_column(default=None)  # which sites they guard
    assistance_request_id: UUID | None = None  # what was asked for by whoever commands
    arrived_at: datetime | None = None
    check_in_minutes: int | None = None
    checked_in_at: datetime | None = None  # the newest
    check_in_due_at: datetime | None = None  # the next, see domain.check_ins
    relieves: UUID | None = None  # the deployment whose place it takes
    relieved_by: UUID | None = None
    relief_arrived_at: datetime | None = None


class CheckInRow(Ledgered, table=True):
    """Personnel of a deployment told where they were at a moment; never changed."""

    __tablename__ = "deployment_check_in"
    __table_args__ = ledgered(
        CheckConstraint("accuracy_meters >= 0", name="accuracy"), Index(None, "deployment_id", "id")
    )

    deployment_id: UUID = Field(foreign_key="deployment.id")
    checked_in_at: datetime
    longitude: float | None = None  # null once erased
    latitude: float | None = None
    accuracy_meters: float | None = None
    agency: str = code_column()
    role: str = code_column()
    account: str = code_column()
    created_at: datetime


class UnitStrengthRow(Record, table=True):
    """How many personnel a unit has, as its agency states it."""

    __tablename__ = "unit_strength"
    __table_args__ = ledgered(
        UniqueConstraint("reference"),
        UniqueConstraint("unit", "exercise"),
        CheckConstraint("strength >= 0", name="strength"),
    )

    unit: str = code_column()
    strength: int
    source: str
    as_of: date


class UnitTurnRow(Versioned, table=True):
    """Who decides over the bookings of a unit raises its version, so that of two at once one decides again.

    Its id is that of the unit's strength. Operational: it carries no facts.
    """

    __tablename__ = "unit_turn"

    id: UUID = Field(primary_key=True, foreign_key="unit_strength.id")
