"""What was decided on ground that moved is decided again: not written as it was, not lost, not for ever."""

import asyncio
import random
from collections.abc import Awaitable
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import select as core_select
from sqlalchemy import text
from sqlmodel import col, select

from app.change import Change, Subject
from app.database import Database
from app.lane import Lane, Stale, Work, _write
from app.models.agencies import UnitRow
from app.models.incidents import IncidentRow
from app.services import records
from app.services.accounts import SYSTEM
from app.services.visibility import marking_of
from app.settings import Settings
from app.tree.leaves import Leaves
from tests.conftest import PASSWORD
from tests.support.calls import OPERATOR, accuse, change, get, ledger_size, post, refused, step, url
from tests.support.service import Service, report, running
from tests.test_lane import MARKING, gap_free, lane_on
from tests.test_lane_failures import LOCKED, backends, elsewhere, only_postgresql

KPU = "operator.kpu-banten"
SHARED = {"tlp": "AMBER", "audience": ["kpu-banten"]}
OTHERS = ("kodam-jaya", "korem-052", "korem-064", "kpu-banten", "pemkab-lebak", "pemkab-pandeglang",
          "pemkab-serang", "pemkab-tangerang", "pemkot-cilegon", "pemkot-serang")  # fmt: skip


TABLE = IncidentRow.__table__


class Rival:
    """The lane of another worker, held in the middle of a change of one incident."""

    def __init__(self, database: Database, incident: str, **values: Any) -> None:
        self.connection = database.engine.connect()
        self.incident = UUID(incident)
        self.values = values

    async def write(self) -> "Rival":
        await self.connection.start()
        # Who waits for this lock gets it in turn, so the rivals and the request come one after another.
        await self.connection.execute(text("LOCK TABLE incident IN EXCLUSIVE MODE"))
        mine = core_select(TABLE).where(TABLE.c.id == self.incident)
        found = dict((await self.connection.execute(mine)).mappings().one())
        row, after = IncidentRow(**found), IncidentRow(**found | self.values)
        change = Change(SYSTEM)
        about = records.subject(row, marking_of(after))
        change.update(row, "incident.changed", about, self.values)
        await _write(self.connection, [Work(change, None)], Leaves())
        return self

    async def commit(self) -> None:
        await self.connection.commit()
        await self.connection.close()


async def overtaken(database: Database, calling: Awaitable[httpx.Response], *rivals: Rival) -> httpx.Response:
    """The answer to a request that finds, each time it was decided, that a rival was faster."""
    now = await rivals[0].write()
    request = asyncio.ensure_future(calling)
    for following in [*rivals[1:], None]:
        await backends(database, LOCKED)
        waiting = asyncio.ensure_future(following.write()) if following else None
        if waiting:
            await backends(database, LOCKED, 2)  # the next in line behind the request
        await now.commit()
        now = await waiting if waiting else now
    return await request


@only_postgresql
async def test_a_change_is_decided_on_the_record_as_it_stands_when_written(fresh: Settings):
    async with running(fresh, PASSWORD) as service, elsewhere(fresh) as other:
        made = await report(service, OPERATOR, tlp="GREEN")
        rivals = [Rival(other, made["id"], injured_count=number) for number in (4, 5)]
        answer = await overtaken(other, accuse(service, KPU, made, "korem-064"), *rivals)
        assert answer.status_code == 200
        told = answer.json()
        assert (told["version"], told["injured_count"], told["about_agencies"]) == (4, 5, ["korem-064"])
        assert await gap_free(other)


@only_postgresql
async def test_what_is_overtaken_three_times_is_a_conflict_and_changes_nothing(fresh: Settings):
    async with running(fresh, PASSWORD) as service, elsewhere(fresh) as other:
        made = await report(service, OPERATOR, tlp="GREEN")
        rivals = [Rival(other, made["id"], injured_count=number) for number in (4, 5, 6)]
        refused(await overtaken(other, accuse(service, KPU, made, "korem-064"), *rivals), 409, "conflict")
        now = (await get(service, OPERATOR, url(made))).json()
        assert (now["version"], now["injured_count"], now["about_agencies"]) == (4, 6, [])
        assert await gap_free(other)


@only_postgresql
async def test_what_names_its_version_and_is_overtaken_has_failed_its_precondition(fresh: Settings):
    async with running(fresh, PASSWORD) as service, elsewhere(fresh) as other:
        made = await report(service, OPERATOR)
        await service.client(OPERATOR)
        answer = await overtaken(
            other, change(service, OPERATOR, made, injured_count=1), Rival(other, made["id"], injured_count=4)
        )
        refused(answer, 412, "precondition-failed")
        assert (await get(service, OPERATOR, url(made))).json()["injured_count"] == 4


@only_postgresql
async def test_a_note_is_not_written_under_a_marking_that_a_rival_narrows(fresh: Settings):
    async with running(fresh, PASSWORD) as service, elsewhere(fresh) as other:
        made = await report(service, OPERATOR, **SHARED)
        await service.client(KPU)
        size = await ledger_size(service)
        noting = post(service, KPU, url(made, "/notes"), {"text": "Catatan."})
        answer = await overtaken(other, noting, Rival(other, made["id"], audience=[]))
        refused(answer, 404, "not-found")
        assert (await get(service, OPERATOR, url(made, "/notes"))).json()["items"] == []
        assert await ledger_size(service) == size + 1


@only_postgresql
async def test_a_step_that_a_rival_makes_impossible_is_refused_by_the_rule(fresh: Settings):
    async with running(fresh, PASSWORD) as service, elsewhere(fresh) as other:
        made = await report(service, OPERATOR)
        rival = Rival(other, made["id"], status="false_report")
        answer = await overtaken(other, step(service, OPERATOR, made, "verified"), rival)
        refused(answer, 409, "illegal-step")


async def test_of_a_rush_on_one_record_each_is_done_whole_or_refused_whole(fresh: Settings):
    async with running(fresh, PASSWORD) as service:
        made = await report(service, OPERATOR, tlp="GREEN")
        size = await ledger_size(service)
        answers = await asyncio.gather(*(accuse(service, OPERATOR, made, agency) for agency in OTHERS))
        done = [code for code, answer in zip(OTHERS, answers, strict=True) if answer.status_code == 200]
        assert done
        assert {answer.status_code for answer in answers} <= {200, 409}
        now = (await get(service, OPERATOR, url(made))).json()
        assert sorted(now["about_agencies"]) == sorted(done)
        assert now["version"] == 1 + len(done)
        assert await ledger_size(service) == size + len(done)


async def test_notes_do_not_stand_in_each_others_way(fresh: Settings):
    async with running(fresh, PASSWORD) as service:
        made = await report(service, OPERATOR, **SHARED)
        path, accounts = url(made, "/notes"), (OPERATOR, KPU) * 20
        answers = await asyncio.gather(
            *(post(service, account, path, {"text": "Catatan."}) for account in accounts)
        )
        assert {answer.status_code for answer in answers} == {201}
        assert await noted_under_its_marking(service, made["id"])


async def noted_under_its_marking(service: Service, made: str) -> bool:
    """Whether each part has the marking that its record had at that point of the ledger."""
    client = await service.client("auditor.polda-banten")
    entries = (await client.get("/api/v1/ledger/entries", params={"record_id": made})).json()["items"]
    return {entry["tlp"] for entry in entries} == {"AMBER"}


async def insisting(lane: Lane, database: Database, units: list[UUID], chance: random.Random) -> int:
    """Rename some units in one change, in an order of one's own, until it is written; how often it took."""
    for tries in range(1, 500):
        made = Change(SYSTEM)
        async with database.session() as session:
            for unit in chance.sample(units, 4):
                row = (await session.exec(select(UnitRow).where(col(UnitRow.id) == unit))).one()
                about = Subject("unit", unit, MARKING, MARKING)
                made.update(row, "unit.changed", about, {"name": f"Nama {chance.random()}"})
        try:
            await lane.write(made)
        except Stale:
            await asyncio.sleep(chance.random() / 50)
        else:
            return tries
    raise AssertionError("never written")


@only_postgresql
async def test_lanes_that_change_the_same_rows_in_opposite_orders_all_come_through(fresh: Settings):
    chance = random.Random(7)  # noqa: S311 - an order, no secret
    async with lane_on(fresh) as (database, one), lane_on(fresh) as (_, two):
        async with database.session() as session:
            units = list((await session.exec(select(UnitRow.id).order_by(col(UnitRow.id)).limit(6))).all())
        async with asyncio.timeout(60):
            await asyncio.gather(
                *(insisting((one, two)[number % 2], database, units, chance) for number in range(24))
            )
        async with database.session() as session:
            rows = (await session.exec(select(UnitRow.version).where(col(UnitRow.id).in_(units)))).all()
        assert sum(rows) - len(rows) == 24 * 4
        assert await gap_free(database)
