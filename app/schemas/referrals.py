"""Referrals of violations on the wire."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from pydantic import ConfigDict, Field

from app.domain.referral_rules import CLOCKS, COMPETENT, FILING_DAYS
from app.domain.referrals import Authority, MustAct, ReferralStatus, ViolationKind
from app.domain.vocabularies import Confidence
from app.domain.working_days import WIB, TermUnit
from app.schemas.fields import Day, Erasable, ErasableText, Incoming, Outgoing, Remark, Time
from app.schemas.pages import Page


class ReferralCreate(Incoming):
    """A violation of election law in an incident, for the authority that is competent."""

    violation_kind: ViolationKind
    summary: Remark = Field(description="What is alleged; no names of persons")
    known_on: Day | None = Field(default=None, description="The day (WIB) on which it became known")
    received_at: Time | None = Field(
        default=None, description="When Bawaslu received it: the first clock runs from here; now, if left out"
    )

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "violation_kind": "election_crime",
                    "summary": "Pembagian uang di masa tenang (fiktif).",
                    "known_on": "2024-11-25",
                }
            ]
        }
    )


class ReferralStep(Incoming):
    """The next status of a referral, and why."""

    to: ReferralStatus
    reason: Remark = Field(description="Stays for good; no names of persons")
    at: Time | None = Field(default=None, description="When that was; now, if left out")

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"to": "forwarding", "reason": "Memenuhi unsur pidana (fiktif)."}]}
    )


class RunningClock(Outgoing):
    """The clock that runs: whom the law gives how long."""

    name: ReferralStatus = Field(description="That of the status which it goes with")
    length: int
    unit: TermUnit = Field(description="Working days leave out Saturdays and Sundays, not national holidays")
    must_act: MustAct
    legal_source: str
    confidence: Confidence = Field(description="How sure the length and the unit are")
    began_at: datetime
    due_at: datetime
    overdue: bool = Field(description="The system has noted that the time has passed")


class Referral(Erasable):
    """A violation on its way to a decision; the service follows its clocks, it is not the case file."""

    id: UUID
    version: int
    incident_id: UUID
    violation_kind: ViolationKind
    authorities: list[Authority] = Field(description="Who is competent for this kind")
    status: ReferralStatus
    summary: ErasableText
    known_on: date | None
    filed_in_time: bool | None = Field(
        description=f"Within {FILING_DAYS} days after it became known; null where nobody said when that was"
    )
    received_at: datetime
    entered_at: datetime = Field(description="When it came to this status")
    clock: RunningClock | None = Field(description="Null where no time is set")
    ended_at: datetime | None
    agency: str = Field(description="Which referred it")
    role: str
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """From the columns of a row, or from what an entry says."""
        kind, status = ViolationKind(row["violation_kind"]), ReferralStatus(row["status"])
        said = {**row, "authorities": COMPETENT[kind].authorities, "clock": None, "filed_in_time": None}
        made = cls.model_validate(said)
        if made.known_on:
            days = (made.received_at.astimezone(WIB).date() - made.known_on).days
            made = made.model_copy(update={"filed_in_time": days <= FILING_DAYS})
        if row.get("due_at") is None:
            return made
        clock = CLOCKS[status]
        running = RunningClock(
            name=status,
            length=clock.length,
            unit=clock.unit,
            must_act=clock.must_act,
            legal_source=clock.legal_source,
            confidence=clock.confidence,
            began_at=row["clock_began_at"],
            due_at=row["due_at"],
            overdue=row["overdue_at"] is not None,
        )
        return made.model_copy(update={"clock": running})


class ReferralPage(Page[Referral]):
    """Referrals, oldest first."""
