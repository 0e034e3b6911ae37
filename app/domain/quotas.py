"""How many requests a token may send: by role, in windows of a minute."""

from collections.abc import Iterable

from app.domain.permissions import Role

WINDOW_SECONDS = 60
TOKENS_OF_AN_ACCOUNT = 10  # as many tokens' worth all tokens of one account have together

# Requests in a window. A person sends a few in a second, a partner's system those of a whole agency.
QUOTAS: dict[Role, int] = {
    Role.ADMIN: 600,
    Role.AUDITOR: 1_200,
    Role.COMMANDER: 1_200,
    Role.INTEGRATION: 12_000,
    Role.LIAISON: 1_200,
    Role.OPERATOR: 1_200,
    Role.PRIVACY: 1_200,
}


def quota_of(roles: Iterable[Role], factor: float) -> tuple[str, int]:
    """The name and the size of the quota that these roles have: the largest of theirs."""
    role = max(roles, key=lambda each: (QUOTAS[each], each))
    return str(role), max(1, round(QUOTAS[role] * factor))
