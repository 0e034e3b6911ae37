"""Erasures on the wire."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field

from app.domain.personal_data import ERASABLE, REASON, ErasureKind, LegalBasis
from app.schemas.fields import Incoming, Narrative, Outgoing, Remark, distinct, known, listed
from app.schemas.legal_holds import RecordType
from app.schemas.pages import Page

FIELDS = sorted({REASON, *(name for fields in ERASABLE.values() for name in fields)})
SubjectType = Annotated[str, known(ERASABLE, "subject_type"), listed(sorted(ERASABLE))]
ErasableField = Annotated[str, known(FIELDS, "field"), listed(FIELDS)]


class ErasureCreate(Incoming):
    """Personal data that has to go from a record, or from a part of it: now, and from all that was."""

    record_type: RecordType
    record_id: UUID
    subject_type: SubjectType = Field(description="What holds the data: the record itself, or a part of it")
    subject_id: UUID
    fields: Annotated[list[ErasableField], Field(min_length=1, max_length=16), AfterValidator(distinct)]
    rewritten: dict[ErasableField, Narrative] = Field(
        default_factory=dict,
        max_length=16,
        description="What takes the place of a title, a narrative, a note; without the personal data",
    )
    legal_basis: LegalBasis
    reason: Remark = Field(description="Stays for good; no names of persons")

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "record_type": "incident",
                    "record_id": "01930000-0000-7000-8000-000000000000",
                    "subject_type": "incident_party",
                    "subject_id": "01930000-0000-7000-8000-000000000001",
                    "fields": ["name", "contact"],
                    "legal_basis": "subject_request",
                    "reason": "Permohonan penghapusan dikabulkan (fiktif).",
                }
            ]
        }
    )


class Erasure(Outgoing):
    """That values went, and why; what they were stays nowhere."""

    id: UUID
    record_type: str
    record_id: UUID
    subject_type: str
    subject_id: UUID
    paths: list[str] = Field(description="As JSON pointers; `#reason` is why the entries were made")
    kind: ErasureKind
    legal_basis: LegalBasis
    agency: str = Field(description="The agency that erased it")
    role: str
    created_at: datetime

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """From the columns of a row, or from what an entry says."""
        return cls.model_validate(row)


class ErasurePage(Page[Erasure]):
    """Erasures, oldest first."""
