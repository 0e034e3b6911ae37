"""The newest signed tree as requests read it, by statements that are compiled once (see `app.reads`)."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import BigInteger, and_, bindparam, literal_column, or_, select

from app.domain import merkle
from app.models.ledger import LedgerCheckpointRow, LedgerCosignatureRow, LedgerTileRow
from app.reads import Prepared

T = TypeVar("T")
Rows = Callable[[Prepared, Mapping[str, Any]], Awaitable[list[Any]]]
ROWS: tuple[Any, ...] = (LedgerCheckpointRow, LedgerCosignatureRow, LedgerTileRow)
CHECKPOINT, COSIGNED, TILE = (each.__table__ for each in ROWS)
TILES_AT_ONCE = 12  # a proof of inclusion reads no more of any tree below 16 million leaves
NO_TILE: merkle.Place = (-1, -1)
NEWEST = Prepared(
    select(CHECKPOINT.c.size, CHECKPOINT.c.note).order_by(CHECKPOINT.c.size.desc()).limit(literal_column("1"))
)
LINES = Prepared(
    select(COSIGNED.c.line)
    .where(COSIGNED.c.size == bindparam("of", type_=BigInteger))
    .order_by(COSIGNED.c.witness)
)
TILES = Prepared(
    select(TILE.c.level, TILE.c.number, TILE.c.hashes).where(
        or_(
            *(
                and_(TILE.c.level == bindparam(f"level{at}"), TILE.c.number == bindparam(f"number{at}"))
                for at in range(TILES_AT_ONCE)
            )
        )
    )
)


class Published(NamedTuple):
    """A checkpoint as it is given out: its size, and the note with the cosignatures that have come."""

    size: int
    note: str


async def published(rows: Rows) -> Published | None:
    """The newest checkpoint with the lines of the witnesses that have cosigned it."""
    found = await rows(NEWEST, {})
    if not found:
        return None
    size, note = found[0]
    lines = await rows(LINES, {"of": size})
    return Published(size, note + "".join(f"{each.line.rstrip()}\n" for each in lines))


async def compute(rows: Rows, over: Callable[[merkle.ReadTile], T]) -> T:
    """What a function makes of the tiles it reads."""
    wanted = sorted(merkle.places(over))
    found: dict[merkle.Place, bytes] = {}
    for start in range(0, len(wanted), TILES_AT_ONCE):
        part = wanted[start : start + TILES_AT_ONCE]
        part += [NO_TILE] * (TILES_AT_ONCE - len(part))
        asked = {f"level{at}": level for at, (level, _) in enumerate(part)}
        asked |= {f"number{at}": number for at, (_, number) in enumerate(part)}
        found |= {(level, number): bytes(hashes) for level, number, hashes in await rows(TILES, asked)}
    return over(merkle.reader(found))
