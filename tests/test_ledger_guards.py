"""No change without an entry: neither the ORM nor Core nor raw SQL changes a row in silence."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app import models
from app.database import Database
from app.models.incidents import IncidentRow
from app.models.ledger import LedgerDisclosureRow, LedgerHeadRow, LedgerRow
from app.settings import Settings
from tests.support.access import tell_of_accesses
from tests.support.acknowledgements import asked as confirmation_asked
from tests.support.acknowledgements import referred
from tests.support.assistance import KOREM, answered, asked
from tests.support.break_glass import KPU_CHIEF, open_glass
from tests.support.calls import attach
from tests.support.credentials import give_credential
from tests.support.deployments import arrived, check_in
from tests.support.elections import issued
from tests.support.identities import linked
from tests.support.patrols import started
from tests.support.posture import activated
from tests.support.privacy import OFFICER, breach, data_request, erase, hold, order
from tests.support.receivers import webhook
from tests.support.scenes import confirmed
from tests.support.service import Service, report, running
from tests.support.sites import pattern_set, registered
from tests.support.threats import proposed, spot, stated

PASSWORD = "for-tests-only-" * 2
LEDGERED = [table.__tablename__ for table in models.LEDGERED]


@pytest.fixture(scope="module")
async def filled(service: Service) -> AsyncIterator[Database]:
    """The shared database with at least one row in each ledgered table."""
    mine = await report(service, "operator.polda-banten", tlp="GREEN")
    other = await report(service, "operator.polda-banten", tlp="GREEN")
    client = await service.client("operator.polda-banten")
    path = f"/api/v1/incidents/{mine['id']}"
    for part, body in (
        ("notes", {"text": "catatan"}),
        ("links", {"target_id": other["id"], "kind": "related_to"}),
        ("parties", {"role": "witness", "name": "Saksi (fiktif)"}),
    ):
        assert (await client.post(f"{path}/{part}", json=body)).status_code == 201
    assert (await attach(service, "operator.polda-banten", mine)).status_code == 201
    await stated(service, "operator.polda-banten", at := spot(), 2)
    await proposed(service, "operator.polda-banten", at, 4)
    assert (await check_in(service, "operator.polda-banten", await arrived(service))).status_code == 201
    await answered(service, KOREM, await asked(service), "accept", quantity=5)
    await issued(service)
    await registered(service, risk="rawan", rationale="Dinilai.")
    await pattern_set(service)
    await confirmation_asked(service, mine)
    await referred(service, mine)
    await started(service)
    await activated(service)
    await linked(service, "https://sso.uji.test", "satu", "operator.polda-banten")
    await give_credential(service, "integration.polda-banten", "public_key", public_key={})
    await confirmed(service)
    await webhook(service, "https://siaga.invalid/hook")
    await open_glass(service, KPU_CHIEF, await report(service, "operator.polda-banten"))
    await tell_of_accesses(service)
    await order(service, mine)
    await data_request(service)
    await breach(service)
    await erase(service, OFFICER, mine, "incident", mine, "site")
    await hold(service, OFFICER, mine)
    database = Database(service.app.state.settings.database)
    yield database
    await database.close()


async def run(database: Database, *statements: Any) -> None:
    """All in one transaction."""
    async with database.engine.begin() as connection:
        for statement in statements:
            await connection.execute(text(statement) if isinstance(statement, str) else statement)


async def one(database: Database, table: str) -> Any:
    async with database.reading.connect() as connection:
        return (await connection.execute(text(f"SELECT * FROM {table} LIMIT 1"))).mappings().first()


@pytest.mark.parametrize("table", LEDGERED)
async def test_a_row_that_keeps_its_entry_cannot_change(filled: Database, table: str):
    with pytest.raises(IntegrityError):
        await run(filled, f"UPDATE {table} SET version = version + 1")


@pytest.mark.parametrize("table", LEDGERED)
async def test_a_row_cannot_change_with_an_entry_that_does_not_exist(filled: Database, table: str):
    row = await one(filled, table)
    entry = uuid4().hex if filled.engine.dialect.name == "sqlite" else uuid4()
    with pytest.raises(IntegrityError):
        await run(
            filled,
            text(f"UPDATE {table} SET version = version + 1, entry_id = :entry WHERE id = :id").bindparams(
                entry=entry, id=row["id"]
            ),
        )


@pytest.mark.parametrize("table", LEDGERED)
async def test_a_row_cannot_borrow_the_entry_of_another(filled: Database, table: str):
    row = await one(filled, table)
    async with filled.reading.connect() as connection:
        entry = (await connection.execute(text("SELECT id FROM ledger LIMIT 1"))).scalar_one()
    statement = text(f"UPDATE {table} SET version = version + 1, entry_id = :entry WHERE id = :id")
    with pytest.raises(IntegrityError):
        await run(filled, statement.bindparams(entry=entry, id=row["id"]))


@pytest.mark.parametrize("table", LEDGERED)
async def test_a_row_is_never_deleted(filled: Database, table: str):
    assert await one(filled, table) is not None
    with pytest.raises(DBAPIError):
        await run(filled, f"DELETE FROM {table}")
    if filled.engine.dialect.name == "postgresql":
        with pytest.raises(DBAPIError):
            await run(filled, f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize("table", [*LEDGERED, "ledger", "ledger_disclosure", "ledger_head"])
async def test_a_row_is_never_replaced(filled: Database, table: str):
    if filled.engine.dialect.name == "postgresql":  # it has no REPLACE; the nearest it has is an upsert
        key = {"ledger": "position", "ledger_disclosure": "position"}.get(table, "id")
        same = f"INSERT INTO {table} SELECT * FROM {table} LIMIT 1"
        with pytest.raises(DBAPIError):
            await run(filled, f"{same} ON CONFLICT ({key}) DO UPDATE SET {key} = EXCLUDED.{key}")
        return
    with pytest.raises(IntegrityError):
        await run(filled, f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1")


async def test_the_orm_cannot_change_a_row_in_silence(filled: Database):
    async with AsyncSession(filled.engine) as session:
        row = (await session.execute(select(IncidentRow).limit(1))).scalar_one()
        row.title = "diubah diam-diam"
        with pytest.raises(IntegrityError):
            await session.commit()


async def test_core_cannot_change_a_row_in_silence(filled: Database):
    with pytest.raises(IntegrityError):
        await run(filled, update(IncidentRow).values(title="diubah diam-diam"))
    with pytest.raises(IntegrityError):
        await run(filled, delete(IncidentRow))


async def test_a_new_row_needs_its_entry(filled: Database):
    row = dict(await one(filled, "agency"))
    row |= {"id": uuid4().hex, "entry_id": uuid4().hex, "code": "tanpa-entri"}
    if filled.engine.dialect.name == "postgresql":
        row |= {"id": uuid4(), "entry_id": uuid4()}
    names = ", ".join(row)
    values = ", ".join(f":{name}" for name in row)
    with pytest.raises(IntegrityError):
        await run(filled, text(f"INSERT INTO agency ({names}) VALUES ({values})").bindparams(**row))


@pytest.mark.parametrize("table", [LedgerRow, LedgerDisclosureRow])
async def test_an_entry_is_never_changed_nor_deleted(filled: Database, table: Any):
    changed = {"action": "lain"} if table is LedgerRow else {"fields": {}}
    for statement in (update(table).values(**changed), delete(table)):
        with pytest.raises(DBAPIError):
            await run(filled, statement)


ERASED = [None, None]
PAIRS = {"/title": ["aa", "Judul"], "/site": ["bb", None]}
ERASURES: dict[str, tuple[dict[str, Any], bool]] = {
    "one": ({"/title": ERASED, "/site": ["bb", None]}, True),
    "both": ({"/title": ERASED, "/site": ERASED}, True),
    "none": ({"/title": ["aa", "Judul"], "/site": ["bb", None]}, False),
    "another value": ({"/title": ["aa", "Lain"], "/site": ["bb", None]}, False),
    "another salt": ({"/title": ["cc", "Judul"], "/site": ["bb", None]}, False),
    "the value alone": ({"/title": ["aa", None], "/site": ["bb", None]}, False),
    "the salt alone": ({"/title": [None, "Judul"], "/site": ["bb", None]}, False),
    "the path too": ({"/site": ["bb", None]}, False),
    "everything": ({}, False),
    "with a path more": ({**PAIRS, "/title": ERASED, "/name": ERASED}, False),
    "with another path": ({"/name": ERASED, "/site": ["bb", None]}, False),
    "and something else": ({"/title": ERASED, "/site": ["bb", "Serang"]}, False),
    "to something else": ({"/title": "erased", "/site": ["bb", None]}, False),
}


@pytest.mark.parametrize("name", ERASURES)
async def test_what_an_entry_says_can_be_erased_and_nothing_else(filled: Database, name: str):
    fields, allowed = ERASURES[name]
    said, row = LedgerDisclosureRow, await one(filled, "ledger_disclosure")
    position = uuid4().int >> 70
    entry = {
        **await one(filled, "ledger"),
        "position": position,
        "id": uuid4().hex,
        "subject_id": uuid4().hex,
    }
    if filled.engine.dialect.name == "postgresql":
        entry |= {"id": uuid4(), "subject_id": uuid4()}
    names, values = ", ".join(entry), ", ".join(f":{each}" for each in entry)
    async with filled.engine.connect() as connection, connection.begin() as transaction:
        if filled.engine.dialect.name == "sqlite":
            await connection.execute(
                text(f"INSERT INTO ledger ({names}) VALUES ({values})").bindparams(**entry)
            )
        else:
            await connection.execute(text("SET CONSTRAINTS ALL DEFERRED"))
            columns = ", ".join(f'"{each}"' for each in entry if each not in {"position", "id", "subject_id"})
            await connection.execute(
                text(
                    f"INSERT INTO ledger (position, id, subject_id, {columns}) "
                    f"SELECT :position, :id, :subject_id, {columns} FROM ledger LIMIT 1"
                ).bindparams(position=position, id=entry["id"], subject_id=entry["subject_id"])
            )
        await connection.execute(insert(said).values(position=position, fields=PAIRS, salts=row["salts"]))
        rewrite = update(said).where(col(said.position) == position).values(fields=fields)
        if allowed:
            assert (await connection.execute(rewrite)).rowcount == 1
            with pytest.raises(IntegrityError):  # there is no way back
                await connection.execute(rewrite.values(fields=PAIRS))
        else:
            with pytest.raises(IntegrityError):
                await connection.execute(rewrite)
        await transaction.rollback()


@pytest.mark.parametrize("changed", [{"position": -7}, {"salts": "00"}])
async def test_an_erasure_touches_nothing_but_values(filled: Database, changed: dict[str, Any]):
    statement = update(LedgerDisclosureRow).where(col(LedgerDisclosureRow.position) == 0)
    with pytest.raises(IntegrityError):
        await run(filled, statement.values(**changed))


async def test_the_ledger_only_grows(filled: Database):
    for statement in (
        update(LedgerHeadRow).values(size=LedgerHeadRow.size - 1),
        update(LedgerHeadRow).values(size=LedgerHeadRow.size),
        delete(LedgerHeadRow),
        insert(LedgerHeadRow).values(id=2, size=0),
    ):
        with pytest.raises(DBAPIError):
            await run(filled, statement)


async def test_every_row_points_at_its_newest_entry(filled: Database):
    async with filled.reading.connect() as connection:
        for table in LEDGERED:
            missing = f"""SELECT count(*) FROM {table} AS t WHERE NOT EXISTS (SELECT 1 FROM ledger AS l
                WHERE l.id = t.entry_id AND l.subject_id = t.id AND l.version = t.version)"""
            assert (await connection.execute(text(missing))).scalar_one() == 0, table
            newer = f"""SELECT count(*) FROM {table} AS t JOIN ledger AS l
                ON l.subject_id = t.id AND l.version > t.version"""
            assert (await connection.execute(text(newer))).scalar_one() == 0, table


async def test_each_version_of_each_row_is_one_entry(filled: Database):
    async with filled.reading.connect() as connection:
        for table in ("agency", "unit", "account", "dataset"):
            rows = (await connection.execute(text(f"SELECT sum(version) FROM {table}"))).scalar_one()
            entries = text("SELECT count(*) FROM ledger WHERE subject_type = :type").bindparams(type=table)
            assert (await connection.execute(entries)).scalar_one() == rows


async def test_each_accepted_change_is_one_entry_and_a_refused_one_none(fresh: Settings):
    async with running(fresh, PASSWORD) as service:
        client = await service.client("commander.polda-banten")

        async def size() -> int:
            return (await client.get("/api/v1/ledger/head")).json()["size"]

        before = await size()
        made = await report(service, "commander.polda-banten", tlp="GREEN")
        path = f"/api/v1/incidents/{made['id']}"
        accepted = [
            client.patch(path, json={"severity": "severe"}, headers={"If-Match": '"1"'}),
            client.post(f"{path}/steps", json={"to": "verified", "reason": "dicek"}),
            client.post(f"{path}/notes", json={"text": "catatan"}),
            client.post(f"{path}/parties", json={"role": "witness", "name": "Saksi (fiktif)"}),
            client.post(f"{path}/about-agencies", json={"agency": "kpu-banten", "reason": "disebut"}),
        ]
        for place, request in enumerate(accepted, start=2):
            assert (await request).is_success
            assert await size() == before + place
        refused = [
            client.patch(path, json={"severity": "minor"}, headers={"If-Match": '"1"'}),
            client.post(f"{path}/steps", json={"to": "closed", "reason": "terlalu cepat"}),
            client.post(f"{path}/notes", json={}),
        ]
        for request in refused:
            assert (await request).is_client_error
        assert await size() == before + 1 + len(accepted)


async def test_an_entry_says_who_what_and_how_it_was_marked(service: Service, filled: Database):
    made = await report(service, "operator.polda-banten", tlp="GREEN")
    client = await service.client("operator.polda-banten")
    marking = {"tlp": "AMBER", "audience": ["kpu-banten"]}
    answer = await client.patch(f"/api/v1/incidents/{made['id']}", json=marking, headers={"If-Match": '"1"'})
    position = int(answer.headers["siaga-ledger-position"])
    async with AsyncSession(filled.reading) as session:
        entry = (await session.execute(select(LedgerRow).where(LedgerRow.position == position))).scalar_one()
        said = (
            await session.execute(select(LedgerDisclosureRow).where(LedgerDisclosureRow.position == position))
        ).scalar_one()
    assert (entry.action, entry.account, entry.agency, entry.version) == (
        "incident.changed", "operator.polda-banten", "polda-banten", 2,
    )  # fmt: skip
    assert (entry.marking_before["tlp"], entry.tlp, entry.audience) == ("GREEN", "AMBER", ["kpu-banten"])
    assert said.fields["/title"][1] == made["title"]
    salts = [salt for salt, _ in said.fields.values()]
    assert len(set(salts)) == len(salts)
    assert all(len(bytes.fromhex(salt)) == 16 for salt in salts)
