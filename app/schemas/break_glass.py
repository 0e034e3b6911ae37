"""Break-glass on the wire."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import ConfigDict, Field

from app.domain.break_glass import MOST_MINUTES, WHERE_TO_READ, Review, ReviewDecision
from app.domain.sharing import Classification
from app.schemas.fields import Incoming, Outgoing, Remark
from app.schemas.pages import Page

PATH = "/api/v1"
REFERENCE_PATTERN = r"^[A-Z]-[0-9A-Z]{4}-[0-9A-Z]{3}$"


class BreakGlassCreate(Incoming):
    """An emergency in which one hidden record must be read."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "reference": "I-7K3Q-F2W",
                    "reason": "Regu kami berada di lokasi dan harus tahu bahayanya (fiktif).",
                    "minutes": 30,
                }
            ]
        }
    )

    reference: Annotated[str, Field(pattern=REFERENCE_PATTERN, examples=["I-7K3Q-F2W"])]
    reason: Remark
    minutes: Annotated[int, Field(strict=True, ge=1, le=MOST_MINUTES, description="How long it may be read")]


class BreakGlassReview(Incoming):
    """What the owner of the record says of it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"decision": "approve", "reason": "Keadaan darurat nyata dan tercatat (fiktif)."}]
        }
    )

    decision: ReviewDecision
    reason: Remark


class BreakGlass(Outgoing):
    """A grant: one record may be read by its id, by the account that asked, until it expires."""

    id: UUID
    reference: str = Field(examples=["B-7K3Q-F2W"])
    version: int
    owner_agency: str = Field(description="Who owns the record, and so reviews this")
    exercise: str
    record_type: str
    record_id: UUID
    record_reference: str = Field(examples=["I-7K3Q-F2W"])
    classification: Classification = Field(description="Of the record, when it was opened")
    path: str = Field(description="Where to read the record", examples=["/api/v1/incidents/…"])
    reason: str
    agency: str = Field(description="Who broke the glass")
    role: str
    opened_at: datetime
    expires_at: datetime
    review: Review
    review_due_at: datetime
    review_reason: str | None
    reviewed_at: datetime | None

    @classmethod
    def of(cls, row: Mapping[Any, Any]) -> Self:
        """From the columns of a row, or from what an entry says; a review past its time is overdue."""
        answer = cls.model_validate(
            {
                **row,
                "opened_at": row["created_at"],
                "path": PATH + WHERE_TO_READ[row["record_type"]].format(record_id=row["record_id"]),
            }
        )
        if answer.review is Review.PENDING and answer.review_due_at <= datetime.now(UTC):
            return answer.model_copy(update={"review": Review.OVERDUE})
        return answer


class BreakGlassPage(Page[BreakGlass]):
    """A page of grants, newest first."""
