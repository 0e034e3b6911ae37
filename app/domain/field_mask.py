"""The field mask: what of an answer takes more than sight of its record."""

from app.domain.conditions import Condition, Is, ReaderHolds
from app.domain.permissions import Permission

# Members of whatever tells who acted: an account is named to its own agency only.
MEMBERS: dict[str, Condition] = {"account": Is("agency", "agency")}

# Subjects whose every member takes a permission besides that of their record.
SEALED: dict[str, Condition] = {
    "disclosure": ReaderHolds(Permission.LEDGER_READ),
    "incident_party": ReaderHolds(Permission.PARTIES_READ),
    "legal_hold": ReaderHolds(Permission.LEGAL_HOLDS_WRITE),
}

# Members that hold ids of other records, and of what kind: what `sharing.RULE` hides is left out.
LINKS: dict[str, dict[str, str]] = {
    "deployment": {"incident_id": "incident", "site_ids": "site", "threat_level_id": "threat_level"},
    "posture_activation": {
        "deployment_ids": "deployment",
        "plan_id": "posture_plan",
        "threat_level_id": "threat_level",
    },
    "threat_level": {"basis": "incident", "supersedes": "threat_level"},
    "threat_level_proposal": {
        "basis": "incident",
        "threat_level_id": "threat_level",
        "withdraws": "threat_level",
    },
}


def shown(member: str, reader: object, thing: object) -> bool:
    """Whether a member of a thing is shown to a reader who sees the thing."""
    needed = MEMBERS.get(member)
    return needed is None or needed.holds(reader, thing)


def is_sealed(subject_type: str, reader: object) -> bool:
    """Whether what such a subject says is kept from a reader who sees its record."""
    needed = SEALED.get(subject_type)
    return needed is not None and not needed.holds(reader, None)
