"""The log as a partner reads it: keys, checkpoints and proofs over HTTP, checked with what is published."""

import base64
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert

from app.domain import merkle
from app.formats import notes
from app.formats.notes import Checkpoint, VerifierKey
from app.models.ledger import LedgerCosignatureRow
from tests.support.service import Service


async def log_keys(service: Service) -> list[VerifierKey]:
    answer = await (await service.anonymous()).get("/ledger/keys")
    assert answer.status_code == 200
    return [VerifierKey.read(line) for line in answer.text.splitlines()]


async def checkpoint(service: Service, entries: int = 1) -> Checkpoint:
    """The newest checkpoint, once it holds so many entries."""
    assert await service.app.state.signer.wait_for(entries, 30)
    answer = await (await service.anonymous()).get("/ledger/checkpoint")
    assert answer.status_code == 200
    return Checkpoint.read(notes.open_note(answer.text, *await log_keys(service)))


async def cosigned(service: Service) -> None:
    """A line of a witness under the newest checkpoint."""
    signed = await checkpoint(service)
    row = {"size": signed.size, "witness": "kpu.test", "line": "— kpu.test AAAA", "at": datetime.now(UTC)}
    async with service.app.state.database.operating() as connection:
        await connection.execute(insert(LedgerCosignatureRow), [row])


def hashes(encoded: list[str]) -> list[bytes]:
    return [base64.b64decode(each) for each in encoded]


async def holds(service: Service, proof: dict[str, Any]) -> Checkpoint:
    """The checkpoint under which a proof holds."""
    signed = Checkpoint.read(notes.open_note(proof["checkpoint"], *await log_keys(service)))
    leaf = base64.b64decode(proof["leaf_hash"])
    merkle.check_inclusion(proof["index"], signed.size, leaf, hashes(proof["inclusion"]), signed.root)
    assert signed.size == proof["tree_size"]
    return signed
