"""Elections on the wire."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Self
from uuid import UUID

from pydantic import ConfigDict, Field

from app.domain.elections import ElectionKind, ElectionStage, RevoteKind, stages_of, voting_on
from app.domain.field_mask import LINKS
from app.domain.sharing import Classification, Tlp
from app.schemas.fields import Day, Erasable, Incoming, Line, Outgoing, RegionCode, unset
from app.schemas.pages import Page

Year = Annotated[
    int, Field(ge=1955, le=2199, strict=True, description="Of the election; a later round keeps it")
]


class StageDates(Incoming):
    """A stage of an election with its days in WIB, both ends included. A day that is not known is null."""

    stage: ElectionStage
    starts_on: Day | None = None
    ends_on: Day | None = None
    source: Line | None = Field(default=None, description="What says so, where it is not the election's")


Stages = Annotated[list[StageDates], Field(max_length=len(ElectionStage))]


class ElectionCreate(Incoming):
    """An election of a region, or a later round of one: then with what it follows and by which decision."""

    kind: ElectionKind
    year: Year
    region_code: RegionCode
    name: Line
    stages: Stages = Field(default=[], description="Those whose days are known; each once")
    source: Line = Field(description="The regulation or decision that sets the calendar")
    follows: UUID | None = Field(default=None, description="The earlier round, where votes are cast again")
    revote_kind: RevoteKind | None = Field(default=None, description="With `follows`")
    decision: Line | None = Field(default=None, description="What the later round is based on")
    decided_on: Day | None = Field(default=None, description="The day of that decision; it counts from then")

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "kind": "village_head",
                    "year": 2027,
                    "region_code": "36.04.11.2001",
                    "name": "Pemilihan kepala desa (fiktif)",
                    "stages": [{"stage": "voting", "starts_on": "2027-09-05", "ends_on": "2027-09-05"}],
                    "source": "Keputusan (fiktif)",
                }
            ]
        }
    )


class ElectionChange(Incoming):
    """What shall change; what is left out stays (RFC 7396). `stages` replaces all of them."""

    name: Line = Field(default_factory=unset)
    stages: Stages = Field(default_factory=unset)
    source: Line = Field(default_factory=unset)
    cancelled: bool = Field(default_factory=unset)

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "stages": [
                        {"stage": "campaign", "starts_on": "2027-08-20", "ends_on": "2027-09-01"},
                        {"stage": "quiet_period", "starts_on": "2027-09-02", "ends_on": "2027-09-04"},
                        {"stage": "voting", "starts_on": "2027-09-05", "ends_on": "2027-09-05"},
                    ]
                }
            ]
        }
    )


class Election(Erasable):
    """One round of an election in a region, with the stages whose days are known."""

    NAMES: ClassVar[dict[str, str]] = LINKS["election"]

    id: UUID
    reference: str = Field(examples=["E-7K3Q-F2W"])
    version: int
    owner_agency: str
    tlp: Tlp
    classification: Classification
    audience: list[str]
    recipients: list[str]
    exercise: str
    kind: ElectionKind
    year: int
    round: int = Field(description="1, or one more than that of the round it follows")
    region_code: str
    name: str | None = Field(description="Null where it was erased")
    stages: list[StageDates]
    voting_on: date | None = Field(description="The day of voting in WIB; null where it is not known")
    source: str | None
    follows: UUID | None = Field(description="The earlier round")
    revote_kind: RevoteKind | None
    decision: str | None
    decided_on: date | None
    cancelled: bool
    recorded_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, row: Mapping[Any, Any]) -> Self:
        """From the columns of a row, or from what an entry says."""
        derived = {"recorded_at": row["created_at"], "voting_on": voting_on(stages_of(row["stages"]))}
        return cls.model_validate({**row, **derived})


class ElectionPage(Page[Election]):
    """A page of elections, newest first."""


class CurrentElection(Outgoing):
    """A round that counts at a place on a day."""

    election: Election
    days_to_voting: int | None = Field(
        description="Calendar days in WIB; 0 on the day itself, negative after it, null where none is known"
    )
    stage: ElectionStage | None = Field(
        description="Voting on voting day, else the furthest that runs; null where none is known to run"
    )
    stages_running: list[ElectionStage]
    inherited_from: str | None = Field(description="The region above for which it is held; null: for itself")


class CurrentElections(Outgoing):
    """What is held for a place on a day: coming votes first, the next one before all others."""

    region_code: str
    on: date = Field(description="The day in WIB")
    days_to_voting: int | None = Field(description="To the next vote that is known; null where none is")
    items: list[CurrentElection]
