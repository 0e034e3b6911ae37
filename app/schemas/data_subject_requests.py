"""Requests of data subjects on the wire."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from pydantic import ConfigDict, Field, model_validator

from app.domain.data_protection import RequestKind, RequestStatus
from app.schemas.fields import Erasable, ErasableText, Incoming, Line, RegionCode, Remark, Time
from app.schemas.pages import Page


class DataSubjectRequestCreate(Incoming):
    """What a person asks of your agency about their own data."""

    asks_for: RequestKind
    subject_name: Line = Field(description="Who asks")
    contact: Line | None = Field(default=None, description="Where the answer goes")
    wish: Remark = Field(description="What is asked, in the person's words")
    region_code: RegionCode
    received_at: Time | None = Field(default=None, description="The clock runs from here; now, if left out")
    incident_id: UUID | None = Field(default=None, description="The record that holds the data, if known")
    party_id: UUID | None = Field(default=None, description="The person in it; only with `incident_id`")

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "asks_for": "access",
                    "subject_name": "Pemohon A (fiktif)",
                    "wish": "Meminta salinan data saya (fiktif).",
                    "region_code": "36",
                }
            ]
        }
    )

    @model_validator(mode="after")
    def _a_person_stands_in_a_record(self) -> Self:
        if self.party_id is not None and self.incident_id is None:
            raise ValueError("party_id goes with incident_id")
        return self


class DataSubjectRequestStep(Incoming):
    """The next status of a request, and why."""

    to: RequestStatus
    reason: Remark = Field(description="Stays for good; no names of persons")
    answer: Remark | None = Field(default=None, description="What the person was told; only at an end")

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"to": "verified", "reason": "Identitas dicocokkan (fiktif)."}]}
    )


class DataSubjectRequest(Erasable):
    """What a person asks of an agency about their own data, and what became of it."""

    id: UUID
    reference: str = Field(examples=["R-7K3Q-F2W"])
    version: int
    owner_agency: str = Field(description="The agency that answers")
    exercise: str
    asks_for: RequestKind
    status: RequestStatus
    subject_name: ErasableText
    contact: ErasableText
    wish: ErasableText
    answer: ErasableText
    region_code: str
    incident_id: UUID | None
    party_id: UUID | None
    received_at: datetime
    due_at: datetime = Field(description="3 x 24 hours after it was received")
    overdue_at: datetime | None = Field(description="Since when it is late, if it was")
    ended_at: datetime | None
    recorded_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, row: Mapping[Any, Any]) -> Self:
        """From the columns of a row, or from what an entry says."""
        return cls.model_validate({**row, "recorded_at": row["created_at"]})


class DataSubjectRequestPage(Page[DataSubjectRequest]):
    """A page of requests, newest first."""
