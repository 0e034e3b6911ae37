"""Who acts: one account, for exactly one agency, with the rights it has at this moment."""

from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from app.domain.permissions import Permission, Role


@dataclass(frozen=True)
class Actor:
    """A person's account, an integration, or the system itself.

    `oversight` names this deployment's oversight agencies in their order. `covered` holds the codes of the
    regions that its agency (or unit) covers today, by the jurisdiction table; `area` adds their parents.
    """

    account_id: UUID
    account: str
    agency: str
    agency_kind: str
    partner: bool
    roles: frozenset[Role]
    permissions: frozenset[Permission]
    clearance: str
    exercise: str
    oversight: tuple[str, ...] = ()
    covered: frozenset[str] = field(default=frozenset(), repr=False)
    area: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def role(self) -> str:
        """The roles as one code, as others see who acted."""
        return "+".join(sorted(self.roles))

    @cached_property
    def entitlement(self) -> tuple[object, ...]:
        """What decides the answers this actor gets; two equal entitlements see the same."""
        return (self.account, self.agency, self.clearance, self.exercise, tuple(sorted(self.permissions)))

    def covers(self, region_code: str) -> bool:
        """Whether the region shares at least one kecamatan with the actor's area."""
        return region_code in self.area or any(code in self.covered for code in ancestry(region_code))


def ancestry(region_code: str) -> list[str]:
    """The code and all its parents, nearest first: 36.03.13 → 36.03.13, 36.03, 36."""
    parts = region_code.split(".")
    return [".".join(parts[:size]) for size in range(len(parts), 0, -1)]
