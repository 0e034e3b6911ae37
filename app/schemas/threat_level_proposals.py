"""Proposals of threat levels on the wire."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Literal, Self
from uuid import UUID

from pydantic import ConfigDict, Field

from app.domain.field_mask import LINKS
from app.domain.sharing import Classification, Tlp
from app.domain.threat_levels import ProposalStatus, ThreatCategory, label_of
from app.schemas.fields import Erasable, ErasableText, Incoming, Remark
from app.schemas.pages import Page
from app.schemas.sources import SourceGrade


class ProposalDecision(StrEnum):
    """What another account of the agency decides."""

    APPROVE = "approve"
    DECLINE = "decline"


class ThreatLevelDecision(Incoming):
    """Yes or no, and why."""

    decision: ProposalDecision
    reason: Remark

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"decision": "approve", "reason": "Sesuai laporan intelijen lapangan (fiktif)."},
                {"decision": "decline", "reason": "Sumber belum dikonfirmasi (fiktif)."},
            ]
        }
    )


class ThreatLevelProposalWithdrawal(Incoming):
    """Why the proposer takes a proposal back."""

    reason: Remark

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "Salah ketik tingkatan (fiktif)."}]})


class ThreatLevelProposal(Erasable):
    """A level, or a withdrawal, that takes effect when another account of the issuing agency approves it."""

    NAMES: ClassVar[dict[str, str]] = LINKS["threat_level_proposal"]

    record_type: Literal["threat_level_proposal"] = "threat_level_proposal"
    id: UUID
    reference: str = Field(examples=["P-7K3Q-F2W"])
    version: int
    owner_agency: str = Field(description="Whose level it would be")
    tlp: Tlp
    classification: Classification
    audience: list[str]
    recipients: list[str]
    exercise: str
    region_code: str
    category: ThreatCategory
    level: int | None = Field(description="Null where it proposes to withdraw a statement")
    label: str | None
    withdraws: UUID | None = Field(description="The statement to withdraw, if you may know of it")
    status: ProposalStatus
    rationale: ErasableText
    basis: list[UUID] = Field(description="The incidents it rests on, as far as you may know of them")
    source: SourceGrade
    valid_from: datetime | None
    review_by: datetime | None
    role: str = Field(description="Who proposed it; the account stands in the history, for its own agency")
    proposed_at: datetime
    expires_at: datetime = Field(description="When it lapses undecided")
    ended_at: datetime | None
    external_source: str | None = None
    external_id: str | None = None
    threat_level_id: UUID | None = Field(description="The statement that it became")

    @classmethod
    def of(cls, row: Mapping[Any, Any]) -> Self:
        """From the columns of a row, or from what an entry says."""
        label = label_of(row["level"]) if row["level"] is not None else None
        return cls.model_validate({**row, "label": label, "proposed_at": row["created_at"]})


class ThreatLevelProposalPage(Page[ThreatLevelProposal]):
    """A page of proposals, newest first."""
