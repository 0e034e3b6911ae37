"""The signer: extends the tiles by new leaves and signs a checkpoint; of all workers the one with the lease.

Before it signs it looks at what it remembers outside the database. Where the tree in the database is not that
one grown on, as after an older backup was restored, it refuses, and says so; writing goes on (docs/adr/0021).
"""

import asyncio
import logging
import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert, or_, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from app.database import Database
from app.domain import merkle
from app.domain.log import Refusal
from app.formats import notes
from app.models.ledger import LedgerCheckpointRow, LedgerLeaseRow
from app.tree import tiles
from app.tree.keys import LogKeys
from app.tree.memory import Memory, Signed

BATCH = 1024
EVERY_SECONDS = 0.2
LEASE = timedelta(seconds=8)
SURE_SECONDS = 4.0  # in which nobody else can have taken the lease

log = logging.getLogger("siaga.signer")


class Refused(Exception):  # noqa: N818 - says what happened
    """The signer must not sign."""

    def __init__(self, why: Refusal, detail: str) -> None:
        super().__init__(detail)
        self.why = why


@dataclass(slots=True)
class Lease:
    """The right to sign, held by one process for some seconds."""

    holder: str

    async def take(self, connection: AsyncConnection) -> bool:
        """Take it where it is free, or keep it; its row stays locked until the transaction ends."""
        now = datetime.now(UTC)
        mine = or_(col(LedgerLeaseRow.holder) == self.holder, col(LedgerLeaseRow.expires_at) <= now)
        taken = update(LedgerLeaseRow).where(mine).values(holder=self.holder, expires_at=now + LEASE)
        return (await connection.execute(taken)).rowcount == 1

    async def give_back(self, connection: AsyncConnection) -> None:
        """Let another process sign at once."""
        mine = col(LedgerLeaseRow.holder) == self.holder
        await connection.execute(
            update(LedgerLeaseRow).where(mine).values(expires_at=datetime.now(UTC) - LEASE)
        )


class Signer:
    """Signs while it may; `signed` tells how far the tree is signed, by whichever process."""

    def __init__(self, database: Database, keys: LogKeys, memory: Memory) -> None:
        self._database = database
        self._keys = keys
        self._memory = memory
        self._origin = keys.origin
        self._lease = Lease(secrets.token_hex(16))
        self._news = asyncio.Event()
        self._holds, self._surely_until = False, 0.0
        self._seen: tuple[Signed | None, int, int] | None = None
        self.refusal: Refused | None = None
        self.trusted = False
        self.signed = 0
        self.entries = 0

    @property
    def origin(self) -> str:
        """The name of the log."""
        return self._origin

    @property
    def keys(self) -> LogKeys:
        """The keys of the log."""
        return self._keys

    async def begun(self) -> "Signer":
        """Look once before anything is written: no receipt before it is sure which tree this is."""
        await self.try_once(sign=False)
        return self

    async def run(self) -> None:
        """Sign until cancelled; what fails is told, and tried again."""
        try:
            while True:
                await self.try_once()
                await asyncio.sleep(EVERY_SECONDS)
        finally:
            if self._holds:
                await asyncio.shield(self._write(self._lease.give_back))

    async def try_once(self, *, sign: bool = True) -> None:
        """One round, whatever comes of it; `trusted` holds from one look at the tree to the next."""
        before = self.refusal
        try:
            remembered = await self._look()
            self.refusal, self.trusted = None, True
            if sign:
                await self._sign(remembered)
        except Refused as refused:
            self.refusal, self.trusted = refused, False
        except Exception as error:  # noqa: BLE001 - the next round tries again; until then nothing is signed
            self.refusal = Refused(Refusal.FAILED, repr(error))
        if self.refusal and (before is None or before.why != self.refusal.why):
            log.error("the ledger is not signed: %s: %s", self.refusal.why, self.refusal)

    async def _look(self) -> Signed:
        """What is remembered, once it is sure that the tree in the database is that one, grown on."""
        self._keys.reload()
        remembered = self._memory.read()
        async with self._database.reading.connect() as connection:
            # After the memory, which others may have moved on: it is never ahead of what is read now.
            self.entries, signed, root = await tiles.sizes(connection)
            # Where the newest checkpoint is the one remembered, who signs the next looks at the tree itself.
            is_known = remembered == Signed(self._origin, signed, root)
            if not is_known and self._seen != (remembered, self.entries, signed):
                remembered = await self._checked(connection, remembered, signed)
                self._seen = (remembered, self.entries, signed)
        self._tell(signed)
        return remembered or Signed(self._origin, 0, merkle.EMPTY)

    async def _sign(self, remembered: Signed) -> None:
        while self.signed < self.entries:
            if time.monotonic() >= self._surely_until:
                self._surely_until = time.monotonic() + SURE_SECONDS
                self._holds = await self._write(self._lease.take)
            if not self._holds:
                self._surely_until = 0.0
                return
            signed = await self._sign_batch(remembered)
            if signed is None:
                self._surely_until = 0.0
                return
            remembered = signed
            self._tell(remembered.size)

    async def wait_for(self, size: int, seconds: float) -> bool:
        """Wait until the tree is signed at this size or beyond; whether it was in time."""
        try:
            async with asyncio.timeout(seconds):
                while self.signed < size:
                    await self._news.wait()
        except TimeoutError:
            return False
        return True

    def _tell(self, signed: int) -> None:
        self.signed = signed
        news, self._news = self._news, asyncio.Event()
        news.set()

    async def _checked(
        self, connection: AsyncConnection, remembered: Signed | None, signed: int
    ) -> Signed | None:
        """What is remembered, brought up to what other processes have signed; raises Refused."""
        if remembered is None:
            if signed:
                raise Refused(Refusal.NO_MEMORY, f"{self._memory.path} is not there, but checkpoints are.")
            return None
        if remembered.origin != self._origin:
            raise Refused(Refusal.OTHER_ORIGIN, f"What was signed is of the log {remembered.origin}.")
        size = remembered.size
        if size > self.entries:
            raise Refused(
                Refusal.SMALLER_TREE, f"{size} entries were signed; the database has {self.entries}."
            )
        if await self._root(connection, size) != remembered.root:
            raise Refused(Refusal.OTHER_ROOT, f"The first {size} entries are not those that were signed.")
        return await self._follow(connection) if signed > size else remembered

    async def _root(self, connection: AsyncConnection, size: int) -> bytes | None:
        """The root at a size, from tiles and, after a crash before they were written, from leaves."""
        held = await tiles.tiled_size(connection)
        edge = await tiles.read_tiles(connection, {*merkle.edge(held)})
        try:
            if size > held:
                leaves = await tiles.leaf_hashes(connection, held, size - held)
                grown = {**edge, **merkle.grown(held, leaves, merkle.reader(edge))}
                older = merkle.places(lambda read: merkle.root(size, read)) - {*grown}
                return merkle.root(
                    size, merkle.reader({**await tiles.read_tiles(connection, older), **grown})
                )
            return await tiles.compute(connection, lambda read: merkle.root(size, read))
        except merkle.WrongProof:
            return None

    async def _follow(self, connection: AsyncConnection) -> Signed:
        """Remember what another process has signed, so that this one stands guard as well."""
        newest = await tiles.newest_checkpoint(connection)
        if newest is None:
            raise Refused(Refusal.OTHER_ROOT, "A checkpoint is gone.")
        if await self._root(connection, newest.size) != bytes(newest.root):
            raise Refused(Refusal.OTHER_ROOT, f"The checkpoint of {newest.size} has another root.")
        followed = Signed(self._origin, newest.size, bytes(newest.root))
        await asyncio.to_thread(self._memory.write, followed)
        return followed

    async def _write(self, act: Callable[[AsyncConnection], Awaitable[bool | None]]) -> bool:
        async with self._database.operating() as connection:
            return bool(await act(connection))

    async def _sign_batch(self, remembered: Signed) -> Signed | None:
        """Grow the tiles by a bounded number of leaves; remember, then publish; None where overtaken."""
        async with self._database.reading.connect() as connection:
            size = await tiles.tiled_size(connection)
            # After a crash between remembering and publishing the same tree is made again.
            leaves = await tiles.leaf_hashes(connection, size, max(BATCH, remembered.size - size))
            held = await tiles.read_tiles(connection, {*merkle.edge(size)})
            changed = merkle.grown(size, leaves, merkle.reader(held))
            now = size + len(leaves)
            known = {**held, **changed}
            missing = merkle.places(lambda read: merkle.root(now, read)) - {*known}
            known |= await tiles.read_tiles(connection, missing)
        signed = Signed(self._origin, now, merkle.root(now, merkle.reader(known)))
        if now < remembered.size or (now == remembered.size and signed.root != remembered.root):
            raise Refused(Refusal.OTHER_ROOT, f"What grew to {now} is not what was signed.")
        if size == remembered.size and merkle.root(size, merkle.reader(held)) != remembered.root:
            raise Refused(Refusal.OTHER_ROOT, f"The first {size} entries are not those that were signed.")
        note = notes.sign(notes.Checkpoint(self._origin, now, signed.root).text(), *self._keys.signing)
        await asyncio.to_thread(self._memory.write, signed)

        async def publish(connection: AsyncConnection) -> bool:
            if not await self._lease.take(connection):
                return False
            await tiles.write_tiles(connection, changed, held)
            row = {"size": now, "root": signed.root, "note": note, "at": datetime.now(UTC)}
            await connection.execute(insert(LedgerCheckpointRow), [row])
            return True

        return signed if await self._write(publish) else None
