"""Incidents and their parts: notes, links, parties."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from app.models.columns import Keyed, Ledgered, code_column, external_key, json_column, ledgered

# Indexes for what waits for an agency (services.inbox); partial, so that an ordinary report pays nothing.
OFFERED = text("offered_to IS NOT NULL")
LED = text("lead_agency IS NOT NULL")
ASSIGNED = text("assigned_agencies <> '[]'")


class IncidentRow(Keyed, table=True):
    """Something that happened, as one agency recorded it."""

    __tablename__ = "incident"
    __table_args__ = ledgered(
        UniqueConstraint("reference"),
        CheckConstraint("killed_count >= 0 AND injured_count >= 0 AND detained_count >= 0", name="harm"),
        external_key("incident"),
        Index(None, "owner_agency", "id"),
        Index(None, "region_code"),
        Index(None, "offered_to", sqlite_where=OFFERED, postgresql_where=OFFERED),
        Index(None, "lead_agency", sqlite_where=LED, postgresql_where=LED),
        Index(None, "assigned_agencies", sqlite_where=ASSIGNED, postgresql_where=ASSIGNED,
              postgresql_using="gin"),
    )  # fmt: skip

    title: str
    description: str
    kind: str = code_column()
    severity: str = code_column()
    status: str = code_column()
    longitude: float | None = None
    latitude: float | None = None
    site: str | None = None
    occurred_at: datetime
    reported_at: datetime
    source: dict[str, Any] = json_column()
    killed_count: int = 0
    injured_count: int = 0
    detained_count: int = 0
    lead_agency: str | None = code_column(default=None)
    assigned_agencies: list[str] = json_column()
    about_agencies: list[str] = json_column()
    offered_to: str | None = code_column(default=None)


class IncidentNoteRow(Ledgered, table=True):
    """A line in the timeline of an incident; never changed."""

    __tablename__ = "incident_note"
    __table_args__ = ledgered(Index(None, "incident_id", "id"))

    incident_id: UUID = Field(foreign_key="incident.id")
    text: str
    agency: str = code_column()
    role: str = code_column()
    account: str = code_column()
    created_at: datetime


class IncidentLinkRow(Ledgered, table=True):
    """One incident refers to another; a removed link stays, marked."""

    __tablename__ = "incident_link"
    __table_args__ = ledgered(
        Index("uq_incident_link_live", "incident_id", "target_id", "kind", unique=True,
              sqlite_where=text("removed_at IS NULL"), postgresql_where=text("removed_at IS NULL")),
        Index(None, "target_id"),
    )  # fmt: skip

    incident_id: UUID = Field(foreign_key="incident.id")
    target_id: UUID = Field(foreign_key="incident.id")
    kind: str = code_column()
    agency: str = code_column()
    created_at: datetime
    removed_at: datetime | None = None


class IncidentPartyRow(Ledgered, table=True):
    """A person in an incident, apart from the narrative, as few fields as the work needs."""

    __tablename__ = "incident_party"
    __table_args__ = ledgered(Index(None, "incident_id", "id"))

    incident_id: UUID = Field(foreign_key="incident.id")
    role: str = code_column()
    name: str | None = None  # null once erased
    contact: str | None = None
    national_id_hash: str | None = Field(default=None, max_length=64, index=True)
    national_id_last4: str | None = Field(default=None, max_length=4)
    remark: str | None = None
    restricted_at: datetime | None = None  # since then only the agencies that answer for the data read it
    agency: str = code_column()
    created_at: datetime
    updated_at: datetime
