"""Witnesses: each is asked to cosign what the signer has signed, by itself, so that none delays another.

All are asked about the same checkpoint of a span of time: else no checkpoint would have a quorum. One worker
of all asks; what came of it is in one table. Writing never waits for it.
"""

import asyncio
import logging
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import bindparam, insert, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from app.database import Database
from app.domain import merkle
from app.domain.witnesses import CONTRADICTIONS, WitnessReason, WitnessState, seconds_until_next, state_of
from app.models.ledger import LedgerCheckpointRow, LedgerCosignatureRow
from app.models.witnesses import WitnessRow
from app.services.witness_client import ANSWER_SECONDS, Client, Cosigned, Elsewhere
from app.services.witness_settings import ConfiguredWitnesses, read_file
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
    """What came of asking: a line over the target, or why there is none; and how far the witness is."""

    size: int
    cosigned: Cosigned | None = None
    reason: WitnessReason | None = None
    contradiction: WitnessReason | None = None


class Witness:
    """One witness, as this worker asks it."""

    def __init__(self, database: Database, client: Client, every: float) -> None:
        self._database = database
        self._every = every
        self.client = client
        self.key = key_of(client)

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
            known = (await connection.execute(select(ROW.c.size).where(ROW.c.key == self.key))).scalar()
        if target is None or (known or 0) >= target.size or not await self._claim(now):
            return
        outcome = await self._ask(target, known or 0)
        async with self._database.operating() as connection:
            await self._keep(connection, target, outcome, now)

    async def _target(self, connection: AsyncConnection, now: datetime) -> Target | None:
        """The newest checkpoint at the beginning of this span: the same for every witness and worker."""
        began = datetime.fromtimestamp(now.timestamp() // self._every * self._every, UTC)
        query = select(CHECKPOINT.c.size, CHECKPOINT.c.note).where(CHECKPOINT.c.at <= began)
        row = (await connection.execute(query.order_by(CHECKPOINT.c.size.desc()).limit(1))).first()
        return Target(*row) if row else None

    async def _claim(self, now: datetime) -> bool:
        """Whether this worker is to ask; a claim ends by itself where the worker does."""
        mine = update(ROW).where(ROW.c.key == self.key, ROW.c.next_at <= now)
        async with self._database.operating() as connection:
            await connection.execute(MAKE, {"key": self.key, "at": now})
            taken = await connection.execute(mine.values(next_at=now + CLAIM))
        return taken.rowcount == 1

    async def _ask(self, target: Target, known: int) -> Outcome:
        outcome = Outcome(known)
        for _ in range(TRIES):
            proof = await self._proof(outcome.size, target.size)
            if proof is None:
                outcome.reason = WitnessReason.UNKNOWN_SIZE
                return outcome
            answer = await self.client.ask(outcome.size, proof, target.note)
            match answer:
                case Cosigned():
                    outcome.size, outcome.cosigned = target.size, answer
                    return outcome
                case Elsewhere(size) if size == outcome.size:  # so it was said before tlog-witness 1.1
                    outcome.reason = WitnessReason.OTHER_ROOT
                    return outcome
                case Elsewhere(size):
                    if size < known:
                        outcome.contradiction = WitnessReason.FORGOT
                    outcome.size = size
                case reason:
                    outcome.reason = reason
                    return outcome
        outcome.reason = WitnessReason.UNREADABLE  # it says another size each time
        return outcome

    async def _proof(self, old: int, new: int) -> list[bytes] | None:
        """That the log grew from one size to the other; None where it never signed the old one."""
        async with self._database.reading.connect() as connection:
            if old:
                query = select(CHECKPOINT.c.size).where(CHECKPOINT.c.size == old)
                if old > new or (await connection.execute(query)).first() is None:
                    return None
            return await tiles.compute(connection, lambda read: merkle.consistency_proof(old, new, read))

    async def _keep(
        self, connection: AsyncConnection, target: Target, outcome: Outcome, now: datetime
    ) -> None:
        reason = outcome.reason
        contradiction = reason if reason in CONTRADICTIONS else outcome.contradiction
        told: dict[Any, Any] = {
            "state": state_of(reason),
            "reason": reason,
            "asked_at": now,
            "size": outcome.size,
        }
        if contradiction:
            told |= {"contradicted_at": now, "contradiction": contradiction}
            log.error("the witness %s contradicts the ledger: %s", self.client.key.name, contradiction)
        failures = 0
        if outcome.cosigned:
            told["cosigned_at"] = datetime.fromtimestamp(outcome.cosigned.at, UTC)
            await keep_line(connection, target.size, self.client.key.name, outcome.cosigned)
        else:
            row = (
                await connection.execute(select(ROW.c.failures, ROW.c.size).where(ROW.c.key == self.key))
            ).one()
            failures = row.failures + 1
            if reason == WitnessReason.UNKNOWN_SIZE:
                told["size"] = row.size
            log.warning("the witness %s did not cosign: %s", self.client.key.name, reason)
        pause = timedelta(seconds=seconds_until_next(self._every, failures) if failures else 0)
        told |= {"failures": failures, "next_at": now + pause}
        await connection.execute(update(ROW).where(ROW.c.key == self.key).values(**told))


async def keep_line(connection: AsyncConnection, size: int, witness: str, cosigned: Cosigned) -> None:
    """The line under the checkpoint; the first one stays."""
    held = select(COSIGNATURE.c.size).where(COSIGNATURE.c.size == size, COSIGNATURE.c.witness == witness)
    if (await connection.execute(held)).first() is None:
        at = datetime.fromtimestamp(cosigned.at, UTC)
        row = {"size": size, "witness": witness, "line": cosigned.line, "at": at}
        await connection.execute(insert(COSIGNATURE), [row])


def key_of(client: Client) -> str:
    """By what a witness is known here: under another key it is another one."""
    return f"{client.key.name}+{client.key.id.hex()}"
