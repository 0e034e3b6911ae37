"""The tiles of the tree as the database keeps them, and the newest checkpoint over them."""

from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple, TypeVar

from sqlalchemy import bindparam, func, insert, select, true, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from app.domain import merkle
from app.models.ledger import LedgerCheckpointRow, LedgerHeadRow, LedgerLeafRow, LedgerTileRow

T = TypeVar("T")
Tiles = Mapping[merkle.Place, bytes]

LEVEL, NUMBER, HASHES = col(LedgerTileRow.level), col(LedgerTileRow.number), col(LedgerTileRow.hashes)
CHECKPOINT_SIZE = col(LedgerCheckpointRow.size)


class Sizes(NamedTuple):
    """How far the ledger is, and how far it is signed, with which root."""

    entries: int
    signed: int
    root: bytes


async def sizes(connection: AsyncConnection) -> Sizes:
    """All in one statement."""
    newest = (
        select(CHECKPOINT_SIZE, col(LedgerCheckpointRow.root))
        .order_by(CHECKPOINT_SIZE.desc())
        .limit(1)
        .subquery()
    )
    query = select(col(LedgerHeadRow.size), newest.c.size, newest.c.root)
    head = LedgerHeadRow.__table__  # type: ignore[attr-defined]
    entries, signed, root = (
        await connection.execute(query.select_from(head.outerjoin(newest, true())))
    ).one()
    return Sizes(entries, signed or 0, bytes(root) if signed else merkle.EMPTY)


async def newest_checkpoint(connection: AsyncConnection) -> LedgerCheckpointRow | None:
    """The newest signed tree."""
    query = select(LedgerCheckpointRow.__table__).order_by(CHECKPOINT_SIZE.desc()).limit(1)  # type: ignore[attr-defined]
    row = (await connection.execute(query)).mappings().first()
    return LedgerCheckpointRow(**row) if row else None


async def read_tiles(connection: AsyncConnection, places: Collection[merkle.Place]) -> Tiles:
    """The tiles at these places, as far as they are there."""
    if not places:
        return {}
    query = select(LEVEL, NUMBER, HASHES).where(tuple_(LEVEL, NUMBER).in_(list(places)))
    return {(level, number): bytes(hashes) for level, number, hashes in await connection.execute(query)}


async def compute(connection: AsyncConnection, over: Callable[[merkle.ReadTile], T]) -> T:
    """What a function makes of the tiles it reads; they are fetched in one statement."""
    return over(merkle.reader(await read_tiles(connection, merkle.places(over))))


async def tiled_size(connection: AsyncConnection) -> int:
    """How many leaves the tiles hold."""
    query = select(NUMBER, func.length(HASHES)).where(LEVEL == 0).order_by(NUMBER.desc()).limit(1)
    row = (await connection.execute(query)).first()
    return row[0] * merkle.WIDTH + row[1] // merkle.HASH_BYTES if row else 0


async def leaf_hashes(connection: AsyncConnection, first: int, count: int) -> list[bytes]:
    """Hashes of leaves from a position on, at least one; raises where one of them is missing."""
    position = col(LedgerLeafRow.position)
    query = (
        select(position, col(LedgerLeafRow.hash))
        .where(position >= first, position < first + count)
        .order_by(position)
    )
    rows = (await connection.execute(query)).all()
    if not rows or [each[0] for each in rows] != list(range(first, first + len(rows))):
        raise merkle.WrongProof(f"A leaf is missing after {first}.")
    return [bytes(each[1]) for each in rows]


async def leaf_digests(connection: AsyncConnection, first: int, count: int) -> list[bytes]:
    """What leaves commit to, from a position on, as far as they are there."""
    position = col(LedgerLeafRow.position)
    query = (
        select(col(LedgerLeafRow.digests))
        .where(position >= first, position < first + count)
        .order_by(position)
    )
    return [bytes(each) for each in (await connection.execute(query)).scalars()]


async def write_tiles(connection: AsyncConnection, changed: Tiles, held: Tiles) -> None:
    """Write tiles that have grown from those that were held, and new ones."""
    new = [
        {"level": level, "number": number, "hashes": hashes}
        for (level, number), hashes in changed.items()
        if (level, number) not in held
    ]
    grown = [
        {"at_level": level, "at_number": number, "hashes": hashes}
        for (level, number), hashes in changed.items()
        if (level, number) in held
    ]
    if new:
        await connection.execute(insert(LedgerTileRow), new)
    if grown:
        at = (bindparam("at_level") == LEVEL) & (bindparam("at_number") == NUMBER)
        table = LedgerTileRow.__table__  # type: ignore[attr-defined]
        await connection.execute(update(table).where(at).values(hashes=bindparam("hashes")), grown)
