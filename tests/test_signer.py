"""The signer: one of several, after any crash, never a fork; keys change while it runs."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select, text
from sqlmodel import col

from app import cli
from app.database import Database
from app.formats import notes
from app.formats.notes import Checkpoint, VerifierKey
from app.models.ledger import LedgerCheckpointRow, LedgerRow
from app.services import keys
from app.settings import Settings
from app.tree.memory import Memory, Signed
from app.tree.signer import Signer
from tests.conftest import PASSWORD
from tests.support.databases import new_database
from tests.support.log import checkpoint, log_keys
from tests.support.servers import serving
from tests.support.service import incident, report, running
from tests.support.tampering import behind, verified
from tests.test_concurrency import signed_in, workers
from tests.test_kill import load

POLDA = "operator.polda-banten"


@asynccontextmanager
async def signing(settings: Settings, memory: Path | None = None) -> AsyncIterator[Signer]:
    """A signer beside whatever else runs, not yet running."""
    database = Database(settings.database)
    log = keys.log_keys(settings.data_dir, settings.ledger_origin)
    yield Signer(database, log, Memory(memory or settings.signer_memory))
    await database.close()


async def checkpoints(settings: Settings) -> list[LedgerCheckpointRow]:
    database = Database(settings.database)
    async with database.session() as session:
        query = select(LedgerCheckpointRow).order_by(col(LedgerCheckpointRow.size))
        found = list((await session.exec(query)).scalars())
    await database.close()
    return found


async def good(settings: Settings) -> None:
    verdict = await verified(settings)
    assert [str(each) for each in verdict.findings] == []


async def test_of_two_signers_one_signs_at_a_time_and_both_remember(fresh: Settings, tmp_path: Path):
    elsewhere = tmp_path / "elsewhere.json"
    async with signing(fresh) as one, signing(fresh, elsewhere) as two:
        await one.try_once()
        assert (one.refusal, one.signed) == (None, one.entries)
        before = one.signed
        Memory(elsewhere).write(Memory(fresh.signer_memory).read())  # a second host begins with what is known
        async with running(fresh, PASSWORD) as service:
            tasks = [asyncio.create_task(each.run()) for each in (one, two)]
            for _ in range(10):
                await asyncio.gather(*(report(service, POLDA, tlp="GREEN") for _ in range(5)))
            size = (await checkpoint(service, before + 50)).size
            for each in (one, two):
                assert await each.wait_for(size, 10)
                assert each.refusal is None
            await asyncio.sleep(0.5)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
    assert Memory(elsewhere).read() == Memory(fresh.signer_memory).read()
    found = await checkpoints(fresh)
    assert len(found) == len({each.size for each in found})
    await good(fresh)


async def test_workers_that_write_at_once_with_two_signers_leave_a_sound_tree(fresh: Settings):
    with serving(fresh, PASSWORD, workers=workers(fresh)) as server:
        async with signed_in(server.url, POLDA) as client:
            answers = await asyncio.gather(
                *(client.post("/api/v1/incidents", json=incident(title=f"{number}")) for number in range(150))
            )
            assert {each.status_code for each in answers} == {201}
            last = await client.post("/api/v1/incidents", json=incident(), headers={"Prefer": "wait=20"})
            assert last.headers["preference-applied"] == "wait=20"
            published = [
                VerifierKey.read(each) for each in (await client.get("/ledger/keys")).text.splitlines()
            ]
            for answer in (*answers, last):
                assert answer.headers["siaga-receipt"]
            signed = Checkpoint.read(
                notes.open_note((await client.get("/ledger/checkpoint")).text, *published)
            )
            assert signed.size > int(last.headers["siaga-ledger-position"])
    await good(fresh)


async def test_killed_under_load_the_tree_stays_sound(fresh: Settings):
    for _ in range(2):
        with serving(fresh, PASSWORD, workers=workers(fresh)) as server:
            async with signed_in(server.url, POLDA) as client:
                token = client.headers["Authorization"]
            loading = [asyncio.create_task(load(server.url, token, str(each), [])) for each in range(6)]
            await asyncio.sleep(1.5)
            server.kill()
            await asyncio.gather(*loading)
        await good(fresh)
    async with running(fresh, PASSWORD) as service:
        await report(service, POLDA)
        assert (await (await service.anonymous()).get("/readyz")).json()["ledger"]["state"] != "refused"
    await good(fresh)


async def test_what_was_remembered_but_not_published_is_signed_after_the_crash(fresh: Settings):
    async with signing(fresh) as signer:
        await signer.try_once()
        size = signer.signed
    backup = Memory(fresh.signer_memory).read()
    async with running(fresh, PASSWORD) as service:
        for _ in range(3):
            await report(service, POLDA)
        root = (await checkpoint(service, size + 3)).root
    assert backup is not None
    # The database lost the last checkpoints and their tiles, as if the crash had come before their commit.
    lost = await new_memory(fresh, size)
    async with signing(lost) as signer:
        await signer.try_once()
        assert signer.refusal is None
    assert (await checkpoints(lost))[-1].root == root
    await good(lost)


async def new_memory(settings: Settings, size: int) -> Settings:
    """The database without what was signed beyond a size; what is remembered stays."""
    async with behind(settings) as connection:
        for statement in (
            "DELETE FROM ledger_checkpoint WHERE size > :size",
            "DELETE FROM ledger_tile WHERE level > 0 OR number > 0",
            "UPDATE ledger_tile SET hashes = substr(hashes, 1, 32 * :size)",
        ):
            await connection.execute(text(statement), {"size": size} if ":size" in statement else {})
    return settings


async def backup_of(settings: Settings, request: pytest.FixtureRequest, directory: Path) -> Settings:
    """A copy of the database alone: keys and memory are those of the service, which lost nothing."""
    server = None if settings.database.startswith("sqlite") else request.getfixturevalue("postgresql")
    copied = await new_database("copy", directory, server, PASSWORD, of=settings)
    return Settings(**{**settings.model_dump(), "database_url": copied.database})


@pytest.fixture
async def restored(fresh: Settings, request: pytest.FixtureRequest, tmp_path_factory) -> Settings:
    """A service whose database is an older backup: it was signed further than it goes."""
    async with running(fresh, PASSWORD) as service:
        await report(service, POLDA)
        await checkpoint(service, 200)
    older = await backup_of(fresh, request, tmp_path_factory.mktemp("backup"))
    async with running(fresh, PASSWORD) as service:
        for _ in range(5):
            await report(service, POLDA)
        size = (await (await service.client(POLDA)).get("/api/v1/ledger/head")).json()["size"]
        await checkpoint(service, size)
    return older


async def test_a_restored_older_backup_is_not_signed_and_the_service_says_why(restored: Settings):
    before = len(await checkpoints(restored))
    remembered = Memory(restored.signer_memory).read()
    async with running(restored, PASSWORD) as service:
        ready = await (await service.anonymous()).get("/readyz")
        assert ready.status_code == 200
        assert ready.json()["status"] == "degraded"
        assert ready.json()["ledger"]["state"] == "refused"
        assert ready.json()["ledger"]["reason"] == "smaller_tree"
        gauges = (await (await service.anonymous()).get("/metrics")).text.splitlines()
        assert 'siaga_ledger_refused{reason="smaller_tree"} 1' in gauges
        assert 'siaga_ledger_refused{reason="other_root"} 0' in gauges
        answer = await write(service)
        assert answer.status_code == 201  # reports go on
        assert "siaga-receipt" not in answer.headers  # but nothing is signed twice for one position
        for _ in range(6):
            await report(service, POLDA)
        for _ in range(30):  # now the tree is as large as the one that was signed, and is another one
            await asyncio.sleep(0.1)
            reason = (await (await service.anonymous()).get("/readyz")).json()["ledger"]["reason"]
            if reason == "other_root":
                break
        assert reason == "other_root"
        position = answer.headers["siaga-ledger-position"]
        again = await (await service.client(POLDA)).get(f"/api/v1/ledger/receipts/{position}")
        assert again.status_code == 503
    assert len(await checkpoints(restored)) == before
    assert Memory(restored.signer_memory).read() == remembered


async def write(service, **headers: str) -> httpx.Response:
    client = await service.client(POLDA)
    return await client.post("/api/v1/incidents", json=incident(), headers=headers)


def command(settings: Settings, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """`python -m app …` in this process."""
    monkeypatch.setenv("SIAGA_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("SIAGA_DATABASE_URL", settings.database)
    return cli.main(list(arguments))


async def run(settings: Settings, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    return await asyncio.to_thread(command, settings, monkeypatch, *arguments)


async def test_a_command_accepts_the_restored_database_and_the_ledger_tells_of_it(
    restored: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    assert await run(restored, monkeypatch, "ledger", "verify") == 3
    assert "the signer remembers a tree of" in capsys.readouterr().out
    async with running(restored, PASSWORD) as service:
        assert (
            await run(restored, monkeypatch, "ledger", "accept-restore", "--reason", "Latihan (fiktif)") == 0
        )
        waited = await write(service, Prefer="wait=20")
        assert waited.headers["preference-applied"] == "wait=20"
        assert waited.headers["siaga-receipt"]
        assert (await (await service.anonymous()).get("/readyz")).json()["ledger"]["state"] == "signed"
    assert await run(restored, monkeypatch, "ledger", "accept-restore", "--reason", "x") == 0
    assert "nothing to accept" in capsys.readouterr().out
    database = Database(restored.database)
    async with database.session() as session:
        told = (
            (await session.exec(select(LedgerRow).where(col(LedgerRow.record_type) == "log"))).scalars().all()
        )
    await database.close()
    assert [each.action for each in told] == ["log.restore_accepted"]
    assert await run(restored, monkeypatch, "ledger", "verify") == 0


async def test_without_its_memory_the_signer_does_not_go_on(fresh: Settings):
    async with signing(fresh) as signer:
        await signer.try_once()
        fresh.signer_memory.unlink()
    async with signing(fresh) as signer:
        await signer.try_once()
        assert signer.refusal is not None
        assert (signer.refusal.why, signer.trusted) == ("no_memory", False)
        fresh.signer_memory.write_text("{")
        await signer.try_once()
        assert (signer.refusal.why, signer.trusted) == ("failed", False)


async def test_another_origin_is_another_log(fresh: Settings):
    async with signing(fresh) as signer:
        await signer.try_once()
    other = Settings(**{**fresh.model_dump(), "ledger_origin": "siaga.example/ledger"})
    async with signing(other) as signer:
        await signer.try_once()
        assert signer.refusal is not None
        assert signer.refusal.why == "other_origin"


async def test_keys_change_while_the_service_runs(
    fresh: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    async with running(fresh, PASSWORD) as service:
        (old,) = await log_keys(service)
        assert await run(fresh, monkeypatch, "ledger", "rotate-key", "--reason", "Latihan (fiktif)") == 0
        await write(service, Prefer="wait=20")
        new, along = await log_keys(service)
        assert along == old
        note = (await (await service.anonymous()).get("/ledger/checkpoint")).text
        for known in (old, new):
            notes.open_note(note, known)
        assert await run(fresh, monkeypatch, "ledger", "retire-key", "--reason", "Latihan (fiktif)") == 0
        await asyncio.sleep(0.5)
        await write(service, Prefer="wait=20")
        assert await log_keys(service) == [new, old]  # the old one still verifies what it signed
        note = (await (await service.anonymous()).get("/ledger/checkpoint")).text
        notes.open_note(note, new)
        with pytest.raises(notes.WrongNote):
            notes.open_note(note, old)
        assert await run(fresh, monkeypatch, "ledger", "retire-key", "--reason", "x") == 0
        assert "nothing to retire" in capsys.readouterr().out
    await good(fresh)


def test_no_log_key_no_service(tmp_path: Path):
    with pytest.raises(FileNotFoundError, match="log-"):
        keys.log_keys(tmp_path, "siaga.invalid/ledger")


def test_the_memory_never_goes_back(tmp_path: Path):
    memory = Memory(tmp_path / "signer.json")
    assert memory.read() is None
    memory.write(Signed("a", 5, bytes(32)))
    memory.write(Signed("a", 4, bytes(32)))
    assert memory.read() == Signed("a", 5, bytes(32))
    memory.write(Signed("a", 4, bytes(32)), anew=True)
    assert memory.read() == Signed("a", 4, bytes(32))
    assert not list(tmp_path.glob("*.new"))
