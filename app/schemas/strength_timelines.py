"""The strength that was present over time, on the wire."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from app.schemas.fields import Outgoing


class StrengthPoint(Outgoing):
    """From this moment on so many were present, until the next point."""

    at: datetime
    strength_present: int | None = Field(description="Null where you may not see what held then")


class StrengthTimeline(Outgoing):
    """How many were present over time, by what was stated; who holds no unit any more counts as gone."""

    scope: Literal["visible_to_you"] = Field(description="Every number is of what you may see, and no more")
    step_seconds: int | None = Field(
        description="Null where each change is told; else the points stand so far apart, or a multiple of "
        "that, and each tells what held at its moment"
    )
    items: list[StrengthPoint] = Field(description="The first one tells what held at the start")
