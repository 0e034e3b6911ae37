"""Check-ins of deployments on the wire."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import ConfigDict, Field

from app.schemas.fields import Erasable, Incoming, Point, Time
from app.schemas.pages import Page

FARTHEST_METERS = 100_000
Accuracy = Annotated[float, Field(ge=0, le=FARTHEST_METERS, strict=True, allow_inf_nan=False)]


class CheckInCreate(Incoming):
    """Where the personnel of a deployment were at a moment: the place of the unit, never of one person."""

    geometry: Point
    accuracy_meters: Accuracy | None = Field(
        default=None, description="How far off the position may be, if that is known"
    )
    checked_in_at: Time | None = Field(default=None, description="When they were there; now, if left out")

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"geometry": {"type": "Point", "coordinates": [106.28, -6.14]}, "accuracy_meters": 15},
            ]
        }
    )


class CheckIn(Erasable):
    """Where the personnel of a deployment were at a moment; it is never changed, a later one follows it."""

    id: UUID
    deployment_id: UUID
    checked_in_at: datetime
    geometry: Point | None = Field(description="Null where it was erased")
    accuracy_meters: float | None
    agency: str
    role: str
    recorded_at: datetime

    @classmethod
    def of(cls, row: Mapping[Any, Any]) -> Self:
        """From the columns of a row, or from what an entry says."""
        return cls.model_validate({**row, "geometry": Point.of(row), "recorded_at": row["created_at"]})


class CheckInPage(Page[CheckIn]):
    """Check-ins, those first recorded first."""
