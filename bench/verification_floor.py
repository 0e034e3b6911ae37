"""The least that a check of the whole ledger could cost: its rows are read and hashed, and not compared."""

import asyncio
import os
import sys
from typing import Any

from sqlalchemy import select, text

from app.change import own_values
from app.database import Database
from app.domain import commitments
from app.models.ledger import LedgerDisclosureRow, LedgerLeafRow, LedgerRow

CHUNK = 500
ROWS: tuple[Any, ...] = (LedgerLeafRow, LedgerRow, LedgerDisclosureRow)
LEAVES, ENTRIES, SAID = (each.__table__ for each in ROWS)


async def main(how: str) -> None:
    """Read all, in chunks."""
    database = Database(os.environ["SIAGA_DATABASE_URL"])  # noqa: TID251 - of the bench
    async with database.reading.connect() as connection:
        size = (await connection.execute(text("SELECT size FROM ledger_head"))).scalar_one()
        for first in range(0, size, CHUNK):
            tables = (LEAVES,) if how == "read_leaves" else (LEAVES, ENTRIES, SAID)
            rows = []
            for table in tables:
                among = table.c.position.between(first, first + CHUNK - 1)
                rows.append((await connection.execute(select(table).where(among))).mappings().all())
            for leaf in rows[0]:
                commitments.leaf_hash(commitments.leaf_bytes(leaf["digests"]))
            for entry, said in zip(*rows[1:], strict=True) if len(rows) > 1 else ():
                salts = commitments.split_salts(said["salts"])
                told = [(salt, *each) for salt, each in zip(salts, own_values(entry).items(), strict=False)]
                told += [(salt, path, value) for path, (salt, value) in said["fields"].items()]
                commitments.digests_of(told)
    await database.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
