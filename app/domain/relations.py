"""What each agency may do with an incident it sees, by its relation to it."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from app.domain.sharing import TLP_RANK, Tlp


class Relation(StrEnum):
    """How an agency stands to a record that it may see."""

    OWNER = "owner"
    LEAD = "lead"
    ASSIGNED = "assigned"
    AUDIENCE = "audience"
    OVERSIGHT = "oversight"  # stands in for an owner whose own people are accused


class Act(StrEnum):
    """What can be done to an incident, as far as rights tell them apart."""

    DESCRIBE = "describe"  # title, narrative, kind, times, source
    HANDLE = "handle"  # severity, harm counts, place
    STEP = "step"
    MARK = "mark"  # tlp, classification, audience, recipients
    ASSIGN = "assign"  # lead and assigned agencies
    HAND_OVER = "hand_over"
    ATTACH = "attach"  # files, and their custody
    LINK = "link"
    NOTE = "note"
    PARTY = "party"
    REFER = "refer"  # a violation, to the authority that is competent
    REQUIRE = "require"  # acknowledgement by others


RIGHTS: dict[Relation, frozenset[Act]] = {
    Relation.OWNER: frozenset(Act),
    Relation.LEAD: frozenset({Act.ATTACH, Act.HANDLE, Act.NOTE, Act.REFER, Act.REQUIRE, Act.STEP}),
    Relation.ASSIGNED: frozenset({Act.ATTACH, Act.NOTE, Act.REFER}),
    Relation.AUDIENCE: frozenset({Act.NOTE}),
    Relation.OVERSIGHT: frozenset(
        {Act.ASSIGN, Act.ATTACH, Act.HANDLE, Act.MARK, Act.NOTE, Act.REFER, Act.REQUIRE, Act.STEP}
    ),
}

# These are not bound by the caller's area, if its agency leads the record or is assigned to it.
UNBOUND_ACTS = frozenset({Act.ATTACH, Act.NOTE, Act.REFER, Act.REQUIRE, Act.STEP})

FIELD_ACTS: dict[str, Act] = {
    "assigned_agencies": Act.ASSIGN,
    "audience": Act.MARK,
    "classification": Act.MARK,
    "description": Act.DESCRIBE,
    "detained_count": Act.HANDLE,
    "geometry": Act.HANDLE,
    "injured_count": Act.HANDLE,
    "killed_count": Act.HANDLE,
    "kind": Act.DESCRIBE,
    "lead_agency": Act.ASSIGN,
    "occurred_at": Act.DESCRIBE,
    "recipients": Act.MARK,
    "region_code": Act.HANDLE,
    "reported_at": Act.DESCRIBE,
    "severity": Act.HANDLE,
    "site": Act.HANDLE,
    "source": Act.DESCRIBE,
    "title": Act.DESCRIBE,
    "tlp": Act.MARK,
}


def relations(
    agency: str, *, owner: str, lead: str | None, assigned: Iterable[str], overseer: str | None
) -> frozenset[Relation]:
    """All relations of an agency to a record that it may see; `overseer` only where the owner is accused."""
    found = {Relation.AUDIENCE}
    if agency == owner:
        found.add(Relation.OWNER)
    if agency == lead:
        found.add(Relation.LEAD)
    if agency in assigned:
        found.add(Relation.ASSIGNED)
    if agency == overseer:
        found.add(Relation.OVERSIGHT)
    return frozenset(found)


def rights(held: frozenset[Relation]) -> frozenset[Act]:
    """What these relations allow together."""
    return frozenset().union(*(RIGHTS[relation] for relation in held))


def overseer_of(about: Iterable[str], oversight: Sequence[str]) -> str | None:
    """The first oversight agency that is not itself accused; None where all are."""
    accused = set(about)
    return next((agency for agency in oversight if agency not in accused), None)


def hides_more(before: Tlp, after: Tlp) -> bool:
    """Whether the second label lets fewer agencies see the record."""
    return TLP_RANK[after] > TLP_RANK[before]
