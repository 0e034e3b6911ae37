"""The access log of a worker: takes notes of what was read, and writes them off the way of requests.

Reading never fails because its note does: the queue is bounded, what it cannot hold is counted and told in
the log of the process. Rows are written by whoever holds the head row, so they are numbered without a gap.
"""

import asyncio
import logging
from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from typing import Any, Self
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlmodel import col
from uuid_utils.compat import uuid7

from app.change import plain
from app.domain.access_log import NOTED, AccessKind, chained
from app.domain.actors import Actor
from app.domain.sharing import LIVE
from app.models.access_log import AccessHeadRow, AccessRow
from app.models.agencies import AccountRow

ACCOUNT = AccountRow.__table__  # type: ignore[attr-defined]
log = logging.getLogger("siaga.access")

QUEUED = 20_000
BATCH = 500
GATHER_SECONDS = 0.25
WAIT_SECONDS = 2.0  # after a failure
ATTEMPTS = 5
STOP_SECONDS = 5.0
COUNT_SECONDS = 60.0
MOST_SLOWED = 500  # names that are counted one by one; what is beyond is counted together


@dataclass(frozen=True, slots=True)
class Access:
    """A note: who did what, to which record, marked how."""

    kind: AccessKind
    account: str
    agency: str
    role: str
    exercise: str
    record_type: str | None = None
    record_id: UUID | None = None
    owner_agency: str | None = None
    tlp: str | None = None
    classification: str | None = None
    detail: str | None = None
    times: int = 1

    @classmethod
    def of(cls, kind: AccessKind, actor: Any, detail: str | None = None) -> Self:
        """By an actor."""
        return cls(kind, actor.account, actor.agency, actor.role, actor.exercise, detail=detail)

    @classmethod
    def of_account(cls, kind: AccessKind, row: Any) -> Self:
        """By an account that is no actor yet."""
        return cls(kind, row.name, row.agency, "+".join(sorted(row.roles)), row.exercise)

    def to(self, record_type: str, record_id: UUID, row: Any) -> Self:
        """The same, to a record."""
        return replace(
            self,
            record_type=record_type,
            record_id=record_id,
            owner_agency=row.owner_agency,
            tlp=row.tlp,
            classification=row.classification,
        )


class AccessLog:
    """Notes that wait, and the task that writes them."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._waiting: deque[tuple[datetime, Access]] = deque()
        self._woken = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._attempts = 0
        self._anonymous = 0
        self._slowed: Counter[str] = Counter()
        self.lost = 0

    def note(self, accesses: Iterable[Access]) -> None:
        """Take notes; costs no more than the notes themselves, and never fails."""
        at = datetime.now(UTC)
        for each in accesses:
            if len(self._waiting) < QUEUED:
                self._waiting.append((at, each))
            else:
                self.lost += 1
        self._woken.set()

    def count_anonymous(self) -> None:
        """One more request was refused of which nobody knows whose it was."""
        self._anonymous += 1

    def count_slowed(self, name: str) -> None:
        """A guess was held back before anybody looked whether there is such an account."""
        if name.isprintable() and (name in self._slowed or len(self._slowed) < MOST_SLOWED):
            self._slowed[name] += 1
        else:
            self._anonymous += 1

    def start(self) -> None:
        """Begin to write."""
        self._task = asyncio.create_task(self._run(), name="access log")

    async def stop(self) -> None:
        """Write what waits, then end; a database that does not answer holds nobody up."""
        if self._task is None:
            return
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await self.note_counted()
                while self._waiting and await self._write_some():
                    pass
        except TimeoutError:
            log.warning("the access log was not written to its end in %s s", STOP_SECONDS)
        if lost := len(self._waiting) + self._anonymous:
            log.error("%s notes of the access log were not written", lost)

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        counted_at = loop.time()
        while True:
            try:
                async with asyncio.timeout(COUNT_SECONDS):
                    await self._woken.wait()
                await asyncio.sleep(GATHER_SECONDS)
            except TimeoutError:
                pass
            self._woken.clear()
            if loop.time() - counted_at > COUNT_SECONDS:
                counted_at = loop.time()
                await self.note_counted()
            while self._waiting:
                if not await self._write_some():
                    await asyncio.sleep(WAIT_SECONDS)

    async def note_counted(self) -> None:
        """What nobody can be named for is only counted, and so are the tries of those who guess on and on."""
        slowed, self._slowed = self._slowed, Counter()
        try:
            for row in await self._accounts(slowed):
                times = slowed.pop(row.name)
                self.note([replace(Access.of_account(AccessKind.SIGN_IN_SLOWED, row), times=times)])
        except Exception:
            log.exception("whose sign-ins were held back could not be looked up")
        finally:  # when the time to stop is over, too
            self._anonymous += slowed.total()
        if self._anonymous:
            self.note([Access(AccessKind.ANONYMOUS, "", "siaga", "", LIVE, times=self._anonymous)])
            self._anonymous = 0

    async def _accounts(self, names: Iterable[str]) -> Sequence[Any]:
        """Those of these names that there are."""
        if not names:
            return ()
        wanted = select(ACCOUNT.c.name, ACCOUNT.c.agency, ACCOUNT.c.roles, ACCOUNT.c.exercise)
        async with self._engine.connect() as connection:
            return (await connection.execute(wanted.where(ACCOUNT.c.name.in_(list(names))))).all()

    async def _write_some(self) -> bool:
        """Write the oldest notes; where that fails they wait, but not for ever."""
        batch = list(islice(self._waiting, BATCH))
        try:
            async with self._engine.begin() as connection:
                await append(connection, batch)
        except Exception:
            self._attempts += 1
            log.exception("the access log could not be written")
            if self._attempts < ATTEMPTS:
                return False
            self.lost += len(batch)
        self._attempts = 0
        for _ in batch:
            self._waiting.popleft()
        if self.lost:
            log.error("%s notes of the access log are lost so far", self.lost)
        return True


class Notes:
    """What one session has to tell the access log, which gets it when the session ends."""

    def __init__(self, log: AccessLog) -> None:
        self.log = log
        self.noted: dict[Any, Access] = {}

    def saw(self, actor: Actor, record_type: str, row: Any, record_id: UUID | None = None) -> None:
        """A record is shown to an actor; noted where its marking asks for that."""
        if NOTED.holds(actor, row):
            self.note(Access.of(AccessKind.RECORD_READ, actor).to(record_type, record_id or row.id, row))

    def note(self, access: Access) -> None:
        """What is to stand in the access log, once for each kind of thing and record."""
        self.noted[access.kind, access.record_id] = access

    def note_sign_in(self, kind: AccessKind, account: Any | None) -> None:
        """Who signed in or failed to; of an unknown name only that there was one."""
        if account is None:
            self.log.count_anonymous()
        else:
            self.note(Access.of_account(kind, account))


async def append(connection: AsyncConnection, batch: Iterable[tuple[datetime, Access]]) -> None:
    """Rows at the end of the log, each chained to all before it."""
    head = (await connection.execute(select(AccessHeadRow.__table__).with_for_update())).one()  # type: ignore[attr-defined]
    size, last, rows = head.size, head.hash, []
    for at, access in batch:
        row = {"number": size, "id": uuid7(), "at": at, **asdict(access)}
        size, last = size + 1, chained(last, as_chained(row))
        rows.append(row)
    await connection.execute(insert(AccessRow), rows)
    await connection.execute(
        update(AccessHeadRow).values(size=size, hash=last).where(col(AccessHeadRow.id) == 1)
    )


def as_chained(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as its hash has it."""
    return {name: plain(value) for name, value in row.items()}
