"""The role of the service on PostgreSQL: it does all its work, and cannot reach behind the ledger."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app import migrations
from app.database import Database
from app.grants import statements
from app.models import LEDGER, LEDGERED
from app.settings import Settings
from tests.conftest import PASSWORD
from tests.support.calls import attach
from tests.support.databases import PostgreSQL
from tests.support.deployments import deploy
from tests.support.log import checkpoint
from tests.support.privacy import OFFICER, erase
from tests.support.service import report
from tests.support.threats import proposed, spot, stated
from tests.support.witnesses import ask, cosignature, liar, signed, states, witnessed

POLDA = "operator.polda-banten"
LEDGERED_NAMES = [str(table.__tablename__) for table in LEDGERED]
LEDGER_NAMES = [str(table.__tablename__) for table in LEDGER]


@dataclass(frozen=True)
class Restricted:
    """A service whose role owns nothing."""

    settings: Settings
    role: str


@pytest.fixture
async def restricted(fresh: Settings, request: pytest.FixtureRequest) -> AsyncIterator[Restricted | None]:
    if fresh.database.startswith("sqlite"):
        yield None  # it has no roles
        return
    server: PostgreSQL = request.getfixturevalue("postgresql")
    role = f"app_{uuid4().hex[:12]}"
    await server.execute(f"CREATE ROLE {role} LOGIN")
    await migrations.grant(fresh.database, role)
    await migrations.grant(fresh.database, role)  # again does no harm
    url = fresh.database.replace("postgres@/", f"{role}@/")
    yield Restricted(Settings(**{**fresh.model_dump(), "database_url": url}), role)
    owner = Database(fresh.database)
    async with owner.engine.begin() as connection:
        await connection.execute(text(f"DROP OWNED BY {role}"))
    await owner.close()
    await server.execute(f"DROP ROLE {role}")


async def test_the_service_does_its_work_with_the_rights_it_has(restricted: Restricted | None):
    if restricted is None:
        return
    async with liar() as other, witnessed(restricted.settings, PASSWORD, 1, other.partner) as service:
        made = await report(service, POLDA, tlp="GREEN")
        client = await service.client(POLDA)
        path = f"/api/v1/incidents/{made['id']}"
        answer = await client.patch(path, json={"severity": "minor"}, headers={"If-Match": '"1"'})
        assert answer.status_code == 200
        assert (await attach(service, POLDA, made)).status_code == 201
        await stated(service, POLDA, at := spot(), 2)
        await proposed(service, POLDA, at, 4)
        await deploy(service, POLDA)
        mine = await report(service, POLDA, site="Rumah saksi (fiktif)")
        assert (await erase(service, OFFICER, mine, "incident", mine, "site")).status_code == 201
        key = {"Idempotency-Key": uuid4().hex, "Prefer": "wait=20"}
        for _ in range(2):
            answer = await client.post(f"{path}/notes", json={"text": "Catatan."}, headers=key)
            assert answer.headers["preference-applied"] == "wait=20"
        await checkpoint(service, 200)
        await signed(service)
        other.answers("200 OK", await cosignature(service, other))
        await ask(service)
        assert (await states(service))["witnesses"][0]["state"] == "cosigns"
        assert (await (await service.anonymous()).get("/readyz")).status_code == 200


def hostile() -> list[str]:
    statements = [
        "UPDATE ledger SET action = 'x'", "UPDATE ledger_leaf SET hash = ''",
        "UPDATE ledger_checkpoint SET note = ''", "UPDATE ledger_tile SET level = 9",
        "UPDATE ledger_head SET id = 2", "UPDATE ledger_cosignature SET line = ''",
        "UPDATE ledger_disclosure SET salts = ''", "UPDATE region SET name = 'x'", "DELETE FROM region",
        "UPDATE alembic_version SET version_num = 'x'", "SET session_replication_role = replica",
        "CREATE TABLE mine (id int)", "DROP FUNCTION siaga_refuse() CASCADE",
        "CREATE OR REPLACE FUNCTION siaga_refuse() RETURNS trigger LANGUAGE sql AS ''",
    ]  # fmt: skip
    for name in LEDGER_NAMES:
        statements += [f"DELETE FROM {name}"]
    for name in (*LEDGER_NAMES, *LEDGERED_NAMES):
        statements += [
            f"TRUNCATE {name} CASCADE", f"ALTER TABLE {name} DISABLE TRIGGER ALL",
            f"DROP TABLE {name} CASCADE",
        ]  # fmt: skip
    statements += [f"DELETE FROM {name}" for name in LEDGERED_NAMES]
    statements += ["DROP TRIGGER refuse ON ledger", "DROP TRIGGER keep_entry ON incident"]
    return statements


async def test_the_service_cannot_reach_behind_the_ledger(restricted: Restricted | None):
    if restricted is None:
        return
    database = Database(restricted.settings.database)
    allowed = []
    for statement in hostile():
        async with database.engine.connect() as connection, connection.begin():
            try:
                await connection.execute(text(statement))
                allowed.append(statement)
            except DBAPIError as error:
                if getattr(error.orig, "sqlstate", "") != "42501":  # insufficient_privilege
                    allowed.append(f"{statement}: {error.orig}")
    await database.close()
    assert allowed == []


def test_a_role_has_a_plain_name():
    with pytest.raises(RuntimeError, match="no name for a role"):
        list(statements('x"; DROP TABLE ledger; --'))
