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

    ACCOUNTS_CONFIRM = "accounts:confirm"
    ACCOUNTS_READ = "accounts:read"
    ACCOUNTS_WRITE = "accounts:write"
    AGENCIES_WRITE = "agencies:write"
    CHANGES_READ = "changes:read"
    DEPLOYMENTS_READ = "deployments:read"
    DEPLOYMENTS_WRITE = "deployments:write"
    INBOX_READ = "inbox:read"
    INCIDENTS_READ = "incidents:read"
    INCIDENTS_WRITE = "incidents:write"
    LEDGER_READ = "ledger:read"
    PARTIES_READ = "parties:read"
    PARTIES_WRITE = "parties:write"
    REFERENCE_READ = "reference:read"
    THREAT_LEVELS_APPROVE = "threat-levels:approve"
    THREAT_LEVELS_READ = "threat-levels:read"
    THREAT_LEVELS_WRITE = "threat-levels:write"


P = Permission
READING = frozenset(
    {
        P.CHANGES_READ, P.DEPLOYMENTS_READ, P.INBOX_READ, P.INCIDENTS_READ, P.REFERENCE_READ,
        P.THREAT_LEVELS_READ,
    }
)  # fmt: skip
WRITING = READING | {P.INCIDENTS_WRITE, P.THREAT_LEVELS_WRITE}
PARTIES = frozenset({P.PARTIES_READ, P.PARTIES_WRITE})
ADMINISTERING = frozenset({P.ACCOUNTS_READ, P.ACCOUNTS_WRITE, P.AGENCIES_WRITE})
GRANTS: dict[Role, frozenset[Permission]] = {
    Role.ADMIN: ADMINISTERING | {P.ACCOUNTS_CONFIRM, P.INBOX_READ, P.REFERENCE_READ},
    Role.AUDITOR: READING | {P.LEDGER_READ},
    Role.COMMANDER: WRITING | PARTIES | {P.ACCOUNTS_CONFIRM, P.DEPLOYMENTS_WRITE, P.THREAT_LEVELS_APPROVE},
    Role.INTEGRATION: WRITING | {P.DEPLOYMENTS_WRITE},
    Role.LIAISON: WRITING,
    Role.OPERATOR: WRITING | PARTIES | {P.DEPLOYMENTS_WRITE},
}

PERMISSION_TEXTS: dict[Permission, str] = {
    P.ACCOUNTS_CONFIRM: "Confirm an administrator whom the host has made for your agency",
    P.ACCOUNTS_READ: "Read the accounts and integrations of your agency",
    P.ACCOUNTS_WRITE: "Manage the accounts and integrations of your agency",
    P.AGENCIES_WRITE: "Have agencies join and leave; only for the host",
    P.CHANGES_READ: "Follow the changes of what you may read, and take all of it at once",
    P.DEPLOYMENTS_READ: "Read the deployments and unit strengths your agency may know of",
    P.DEPLOYMENTS_WRITE: "Deploy units of your agency, and state their strength",
    P.INBOX_READ: "Read what waits for you",
    P.INCIDENTS_READ: "Read the incidents your agency may know of",
    P.INCIDENTS_WRITE: "Report and change incidents",
    P.LEDGER_READ: "Read the ledger of your agency",
    P.PARTIES_READ: "Read the persons of an incident",
    P.PARTIES_WRITE: "Add and change the persons of an incident",
    P.REFERENCE_READ: "Read regions, agencies, jurisdictions and vocabularies",
    P.THREAT_LEVELS_APPROVE: "Approve or decline a proposed threat level of your agency",
    P.THREAT_LEVELS_READ: "Read the threat levels your agency may know of",
    P.THREAT_LEVELS_WRITE: "State and withdraw the threat levels of your agency",
}


def permissions_of(roles: frozenset[Role]) -> frozenset[Permission]:
    """All that these roles grant together."""
    return frozenset().union(*(GRANTS[role] for role in roles))
