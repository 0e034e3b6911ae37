"""The same build without the tree, to measure what it costs; there is no setting that could do this.

Started as `python -m bench.treeless serve`; each worker imports this module again and is changed alike.
"""

import asyncio
import sys
from collections.abc import Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from app import cli
from app.change import Entry
from app.domain.commitments import Sealed
from app.tree.leaves import Draft, Leaves
from app.tree.signer import Signer


def draft(_leaves: Leaves, entry: Entry) -> Draft:
    """What is written anyway."""
    return Draft(entry.ledger_row(), entry.fields(), "", Sealed("", []))


async def rows(
    _leaves: Leaves, _connection: AsyncConnection, _first: int, _drafts: Sequence[Draft]
) -> list[dict[str, Any]]:
    """No leaf."""
    return []


async def idle(_signer: Signer) -> None:
    """Nothing is signed."""
    await asyncio.Event().wait()


for changed, name, instead in (
    (Leaves, "draft", draft),
    (Leaves, "rows", rows),
    (Signer, "run", idle),
):
    setattr(changed, name, instead)

if __name__ == "__main__":
    sys.exit(cli.main())
