"""Leases: of all workers, one does what one must do alone (as `app.tree.signer` signs)."""

import time
from datetime import UTC, datetime, timedelta

from sqlalchemy import or_, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from app.models.operations import LeaseRow

LASTS = timedelta(seconds=30)
SURE_SECONDS = 15.0  # in which nobody else can have taken it, whatever is begun meanwhile and ends in time


class Lease:
    """The right to do one thing, held by one process for some seconds."""

    def __init__(self, name: str, holder: str) -> None:
        self._name = name
        self._holder = holder
        self._surely_until = 0.0

    @property
    def holds(self) -> bool:
        """Whether nobody else can have it now."""
        return time.monotonic() < self._surely_until

    async def take(self, connection: AsyncConnection) -> bool:
        """Take it where it is free, or keep it."""
        begun, now = time.monotonic(), datetime.now(UTC)
        mine = or_(col(LeaseRow.holder) == self._holder, col(LeaseRow.expires_at) <= now)
        taken = update(LeaseRow).where(col(LeaseRow.name) == self._name, mine)
        changed = await connection.execute(taken.values(holder=self._holder, expires_at=now + LASTS))
        if changed.rowcount == 1:
            self._surely_until = begun + SURE_SECONDS
            return True
        self._surely_until = 0.0
        return False

    async def give_back(self, connection: AsyncConnection) -> None:
        """Let another process have it at once."""
        self._surely_until = 0.0
        mine = (col(LeaseRow.name) == self._name, col(LeaseRow.holder) == self._holder)
        free = datetime.now(UTC) - LASTS
        await connection.execute(update(LeaseRow).where(*mine).values(expires_at=free))
