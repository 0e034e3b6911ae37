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
    "assistance_answer": {"assistance_request_id": "assistance_request", "deployment_id": "deployment"},
    "deployment": {
        "assistance_request_id": "assistance_request",
        "incident_id": "incident",
        "relieved_by": "deployment",
        "relieves": "deployment",
        "site_ids": "site",
        "threat_level_id": "threat_level",
    },
    "election": {"follows": "election"},
    "patrol": {"plan_id": "patrol_plan"},
    "patrol_plan_stop": {"site_id": "site"},
    "patrol_stop": {"site_id": "site"},
    "readiness_order": {"supersedes": "readiness_order"},
    "posture_activation": {
        "assistance_request_ids": "assistance_request",
        "deployment_ids": "deployment",
        "patrol_ids": "patrol",
        "patrol_plan_ids": "patrol_plan",
        "plan_id": "posture_plan",
        "threat_level_id": "threat_level",
    },
    "posture_plan": {"patrol_plan_ids": "patrol_plan"},
    "threat_level": {"basis": "incident", "supersedes": "threat_level"},
    "threat_level_proposal": {
        "basis": "incident",
        "threat_level_id": "threat_level",
        "withdraws": "threat_level",
    },
}

# Members that tell of a record which another member names: they are shown together, or neither.
WITH_LINK: dict[str, dict[str, str]] = {
    "deployment": {"relief_arrived_at": "relieved_by"},
    "patrol_stop": {"distance_m": "site_id"},
}


def shown(member: str, reader: object, thing: object) -> bool:
    """Whether a member of a thing is shown to a reader who sees the thing."""
    needed = MEMBERS.get(member)
    return needed is None or needed.holds(reader, thing)


def is_sealed(subject_type: str, reader: object) -> bool:
    """Whether what such a subject says is kept from a reader who sees its record."""
    needed = SEALED.get(subject_type)
    return needed is not None and not needed.holds(reader, None)
