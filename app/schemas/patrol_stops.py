"""The stops of patrols on the wire: where to be and when, and what became of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Self
from uuid import UUID

from pydantic import ConfigDict, Field

from app.domain.field_mask import LINKS, WITH_LINK
from app.domain.patrols import StopOutcome, StopState
from app.schemas.fields import Erasable, Incoming, Point, Remark, Time
from app.schemas.pages import Page


class PatrolVisit(Incoming):
    """That the patrol was at the stop: when, and at which position."""

    geometry: Point = Field(description="Where the patrol stood; how far from the stop that is, is told")
    visited_at: Time | None = Field(default=None, description="Now, if left out")
    remark: Remark | None = Field(default=None, description="What was seen; no names of persons")

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "geometry": {"type": "Point", "coordinates": [106.2801, -6.1402]},
                    "remark": "Aman, gudang terkunci (fiktif).",
                }
            ]
        }
    )


class PatrolSkip(Incoming):
    """That the patrol passed the stop over, and why."""

    reason: Remark
    skipped_at: Time | None = Field(default=None, description="Now, if left out")

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"reason": "Jembatan putus, jalan tidak dapat dilalui (fiktif)."}]}
    )


class PatrolStop(Erasable):
    """One stop of a patrol, as the plan had it when the patrol was made, and what became of it."""

    NAMES: ClassVar[dict[str, str]] = LINKS["patrol_stop"]
    WITH_LINK: ClassVar[dict[str, str]] = WITH_LINK["patrol_stop"]

    id: UUID
    version: int
    patrol_id: UUID
    number: int = Field(description="In the order of the plan, from 1")
    site_id: UUID | None = Field(description="Null also where you may not see the site")
    name: str | None = Field(description="Of a place that is no site")
    region_code: str = Field(description="Of the place; of a site that of the plan")
    geometry: Point | None
    due_at: datetime
    overdue_at: datetime = Field(description="From then on it is late: the planned time and the grace")
    outcome: StopOutcome | None = Field(description="Null where nothing was put on record")
    occurred_at: datetime | None = Field(description="When it was visited or skipped")
    visit_geometry: Point | None = Field(description="Where the patrol stood")
    distance_m: int | None = Field(
        description="From there to the stop in metres; null where the position of the stop was not known"
    )
    remark: str | None = Field(description="What was seen, or why it was skipped")
    agency: str | None = Field(description="Which agency put it on record")
    role: str | None
    recorded_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, row: Mapping[Any, Any]) -> Self:
        """From the columns of a row, or from what an entry says."""
        visited = {"longitude": row["visit_longitude"], "latitude": row["visit_latitude"]}
        derived = {"geometry": Point.of(row), "visit_geometry": Point.of(visited)}
        return cls.model_validate({**row, **derived, "recorded_at": row["created_at"]})


class PatrolStopNow(PatrolStop):
    """A stop of a patrol, and how it stands at the moment of asking."""

    state: StopState


class PatrolStopPage(Page[PatrolStopNow]):
    """Stops of patrols."""
