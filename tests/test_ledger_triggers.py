"""Every ledgered table has its guards: forged entries, lost rows and replaced rows are refused in each."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import (
    Table,
    UniqueConstraint,
    column,
    insert,
    literal_column,
    select,
    table,
    text,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlmodel import SQLModel

from app.change import Change
from app.database import Database
from app.domain.access_log import FIRST
from app.lane import is_refusal, sqlstate
from app.models import LEDGER, LEDGERED
from app.models.access_log import AccessCommitRow
from app.models.ledger import LedgerHeadRow, LedgerRow
from app.services.access_log import ABOUT
from app.services.accounts import SYSTEM
from app.settings import Settings
from tests.conftest import PASSWORD
from tests.support.access import tell_of_accesses
from tests.support.acknowledgements import asked as confirmation_asked
from tests.support.acknowledgements import referred
from tests.support.assistance import KOREM, answered, asked
from tests.support.break_glass import KPU_CHIEF, open_glass
from tests.support.calls import attach
from tests.support.credentials import give_credential
from tests.support.databases import new_database
from tests.support.deployments import arrived, check_in
from tests.support.elections import issued
from tests.support.identities import linked
from tests.support.log import checkpoint, cosigned
from tests.support.patrols import started
from tests.support.posture import activated
from tests.support.privacy import OFFICER, breach, data_request, erase, hold, order
from tests.support.receivers import webhook
from tests.support.scenes import confirmed
from tests.support.service import Service, report, running
from tests.support.sites import pattern_set, registered
from tests.support.threats import proposed, spot, stated

TABLES = {table.__tablename__: table for table in LEDGERED}
ALL = {table.__tablename__: table for table in (*LEDGERED, *LEDGER)}
POLDA = "operator.polda-banten"
FORGERIES: dict[str, dict[str, Any] | None] = {
    "an entry that is not there": None,
    "an entry about another row": {"subject_id": UUID(int=7)},
    "an entry of an older version": {"version": 0},
    "an entry of a later version": {"version": 1_000_000},
}


async def _some_sites(service: Service, keys: list[dict[str, str]]) -> None:
    for key in keys:
        await registered(service, risk="rawan", rationale="Dinilai.", **key)
        await pattern_set(service)
        await started(service)
        await activated(service)


async def _some_answers(service: Service) -> None:
    for _ in range(2):
        await answered(service, KOREM, await asked(service), "decline", reason="Tidak ada.")


async def _some_clocks(service: Service, *made: dict[str, Any]) -> None:
    for each in made:
        await confirmation_asked(service, each)
        await referred(service, each)


async def _some_orders(service: Service) -> None:
    for _ in range(2):
        await issued(service)


@pytest.fixture(scope="module")
async def own(
    seeded: Settings, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Database]:
    """A database of this module alone, with at least two rows in each ledgered table."""
    server = request.getfixturevalue("postgresql") if not seeded.database.startswith("sqlite") else None
    directory = tmp_path_factory.mktemp("guards")
    settings = await new_database("copy", directory, server, PASSWORD, of=seeded)
    async with running(settings, PASSWORD) as service:
        client = await service.client(POLDA)
        keys = [{"external_source": "uji", "external_id": each} for each in ("satu", "dua")]
        first, second = [await report(service, POLDA, tlp="GREEN", **key) for key in keys]
        for here, there in ((first, second), (second, first)):
            for part, body in (
                ("notes", {"text": "Catatan."}),
                ("links", {"target_id": there["id"], "kind": "related_to"}),
                ("parties", {"role": "witness", "name": "Saksi (fiktif)"}),
            ):
                answer = await client.post(f"/api/v1/incidents/{here['id']}/{part}", json=body)
                assert answer.status_code == 201
            assert (await attach(service, POLDA, here)).status_code == 201
        for at, key in zip((spot(), spot()), keys, strict=True):
            await stated(service, POLDA, at, 2, **key)
            await proposed(service, POLDA, at, 4)
        places = (("polres-serang", "36.04"), ("polres-lebak", "36.02"))
        for (unit, region), key in zip(places, keys, strict=True):
            there = await arrived(service, POLDA, home_unit=unit, region_code=region, **key)
            assert (await check_in(service, POLDA, there)).status_code == 201
        await _some_sites(service, keys)
        await _some_answers(service)
        await _some_clocks(service, first, second)
        await _some_orders(service)
        for made in (first, second):
            for kept in (await hold(service, OFFICER, made), await order(service, made)):
                assert kept.status_code == 201
            await data_request(service)
            await breach(service)
        for _ in range(2):
            made = await report(service, POLDA)
            assert (await erase(service, OFFICER, made, "incident", made, "site")).status_code == 201
        for subject in ("satu", "dua"):
            await linked(service, "https://sso.uji.test", subject, POLDA)
        for account in (POLDA, "liaison.polda-banten"):
            await give_credential(service, account, "totp", sealed="uji")
            await confirmed(service)
            await webhook(service, "https://siaga.invalid/hook")
            await open_glass(service, KPU_CHIEF, await report(service, POLDA))
        await tell_of_accesses(service)
        second = Change(SYSTEM)
        values = {"size": 0, "row_count": 0, "hash": FIRST, "committed_at": second.at}
        second.create_part(AccessCommitRow, "access.committed", ABOUT, values)
        await service.app.state.lane.write(second)
        await checkpoint(service, 200)
        await cosigned(service)
    database = Database(settings.database)
    yield database
    await database.close()


@contextmanager
def refused(match: str | None = None) -> Iterator[None]:
    """The database refuses, and the lane would know that it was rolled back for certain."""
    with pytest.raises(IntegrityError, match=match) as caught:
        yield
    assert is_refusal(caught.value)
    assert sqlstate(caught.value)[:2] in {"", "23"}


async def give_back(connection: AsyncConnection) -> None:
    """End what SQLite leaves open where it refuses the COMMIT itself."""
    await connection.run_sync(lambda held: held.connection.rollback())


def core(model: type[SQLModel]) -> Table:
    return model.__table__  # type: ignore[attr-defined]


async def rows(connection: AsyncConnection, model: type[SQLModel], count: int = 2) -> list[dict[str, Any]]:
    asked = select(core(model)).limit(count)
    if "external_id" in core(model).c:  # only those with a key can be in each other's way by it
        asked = asked.order_by(core(model).c.external_id.is_(None))
    found = (await connection.execute(asked)).mappings().all()
    assert len(found) == count, f"the fixture fills {model.__tablename__} too little"
    return [dict(row) for row in found]


def entry(model: type[SQLModel], row: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """What the lane would append for the next version of a row."""
    code = "uji"
    return {
        "position": uuid4().int >> 70, "id": uuid4(), "at": datetime.now(UTC), "action": code,
        "account": code, "agency": code, "role": code, "record_type": code, "record_id": row["id"],
        "subject_type": model.__tablename__, "subject_id": row["id"], "version": row["version"] + 1,
        "marking_before": None, "owner_agency": code, "tlp": "GREEN", "classification": "biasa",
        "audience": [], "recipients": [], "exercise": "live", **changes,
    }  # fmt: skip


def next_version(model: type[SQLModel], row: dict[str, Any], entry_id: UUID) -> Any:
    written = core(model)
    changed = {"version": row["version"] + 1, "entry_id": entry_id}
    return update(written).where(written.c.id == row["id"]).values(changed)


@pytest.mark.parametrize("name", TABLES)
async def test_a_row_changes_with_an_entry_of_its_own(own: Database, name: str):
    async with own.engine.begin() as connection:
        row = (await rows(connection, TABLES[name]))[0]
        appended = entry(TABLES[name], row)
        assert (await connection.execute(next_version(TABLES[name], row, appended["id"]))).rowcount == 1
        await connection.execute(insert(LedgerRow), [appended])


@pytest.mark.parametrize("forgery", FORGERIES)
@pytest.mark.parametrize("name", TABLES)
async def test_the_commit_refuses_a_row_with(own: Database, name: str, forgery: str):
    async with own.engine.connect() as connection:
        transaction = await connection.begin()
        row = (await rows(connection, TABLES[name]))[0]
        changes = FORGERIES[forgery]
        appended = entry(TABLES[name], row, **(changes or {}))
        if changes is not None:
            await connection.execute(insert(LedgerRow), [appended])
        await connection.execute(next_version(TABLES[name], row, appended["id"]))
        with refused():
            await transaction.commit()
        await give_back(connection)
    async with own.reading.connect() as connection:
        assert row in await rows(connection, TABLES[name])


@pytest.mark.parametrize("name", TABLES)
async def test_a_row_neither_keeps_its_entry_nor_skips_a_version_nor_changes_its_id(own: Database, name: str):
    written = core(TABLES[name])
    for changed in (
        {"version": written.c.version + 1},
        {"entry_id": uuid4()},
        {"entry_id": uuid4(), "version": written.c.version + 2},
        {"entry_id": uuid4(), "version": written.c.version + 1, "id": uuid4()},
    ):
        async with own.engine.connect() as connection, connection.begin():
            row = (await rows(connection, TABLES[name]))[0]
            with refused("only with a new entry"):
                await connection.execute(update(written).where(written.c.id == row["id"]).values(changed))


@pytest.mark.parametrize("name", TABLES)
async def test_a_plain_session_cannot_change_or_delete_a_row(own: Database, name: str):
    async with own.engine.connect() as connection, AsyncSession(connection) as session:
        row = (await session.execute(select(TABLES[name]).limit(1))).scalar_one()
        row.version, row.entry_id = row.version + 1, uuid4()
        with refused():
            await session.commit()
        await give_back(connection)
    async with AsyncSession(own.engine) as session:
        await session.delete((await session.execute(select(TABLES[name]).limit(1))).scalar_one())
        with refused("refuses DELETE"):
            await session.commit()


@pytest.mark.parametrize("name", ALL)
async def test_a_row_is_neither_deleted_nor_truncated(own: Database, name: str):
    statements = [f"DELETE FROM {name}"]
    if own.engine.dialect.name == "postgresql":
        statements.append(f"TRUNCATE {name} CASCADE")
    for statement in statements:
        async with own.engine.connect() as connection, connection.begin():
            with refused(f"{name} refuses {statement.partition(' ')[0]}"):
                await connection.execute(text(statement))


def unique_keys(own: Database, model: type[SQLModel]) -> list[set[str]]:
    """The columns of every unique key, by the models; on SQLite also the hidden one."""
    known = core(model)
    constraints = [each for each in known.constraints if isinstance(each, UniqueConstraint)]
    indexes = [each for each in known.indexes if each.unique]
    keys = [{column.name for column in each.columns} for each in (known.primary_key, *constraints, *indexes)]
    is_hidden = own.engine.dialect.name == "sqlite" and model is not LedgerHeadRow  # there it is the id
    return [*keys, {"rowid"}] if is_hidden else keys


def with_rowid(model: type[SQLModel]) -> Any:
    """The table as SQLite lets one write to it."""
    known = core(model)
    return table(known.name, column("rowid"), *(column(each.name, each.type) for each in known.columns))


def another(value: Any) -> Any:
    """A value of the same kind that no row has."""
    made = uuid4()
    if isinstance(value, datetime):
        return value + timedelta(seconds=made.int >> 100)
    if isinstance(value, date):
        return value + timedelta(days=made.int >> 112)
    if isinstance(value, int):
        return made.int >> 98
    return made if isinstance(value, UUID) else f"x{made.hex[:10]}"


@pytest.mark.parametrize("name", ALL)
async def test_no_insert_takes_the_place_of_another_row(own: Database, name: str):
    """SQLite's OR REPLACE deletes what stands in the way, by any unique key, without firing a trigger."""
    model, keys = ALL[name], unique_keys(own, ALL[name])
    for taken in keys:
        async with own.engine.connect() as connection, connection.begin():
            row = (await rows(connection, model, 1))[0]
            others = set().union(*keys) - taken - {"rowid"}
            new = {**row, **{each: another(row[each]) for each in others}}
            if taken == {"rowid"}:
                lowest = select(literal_column("rowid")).select_from(core(model)).limit(1)
                new["rowid"] = (await connection.execute(lowest)).scalar_one()
            statement = insert(with_rowid(model)).prefix_with("OR REPLACE", dialect="sqlite")
            with refused("has it|unique constraint"):
                await connection.execute(statement.values(new))


@pytest.mark.parametrize("name", TABLES)
async def test_no_update_takes_the_place_of_another_row(own: Database, name: str):
    model = TABLES[name]
    for taken in unique_keys(own, model):
        async with own.engine.connect() as connection, connection.begin():
            mine, other = await rows(connection, model)
            changed = {"version": mine["version"] + 1, "entry_id": uuid4()}
            changed |= {each: other[each] for each in taken & set(other)}
            if taken == {"rowid"}:
                of_other = select(literal_column("rowid")).select_from(core(model))
                changed["rowid"] = of_other.where(core(model).c.id == other["id"]).scalar_subquery()
            written = with_rowid(model)
            statement = update(written).where(written.c.id == mine["id"]).values(changed)
            with refused("has it|only with a new entry|unique constraint"):
                await connection.execute(statement.prefix_with("OR REPLACE", dialect="sqlite"))
