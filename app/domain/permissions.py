"""Who may do what: roles, permissions and the table that joins them."""

from enum import StrEnum


class Role(StrEnum):
    """What an account is for within its agency."""

    ADMIN = "admin"
    AUDITOR = "auditor"
    COMMANDER = "commander"
    INTEGRATION = "integration"
    LIAISON = "liaison"
    OPERATOR = "operator"


class Permission(StrEnum):
    """What a route asks for, as `subjects:verb`."""

    DEPLOYMENTS_READ = "deployments:read"
    DEPLOYMENTS_WRITE = "deployments:write"
    INCIDENTS_READ = "incidents:read"
    INCIDENTS_WRITE = "incidents:write"
    LEDGER_READ = "ledger:read"
    PARTIES_READ = "parties:read"
    PARTIES_WRITE = "parties:write"
    REFERENCE_READ = "reference:read"


P = Permission
GRANTS: dict[Role, frozenset[Permission]] = {
    Role.ADMIN: frozenset({P.REFERENCE_READ}),
    Role.AUDITOR: frozenset({P.DEPLOYMENTS_READ, P.INCIDENTS_READ, P.LEDGER_READ, P.REFERENCE_READ}),
    Role.COMMANDER: frozenset(
        {
            P.DEPLOYMENTS_READ, P.DEPLOYMENTS_WRITE, P.INCIDENTS_READ, P.INCIDENTS_WRITE, P.PARTIES_READ,
            P.PARTIES_WRITE, P.REFERENCE_READ,
        }
    ),
    Role.INTEGRATION: frozenset(
        {P.DEPLOYMENTS_READ, P.DEPLOYMENTS_WRITE, P.INCIDENTS_READ, P.INCIDENTS_WRITE, P.REFERENCE_READ}
    ),
    Role.LIAISON: frozenset({P.DEPLOYMENTS_READ, P.INCIDENTS_READ, P.INCIDENTS_WRITE, P.REFERENCE_READ}),
    Role.OPERATOR: frozenset(
        {
            P.DEPLOYMENTS_READ, P.DEPLOYMENTS_WRITE, P.INCIDENTS_READ, P.INCIDENTS_WRITE, P.PARTIES_READ,
            P.PARTIES_WRITE, P.REFERENCE_READ,
        }
    ),
}  # fmt: skip

PERMISSION_TEXTS: dict[Permission, str] = {
    P.DEPLOYMENTS_READ: "Read the deployments and unit strengths your agency may know of",
    P.DEPLOYMENTS_WRITE: "Deploy units of your agency, and state their strength",
    P.INCIDENTS_READ: "Read the incidents your agency may know of",
    P.INCIDENTS_WRITE: "Report and change incidents",
    P.LEDGER_READ: "Read the ledger of your agency",
    P.PARTIES_READ: "Read the persons of an incident",
    P.PARTIES_WRITE: "Add and change the persons of an incident",
    P.REFERENCE_READ: "Read regions, agencies, jurisdictions and vocabularies",
}


def permissions_of(roles: frozenset[Role]) -> frozenset[Permission]:
    """All that these roles grant together."""
    return frozenset().union(*(GRANTS[role] for role in roles))
