"""What an administrator may grant: nothing beyond the ceiling of the own agency, by its kind and its area."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from app.domain.actors import ancestry
from app.domain.permissions import GRANTS, Permission, Role
from app.domain.sharing import CLEARED, Classification
from app.domain.vocabularies import AgencyKind


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The most that accounts of an agency may hold; its area is a matter of the jurisdiction table."""

    roles: frozenset[Role]
    clearance: Classification


PARTNER = Ceiling(frozenset(Role), Classification.RAHASIA)
HOST = Ceiling(frozenset({Role.ADMIN, Role.AUDITOR}), Classification.BIASA)  # it runs the service, no more
CEILINGS: dict[AgencyKind, Ceiling] = {
    AgencyKind.COUNTER_TERRORISM: PARTNER,
    AgencyKind.ELECTION_COMMISSION: PARTNER,
    AgencyKind.ELECTION_SUPERVISOR: PARTNER,
    AgencyKind.HOST: HOST,
    AgencyKind.LOCAL_GOVERNMENT: PARTNER,
    AgencyKind.MILITARY: PARTNER,
    AgencyKind.POLICE: PARTNER,
}
# Who manages accounts handles no records, a system is no person, who erases has not done what goes with it.
STANDING_ALONE = frozenset({Role.ADMIN, Role.INTEGRATION, Role.PRIVACY})
SCOPES = GRANTS[Role.INTEGRATION]  # what an integration's scopes are chosen from
# Whose word counts where the host has made an administrator for their agency.
OFFICERS = frozenset({Role.ADMIN, Role.COMMANDER})

CODE_LASTS = timedelta(days=3)  # of the code with which a person sets a password
LIVE_CREDENTIALS = 2
LONGEST_OVERLAP = timedelta(days=7)  # of an old key or secret with its successor
PROOF_LASTS = timedelta(minutes=5)

# The reason that stands in the ledger where the system acts at an operator's command.
OPERATOR_RULE = "Perintah operator layanan / at the command of the service's operator."


def roles_beyond(kind: str, roles: Iterable[Role]) -> list[Role]:
    """The roles that no account of such an agency may hold."""
    return sorted(set(roles) - CEILINGS[AgencyKind(kind)].roles)


def is_cleared_beyond(kind: str, clearance: str) -> bool:
    """Whether no account of such an agency may be cleared so high."""
    return clearance not in CLEARED.reached(CEILINGS[AgencyKind(kind)].clearance)


def is_mixed(roles: Iterable[Role]) -> bool:
    """Whether a role that stands alone has company."""
    held = set(roles)
    return len(held) > 1 and bool(held & STANDING_ALONE)


def scopes_beyond(scopes: Iterable[Permission]) -> list[Permission]:
    """The scopes that no integration may have."""
    return sorted(set(scopes) - SCOPES)


def narrowed(covered: frozenset[str], area: Iterable[str] | None) -> frozenset[str]:
    """Of the regions that an agency or unit covers, what lies in the narrower area; None narrows nothing."""
    if area is None:
        return covered
    wanted = frozenset(area)
    inside = {code for code in covered if not wanted.isdisjoint(ancestry(code))}
    return frozenset(inside | {code for code in wanted if not covered.isdisjoint(ancestry(code))})
