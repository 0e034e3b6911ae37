"""What a threat level made of a posture plan, on the wire."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Self
from uuid import UUID

from pydantic import ConfigDict, Field, field_serializer

from app.domain.field_mask import LINKS
from app.domain.posture import (
    ActivationStatus,
    DraftDecision,
    DraftState,
    Shortfall,
    together,
    without_hidden,
)
from app.domain.sharing import Classification, Tlp
from app.domain.threat_levels import ThreatCategory
from app.schemas.assistance import Addressed
from app.schemas.deployments import Planned
from app.schemas.fields import (
    Day,
    Erasable,
    ErasableText,
    Incoming,
    Outgoing,
    Remark,
    Time,
)
from app.schemas.pages import Page
from app.schemas.posture_plans import PATROL_PLANS

MADE = Field(description="What was made out of it, and you may see")


class DraftDecided(Incoming):
    """What shall become of a draft, and why."""

    decision: DraftDecision
    reason: Remark
    starts_at: Time | None = Field(
        default=None, description="When they are needed; as the measure has it, if left out, or now"
    )
    strength_planned: Planned | None = Field(
        default=None, description="Fewer or more than planned, where a shortfall asks for it"
    )
    addressed: Addressed | None = Field(
        default=None, description="Whom to ask instead, where an agency is no partner any more"
    )
    on_date: Day | None = Field(default=None, description="Another day for the patrol than planned")

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"decision": "carry_out", "reason": "Perintah Kapolres (fiktif)."},
                {"decision": "drop", "reason": "Sudah ditangani satuan lain (fiktif)."},
            ]
        }
    )


class DraftShortfall(Outgoing):
    """Why a measure cannot be carried out as planned, as it was when the level came."""

    reason: Shortfall
    asked: int
    available: int


class Draft(Outgoing):
    """One prepared measure, and what a person decided."""

    number: int = Field(description="Its place in the plan, from 1")
    measure: dict[str, Any] = Field(
        description="As the plan has it; `patrol_plan_id` is null where you may not see that"
    )
    state: DraftState
    shortfall: DraftShortfall | None
    reason: str | None = Field(description="Of the decision")
    decided_at: datetime | None


class PostureActivation(Erasable):
    """What a threat level made of a plan: drafts that wait for a person, and what was decided."""

    NAMES: ClassVar[dict[str, str]] = LINKS["posture_activation"]

    id: UUID
    reference: str = Field(examples=["Y-7K3Q-F2W"])
    version: int
    owner_agency: str
    tlp: Tlp
    classification: Classification
    audience: list[str]
    recipients: list[str]
    exercise: str
    plan_id: UUID | None
    plan_name: ErasableText
    threat_level_id: UUID | None = Field(description="Null also where you may not see it")
    region_code: str
    category: ThreatCategory
    level: int
    status: ActivationStatus
    drafts: list[Draft] | None = Field(description="Null where they were erased")
    patrol_plan_ids: list[UUID] = PATROL_PLANS
    assistance_request_ids: list[UUID] = MADE
    deployment_ids: list[UUID] = MADE
    patrol_ids: list[UUID] = MADE
    ended_at: datetime | None
    recorded_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, row: Mapping[Any, Any]) -> Self:
        """From the columns of a row, or from what an entry says."""
        drafts = row["drafts"] and [
            {**draft, "measure": measure}
            for draft, measure in zip(
                row["drafts"],
                together([each["measure"] for each in row["drafts"]], row["patrol_plan_ids"]),
                strict=True,
            )
        ]
        return cls.model_validate({**row, "drafts": drafts, "recorded_at": row["created_at"]})

    @field_serializer("drafts")
    def shown_drafts(self, drafts: list[Draft] | None) -> list[Draft] | None:
        """Without the ids that were masked since it was read."""
        shown = set(map(str, self.patrol_plan_ids))
        return drafts and [
            each.model_copy(update={"measure": without_hidden(each.measure, shown)}) for each in drafts
        ]


class PostureActivationPage(Page[PostureActivation]):
    """A page of activations, newest first."""
