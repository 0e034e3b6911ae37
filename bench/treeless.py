"""The same build without the tree, to measure what it costs; there is no setting that could do this.

Started as `python -m bench.treeless serve`; each worker imports this module again and is changed alike.
"""

import asyncio
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from app import cli, lane
from app.change import Entry
from app.domain.commitments import Sealed
from app.entries import write_entries
from app.tree.leaves import Draft, Leaves
from app.tree.signer import Signer


def draft(_leaves: Leaves, entry: Entry) -> Draft:
    """What is written anyway."""
    return Draft(entry.ledger_row(), entry.fields(), "", Sealed("", []))


async def rows(
    _leaves: Leaves, _connection: AsyncConnection, _first: int, drafts: Sequence[Draft]
) -> list[dict[str, Any]]:
    """No leaf, and so no receipt."""
    return [{"hash": None}] * len(drafts)


async def without_leaves(
    connection: AsyncConnection, first: int, drafts: Sequence[Draft], _leaves: Sequence[Mapping[str, Any]]
) -> None:
    """Entries and what they say."""
    await write_entries(connection, first, drafts, [])


async def idle(_signer: Signer) -> None:
    """Nothing is signed."""
    await asyncio.Event().wait()


for changed, name, instead in (
    (Leaves, "draft", draft),
    (Leaves, "rows", rows),
    (Signer, "run", idle),
    (lane, "write_entries", without_leaves),
):
    setattr(changed, name, instead)

if __name__ == "__main__":
    sys.exit(cli.main())
