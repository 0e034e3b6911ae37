"""What the lane does where values are erased: they go from every entry, in the transaction that says so."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from app.models.agencies import AccountRow
from app.models.ledger import LedgerDisclosureRow, LedgerRow
from app.models.operations import IdempotencyRow

LEDGER = LedgerRow.__table__  # type: ignore[attr-defined]
SAID = LedgerDisclosureRow.__table__  # type: ignore[attr-defined]
KEPT = IdempotencyRow.__table__  # type: ignore[attr-defined]
ACCOUNT = AccountRow.__table__  # type: ignore[attr-defined]
# How an erased value stands in `ledger_disclosure.fields`: its path is still there, salt and value are not.
ERASED = [None, None]


@dataclass(frozen=True, slots=True)
class Forgotten:
    """These paths of a subject, in every entry that is older than the one that says so."""

    record_id: UUID
    subject_id: UUID
    paths: frozenset[str]


async def forget(connection: AsyncConnection, forgotten: Sequence[Forgotten]) -> None:
    """Erase; the row of each subject is held by its new version, so no older entry can come after this."""
    for each in forgotten:
        for act in EVERYWHERE:
            await act(connection, each)


async def in_entries(connection: AsyncConnection, which: Forgotten) -> None:
    """In what the entries of the subject say."""
    query = (
        select(SAID.c.position, SAID.c.fields)
        .join(LEDGER, LEDGER.c.position == SAID.c.position)
        .where(LEDGER.c.subject_id == which.subject_id)
    )
    changed = []
    for position, fields in (await connection.execute(query)).all():
        said = {path for path in which.paths & fields.keys() if fields[path] != ERASED}
        if said:
            kept: dict[str, Any] = {path: ERASED if path in said else pair for path, pair in fields.items()}
            changed.append({"at": position, "kept": kept})
    if changed:
        rewrite = update(SAID).where(SAID.c.position == bindparam("at")).values(fields=bindparam("kept"))
        await connection.execute(rewrite, changed)


async def in_idempotency_keys(connection: AsyncConnection, which: Forgotten) -> None:
    """A fingerprint is an unsalted hash of a body: short bodies could be guessed from it."""
    entries = select(LEDGER.c.position).where(LEDGER.c.record_id == which.record_id)
    await connection.execute(update(KEPT).where(KEPT.c.position.in_(entries)).values(fingerprint=""))


async def in_fingerprints_of_bulks(connection: AsyncConnection, which: Forgotten) -> None:
    """Which records a bulk was about, its row does not say: all go of the agencies that wrote to this one.

    What it keeps as `results` stays: codes, ids, the partners' keys of records, and refusals, which never
    repeat what was sent.
    """
    agencies = select(LEDGER.c.agency).where(LEDGER.c.record_id == which.record_id)
    accounts = select(ACCOUNT.c.id).where(ACCOUNT.c.agency.in_(agencies))
    ours = update(KEPT).where(KEPT.c.results.is_not(None), KEPT.c.account_id.in_(accounts))
    await connection.execute(ours.values(fingerprint=""))


# Whatever else comes to keep such values in the database (an access log, say) adds its function here.
EVERYWHERE: tuple[Callable[[AsyncConnection, Forgotten], Awaitable[None]], ...] = (
    in_entries,
    in_idempotency_keys,
    in_fingerprints_of_bulks,
)
