"""`ledger verify` checks what the witnesses signed, and misses the checkpoint under which they did."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import delete, func, insert, select

from app.formats.notes import COSIGNATURE, VerifierKey, encode, split
from app.models.ledger import LedgerCheckpointRow, LedgerCosignatureRow
from app.settings import Settings
from tests.conftest import PASSWORD, copied
from tests.support.tampering import Scene, behind, copy_of, core, scene, verified

NAME = "saksi.kpu-banten.test/siaga"
AT = 1_780_000_000
WITNESS = Ed25519PrivateKey.generate()
KEY = VerifierKey(NAME, WITNESS.public_key().public_bytes_raw(), COSIGNATURE)
CHECKPOINTS = core(LedgerCheckpointRow)


@pytest.fixture(scope="module")
async def whole(
    seeded: Settings, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Scene:
    return await scene(await copied(seeded, request, tmp_path_factory.mktemp("cosigned")), PASSWORD)


@pytest.fixture
async def settings(whole: Scene, request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    is_sqlite = whole.settings.database.startswith("sqlite")
    server = None if is_sqlite else request.getfixturevalue("postgresql")
    return await copy_of(whole, tmp_path, server, PASSWORD)


async def cosign(settings: Settings, *, signed_at: int = AT, by: str = NAME, is_gone: bool = False) -> int:
    """A line under the oldest checkpoint; its size."""
    async with behind(settings) as connection:
        size = (await connection.execute(select(func.min(CHECKPOINTS.c.size)))).scalar_one()
        query = select(CHECKPOINTS.c.note).where(CHECKPOINTS.c.size == size)
        text, _ = split((await connection.execute(query)).scalar_one())
        signature = WITNESS.sign(f"cosignature/v1\ntime {signed_at}\n{text}".encode())
        line = f"— {NAME} {encode(KEY.id + AT.to_bytes(8) + signature)}"
        row = {"size": size, "witness": by, "line": line, "at": datetime.fromtimestamp(AT, UTC)}
        await connection.execute(insert(core(LedgerCosignatureRow)), [row])
        if is_gone:
            await connection.execute(delete(CHECKPOINTS).where(CHECKPOINTS.c.size == size))
        if connection.dialect.name == "sqlite":
            await connection.commit()
    return int(size)


async def test_a_good_cosignature_is_good(settings):
    await cosign(settings)
    verdict = await verified(settings, KEY)
    assert ([*verdict.findings], verdict.unchecked) == ([], 0)


async def test_a_cosignature_by_an_unknown_key_is_counted_and_no_finding(settings):
    await cosign(settings)
    verdict = await verified(settings)
    assert ([*verdict.findings], verdict.unchecked) == ([], 1)


async def test_a_false_cosignature_is_named(settings):
    size = await cosign(settings, signed_at=AT + 1)
    (found,) = (await verified(settings, KEY)).findings
    assert str(found).startswith(
        f"ledger_cosignature: the line of {NAME} under the checkpoint of {size} is wrong"
    )


async def test_a_line_under_another_name_is_named(settings):
    await cosign(settings, by="saksi.lain.test/siaga")
    (found,) = (await verified(settings, KEY)).findings
    assert "it is of another witness" in str(found)


async def test_an_older_checkpoint_that_was_deleted_is_missed_where_it_was_cosigned(settings):
    size = await cosign(settings, is_gone=True)
    (found,) = (await verified(settings, KEY)).findings
    assert str(found) == f"ledger_checkpoint: {NAME} cosigned a checkpoint of {size}, which is gone"
