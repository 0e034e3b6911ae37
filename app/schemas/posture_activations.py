"""What a threat level made of a posture plan, on the wire."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Self
from uuid import UUID

from pydantic import ConfigDict, Field

from app.domain.field_mask import LINKS
from app.domain.posture import ActivationStatus, DraftDecision, DraftState, Shortfall
from app.domain.sharing import Classification, Tlp
from app.domain.threat_levels import ThreatCategory
from app.schemas.deployments import Planned
from app.schemas.fields import (
    Erasable,
    ErasableText,
    Incoming,
    Outgoing,
    Remark,
    Time,
)
from app.schemas.pages import Page


class DraftDecided(Incoming):
    """What shall become of a draft, and why."""

    decision: DraftDecision
    reason: Remark
    starts_at: Time | None = Field(default=None, description="When they are needed; now, if left out")
    strength_planned: Planned | None = Field(
        default=None, description="Fewer or more than planned, where a shortfall asks for it"
    )

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
    measure: dict[str, Any] = Field(description="As the plan has it")
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
    deployment_ids: list[UUID] = Field(description="What was requested out of it, and you may see")
    ended_at: datetime | None
    recorded_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, row: Mapping[Any, Any]) -> Self:
        """From the columns of a row, or from what an entry says."""
        return cls.model_validate({**row, "recorded_at": row["created_at"]})


class PostureActivationPage(Page[PostureActivation]):
    """A page of activations, newest first."""
