"""Each current row against its newest entry: nothing was changed, put in or taken out behind its back."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from app.change import NOT_DISCLOSED, plain
from app.models.columns import Ledgered
from app.models.ledger import LedgerDisclosureRow, LedgerRow
from app.models.regions import DatasetRow, JurisdictionRow, RegionRow
from app.services.seed import REPLACES
from app.services.verification_findings import Finding, Findings

ENTRIES: Any = LedgerRow.__table__  # type: ignore[attr-defined]
SAID: Any = LedgerDisclosureRow.__table__  # type: ignore[attr-defined]
CHUNK = 500


async def check(connection: AsyncConnection, table: type[Ledgered], findings: Findings) -> int:
    """Look at all rows of a table; how many there are."""
    columns = table.__table__  # type: ignore[attr-defined]
    later = ENTRIES.alias("later")
    newest = select(func.max(later.c.version)).where(later.c.subject_id == columns.c.id)
    tied = and_(
        ENTRIES.c.id == columns.c.entry_id,
        ENTRIES.c.subject_id == columns.c.id,
        ENTRIES.c.version == columns.c.version,
    )
    query = (
        select(columns, ENTRIES.c.position, SAID.c.fields, newest.scalar_subquery().label("newest"))
        .outerjoin(ENTRIES, tied)
        .outerjoin(SAID, SAID.c.position == ENTRIES.c.position)
        .order_by(columns.c.id)
        .limit(CHUNK)
    )
    count, last = 0, UUID(int=0)
    while rows := (await connection.execute(query.where(columns.c.id > last))).mappings().all():
        for row in rows:
            _compare(table, row, findings)
        count, last = count + len(rows), rows[-1]["id"]
    await _gone(connection, table, findings)
    if table is DatasetRow:
        await _reference(connection, findings)
    return count


def _compare(table: type[Ledgered], row: Mapping[Any, Any], findings: Findings) -> None:
    name = str(table.__tablename__)
    record = f"{name} {row['id']}"
    if row["position"] is None:
        findings.add(Finding(name, record=record, says="the row has no entry: it was put there"))
        return
    if row["newest"] != row["version"]:
        says = f"the row is at version {row['version']}, its newest entry at {row['newest']}"
        findings.add(Finding(name, row["position"], record, "version", says))
    fields = row["fields"] if isinstance(row["fields"], dict) else {}
    for column in table.model_fields:
        pair = fields.get(f"/{column}")
        # What an older entry does not name was no column yet, or is named above as gone.
        if column in NOT_DISCLOSED or not isinstance(pair, list) or pair[0] is None:
            continue
        if plain(row[column]) != pair[1]:
            findings.add(
                Finding(name, row["position"], record, column, "it is not what its newest entry says")
            )


async def _gone(connection: AsyncConnection, table: type[Ledgered], findings: Findings) -> None:
    columns = table.__table__  # type: ignore[attr-defined]
    name = str(table.__tablename__)
    there = select(columns.c.id).where(columns.c.id == ENTRIES.c.subject_id).exists()
    query = (
        select(ENTRIES.c.subject_id, func.max(ENTRIES.c.position))
        .where(ENTRIES.c.subject_type == name, ~there)
        .group_by(ENTRIES.c.subject_id)
    )
    for identity, position in await connection.execute(query):
        findings.add(Finding(name, position, f"{name} {identity}", says="the row is gone"))


async def _reference(connection: AsyncConnection, findings: Findings) -> None:
    """Reference data belongs to a data set whose entry says how many rows it has."""
    wanted: Any = DatasetRow.__table__  # type: ignore[attr-defined]
    counted: dict[str, int] = {}
    for table in (RegionRow, JurisdictionRow):
        query = select(col(table.dataset), func.count()).group_by(col(table.dataset))
        counted |= {str(name): int(count) for name, count in await connection.execute(query)}
    for name, count in await connection.execute(select(wanted.c.name, wanted.c.row_count)):
        held = counted.pop(name, 0)
        is_replaced = not held and name in REPLACES.values()
        if held != count and not is_replaced:
            says = f"it has {held} rows, and its entry says {count}"
            findings.add(Finding("dataset", record=name, says=says))
    for name in counted:
        findings.add(Finding("dataset", record=name, says="rows belong to a data set that no entry tells of"))
