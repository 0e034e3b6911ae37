"""The times that the service keeps, on the wire."""

from datetime import date
from typing import Any, Self

from pydantic import Field

from app.domain.acknowledgement_rules import BY_LEVEL, BY_SEVERITY, ESCALATIONS
from app.domain.acknowledgements import AcknowledgementStatus, SilenceTold
from app.domain.permissions import Role
from app.domain.referral_rules import CLOCKS, COMPETENT, FILING_DAYS
from app.domain.referrals import Authority, MustAct, ReferralStatus, ViolationKind
from app.domain.vocabularies import Confidence
from app.domain.working_days import HOLIDAYS, TermUnit
from app.schemas.fields import Outgoing


class AcknowledgementTime(Outgoing):
    """How long a record gives at the longest."""

    record_type: str
    urgency: str = Field(description="A severity, or a threat level")
    within_seconds: int


class EscalationStep(Outgoing):
    """Who is told of a silence."""

    status: AcknowledgementStatus
    told: SilenceTold
    role: Role
    after: int = Field(description="So many times the allowed time has passed")


class StatutoryTime(Outgoing):
    """A clock that the law sets to a referral in a status."""

    name: ReferralStatus
    length: int
    unit: TermUnit
    must_act: MustAct
    legal_source: str
    confidence: Confidence = Field(description="How sure the length and the unit are")
    extends: ReferralStatus | None = Field(description="It counts on from where that clock began")


class CompetentAuthority(Outgoing):
    """Who is competent for a kind of violation."""

    violation_kind: ViolationKind
    authorities: list[Authority]
    legal_source: str | None
    confidence: Confidence = Field(description="How sure the competence is")


class Clocks(Outgoing):
    """Every time that the service keeps, and by what it is kept."""

    acknowledgement_times: list[AcknowledgementTime] = Field(description="Defaults of this service, no law's")
    escalations: list[EscalationStep]
    statutory_times: list[StatutoryTime]
    filing_days: int = Field(description="Calendar days after a violation became known")
    competent_authorities: list[CompetentAuthority]
    time_zone: str = Field(description="In which days are counted")
    holidays: list[date] = Field(description="That are no working days; empty: only weekends are left out")

    @classmethod
    def kept(cls) -> Self:
        """From the tables of the domain."""
        given: dict[str, dict[Any, Any]] = {"incident": {**BY_SEVERITY}, "threat_level": {**BY_LEVEL}}
        return cls(
            acknowledgement_times=[
                AcknowledgementTime(
                    record_type=kind, urgency=str(urgency), within_seconds=int(within.total_seconds())
                )
                for kind, table in given.items()
                for urgency, within in table.items()
            ],
            escalations=[EscalationStep.model_validate(each) for each in ESCALATIONS],
            statutory_times=[
                StatutoryTime.model_validate({**_members(clock), "name": name})
                for name, clock in CLOCKS.items()
            ],
            filing_days=FILING_DAYS,
            competent_authorities=[
                CompetentAuthority.model_validate({**_members(each), "violation_kind": kind})
                for kind, each in COMPETENT.items()
            ],
            time_zone="Asia/Jakarta",
            holidays=sorted(HOLIDAYS),
        )


def _members(thing: Any) -> dict[str, Any]:
    return {name: getattr(thing, name) for name in thing.__slots__}
