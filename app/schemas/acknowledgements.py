"""Acknowledgements on the wire."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field

from app.domain.acknowledgement_rules import SHORTEST
from app.domain.acknowledgements import AcknowledgementStatus
from app.schemas.fields import AgencyCode, Erasable, Incoming, Outgoing, Remark, distinct
from app.schemas.pages import Page

LEAST_SECONDS = int(SHORTEST.total_seconds())
NamedAgencies = Annotated[list[AgencyCode], Field(min_length=1, max_length=64), AfterValidator(distinct)]


class AcknowledgementRequestCreate(Incoming):
    """Which agencies shall say that they have seen the record; each must see it already."""

    agencies: NamedAgencies
    within_seconds: Annotated[int, Field(ge=LEAST_SECONDS, le=86_400, strict=True)] | None = Field(
        default=None,
        description="A shorter time than the severity or the level gives, which holds if left out",
    )
    note: Remark | None = Field(default=None, description="What it is about; no names of persons")

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"agencies": ["kpu-banten"], "note": "Mohon segera dibaca (fiktif)."}]
        }
    )


class AcknowledgementRequest(Erasable):
    """That agencies were asked to say that they have seen a record."""

    id: UUID
    version: int
    record_type: str
    record_id: UUID
    agencies: list[str]
    urgency: str = Field(description="The severity or the level by which the time was given")
    within_seconds: int
    due_at: datetime
    note: str | None
    agency: str = Field(description="Which asked")
    role: str
    created_at: datetime

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """From the columns of a row, or from what an entry says."""
        return cls.model_validate(row)


class AcknowledgementCreate(Incoming):
    """Your agency has seen the record."""

    note: Remark | None = Field(default=None, description="What it does now; no names of persons")

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"note": "Diterima, petugas menuju lokasi (fiktif)."}]}
    )


class Acknowledgement(Erasable):
    """Where it stands with the word of one agency."""

    id: UUID
    version: int
    request_id: UUID
    record_type: str
    record_id: UUID
    agency: str = Field(description="Which is asked")
    asked_by: str
    status: AcknowledgementStatus
    due_at: datetime
    escalates_at: datetime = Field(description="When the owner's commander is told, if nothing is heard")
    overdue_at: datetime | None
    escalated_at: datetime | None
    acknowledged_at: datetime | None
    took_seconds: int | None
    role: str | None = Field(description="Of the account that acknowledged")
    note: str | None
    created_at: datetime = Field(description="When it was asked")

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """From the columns of a row, or from what an entry says."""
        return cls.model_validate(row)


class AcknowledgementPage(Page[Acknowledgement]):
    """Acknowledgements, those first asked for first."""


class AgencyAcknowledgements(Outgoing):
    """How one agency acknowledges."""

    agency: str
    required_count: int = Field(
        description="In time, late and open together; what became moot does not count"
    )
    in_time_count: int
    late_count: int
    open_count: int
    overdue_count: int = Field(description="Of the open ones, those whose time has passed")
    median_seconds: int | None = Field(description="Of those that were given, by the nearest rank")
    p90_seconds: int | None = Field(description="So many seconds or fewer in nine of ten cases")


class AcknowledgementStatistics(Outgoing):
    """How long agencies take to acknowledge."""

    scope: Literal["visible_to_you"] = Field(description="Every number is of what you may see, and no more")
    since: datetime | None
    until: datetime | None
    items: list[AgencyAcknowledgements] = Field(description="By the code of the agency")
