"""Witnesses: each is asked to cosign what the signer has signed, by itself, so that none delays another.

All are asked about the same checkpoint of a span of time: else no checkpoint would have a quorum. One worker
of all asks; what came of it is in one table. Writing never waits for it.
"""

import asyncio
import hashlib
import logging
import random
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from app.database import Database
from app.domain import merkle
from app.domain.witnesses import CONTRADICTIONS, WitnessReason, seconds_until_next, state_of
from app.models.ledger import LedgerCheckpointRow, LedgerCosignatureRow
from app.models.witnesses import WitnessRow
from app.services.witness_client import ANSWER_SECONDS, Client, Cosigned, Elsewhere
from app.tree import tiles

TRIES = 3
CLAIM = timedelta(seconds=3 * TRIES * ANSWER_SECONDS)  # longer than one asking can last
SPREAD = 0.2  # of the span, so that workers and witnesses do not all begin at once

log = logging.getLogger("siaga.witnesses")

ROW: Any = WitnessRow.__table__  # type: ignore[attr-defined]
CHECKPOINT: Any = LedgerCheckpointRow.__table__  # type: ignore[attr-defined]
COSIGNATURE: Any = LedgerCosignatureRow.__table__  # type: ignore[attr-defined]
MAKE = text(
    """INSERT INTO ledger_witness (key, size, state, failures, next_at)
    VALUES (:key, 0, 'waiting', 0, :at) ON CONFLICT (key) DO NOTHING"""
).bindparams(bindparam("at", type_=ROW.c.next_at.type))


@dataclass(frozen=True, slots=True)
class Target:
    """The checkpoint that a witness is to cosign."""

    size: int
    note: str


@dataclass(slots=True)
class Outcome:
    """A line over the target, or why there is none; neither where the witness is further already."""

    cosigned: Cosigned | None = None
    reason: WitnessReason | None = None
    contradiction: WitnessReason | None = None


class Witness:
    """One witness, as this worker asks it."""

    def __init__(self, database: Database, client: Client, every: float, origin: str) -> None:
        self._database = database
        self._every = every
        self._origin = origin
        self.client = client
        self.key = key_of(client, origin)

    async def run(self) -> None:
        """Ask once in each span of time, until cancelled."""
        while True:
            rest = self._every - time.time() % self._every
            await asyncio.sleep(rest + random.uniform(0, SPREAD * self._every))  # noqa: S311 - no secret
            try:
                await self.try_once(datetime.now(UTC))
            except Exception:
                log.exception("the witness %s could not be asked", self.client.key.name)

    async def try_once(self, now: datetime) -> None:
        """Ask about the checkpoint of the span, unless the witness has it, or another worker asks."""
        async with self._database.reading.connect() as connection:
            target = await self._target(connection, now)
            known = await self._known(connection)
        if target is None or known >= target.size or not await self._claim(now):
            return
        async with self._database.reading.connect() as connection:
            known = await self._known(connection)  # another worker may just have asked
        outcome = await self._ask(target, known)
        async with self._database.operating() as connection:
            await self._keep(connection, target, outcome, now)

    async def _known(self, connection: AsyncConnection) -> int:
        """How far it has cosigned."""
        return (await connection.execute(select(ROW.c.size).where(ROW.c.key == self.key))).scalar() or 0

    async def _target(self, connection: AsyncConnection, now: datetime) -> Target | None:
        """The newest checkpoint at the beginning of this span: the same for every witness and worker."""
        began = datetime.fromtimestamp(now.timestamp() // self._every * self._every, UTC)
        query = select(CHECKPOINT.c.size, CHECKPOINT.c.note).where(CHECKPOINT.c.at <= began)
        row = (await connection.execute(query.order_by(CHECKPOINT.c.size.desc()).limit(1))).first()
        # After a change of the origin the newest is still of the log before, until the first is signed.
        return Target(*row) if row and row.note.startswith(f"{self._origin}\n") else None

    async def _claim(self, now: datetime) -> bool:
        """Whether this worker is to ask; a claim ends by itself where the worker does."""
        mine = update(ROW).where(ROW.c.key == self.key, ROW.c.next_at <= now)
        async with self._database.operating() as connection:
            await connection.execute(MAKE, {"key": self.key, "at": now})
            taken = await connection.execute(mine.values(next_at=now + CLAIM))
        return taken.rowcount == 1

    async def _ask(self, target: Target, known: int) -> Outcome:
        old, contradiction = known, None
        for _ in range(TRIES):
            if not await self._signed(old):
                return Outcome(None, WitnessReason.UNKNOWN_SIZE)
            if old > target.size:
                return Outcome()
            answer = await self.client.ask(old, await self._proof(old, target.size), target.note)
            match answer:
                case Cosigned():
                    return Outcome(answer, None, contradiction)
                case Elsewhere(size) if size == old:  # so it was said before tlog-witness 1.1
                    return Outcome(None, WitnessReason.OTHER_ROOT)
                case Elsewhere(size):
                    contradiction = WitnessReason.FORGOT if size < known else None
                    old = size
                case _:
                    return Outcome(None, answer, contradiction)
        return Outcome(None, WitnessReason.UNREADABLE)  # it says another size each time

    async def _signed(self, size: int) -> bool:
        """Whether the log ever signed this size."""
        query = select(CHECKPOINT.c.size).where(CHECKPOINT.c.size == size)
        async with self._database.reading.connect() as connection:
            return size == 0 or (await connection.execute(query)).first() is not None

    async def _proof(self, old: int, new: int) -> list[bytes]:
        """That the log grew from one size to the other."""
        async with self._database.reading.connect() as connection:
            return await tiles.compute(connection, lambda read: merkle.consistency_proof(old, new, read))

    async def _keep(
        self, connection: AsyncConnection, target: Target, outcome: Outcome, now: datetime
    ) -> None:
        cosigned, reason = outcome.cosigned, outcome.reason
        told: dict[str, Any] = {"next_at": now}
        if cosigned or reason:
            told |= {"state": state_of(reason), "reason": reason, "asked_at": now}
        if cosigned:
            await keep_line(connection, target.size, self.client.key.name, cosigned)
            told |= {"size": target.size, "cosigned_at": moment(cosigned.at), "failures": 0}
        elif reason:
            query = select(ROW.c.failures).where(ROW.c.key == self.key)
            failures = (await connection.execute(query)).scalar_one() + 1
            pause = timedelta(seconds=seconds_until_next(self._every, failures))
            told |= {"failures": failures, "next_at": now + pause}
            log.warning("the witness %s did not cosign: %s", self.client.key.name, reason)
        if contradiction := reason if reason in CONTRADICTIONS else outcome.contradiction:
            told |= {"contradicted_at": now, "contradiction": contradiction}
            log.error("the witness %s contradicts the ledger: %s", self.client.key.name, contradiction)
        await connection.execute(update(ROW).where(ROW.c.key == self.key).values(**told))


def moment(seconds: int) -> datetime:
    """A time in seconds since 1970."""
    return datetime.fromtimestamp(seconds, UTC)


async def keep_line(connection: AsyncConnection, size: int, witness: str, cosigned: Cosigned) -> None:
    """The line under the checkpoint; the first one stays."""
    held = select(COSIGNATURE.c.size).where(COSIGNATURE.c.size == size, COSIGNATURE.c.witness == witness)
    if (await connection.execute(held)).first() is None:
        row = {"size": size, "witness": witness, "line": cosigned.line, "at": moment(cosigned.at)}
        await connection.execute(insert(COSIGNATURE), [row])


def key_of(client: Client, origin: str) -> str:
    """By what a witness is known here: with another key, or for another log, it begins anew."""
    return f"{client.key.name}+{client.key.id.hex()}:{hashlib.sha256(origin.encode()).hexdigest()[:16]}"
