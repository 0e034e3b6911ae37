"""The rules of threat levels: who may issue which, what takes a second account, what ends by itself."""

from datetime import timedelta

from app.domain.threat_levels import ThreatCategory
from app.domain.vocabularies import AgencyKind

C, A = ThreatCategory, AgencyKind
ISSUERS: dict[ThreatCategory, frozenset[AgencyKind]] = {
    C.CYBER: frozenset({A.ELECTION_COMMISSION, A.LOCAL_GOVERNMENT, A.POLICE}),
    C.DISINFORMATION: frozenset({A.ELECTION_COMMISSION, A.ELECTION_SUPERVISOR, A.LOCAL_GOVERNMENT, A.POLICE}),
    C.LOGISTICS: frozenset({A.ELECTION_COMMISSION, A.ELECTION_SUPERVISOR, A.MILITARY, A.POLICE}),
    C.MASS_UNREST: frozenset({A.LOCAL_GOVERNMENT, A.MILITARY, A.POLICE}),
    C.NATURAL_HAZARD: frozenset({A.LOCAL_GOVERNMENT, A.MILITARY}),
    C.POLITICAL_VIOLENCE: frozenset({A.ELECTION_SUPERVISOR, A.LOCAL_GOVERNMENT, A.MILITARY, A.POLICE}),
    C.TERRORISM: frozenset({A.COUNTER_TERRORISM, A.MILITARY, A.POLICE}),
}

APPROVED_FROM = 4
REVIEW_UNLESS_TOLD = timedelta(days=7)
LONGEST_REVIEW = timedelta(days=90)

# What the system names as the reason where it ends something by itself.
REVIEW_RULE = "Aturan/rule review_by: tidak ditinjau tepat waktu / not reviewed in time."
APPROVAL_RULE = "Aturan/rule expires_at: tidak diputuskan tepat waktu / not decided in time."
REPLACED_RULE = "Aturan/rule one_wish: pengusul menyatakan hal lain / the proposer states something else."


def needs_approval(current: int | None, wanted: int | None) -> bool:
    """Whether a second account decides: on levels 4 and 5, and on lowering from them; None is no level."""
    if wanted is not None and wanted >= APPROVED_FROM:
        return True
    return current is not None and current >= APPROVED_FROM and (wanted is None or wanted < current)
