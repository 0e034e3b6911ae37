"""Who is competent for which violation of election law, and the clocks that the law sets.

Competence after Perpu 1/2014 art. 135. Every number says how sure it is: `sourced` ones come from a text that
was read, `general_knowledge` ones are to be checked against the law before anybody relies on them.
"""

from dataclasses import dataclass

from app.domain.permissions import Role
from app.domain.referrals import Authority, MustAct, ReferralStatus, ViolationKind
from app.domain.vocabularies import AgencyKind, Confidence
from app.domain.working_days import TermUnit

OVERDUE_RULE = "Tenggat rujukan terlewati / a statutory time of the referral has passed."
OVERDUE_ROLE = Role.COMMANDER  # of the agencies that it concerns
FILING_DAYS = 7  # calendar days after the violation was known; reports that come later are out of time


@dataclass(frozen=True, slots=True)
class Competence:
    """Who is competent, by which law."""

    authorities: tuple[Authority, ...]
    legal_source: str | None
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class StatutoryClock:
    """How long whom the law gives; an extension counts on from the moment at which the first clock began."""

    length: int
    unit: TermUnit
    must_act: MustAct
    legal_source: str
    confidence: Confidence
    extends: ReferralStatus | None = None


V, A, S = ViolationKind, Authority, ReferralStatus
SOURCED, UNSOURCED = Confidence.SOURCED, Confidence.GENERAL_KNOWLEDGE
PERPU, PILKADA_LAW = "Perpu 1/2014 Pasal 135", "UU 10/2016"

COMPETENT: dict[ViolationKind, Competence] = {
    V.ADMINISTRATIVE: Competence((A.BAWASLU, A.KPU), PILKADA_LAW, UNSOURCED),
    V.ADMINISTRATIVE_TSM: Competence((A.BAWASLU,), None, UNSOURCED),
    V.CODE_OF_ETHICS: Competence((A.DKPP,), PERPU, SOURCED),
    V.DISPUTE: Competence((A.BAWASLU,), PERPU, SOURCED),
    V.ELECTION_CRIME: Competence((A.SENTRA_GAKKUMDU,), PERPU, SOURCED),
    V.OTHER_LAW: Competence((A.BY_OTHER_LAW,), None, UNSOURCED),  # of civil servants, of village heads
}
# That the days of the unsourced ones are working days is general knowledge too.
WORKING = TermUnit.WORKING_DAYS
CLOCKS: dict[ReferralStatus, StatutoryClock] = {
    S.STUDY: StatutoryClock(3, WORKING, MustAct.BAWASLU, PILKADA_LAW, UNSOURCED),
    S.STUDY_EXTENDED: StatutoryClock(5, WORKING, MustAct.BAWASLU, PILKADA_LAW, UNSOURCED, S.STUDY),
    S.FORWARDING: StatutoryClock(24, TermUnit.HOURS, MustAct.BAWASLU, PERPU, SOURCED),
    S.INVESTIGATION: StatutoryClock(14, WORKING, MustAct.POLICE, PILKADA_LAW, UNSOURCED),
    S.PROSECUTION: StatutoryClock(5, WORKING, MustAct.PROSECUTOR, PILKADA_LAW, UNSOURCED),
    S.TRIAL: StatutoryClock(7, WORKING, MustAct.COURT, PILKADA_LAW, UNSOURCED),
    S.APPEAL: StatutoryClock(7, WORKING, MustAct.COURT_OF_APPEAL, PILKADA_LAW, UNSOURCED),
}
# Partners of these kinds must act; prosecutors and courts are none.
BOUND: dict[str, MustAct] = {
    AgencyKind.ELECTION_SUPERVISOR: MustAct.BAWASLU,
    AgencyKind.POLICE: MustAct.POLICE,
}

CRIME_STEPS: dict[ReferralStatus, frozenset[ReferralStatus]] = {
    S.STUDY: frozenset({S.ENDED, S.FORWARDING, S.STUDY_EXTENDED}),
    S.STUDY_EXTENDED: frozenset({S.ENDED, S.FORWARDING}),
    S.FORWARDING: frozenset({S.ENDED, S.INVESTIGATION}),
    S.INVESTIGATION: frozenset({S.ENDED, S.PROSECUTION}),
    S.PROSECUTION: frozenset({S.ENDED, S.TRIAL}),
    S.TRIAL: frozenset({S.APPEAL, S.ENDED}),
    S.APPEAL: frozenset({S.ENDED}),
    S.ENDED: frozenset(),
}
OTHER_STEPS: dict[ReferralStatus, frozenset[ReferralStatus]] = {
    S.STUDY: frozenset({S.ENDED, S.STUDY_EXTENDED, S.WITH_AUTHORITY}),
    S.STUDY_EXTENDED: frozenset({S.ENDED, S.WITH_AUTHORITY}),
    S.WITH_AUTHORITY: frozenset({S.ENDED}),
    S.ENDED: frozenset(),
}


def steps(kind: ViolationKind) -> dict[ReferralStatus, frozenset[ReferralStatus]]:
    """Which step leads where, for a kind of violation."""
    return CRIME_STEPS if kind is ViolationKind.ELECTION_CRIME else OTHER_STEPS
