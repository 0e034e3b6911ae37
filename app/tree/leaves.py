"""Leaves of the tree: what each entry commits to, made by the lane in the transaction of the entry."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from app.change import Entry, own_values
from app.domain.commitments import Sealed, seal

# The newest leaf of each record asked for; the index (record_id, position) is read at its end only.
NEWEST = """
    SELECT asked.value, leaf.hash FROM {asked} JOIN ledger_leaf AS leaf ON leaf.position =
      (SELECT max(position) FROM ledger WHERE record_id = asked.value AND position < :before)
"""
ASKED = {
    "postgresql": "unnest(CAST(:ids AS UUID[])) AS asked(value)",
    "sqlite": "json_each(:ids) AS asked",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry ready to be written but for its position and its predecessor."""

    row: Mapping[str, Any]
    fields: Mapping[str, Any]
    salts: str
    sealed: Sealed

    @property
    def opens(self) -> bool:
        """Whether it is the first entry of its record for certain."""
        return bool(self.row["version"] == 1 and self.row["subject_id"] == self.row["record_id"])


class Leaves:
    """Makes the leaves of entries; the bench has a kind that makes none, to measure what they cost."""

    def draft(self, entry: Entry) -> Draft:
        """All of an entry that can be made before any row is held."""
        row, fields = entry.ledger_row(), entry.fields()
        sealed = seal(own_values(row), fields)
        return Draft(row, fields, sealed.salts, sealed)

    async def rows(
        self, connection: AsyncConnection, first: int, drafts: Sequence[Draft]
    ) -> list[dict[str, Any]]:
        """The leaves of these entries, of which the first has this position.

        Called under the head row, so that no other entry of the same record comes between.
        """
        newest: dict[UUID, bytes] = {}
        if asked := {each.row["record_id"] for each in drafts if not each.opens}:
            newest = await newest_leaves(connection, asked, first)
        rows: list[dict[str, Any]] = []
        for position, draft in enumerate(drafts, first):
            record = draft.row["record_id"]
            leaf = draft.sealed.after(newest.get(record))
            newest[record] = leaf.hash
            rows.append({"position": position, "hash": leaf.hash, "digests": leaf.digests})
        return rows


async def newest_leaves(connection: AsyncConnection, records: set[UUID], before: int) -> dict[UUID, bytes]:
    """The hash of the newest leaf of each record before a position, where it has one."""
    kind = connection.dialect.name
    ids: Any = list(records) if kind == "postgresql" else json.dumps([each.hex for each in records])
    statement = text(NEWEST.format(asked=ASKED[kind]))
    found = await connection.execute(statement, {"ids": ids, "before": before})
    return {each if isinstance(each, UUID) else UUID(each): bytes(leaf) for each, leaf in found}
