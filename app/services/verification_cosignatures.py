"""The witnesses' lines under the checkpoints: each holds for the checkpoint that it stands under."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from app.formats import notes
from app.formats.notes import VerifierKey, WrongNote
from app.models.ledger import LedgerCheckpointRow, LedgerCosignatureRow
from app.services.verification_findings import Finding, Findings

CHECKPOINT: Any = LedgerCheckpointRow.__table__  # type: ignore[attr-defined]
COSIGNATURE: Any = LedgerCosignatureRow.__table__  # type: ignore[attr-defined]
CHUNK = 500


async def check(connection: AsyncConnection, witnesses: Sequence[VerifierKey], findings: Findings) -> int:
    """How many could not be checked, because their witness or its key is not configured (any more)."""
    keys = {(key.name, key.id): key for key in witnesses}
    place = (COSIGNATURE.c.size, COSIGNATURE.c.witness)
    held = COSIGNATURE.outerjoin(CHECKPOINT, CHECKPOINT.c.size == COSIGNATURE.c.size)
    query = select(*place, COSIGNATURE.c.line, COSIGNATURE.c.at, CHECKPOINT.c.note).select_from(held)
    query = query.order_by(*place).limit(CHUNK)
    rows = (await connection.execute(query)).all()
    unknown = 0
    while rows:
        for row in rows:
            unknown += _check(row, keys, findings)
        after = tuple_(*place) > (rows[-1].size, rows[-1].witness)
        rows = (await connection.execute(query.where(after))).all()
    return unknown


def _check(row: Any, keys: dict[tuple[str, bytes], VerifierKey], findings: Findings) -> bool:
    """Whether its key is unknown; what is wrong with it is added."""
    if row.note is None:
        says = f"{row.witness} cosigned a checkpoint of {row.size}, which is gone"
        findings.add(Finding("ledger_checkpoint", says=says))
        return False
    try:
        line = notes.read_line(row.line)
        key = keys.get((line.name, line.key_id))
        if line.name != row.witness:
            fault = "it is of another witness"
        elif key is None:
            return True
        else:
            at = notes.cosigned_at(line, notes.split(row.note)[0], key)
            fault = "" if at == int(row.at.timestamp()) else "its time is not the one that was cosigned"
    except WrongNote as error:
        fault = str(error)
    if fault:
        says = f"the line of {row.witness} under the checkpoint of {row.size} is wrong: {fault}"
        findings.add(Finding("ledger_cosignature", says=says))
    return False
