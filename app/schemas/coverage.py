"""Coverage on the wire."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from app.schemas.fields import Outgoing


class GuardSums(Outgoing):
    """Of one kind of guards: how many are needed, planned and there, and how many are missing."""

    required: int = Field(description="By the patterns, rounded up for each pattern within the region")
    planned: int = Field(description="Of the deployments that hold their unit at that moment")
    present: int
    gap: int = Field(
        description="How many more are required than planned; what another region has over does not count"
    )


class SiteCoverageRow(Outgoing):
    """What one region needs and has."""

    region_code: str = Field(
        description="At the level that was asked for, or coarser where only that is known"
    )
    sites: int = Field(description="In use")
    unguarded: int = Field(description="Sites that no deployment names")
    without_pattern: int = Field(description="Sites whose category is unknown, or for which no pattern holds")
    police: GuardSums = Field(description="Police and military")
    linmas: GuardSums = Field(description="Of local government; a pattern that does not say needs none")


class SiteCoverage(Outgoing):
    """What the sites need by the patterns of an operation, against who is deployed to guard them."""

    scope: Literal["visible_to_you"] = Field(description="Every number is of what you may see, and no more")
    operation: str
    at: datetime = Field(description="The moment in whose windows the deployments lie")
    level: str
    items: list[SiteCoverageRow] = Field(
        description="The most sites without a guard first, then the widest gap"
    )
    sites: int
    unguarded: int
    without_pattern: int
    police_gap: int = Field(description="The sum of all gaps")
    linmas_gap: int = Field(description="The sum of all gaps")
