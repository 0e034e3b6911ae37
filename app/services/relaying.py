"""The relay: of all workers the one with the lease sends each agency its announcements, each in its own turn.

It reads the ledger from where it stopped, with the eyes of an integration of the agency, and asks nobody to
wait: while a message server is away, the ledger keeps what is to be told. RED is never relayed, whoever sees.
"""

import asyncio
import logging
import secrets
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Protocol

from sqlalchemy import insert, select, update

from app.database import Database, Session
from app.domain.changes import RecordType
from app.domain.relay import Message, RelayState, message
from app.models.relay import RelayRow
from app.schemas.health import RelayReadiness
from app.services import accounts, announcing, subscribers
from app.services.feed_cursors import Wanted
from app.services.leases import Lease
from app.services.news import News
from app.services.relay_settings import ConfiguredRelay, read_file
from app.settings import Settings

ROW = RelayRow.__table__  # type: ignore[attr-defined]
SPAN = 20_000  # entries that one turn passes over at most
BATCH = 256
LEASE_SECONDS = 2.0
NOTE_SECONDS = 1.0  # how often it is noted how far it has come: a successor sends no more than this again
RESTS = (1.0, 2.0, 5.0, 10.0, 30.0)  # after failures in a row

log = logging.getLogger("siaga.relay")


class Sending(Protocol):
    """What takes messages to one agency; raises an error with a `state`."""

    async def connect(self) -> None:
        """Be connected."""

    async def send(self, messages: Sequence[Message]) -> None:
        """Send all of them."""

    async def close(self) -> None:
        """Let the connection go."""


@dataclass(slots=True)
class Line:
    """The relay to one agency in this process; `position` is None until it is read."""

    told: ConfiguredRelay
    sender: Sending
    position: int | None = None
    noted: tuple[int, RelayState] = (-1, RelayState.WAITING)
    noted_at: float = 0.0
    failures: int = 0
    most: int = BATCH  # entries that are sent together; fewer where a slow server does not take them in time


class Relay:
    """All agencies that are configured; none where there is no file."""

    def __init__(self, database: Database, news: News, settings: Settings) -> None:
        self._database = database
        self._news = news
        self._oversight = settings.oversight_agencies
        self._lease = Lease("relay", secrets.token_hex(16))
        self.lines = [Line(told, sender) for told, sender in _senders(settings)]

    async def run(self) -> None:
        """Relay until cancelled."""
        if not self.lines:
            return
        try:
            await asyncio.gather(self._keep_lease(), *map(self._follow, self.lines))
        finally:
            await asyncio.shield(self._stop())

    async def _stop(self) -> None:
        await asyncio.gather(*(each.sender.close() for each in self.lines), return_exceptions=True)
        with suppress(Exception):
            async with self._database.operating() as connection:
                await self._lease.give_back(connection)

    async def _keep_lease(self) -> None:
        while True:
            try:
                async with self._database.operating() as connection:
                    await self._lease.take(connection)
            except Exception:
                log.exception("the lease of the relay could not be taken")
            await asyncio.sleep(LEASE_SECONDS)

    async def _follow(self, line: Line) -> None:
        """One agency, turn after turn; whatever goes wrong with it ends no other's."""
        while True:
            try:
                await self._step(line)
            except Exception:
                log.exception("the relay to %s could not be looked after", line.told.agency)
                await asyncio.sleep(RESTS[-1])

    async def _step(self, line: Line) -> None:
        if not self._lease.holds:
            line.position = None
            await line.sender.close()
            await asyncio.sleep(NOTE_SECONDS / 4)
        elif await self._try_turn(line):
            await self._news.beyond(line.position or 0, time.monotonic() + NOTE_SECONDS)
        else:
            await asyncio.sleep(RESTS[min(line.failures, len(RESTS)) - 1])

    async def _try_turn(self, line: Line) -> bool:
        """One turn, whatever comes of it; whether nothing failed."""
        try:
            state = await self.turn(line, lambda: self._lease.holds)
        except Exception as error:
            state = getattr(error, "state", RelayState.FAILED)
            if state != line.noted[1]:
                log.warning(
                    "nothing is relayed to %s: %s", line.told.agency, error, exc_info=state == "failed"
                )
        line.failures = 0 if state is RelayState.RELAYING else line.failures + 1
        with suppress(Exception):  # the database is away: the next turn tells
            await self._note(line, state)
        return state is RelayState.RELAYING

    async def turn(self, line: Line, may_send: Callable[[], bool] = lambda: True) -> RelayState:
        """Send one agency the next of what it has not been told."""
        size = await self._news.size()
        if line.position is None:
            line.position = await self._position(line, size)
        async with self._database.session() as session:
            reader = await _reader(session, line.told, self._oversight)
        if reader is None:
            return RelayState.NO_ACCOUNT
        await line.sender.connect()
        if size <= line.position:
            return RelayState.RELAYING
        async with self._database.session() as session:
            upto = min(size, line.position + SPAN)
            found = await announcing.between(session, reader, line.position, upto, line.most)
        rows = found.found.rows
        messages = [
            message(line.told.agency, each, getattr(rows.get((each.type, each.id)), "region_code", None))
            for each in found.announcements
        ]
        if messages and may_send():
            most, line.most = line.most, max(1, line.most // 2)  # unless it goes well
            await line.sender.send(messages)
            line.most = min(BATCH, most * 2)
        if may_send():
            line.position = found.upto
        return RelayState.RELAYING

    async def _position(self, line: Line, size: int) -> int:
        """Where to go on; who is new hears of what comes from now on."""
        agency = line.told.agency
        async with self._database.operating() as connection:
            known = (await connection.execute(select(ROW).where(ROW.c.agency == agency))).first()
            if known is None:
                row = {"agency": agency, "position": size, "state": RelayState.WAITING}
                await connection.execute(insert(ROW), [row])
        line.noted = (known.position, RelayState(known.state)) if known else (size, RelayState.WAITING)
        return line.noted[0]

    async def _note(self, line: Line, state: RelayState) -> None:
        """Write down how far it is and how it stands, for all workers, and for who goes on after a crash."""
        position = line.noted[0] if line.position is None else line.position
        is_due = time.monotonic() >= line.noted_at + NOTE_SECONDS
        if (position, state) == line.noted or not (is_due or state != line.noted[1]):
            return
        values = {"state": state} if line.position is None else {"state": state, "position": position}
        async with self._database.operating() as connection:
            if await self._lease.take(connection):
                await connection.execute(update(ROW).where(ROW.c.agency == line.told.agency).values(values))
        line.noted, line.noted_at = (position, state), time.monotonic()

    async def readiness(self, entries: int) -> list[RelayReadiness]:
        """How each line stands, as the worker with the lease noted it."""
        if not self.lines:
            return []
        async with self._database.reading.connect() as connection:
            rows = {row.agency: row for row in await connection.execute(select(ROW))}
        return [
            RelayReadiness(
                agency=each.told.agency,
                state=rows[each.told.agency].state if each.told.agency in rows else RelayState.WAITING,
                behind=max(0, entries - rows[each.told.agency].position) if each.told.agency in rows else 0,
            )
            for each in self.lines
        ]


async def _reader(session: Session, told: ConfiguredRelay, oversight: Sequence[str]) -> Wanted | None:
    """The integration with its rights at this moment, and blind to RED; None where it does not count."""
    account = await accounts.find(session, told.account)
    standing = await accounts.standing_of(session, account.id) if account else None
    if standing is None or standing.row.agency != told.agency:
        return None
    held = accounts.actor(standing, subscribers.ALL, oversight)
    # RED shows to who is named together with somebody who vouches: nobody does, so there is none.
    return subscribers.follower(replace(held, vouched=()), RecordType)


def _senders(settings: Settings) -> list[tuple[ConfiguredRelay, Sending]]:
    if settings.nats is None:
        return []
    told = read_file(settings.nats).agency
    from app.services.nats_sending import Sender  # noqa: PLC0415 - needs a package that is optional

    beside, source = settings.nats.parent, settings.public_url
    return [(each, Sender(each, beside, source)) for each in told]
