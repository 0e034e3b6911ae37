"""`ledger verify`: reads the whole ledger while the service runs, and names what was tampered with.

In one pass over the positions, a bounded number at a time: each entry against what its leaf commits to, each
leaf against the one before it of its record, the tree against its tiles and every signed checkpoint; then
each row against its newest entry, and the access log against what the ledger was told of it. What is not in
the ledger cannot be checked here: files of attachments, hashes of secrets, and which erasures were lawful.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from app.database import Database
from app.formats.notes import VerifierKey
from app.models import LEDGERED
from app.models.ledger import LedgerHeadRow, LedgerRow
from app.services import access_log, verification_cosignatures, verification_entries, verification_rows
from app.services.verification_findings import Finding, Findings
from app.services.verification_tree import TreeCheck
from app.tree import tiles
from app.tree.memory import Signed

CHUNK = 500
Tell = Callable[[str], None]


@dataclass(slots=True)
class Verdict:
    """What was looked at, and what was found."""

    entries: int = 0
    checkpoints: int = 0
    rows: int = 0
    unchecked: int = 0  # cosignatures by keys that are not configured
    findings: Findings = field(default_factory=Findings)


async def verify(
    database: Database,
    keys: Sequence[VerifierKey],
    remembered: Signed | None,
    tell: Tell,
    witnesses: Sequence[VerifierKey] = (),
) -> Verdict:
    """Look at everything that was there when it began; `tell` hears how far it is."""
    verdict = Verdict()
    async with database.reading.connect() as connection:
        verdict.entries = await _head(connection)
        erasures = await verification_entries.read_erasures(connection, verdict.findings)
        tree = await TreeCheck.of(connection, keys, remembered, verdict.findings)
        for first in range(0, verdict.entries, CHUNK):
            count = min(CHUNK, verdict.entries - first)
            hashes = await verification_entries.check(connection, first, count, erasures, verdict.findings)
            await tree.add(connection, hashes)
            if len(hashes) < count:
                tree.cut()
            if first // CHUNK % 20 == 0 or first + count == verdict.entries:
                tell(f"{first + count:,} of {verdict.entries:,} entries")
        await tree.end(connection, verdict.entries)
        verdict.checkpoints = tree.checkpoints
        verdict.unchecked = await verification_cosignatures.check(connection, witnesses, verdict.findings)
        for table in LEDGERED:
            verdict.rows += await verification_rows.check(connection, table, verdict.findings)
            tell(f"rows of {table.__tablename__}")
        await _ends(connection, verdict.findings)
    async with database.session() as session:
        tell("the access log")
        for fault in await access_log.verify(session):
            verdict.findings.add(Finding("access_log", says=fault))
    return verdict


async def _head(connection: AsyncConnection) -> int:
    return (await connection.execute(select(func.max(col(LedgerHeadRow.size))))).scalar_one() or 0


async def _ends(connection: AsyncConnection, findings: Findings) -> None:
    """The head counts the entries; read in one statement, because they become more."""
    position = col(LedgerRow.position)
    last = select(func.coalesce(func.max(position), -1)).scalar_subquery()
    count = select(func.count()).select_from(LedgerRow).scalar_subquery()
    signed = select(func.coalesce(func.max(tiles.CHECKPOINT_SIZE), 0)).scalar_subquery()
    row = (await connection.execute(select(func.max(col(LedgerHeadRow.size)), last, count, signed))).one()
    size, newest, counted, checkpointed = row
    if size is None:
        findings.add(Finding("ledger_head", says="the row is gone"))
        return
    if newest >= size:
        findings.add(Finding("ledger", newest, says=f"an entry stands beyond the head of {size}"))
    if counted != size:
        findings.add(Finding("ledger_head", says=f"it counts {size} entries, and there are {counted}"))
    if checkpointed > size:
        findings.add(Finding("ledger_head", says=f"it counts {size} entries, and {checkpointed} were signed"))
