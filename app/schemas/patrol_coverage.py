"""What patrols have visited and what not, on the wire."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from app.schemas.fields import Outgoing


class PatrolSums(Outgoing):
    """How many stops were planned, and what became of them."""

    stops: int = Field(description="The sum of all that follow")
    visited: int
    skipped: int = Field(description="Not visited, with a reason")
    missing: int = Field(description="Due and not visited: overdue, or left over when the patrol ended")
    pending: int = Field(description="Not late yet")
    called_off: int = Field(description="Of patrols that were cancelled")


class PatrolCoverageRegion(PatrolSums):
    """The stops of one region and of all regions within."""

    region_code: str
    level: str


class PatrolCoverageStop(PatrolSums):
    """A site or a place with stops that were not visited."""

    site_id: UUID | None = Field(
        description="Null for a place that is no site, and for sites you may not see"
    )
    name: str | None = Field(description="Null for the sites of this region that you may not see, together")
    region_code: str
    last_visited_at: datetime | None = Field(description="In this time")


class PatrolCoverage(PatrolSums):
    """Which stops of patrols were due and not visited, of the patrols that you may see."""

    scope: Literal["visible_to_you"] = Field(description="Every number is of what you may see, and no more")
    at: datetime = Field(description="The moment of asking, by which stops count as late or not")
    due_from: datetime
    due_before: datetime
    regions: list[PatrolCoverageRegion] = Field(
        description="From the province down to the kelurahan, as far as stops say where they are"
    )
    items: list[PatrolCoverageStop] = Field(
        description="Those never visited in this time first, then those with the most stops not visited"
    )
    left_off: int = Field(description="How many sites and places `items` leaves off")
