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
    PRIVACY = "privacy"


class Permission(StrEnum):
    """What a route asks for, as `subjects:verb`."""

    ACCESS_LOG_READ = "access-log:read"
    ACCOUNTS_CONFIRM = "accounts:confirm"
    ACCOUNTS_READ = "accounts:read"
    ACCOUNTS_WRITE = "accounts:write"
    AGENCIES_WRITE = "agencies:write"
    ASSISTANCE_READ = "assistance:read"
    ASSISTANCE_WRITE = "assistance:write"
    BREAK_GLASS_OPEN = "break-glass:open"
    BREAK_GLASS_READ = "break-glass:read"
    BREAK_GLASS_REVIEW = "break-glass:review"
    CHANGES_READ = "changes:read"
    DEPLOYMENTS_READ = "deployments:read"
    DEPLOYMENTS_WRITE = "deployments:write"
    ELECTIONS_WRITE = "elections:write"
    INBOX_READ = "inbox:read"
    INCIDENTS_READ = "incidents:read"
    INCIDENTS_WRITE = "incidents:write"
    LEDGER_DISCLOSE = "ledger:disclose"
    LEDGER_READ = "ledger:read"
    LEGAL_HOLDS_WRITE = "legal-holds:write"
    PARTIES_READ = "parties:read"
    PARTIES_WRITE = "parties:write"
    PATROLS_READ = "patrols:read"
    PATROLS_WRITE = "patrols:write"
    PERSONAL_DATA_ERASE = "personal-data:erase"
    PERSONAL_DATA_READ = "personal-data:read"
    PERSONAL_DATA_WRITE = "personal-data:write"
    POSTURE_READ = "posture:read"
    POSTURE_WRITE = "posture:write"
    READINESS_READ = "readiness:read"
    READINESS_WRITE = "readiness:write"
    REFERENCE_READ = "reference:read"
    SITES_READ = "sites:read"
    SITES_WRITE = "sites:write"
    THREAT_LEVELS_APPROVE = "threat-levels:approve"
    THREAT_LEVELS_READ = "threat-levels:read"
    THREAT_LEVELS_WRITE = "threat-levels:write"
    WEBHOOKS_READ = "webhooks:read"
    WEBHOOKS_WRITE = "webhooks:write"


P = Permission
READING = frozenset(
    {
        P.ASSISTANCE_READ, P.CHANGES_READ, P.DEPLOYMENTS_READ, P.INBOX_READ, P.INCIDENTS_READ,
        P.PATROLS_READ, P.POSTURE_READ, P.READINESS_READ, P.REFERENCE_READ, P.SITES_READ,
        P.THREAT_LEVELS_READ,
    }
)  # fmt: skip
WRITING = READING | {P.INCIDENTS_WRITE, P.SITES_WRITE, P.THREAT_LEVELS_WRITE}
# Over the agency's own units, and those that it asks others for.
COMMANDING = frozenset({P.ASSISTANCE_WRITE, P.DEPLOYMENTS_WRITE, P.PATROLS_WRITE})
BREAK_GLASS = frozenset({P.BREAK_GLASS_OPEN, P.BREAK_GLASS_READ, P.BREAK_GLASS_REVIEW})
PARTIES = frozenset({P.PARTIES_READ, P.PARTIES_WRITE})
# Of an agency's data protection officer (UU 27/2022 art. 53), who handles no records otherwise.
PROTECTING = frozenset(
    {P.LEGAL_HOLDS_WRITE, P.PERSONAL_DATA_ERASE, P.PERSONAL_DATA_READ, P.PERSONAL_DATA_WRITE}
)
WEBHOOKS = frozenset({P.WEBHOOKS_READ, P.WEBHOOKS_WRITE})
ADMINISTERING = frozenset({P.ACCOUNTS_READ, P.ACCOUNTS_WRITE, P.AGENCIES_WRITE})
GRANTS: dict[Role, frozenset[Permission]] = {
    Role.ADMIN: ADMINISTERING | WEBHOOKS | {P.ACCOUNTS_CONFIRM, P.INBOX_READ, P.REFERENCE_READ},
    Role.AUDITOR: READING | {P.ACCESS_LOG_READ, P.BREAK_GLASS_READ, P.LEDGER_DISCLOSE, P.LEDGER_READ},
    Role.COMMANDER: WRITING
    | PARTIES
    | BREAK_GLASS
    | COMMANDING
    | {P.ACCOUNTS_CONFIRM, P.ELECTIONS_WRITE, P.LEGAL_HOLDS_WRITE, P.POSTURE_WRITE, P.READINESS_WRITE}
    | {P.THREAT_LEVELS_APPROVE},
    Role.INTEGRATION: WRITING | WEBHOOKS | COMMANDING,
    Role.LIAISON: WRITING,
    Role.OPERATOR: WRITING | PARTIES | COMMANDING | {P.ELECTIONS_WRITE},
    Role.PRIVACY: READING | PROTECTING | {P.PARTIES_READ},
}

PERMISSION_TEXTS: dict[Permission, str] = {
    P.ACCESS_LOG_READ: "Read who of your agency read what, and who read your agency's records",
    P.ACCOUNTS_CONFIRM: "Confirm an administrator whom the host has made for your agency",
    P.ACCOUNTS_READ: "Read the accounts and integrations of your agency",
    P.ACCOUNTS_WRITE: "Manage the accounts and integrations of your agency",
    P.AGENCIES_WRITE: "Have agencies join and leave; only for the host",
    P.ASSISTANCE_READ: "Read the requests for assistance your agency may know of, and its answers",
    P.ASSISTANCE_WRITE: "Ask other agencies for personnel, and answer what they ask for",
    P.BREAK_GLASS_OPEN: "Read one hidden record in an emergency",
    P.BREAK_GLASS_READ: "Read by whom and why the glass was broken",
    P.BREAK_GLASS_REVIEW: "Review who broke the glass before your agency's records",
    P.CHANGES_READ: "Follow the changes of what you may read, and take all of it at once",
    P.DEPLOYMENTS_READ: "Read the deployments and unit strengths your agency may know of",
    P.DEPLOYMENTS_WRITE: "Deploy units of your agency, and state their strength",
    P.ELECTIONS_WRITE: "Keep the calendar of elections; only for the election commission",
    P.INBOX_READ: "Read what waits for you",
    P.INCIDENTS_READ: "Read the incidents your agency may know of",
    P.INCIDENTS_WRITE: "Report and change incidents",
    P.LEDGER_DISCLOSE: "Open the entries of a record of your agency on a lawful order",
    P.LEDGER_READ: "Read the ledger of your agency",
    P.LEGAL_HOLDS_WRITE: "Hold records of a case, so that nothing of them is erased",
    P.PARTIES_READ: "Read the persons of an incident",
    P.PARTIES_WRITE: "Add and change the persons of an incident",
    P.PATROLS_READ: "Read the patrols your agency may know of, and what they have visited",
    P.PATROLS_WRITE: "Plan the patrols of your agency's units, and put on record what they visit",
    P.PERSONAL_DATA_ERASE: "Erase personal data that your agency answers for",
    P.PERSONAL_DATA_READ: "Read what your agency has done with personal data: requests, breaches, erasures",
    P.PERSONAL_DATA_WRITE: "Keep the requests of data subjects and the breach register of your agency",
    P.POSTURE_READ: "Read the posture plans your agency may know of, and what became of them",
    P.POSTURE_WRITE: "Prepare posture plans, and decide what of them is carried out",
    P.READINESS_READ: "Read the readiness orders your agency may know of",
    P.READINESS_WRITE: "Issue and revoke readiness orders for units of your agency",
    P.REFERENCE_READ: "Read regions, agencies, jurisdictions and vocabularies",
    P.SITES_READ: "Read the sites your agency may know of, and what guards them",
    P.SITES_WRITE: "Register sites, and judge the risk of those in your area",
    P.THREAT_LEVELS_APPROVE: "Approve or decline a proposed threat level of your agency",
    P.THREAT_LEVELS_READ: "Read the threat levels your agency may know of",
    P.THREAT_LEVELS_WRITE: "State and withdraw the threat levels of your agency",
    P.WEBHOOKS_READ: "Read where systems of your agency are told of changes",
    P.WEBHOOKS_WRITE: "Have systems of your agency told of changes",
}


def permissions_of(roles: frozenset[Role]) -> frozenset[Permission]:
    """All that these roles grant together."""
    return frozenset().union(*(GRANTS[role] for role in roles))
