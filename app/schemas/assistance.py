"""Requests for assistance and their answers on the wire."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field

from app.domain.assistance import (
    AnswerKind,
    AnswerStatus,
    AssistanceKind,
    AssistancePriority,
    AssistanceStatus,
    is_overdue,
    left,
)
from app.domain.assistance_bases import AssistanceBasis
from app.domain.deployments import DeploymentRole
from app.domain.field_mask import LINKS
from app.domain.sharing import Classification, Tlp
from app.schemas.deployments import Planned
from app.schemas.fields import (
    AccountNames,
    AgencyCode,
    AgencyCodes,
    Erasable,
    Incoming,
    Line,
    Point,
    RegionCode,
    Remark,
    Time,
    UnitCode,
    distinct,
    unset,
)
from app.schemas.markings import ClassificationCode, MarkingFields
from app.schemas.pages import Page

MOST_ADDRESSED = 20
Addressed = Annotated[
    list[AgencyCode], Field(min_length=1, max_length=MOST_ADDRESSED), AfterValidator(distinct)
]
Bases = Annotated[
    list[AssistanceBasis], Field(min_length=1, max_length=len(AssistanceBasis)), AfterValidator(distinct)
]
Ending = Literal[AssistanceStatus.CLOSED, AssistanceStatus.WITHDRAWN]
Outcome = Literal[AnswerStatus.ACCEPTED, AnswerStatus.REFUSED, AnswerStatus.WITHDRAWN]
EXAMPLE: dict[str, Any] = {
    "kind": "crowd_control",
    "quantity": 60,
    "priority": "segera",
    "bases": ["tni_polri_agreement"],
    "addressed": ["korem-064", "polda-metro-jaya"],
    "region_code": "36.73",
    "site": "Kantor KPU Kota Serang (fiktif)",
    "starts_at": "2024-11-29T06:00:00+07:00",
    "ends_at": "2024-12-01T18:00:00+07:00",
    "answer_by": "2024-11-28T18:00:00+07:00",
}


class AssistanceRequestCreate(MarkingFields):
    """Personnel that your agency asks of others; with AMBER and AMBER+STRICT they join the audience."""

    kind: AssistanceKind
    quantity: Planned = Field(description="How many persons")
    priority: AssistancePriority = AssistancePriority.BIASA
    bases: Bases = Field(description="On what legal ground; GET /api/v1/vocabularies says what each means")
    basis_note: Line | None = Field(
        default=None, description="Number of the order, or the ground in words; for `order` and `other`"
    )
    addressed: Addressed = Field(description="The agencies that are asked, at most 20")
    controlling_unit: UnitCode | None = Field(
        default=None, description="Which of your units will command; your staff, if left out"
    )
    region_code: RegionCode
    geometry: Point | None = None
    site: Line | None = Field(default=None, description="The place in words")
    note: Remark | None = Field(default=None, description="What they shall do there; no names of persons")
    starts_at: Time
    ends_at: Time = Field(description="At most 366 days after the start")
    answer_by: Time = Field(description="Until when you need an answer; before the end")

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})


class AssistanceRequestChange(Incoming):
    """What shall change; what is left out stays (RFC 7396). Promises stand as they were given."""

    kind: AssistanceKind = Field(default_factory=unset)
    quantity: Planned = Field(default_factory=unset, description="No fewer than are accepted already")
    priority: AssistancePriority = Field(default_factory=unset)
    bases: Bases = Field(default_factory=unset)
    basis_note: Line | None = Field(default_factory=unset)
    addressed: Addressed = Field(
        default_factory=unset, description="An agency whose promise or offer stands cannot be left out"
    )
    controlling_unit: UnitCode | None = Field(default_factory=unset)
    region_code: RegionCode = Field(default_factory=unset)
    geometry: Point | None = Field(default_factory=unset)
    site: Line | None = Field(default_factory=unset)
    note: Remark | None = Field(default_factory=unset)
    starts_at: Time = Field(default_factory=unset)
    ends_at: Time = Field(default_factory=unset)
    answer_by: Time = Field(default_factory=unset)
    tlp: Tlp = Field(default_factory=unset)
    audience: AgencyCodes = Field(default_factory=unset)
    recipients: AccountNames = Field(default_factory=unset)
    classification: ClassificationCode = Field(default_factory=unset)

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"quantity": 80}, {"answer_by": "2024-11-29T00:00:00+07:00"}]}
    )


class AssistanceRequestStep(Incoming):
    """How a request ends, and why."""

    to: Ending = Field(
        description="`closed`: no more are needed, what was accepted stays. `withdrawn`: only while none "
        "are accepted"
    )
    reason: Remark

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"to": "closed", "reason": "Kekuatan sudah cukup (fiktif)."}]}
    )


class AssistanceAnswerCreate(Incoming):
    """What your agency answers: it has seen it, sends some or all, offers something else, or declines."""

    kind: AnswerKind
    quantity: Planned | None = Field(
        default=None, description="How many persons; to accept, no more than are left"
    )
    home_unit: UnitCode | None = Field(default=None, description="A unit of your own agency that sends them")
    role: DeploymentRole | None = Field(
        default=None, description="As what they come; if left out, what the kind of the request suggests"
    )
    starts_at: Time | None = Field(default=None, description="Of a counter-offer, if another time")
    ends_at: Time | None = Field(default=None, description="Of a counter-offer, if another time")
    reason: Remark | None = Field(
        default=None, description="Needed to decline and for a counter-offer; no names of persons"
    )

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"kind": "accept", "quantity": 40, "home_unit": "kodim-0602-serang"},
                {"kind": "decline", "reason": "Seluruh kekuatan sudah digelar (fiktif)."},
            ]
        }
    )


class AssistanceAnswerStep(Incoming):
    """What becomes of an answer, and why."""

    to: Outcome = Field(
        description="`accepted`, `refused`: the requester on an offer. `withdrawn`: who gave the answer"
    )
    reason: Remark

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"to": "accepted", "reason": "Waktunya cocok (fiktif)."}]}
    )


class AssistanceRequest(Erasable):
    """Personnel that an agency asks of others, and how far that is filled."""

    id: UUID
    reference: str = Field(examples=["A-7K3Q-F2W"])
    version: int
    owner_agency: str = Field(description="Who asks")
    tlp: Tlp
    classification: Classification
    audience: list[str]
    recipients: list[str]
    exercise: str
    kind: AssistanceKind
    quantity: int
    priority: AssistancePriority
    bases: list[AssistanceBasis]
    basis_note: str | None
    addressed: list[str] = Field(description="The agencies that are asked")
    controlling_unit: str | None = Field(description="Null where the staff of the requester will command")
    region_code: str
    geometry: Point | None
    site: str | None
    note: str | None
    starts_at: datetime
    ends_at: datetime
    answer_by: datetime
    status: AssistanceStatus
    accepted_count: int = Field(description="Persons promised by all agencies together, returned ones too")
    left_count: int = Field(description="Persons still needed")
    present_count: int = Field(description="Persons who are there now, of all agencies together")
    returned_count: int = Field(description="Persons who are home again, of all agencies together")
    overdue: bool = Field(description="Open, past `answer_by`, and persons are still needed")
    recorded_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, row: Mapping[Any, Any], now: datetime | None = None) -> Self:
        """From the columns of a row, or from what an entry says; overdue now, or when it was written."""
        made = cls.model_validate(
            {
                **row,
                "left_count": left(row["quantity"], row["accepted_count"]),
                "overdue": False,
                "recorded_at": row["created_at"],
                "geometry": Point.of(row),
            }
        )
        return made.at(now or made.updated_at)

    def at(self, moment: datetime) -> Self:
        """The same, overdue or not at a moment."""
        return self.model_copy(update={"overdue": is_overdue(self, moment)})

    @property
    def aged(self) -> str | None:
        """What tells this answer from an earlier one of the same version: time alone makes it overdue."""
        return "overdue" if self.overdue else None


class AssistanceRequestPage(Page[AssistanceRequest]):
    """A page of requests for assistance, newest first."""


class AssistanceAnswer(Erasable):
    """What one addressed agency says to a request; it and the requester know of it."""

    NAMES: ClassVar[dict[str, str]] = LINKS["assistance_answer"]

    id: UUID
    reference: str = Field(examples=["J-7K3Q-F2W"])
    version: int
    owner_agency: str = Field(description="Who answers")
    tlp: Tlp
    classification: Classification
    audience: list[str]
    recipients: list[str]
    exercise: str
    assistance_request_id: UUID | None = Field(description="Null where you may not see the request any more")
    kind: AnswerKind
    status: AnswerStatus
    quantity: int | None
    home_unit: str | None
    role: DeploymentRole | None
    starts_at: datetime | None
    ends_at: datetime | None
    reason: str | None
    outcome_reason: str | None = Field(description="Why it was accepted, refused or withdrawn")
    deployment_id: UUID | None = Field(
        description="What came of it; null also where you may not see that deployment"
    )
    region_code: str
    recorded_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, row: Mapping[Any, Any]) -> Self:
        """From the columns of a row, or from what an entry says."""
        return cls.model_validate({**row, "recorded_at": row["created_at"]})


class AssistanceAnswerPage(Page[AssistanceAnswer]):
    """Answers that you may see, those first given first."""
