"""Signing in: guesses at a secret are counted for all workers in one table, and slowed by their number."""

import asyncio
import hashlib
import hmac
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import bindparam, delete, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from app.database import Database, is_one_of
from app.domain.errors import TokenRefused, Unavailable
from app.domain.guessing import Counted, Counter, counted, forgiven, is_at_home, kept_until, network_of, wait
from app.models.operations import SignInCounterRow
from app.reads import Prepared, Reads

MOST_INSIDE = 32  # sign-ins at once in one worker; who comes then is told to come again
MOST_WITH_KNOWN = (
    64  # places that a flood of strangers does not take from those who come from where they always do
)
COUNTING = 2  # of the worker's connections

Keys = tuple[tuple[Counted, str], ...]
Counters = dict[Counted, Counter]

TABLE = SignInCounterRow.__table__  # type: ignore[attr-defined]
BY_KEY = Prepared(select(TABLE).where(is_one_of(TABLE.c.key, "keys")))
# What is there already is held by it, so that nobody sweeps it away before it is read.
MAKE = text(
    """INSERT INTO sign_in_counter (key, level, counted_at, blocked_until, familiar_until, kept_until)
    VALUES (:key, 0, 0, 0, 0, :now) ON CONFLICT (key) DO UPDATE SET key = excluded.key"""
)
KEEP = update(TABLE).where(TABLE.c.key == bindparam("of"))


async def counters_by_keys(reads: Reads, wanted: list[Keys]) -> Mapping[Keys, Counters]:
    """What was counted, for all who sign in at this moment, in one statement."""
    flat = {key for keys in wanted for _, key in keys}
    rows = await reads.rows(BY_KEY, {"keys": sorted(flat)})
    return {keys: _counters(keys, rows) for keys in wanted}


class Gate:
    """Lets those who sign in through, a bounded number at once."""

    def __init__(self, database: Database, key: bytes, tries: int) -> None:
        self._database = database
        self._key = key
        self._tries = tries
        self._inside = 0
        self._counting = asyncio.Semaphore(COUNTING)

    @asynccontextmanager
    async def guess(self, name: str, address: str) -> AsyncIterator[None]:
        """Whoever is inside guesses at a secret; only where the block ends well the guess was right.

        It is counted before it is tried: of many at once no more get through than one after the other.
        The same holds for a name that nobody has, so the waits tell nothing of who exists.
        """
        keys = self._keys(name, address)
        async with self._database.session() as session:
            seen, now = await session.load(counters_by_keys, keys) or {}, time.time()
        self._refuse(name, seen, now)
        if self._inside >= (MOST_WITH_KNOWN if is_at_home(seen, now) else MOST_INSIDE):
            raise Unavailable("Too many sign in at this moment; try again.")
        self._inside += 1
        try:
            async with self._counters(keys) as (connection, found, now):
                self._refuse(name, found, now)
                await _keep(
                    connection, keys, {k: counted(k, each, self._tries, now) for k, each in found.items()}
                )
            yield
            async with self._counters(keys) as (connection, found, now):
                await _keep(
                    connection, keys, {k: forgiven(k, each, self._tries, now) for k, each in found.items()}
                )
        finally:
            self._inside -= 1

    @asynccontextmanager
    async def _counters(self, keys: Keys) -> AsyncIterator[tuple[AsyncConnection, Counters, float]]:
        """The counters, made where there are none, and held until the block ends."""
        async with self._counting, self._database.operating() as connection:
            now = time.time()
            ordered = sorted(key for _, key in keys)  # all in one order, so that no two wait for each other
            await connection.execute(MAKE, [{"key": key, "now": now} for key in ordered])
            held = select(TABLE).where(TABLE.c.key.in_(ordered)).order_by(TABLE.c.key).with_for_update()
            yield connection, _counters(keys, (await connection.execute(held)).all()), now

    def _refuse(self, name: str, found: Counters, now: float) -> None:
        if seconds := wait(found, now):
            self._database.access.count_slowed(name)
            said = "Too many wrong tries. Please wait a little, then try again."
            raise TokenRefused("slow_down", said, status=429, retry_after=seconds)

    def _keys(self, name: str, address: str) -> Keys:
        """Hashes under the key of this deployment: the table tells nobody who came from where."""
        network = network_of(address)
        said = {Counted.PAIR: [name, network], Counted.ACCOUNT: [name], Counted.NETWORK: [network]}
        return tuple((kind, self._hashed([str(kind), *parts])) for kind, parts in said.items())

    def _hashed(self, parts: Sequence[str]) -> str:
        text = "".join(f"{len(part)}:{part}" for part in parts)
        return hmac.new(self._key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def _counters(keys: Keys, rows: Sequence[Any]) -> Counters:
    by_key = {row.key: row for row in rows}
    return {
        kind: Counter(row.level, row.counted_at, row.blocked_until, row.familiar_until)
        for kind, key in keys
        if (row := by_key.get(key))
    }


async def _keep(connection: AsyncConnection, keys: Keys, counters: Counters) -> None:
    values = [
        {
            "of": key,
            "level": counters[kind].level,
            "counted_at": counters[kind].counted_at,
            "blocked_until": counters[kind].blocked_until,
            "familiar_until": counters[kind].familiar_until,
            "kept_until": kept_until(kind, counters[kind]),
        }
        for kind, key in keys
    ]
    await connection.execute(KEEP, values)


async def sweep(database: Database) -> None:
    """Remove the counters that tell nothing any more."""
    async with database.operating() as connection:
        await connection.execute(delete(TABLE).where(TABLE.c.kept_until < time.time()))
