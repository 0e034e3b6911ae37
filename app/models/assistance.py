"""Requests for assistance between agencies, and how they were answered."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from app.models.columns import Record, code_column, json_column, ledgered


class AssistanceRequestRow(Record, table=True):
    """Personnel that an agency asks of others, and how many it was promised; owned by the requester.

    That never more are accepted than were asked for is the database's to keep, whatever the service decides.
    """

    __tablename__ = "assistance_request"
    __table_args__ = ledgered(
        UniqueConstraint("reference"),
        CheckConstraint("ends_at > starts_at", name="window"),
        CheckConstraint(
            "quantity > 0 AND accepted_count >= 0 AND accepted_count <= quantity "
            "AND present_count >= 0 AND returned_count >= 0",
            name="counts",
        ),
        Index(None, "owner_agency", "id"),
        Index(None, "region_code"),
        Index(None, "status", "answer_by"),
    )

    kind: str = code_column()
    quantity: int
    priority: str = code_column()
    bases: list[str] = json_column()
    basis_note: str | None = None
    addressed: list[str] = json_column()
    controlling_unit: str | None = code_column(default=None)
    longitude: float | None = None
    latitude: float | None = None
    site: str | None = None
    note: str | None = None
    starts_at: datetime
    ends_at: datetime
    answer_by: datetime
    status: str = code_column()
    accepted_count: int = 0
    present_count: int = 0
    returned_count: int = 0


class AssistanceAnswerRow(Record, table=True):
    """What one addressed agency says to a request; owned by that agency, known to it and the requester."""

    __tablename__ = "assistance_answer"
    __table_args__ = ledgered(
        UniqueConstraint("reference"),
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("ends_at > starts_at", name="window"),
        Index(None, "assistance_request_id", "id"),
        Index(None, "deployment_id"),
        Index(None, "owner_agency", "id"),
    )

    assistance_request_id: UUID = Field(foreign_key="assistance_request.id")
    kind: str = code_column()
    status: str = code_column()
    quantity: int | None = None
    home_unit: str | None = code_column(default=None)
    role: str | None = code_column(default=None)
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    reason: str | None = None
    outcome_reason: str | None = None
    deployment_id: UUID | None = None
