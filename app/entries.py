"""How entries reach the three tables of the ledger: on PostgreSQL in one statement, under the head row."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import SQLModel

from app.change import plain
from app.database import compact_json
from app.models.ledger import LedgerDisclosureRow, LedgerLeafRow, LedgerRow
from app.tree.leaves import Draft

ROWS_AT_ONCE = 256  # so that whoever else uses the event loop does not wait long
# All writers wait for the head row, so it is held for one round trip; the rows travel as JSON, read by the
# names of the columns. The type json keeps what is disclosed byte for byte as it was written.
AT_ONCE = text("""
    WITH entries AS (
        INSERT INTO ledger SELECT * FROM json_populate_recordset(NULL::ledger, CAST(:ledger AS json))
    ), said AS (
        INSERT INTO ledger_disclosure
        SELECT * FROM json_populate_recordset(NULL::ledger_disclosure, CAST(:said AS json))
    )
    INSERT INTO ledger_leaf SELECT * FROM json_populate_recordset(NULL::ledger_leaf, CAST(:leaves AS json))
""")


async def insert_rows(
    connection: AsyncConnection, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]
) -> None:
    """Insert rows, some at a time."""
    for start in range(0, len(rows), ROWS_AT_ONCE):
        await connection.execute(insert(table), rows[start : start + ROWS_AT_ONCE])


async def write_entries(
    connection: AsyncConnection, first: int, drafts: Sequence[Draft], leaves: Sequence[Mapping[str, Any]]
) -> None:
    """Write entries with what they say and their leaves; the first has this position."""
    for start in range(0, len(drafts), ROWS_AT_ONCE):
        part = slice(start, start + ROWS_AT_ONCE)
        await _write(connection, first + start, drafts[part], leaves[part])


async def _write(
    connection: AsyncConnection, first: int, drafts: Sequence[Draft], leaves: Sequence[Mapping[str, Any]]
) -> None:
    numbered = list(enumerate(drafts, first))
    entries = [{"position": at, **draft.row} for at, draft in numbered]
    said = [{"position": at, "fields": draft.fields, "salts": draft.salts} for at, draft in numbered]
    if connection.dialect.name == "postgresql":
        values = {"ledger": _sent(entries), "said": _sent(said), "leaves": _sent(leaves)}
        await connection.execute(AT_ONCE, values)
        return
    for table, rows in ((LedgerRow, entries), (LedgerDisclosureRow, said), (LedgerLeafRow, leaves)):
        await insert_rows(connection, table, rows)


def _sent(rows: Sequence[Mapping[str, Any]]) -> str:
    return compact_json([{name: _text(value) for name, value in row.items()} for row in rows])


def _text(value: Any) -> Any:
    return f"\\x{value.hex()}" if isinstance(value, bytes) else plain(value)
