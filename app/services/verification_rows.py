"""Each current row against its newest entry: nothing was changed, put in or taken out behind its back."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from app.change import NOT_DISCLOSED, plain
from app.models import LEDGERED
from app.models.columns import Ledgered
from app.models.ledger import LedgerRow
from app.models.regions import DatasetRow, JurisdictionRow, RegionRow
from app.services.seed import REPLACES
from app.services.verification_findings import Finding, Findings

ENTRIES: Any = LedgerRow.__table__  # type: ignore[attr-defined]
TABLES: dict[str, type[Ledgered]] = {str(table.__tablename__): table for table in LEDGERED}


async def current(connection: AsyncConnection, entries: Iterable[Mapping[Any, Any]]) -> dict[UUID, Any]:
    """The rows that stand as these entries left them, by the id of the entry."""
    by_type: dict[str, list[UUID]] = {}
    for entry in entries:
        by_type.setdefault(entry["subject_type"], []).append(entry["id"])
    found: dict[UUID, Any] = {}
    for name, ids in by_type.items():
        if name in TABLES:
            columns: Any = TABLES[name].__table__  # type: ignore[attr-defined]
            rows = await connection.execute(select(columns).where(columns.c.entry_id.in_(ids)))
            found |= {row["entry_id"]: row for row in rows.mappings()}
    return found


def compare(
    entry: Mapping[Any, Any], row: Mapping[Any, Any], fields: Mapping[str, Any], findings: Findings
) -> None:
    """A row against the entry that it points at, which said the whole of it."""
    name = entry["subject_type"]
    for column in TABLES[name].model_fields:
        pair = fields.get(f"/{column}")
        # What an older entry does not name was no column yet, or is named elsewhere as gone.
        if column in NOT_DISCLOSED or not isinstance(pair, list) or pair[0] is None:
            continue
        if plain(row[column]) != pair[1]:
            record = f"{name} {row['id']}"
            says = "it is not what its newest entry says"
            findings.add(Finding(name, entry["position"], record, column, says))


async def check(connection: AsyncConnection, table: type[Ledgered], findings: Findings) -> int:
    """Look for rows without an entry, behind their newest one, or gone; how many rows there are."""
    columns: Any = table.__table__  # type: ignore[attr-defined]
    name = str(table.__tablename__)
    tied = and_(
        ENTRIES.c.id == columns.c.entry_id,
        ENTRIES.c.subject_id == columns.c.id,
        ENTRIES.c.version == columns.c.version,
    )
    untied = select(columns.c.id).where(~select(ENTRIES.c.id).where(tied).exists())
    for (identity,) in await connection.execute(untied):
        findings.add(
            Finding(name, record=f"{name} {identity}", says="the row has no entry: it was put there")
        )
    later = and_(ENTRIES.c.subject_id == columns.c.id, ENTRIES.c.version > columns.c.version)
    behind = (
        select(columns.c.id, columns.c.version, func.max(ENTRIES.c.version), func.max(ENTRIES.c.position))
        .join(ENTRIES, later)
        .group_by(columns.c.id, columns.c.version)
    )
    for identity, version, newest, position in await connection.execute(behind):
        says = f"the row is at version {version}, its newest entry at {newest}"
        findings.add(Finding(name, position, f"{name} {identity}", "version", says))
    await _gone(connection, table, findings)
    if table is DatasetRow:
        await _reference(connection, findings)
    count: int = (await connection.execute(select(func.count()).select_from(columns))).scalar_one()
    return count


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
