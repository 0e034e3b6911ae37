"""Patrols: plans with their stops, and each run of a plan with the stops that it was made with."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from app.models.columns import Ledgered, Record, code_column, json_column, ledgered

NOT_CANCELLED = text("status <> 'cancelled'")
NO_OUTCOME = text("outcome IS NULL")


class PatrolPlanRow(Record, table=True):
    """Who shall go where, on which days of the week, from when on."""

    __tablename__ = "patrol_plan"
    __table_args__ = ledgered(
        UniqueConstraint("reference"),
        CheckConstraint("grace_minutes >= 0 AND edition > 0 AND stop_count > 0", name="counts"),
        CheckConstraint("last_on >= first_on", name="window"),
        Index(None, "owner_agency", "id"),
        Index(None, "region_code"),
    )

    name: str
    unit: str = code_column()
    weekdays: list[str] = json_column()
    start_time: str = code_column()  # a time of day on the clock of the zone
    time_zone: str = code_column()
    grace_minutes: int
    first_on: date | None = None
    last_on: date | None = None
    in_use: bool = True
    edition: int  # of its stops: a new list of them is a new edition
    stop_count: int


class PatrolPlanStopRow(Ledgered, table=True):
    """One stop in one edition of a plan; never changed."""

    __tablename__ = "patrol_plan_stop"
    __table_args__ = ledgered(UniqueConstraint("plan_id", "edition", "number"))

    plan_id: UUID = Field(foreign_key="patrol_plan.id")
    edition: int
    number: int  # in the order of the plan, from 1
    minute: int
    site_id: UUID | None = Field(default=None, foreign_key="site.id")
    name: str | None = None
    region_code: str = code_column()
    longitude: float | None = None
    latitude: float | None = None
    created_at: datetime


class PatrolRow(Record, table=True):
    """One run of a plan on a day."""

    __tablename__ = "patrol"
    __table_args__ = ledgered(
        UniqueConstraint("reference"),
        Index("uq_patrol_day", "plan_id", "on_date", "view", unique=True,
              sqlite_where=NOT_CANCELLED, postgresql_where=NOT_CANCELLED),
        Index(None, "owner_agency", "id"),
        Index(None, "region_code", "starts_at"),
    )  # fmt: skip

    plan_id: UUID = Field(foreign_key="patrol_plan.id")
    plan_version: int
    view: str = Field(max_length=64)  # who of the agency sees it (services.externals)
    name: str
    unit: str = code_column()
    on_date: date
    starts_at: datetime
    grace_minutes: int
    stop_count: int
    status: str = code_column()
    started_at: datetime | None = None
    ended_at: datetime | None = None


class PatrolStopRow(Ledgered, table=True):
    """One stop of a patrol, as the plan had it when the patrol was made, and what became of it."""

    __tablename__ = "patrol_stop"
    __table_args__ = ledgered(
        UniqueConstraint("patrol_id", "number"),
        Index(None, "due_at"),
        Index("ix_patrol_stop_open", "overdue_at", "id",
              sqlite_where=NO_OUTCOME, postgresql_where=NO_OUTCOME),
        Index(None, "site_id"),
    )  # fmt: skip

    patrol_id: UUID = Field(foreign_key="patrol.id")
    number: int
    site_id: UUID | None = Field(default=None, foreign_key="site.id")
    name: str | None = None
    region_code: str = code_column()
    longitude: float | None = None
    latitude: float | None = None
    due_at: datetime
    overdue_at: datetime  # with the grace of the plan
    outcome: str | None = code_column(default=None)
    occurred_at: datetime | None = None
    visit_longitude: float | None = None
    visit_latitude: float | None = None
    distance_m: int | None = None
    remark: str | None = None
    agency: str | None = code_column(default=None)
    role: str | None = code_column(default=None)
    account: str | None = code_column(default=None)
    created_at: datetime
    updated_at: datetime
