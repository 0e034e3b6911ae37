"""A count of tries that holds across workers and hosts: each takes one of the few places of its day."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, time, timedelta, timezone
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col

from app.domain.break_glass import TRIES_A_DAY
from app.domain.errors import NotFound, TooManyRequests
from app.models.break_glass import BreakGlassTryRow as Row

WIB = timezone(timedelta(hours=7))  # the day of those who are on duty


class Tries:
    """The places of the day; a try that finds nothing keeps its own, any other gives it back.

    It is taken before anything is looked up: of many at once, no more are answered than there are places.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    @asynccontextmanager
    async def one(self, account_id: UUID) -> AsyncIterator[None]:
        """One try; raises TooManyRequests where the day has no place left."""
        day = datetime.now(WIB).date()
        number = await self._take(account_id, day)
        try:
            yield
        except NotFound:
            raise
        except BaseException:
            await self._give_back(account_id, day, number)
            raise
        await self._give_back(account_id, day, number)

    async def _take(self, account_id: UUID, day: date) -> int:
        taken = select(col(Row.number)).where(col(Row.account_id) == account_id, col(Row.day) == day)
        while True:
            try:
                async with self._engine.begin() as connection:
                    numbers = set((await connection.execute(taken)).scalars())
                    free = [number for number in range(1, TRIES_A_DAY + 1) if number not in numbers]
                    if not free:
                        raise TooManyRequests(
                            "{count} tries found nothing today; the next is possible tomorrow.",
                            seconds=_seconds_left(day),
                            count=TRIES_A_DAY,
                        )
                    await connection.execute(
                        insert(Row).values(account_id=account_id, day=day, number=free[0])
                    )
                    return free[0]
            except IntegrityError:
                continue  # another took it at this moment

    async def _give_back(self, account_id: UUID, day: date, number: int) -> None:
        place = (col(Row.account_id) == account_id, col(Row.day) == day, col(Row.number) == number)
        async with self._engine.begin() as connection:
            await connection.execute(delete(Row).where(*place))


def _seconds_left(day: date) -> int:
    tomorrow = datetime.combine(day + timedelta(days=1), time(), WIB)
    return int((tomorrow - datetime.now(UTC)).total_seconds()) + 1
