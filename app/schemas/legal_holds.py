"""Legal holds on the wire."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import ConfigDict, Field

from app.schemas.fields import Incoming, Line, Outgoing, Remark, Time, known, listed
from app.schemas.pages import Page

RECORD_TYPES = (
    "assistance_answer", "assistance_request", "breach", "data_subject_request", "deployment", "election",
    "guard_pattern", "incident", "patrol", "patrol_plan", "posture_activation", "posture_plan",
    "readiness_order", "site", "threat_level", "threat_level_proposal", "unit_strength",
)  # fmt: skip
RecordType = Annotated[str, known(RECORD_TYPES, "record_type"), listed(RECORD_TYPES)]


class LegalHoldCreate(Incoming):
    """Nothing of a record is erased until then: it belongs to a case."""

    record_type: RecordType
    record_id: UUID
    order_number: Line = Field(description="The order or the case that asks for it")
    reason: Remark
    until: Time

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "record_type": "incident",
                    "record_id": "01930000-0000-7000-8000-000000000000",
                    "order_number": "SP.Sita/12/XI/2024 (fiktif)",
                    "reason": "Barang bukti perkara yang sedang disidik (fiktif).",
                    "until": "2199-12-31T00:00:00+07:00",
                }
            ]
        }
    )


class LegalHoldLift(Incoming):
    """Why the record need not be held any more."""

    reason: Remark

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"reason": "Putusan berkekuatan hukum tetap (fiktif)."}]}
    )


class LegalHold(Outgoing):
    """A hold on a record and all its parts."""

    id: UUID
    version: int
    record_type: str
    record_id: UUID
    order_number: str
    reason: str
    until: datetime
    agency: str = Field(description="The agency that placed it")
    role: str
    created_at: datetime
    lifted_at: datetime | None
    lifted_because: str | None

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """From the columns of a row, or from what an entry says."""
        return cls.model_validate(row)


class LegalHoldPage(Page[LegalHold]):
    """Holds, those first placed first."""
