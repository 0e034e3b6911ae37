"""Patrols on the wire: one run of a plan on a day."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, ClassVar, Self
from uuid import UUID

from pydantic import ConfigDict, Field

from app.domain.field_mask import LINKS
from app.domain.patrols import PatrolStatus
from app.domain.sharing import Classification, Tlp
from app.schemas.fields import (
    AccountNames,
    AgencyCodes,
    Day,
    Erasable,
    ErasableText,
    Incoming,
    Remark,
    Time,
    unset,
)
from app.schemas.markings import ClassificationCode
from app.schemas.pages import Page


class PatrolMarking(Incoming):
    """Who may know of the patrol; what is left out stays (RFC 7396)."""

    tlp: Tlp = Field(default_factory=unset)
    audience: AgencyCodes = Field(default_factory=unset)
    recipients: AccountNames = Field(default_factory=unset)
    classification: ClassificationCode = Field(default_factory=unset)


class PatrolCreate(PatrolMarking):
    """A run of a plan on one of its days. Its marking is the plan's, unless another is named here."""

    on_date: Day = Field(description="The day on which it starts, on the clock of the plan")

    model_config = ConfigDict(json_schema_extra={"examples": [{"on_date": "2024-11-27"}]})


class PatrolChange(PatrolMarking):
    """Who shall know of the patrol from now on. All else changes by steps, visits and skips."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"tlp": "AMBER", "audience": ["kpu-banten"]}]})


class PatrolStep(Incoming):
    """The next status of a patrol, and why."""

    to: PatrolStatus
    reason: Remark
    at: Time | None = Field(default=None, description="When that was; now, if left out")

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"to": "under_way", "reason": "Apel selesai, regu berangkat (fiktif)."}]
        }
    )


class Patrol(Erasable):
    """One run of a plan on a day; its stops have a list of their own."""

    NAMES: ClassVar[dict[str, str]] = LINKS["patrol"]

    id: UUID
    reference: str = Field(examples=["K-7K3Q-F2W"])
    version: int
    owner_agency: str
    tlp: Tlp
    classification: Classification
    audience: list[str]
    recipients: list[str]
    exercise: str
    plan_id: UUID | None = Field(description="Null where you may not see the plan")
    name: ErasableText
    unit: str
    region_code: str
    on_date: date
    starts_at: datetime = Field(description="When it is planned to start")
    grace_minutes: int
    stop_count: int
    status: PatrolStatus
    started_at: datetime | None
    ended_at: datetime | None = Field(description="When it was completed or cancelled")
    recorded_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, row: Mapping[Any, Any]) -> Self:
        """From the columns of a row, or from what an entry says."""
        return cls.model_validate({**row, "recorded_at": row["created_at"]})


class PatrolPage(Page[Patrol]):
    """A page of patrols, newest first."""
