"""Counts the requests of each token, and tells how many are left (draft-ietf-httpapi-ratelimit-headers-11).

In the memory of a worker, without a lock or a statement: each worker counts what comes to it.
"""

import time
from math import ceil
from uuid import UUID

from app.domain.actors import Actor
from app.domain.errors import TooManyRequests
from app.domain.quotas import TOKENS_OF_AN_ACCOUNT, WINDOW_SECONDS, quota_of

ACCOUNTS = 10_000


class Meter:
    """What is left of a quota in the window that runs; `shared` is the quota that it is a part of."""

    __slots__ = ("_ends_at", "_left", "_name", "_policies", "_quota", "_seconds", "_shared")

    def __init__(self, name: str, quota: int, shared: "Meter | None" = None) -> None:
        self._name = name
        self._quota = self._left = quota
        self._ends_at = 0.0
        self._seconds = WINDOW_SECONDS
        self._shared = shared
        self._policies = b'"%b";q=%d;w=%d' % (name.encode(), quota, WINDOW_SECONDS)
        if shared:
            self._policies += b", " + shared._policies  # noqa: SLF001 - of the same class

    def take(self, count: int = 1) -> None:
        """Count requests; raises TooManyRequests where none is left, or too few for what counts as many."""
        now = time.monotonic()
        if now >= self._ends_at:
            self._ends_at = now + WINDOW_SECONDS
            self._left = self._quota
        self._seconds = ceil(self._ends_at - now)
        if self._left < count:
            raise TooManyRequests("Wait {seconds} s before you go on.", seconds=self._seconds)
        if self._shared:
            self._shared.take(count)
        self._left -= count

    def take_many(self, count: int) -> None:
        """The same for one request that counts as many, never more than the quota has, less itself."""
        self.take(min(count, self._quota) - 1)

    def headers(self) -> list[tuple[bytes, bytes]]:
        """The policies, and what is left of the one that is nearest to its end."""
        meter = self._shared if self._shared and self._shared._left < self._left else self  # noqa: SLF001
        told = f'"{meter._name}";r={meter._left};t={meter._seconds}'  # noqa: SLF001
        return [(b"ratelimit-policy", self._policies), (b"ratelimit", told.encode())]


class Meters:
    """Makes the meters of a worker; a factor scales every quota, 0 switches them off."""

    def __init__(self, factor: float) -> None:
        self._factor = factor
        self._accounts: dict[tuple[UUID, str], Meter] = {}

    def of(self, actor: Actor) -> Meter | None:
        """The meter of a new token of an account."""
        if not self._factor:
            return None
        name, quota = quota_of(actor.roles, self._factor)
        key = (actor.account_id, name)
        if key not in self._accounts:
            if len(self._accounts) >= ACCOUNTS:
                self._accounts.clear()
            self._accounts[key] = Meter(f"{name}-account", quota * TOKENS_OF_AN_ACCOUNT)
        return Meter(name, quota, self._accounts[key])
