"""Who acts: one account, for exactly one agency, with the rights it has at this moment."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from uuid import UUID

from app.domain.permissions import Permission, Role


@dataclass(frozen=True, slots=True)
class Reset:
    """How the credentials of an account are being reset, or were last, for the person to see."""

    requested_by: str
    approved_by: str | None  # nobody where the person's one-time code stood in for a second administrator
    took_effect_at: datetime | None  # not yet, where somebody has only asked for it


@dataclass(frozen=True)
class Actor:
    """A person's account, an integration, or the system itself.

    `oversight` names this deployment's oversight agencies in their order. `covered` holds the codes of the
    regions that its agency (or unit) covers today, by the jurisdiction table; `area` adds their parents.
    `vouched` names who has confirmed the account since its credentials were reset; None if they never were.
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
    vouched: tuple[str, ...] | None = None
    reset: Reset | None = None
    allowed_networks: tuple[str, ...] | None = None
    covered: frozenset[str] = field(default=frozenset(), repr=False)
    area: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def role(self) -> str:
        """The roles as one code, as others see who acted."""
        return "+".join(sorted(self.roles))

    @property
    def red_through(self) -> tuple[str, ...]:
        """A RED record that names the account shows to it if it also names one of these."""
        return (self.account,) if self.vouched is None else self.vouched

    @cached_property
    def entitlement(self) -> tuple[object, ...]:
        """What decides the answers this actor gets; two equal entitlements see the same."""
        return (
            self.account, self.agency, self.clearance, self.exercise, tuple(sorted(self.permissions)),
            self.red_through,
        )  # fmt: skip

    def covers(self, region_code: str) -> bool:
        """Whether the region shares at least one kecamatan with the actor's area."""
        return region_code in self.area or any(code in self.covered for code in ancestry(region_code))


def ancestry(region_code: str) -> list[str]:
    """The code and all its parents, nearest first: 36.03.13 → 36.03.13, 36.03, 36."""
    parts = region_code.split(".")
    return [".".join(parts[:size]) for size in range(len(parts), 0, -1)]
