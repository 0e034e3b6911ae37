"""What proves the ledger to who may see an entry, and what the log publishes to everyone."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import BigInteger, and_, bindparam, false, literal_column, or_
from sqlalchemy import select as core_select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, select

from app.change import plain
from app.database import Database, Session
from app.domain import merkle
from app.domain.actors import Actor
from app.domain.commitments import leaf_bytes
from app.domain.errors import Invalid, NotFound, Unavailable
from app.domain.permissions import Permission
from app.formats import notes
from app.models.ledger import (
    LedgerCheckpointRow,
    LedgerCosignatureRow,
    LedgerLeafRow,
    LedgerRow,
    LedgerTileRow,
)
from app.reads import Prepared
from app.schemas.proofs import LedgerProof, LedgerReceipt
from app.services.ledger import far_end_shows
from app.services.records import BY_TYPE, present_shows
from app.services.visibility import visible
from app.tree import tiles
from app.tree.signer import Signer

LEDGER: Any = LedgerRow.__table__  # type: ignore[attr-defined]
LEAF: Any = LedgerLeafRow.__table__  # type: ignore[attr-defined]
TILE: Any = LedgerTileRow.__table__  # type: ignore[attr-defined]
CHECKPOINT: Any = LedgerCheckpointRow.__table__  # type: ignore[attr-defined]
COSIGNED: Any = LedgerCosignatureRow.__table__  # type: ignore[attr-defined]
AT_ONCE = 12  # more tiles than a proof of inclusion reads in any tree below 16 million leaves
NEWEST = Prepared(
    core_select(CHECKPOINT.c.size, CHECKPOINT.c.note)
    .order_by(CHECKPOINT.c.size.desc())
    .limit(literal_column("1"))
)
LINES = Prepared(
    core_select(COSIGNED.c.line)
    .where(COSIGNED.c.size == bindparam("of", type_=BigInteger))
    .order_by(COSIGNED.c.witness)
)
TILES = Prepared(
    core_select(TILE.c.level, TILE.c.number, TILE.c.hashes).where(
        or_(
            *(
                and_(TILE.c.level == bindparam(f"l{at}"), TILE.c.number == bindparam(f"n{at}"))
                for at in range(AT_ONCE)
            )
        )
    )
)
MOST_POSITION = 2**63 - 1
READS: dict[str, Permission] = {
    "breach": Permission.PERSONAL_DATA_READ,
    "data_subject_request": Permission.PERSONAL_DATA_READ,
    "deployment": Permission.DEPLOYMENTS_READ,
    "incident": Permission.INCIDENTS_READ,
    "threat_level": Permission.THREAT_LEVELS_READ,
    "threat_level_proposal": Permission.THREAT_LEVELS_READ,
    "unit_strength": Permission.DEPLOYMENTS_READ,
}


class Published(NamedTuple):
    """A checkpoint as it is given out: its size, and the note with the cosignatures that have come."""

    size: int
    note: str


def may_see(actor: Actor) -> Any:
    """The entries that this actor may know of: by the record, as an auditor's own, or as one's own act.

    What is no record (accounts, agencies, keys) shows to auditors and to whoever did it.
    """
    readable = [name for name in BY_TYPE if READS.get(name) in actor.permissions]
    by_record = and_(
        or_(false(), *(col(LedgerRow.record_type) == name for name in readable)),
        visible(LedgerRow, actor),
        present_shows(actor),
        far_end_shows(actor),
    )
    ours = or_(col(LedgerRow.agency) == actor.agency, col(LedgerRow.owner_agency) == actor.agency)
    audited = ours if Permission.LEDGER_READ in actor.permissions else false()
    done = and_(
        col(LedgerRow.agency) == actor.agency,
        col(LedgerRow.account) == actor.account,
        *(col(LedgerRow.record_type) != name for name in BY_TYPE),
    )
    return and_(col(LedgerRow.exercise) == actor.exercise, or_(by_record, audited, done))


@lru_cache(maxsize=64)
def _prepared(actor: Actor, name: str) -> Prepared:
    """The entry with some value in a column, if this actor may know of it; compiled once for each actor."""
    asked = LEDGER.c[name] == bindparam("asked", type_=LEDGER.c[name].type)
    columns = (LEDGER.c.position, LEDGER.c.at, LEAF.c.hash, LEAF.c.digests)
    joined = core_select(*columns).join_from(LEDGER, LEAF, LEAF.c.position == LEDGER.c.position)
    return Prepared(joined.where(asked, may_see(actor)))


async def _entry(session: Session, actor: Actor, name: str, asked: Any) -> Any:
    found = await session.rows(_prepared(actor, name), {"asked": asked})
    if not found:
        raise NotFound
    return found[0]


async def receipt(session: Session, actor: Actor, signer: Signer, position: int) -> LedgerReceipt:
    """The receipt of an entry, the same as when it was written; only while the tree is sure."""
    if position > MOST_POSITION:
        raise NotFound
    entry = await _entry(session, actor, "position", position)
    if not signer.trusted:
        raise Unavailable("The log signs nothing at the moment; /readyz says why.")
    at = plain(entry.at)
    note = notes.receipt(signer.keys.present, position, bytes(entry.hash), at)
    return LedgerReceipt(position=position, leaf_hash=notes.encode(bytes(entry.hash)), at=at, receipt=note)


async def proof(session: Session, actor: Actor, entry_id: UUID, since: int | None) -> LedgerProof:
    """That the entry stands in the newest signed tree; `since` adds that this tree grew from that size."""
    entry = await _entry(session, actor, "id", entry_id)
    newest = await _published(session)
    if newest is None or newest.size <= entry.position:
        raise Unavailable("The tree over this entry is not signed yet; try again.")
    size, index = newest.size, entry.position
    if since is not None and since > size:
        raise Invalid.field("since", "The signed tree is smaller than that.", "since")

    def prove(read: merkle.ReadTile) -> tuple[list[bytes], list[bytes] | None]:
        between = None if since is None else merkle.consistency_proof(since, size, read)
        return merkle.inclusion_proof(index, size, read), between

    inclusion, consistency = prove(merkle.reader(await _tiles(session, merkle.places(prove))))
    return LedgerProof(
        index=index,
        tree_size=size,
        leaf=leaf_bytes(bytes(entry.digests)).decode(),
        leaf_hash=notes.encode(bytes(entry.hash)),
        inclusion=encoded(inclusion),
        checkpoint=newest.note,
        consistency=None if consistency is None else encoded(consistency),
    )


async def _published(session: Session) -> Published | None:
    """What `published` gives, for a proof."""
    found = await session.rows(NEWEST, {})
    if not found:
        return None
    lines = await session.rows(LINES, {"of": found[0].size})
    return Published(found[0].size, with_lines(found[0].note, (each.line for each in lines)))


async def _tiles(session: Session, places: Iterable[merkle.Place]) -> tiles.Tiles:
    """The tiles of a proof, a dozen with each statement."""
    wanted = sorted(places)
    found: dict[merkle.Place, bytes] = {}
    for start in range(0, len(wanted), AT_ONCE):
        part = [*wanted[start : start + AT_ONCE], *[(-1, -1)] * AT_ONCE][:AT_ONCE]
        asked = {
            f"{name}{at}": value
            for at, place in enumerate(part)
            for name, value in zip("ln", place, strict=True)
        }
        found |= {(row.level, row.number): bytes(row.hashes) for row in await session.rows(TILES, asked)}
    return found


async def proof_text(session: Session, actor: Actor, entry_id: UUID) -> str:
    """The same as a text that can be kept and checked without us (C2SP tlog-proof)."""
    made = await proof(session, actor, entry_id, None)
    return notes.proof(made.index, made.inclusion, made.checkpoint)


async def written_leaf(session: Session, position: int) -> tuple[bytes, datetime] | None:
    """Leaf hash and time of an entry whose answer is told again."""
    query = (
        select(col(LedgerLeafRow.hash), col(LedgerRow.at))
        .join(LedgerRow, col(LedgerRow.position) == LedgerLeafRow.position)
        .where(col(LedgerLeafRow.position) == position)
    )
    found = (await session.exec(query)).first()
    return (bytes(found[0]), found[1]) if found else None


def encoded(hashes: Sequence[bytes]) -> list[str]:
    """Hashes as they are written in proofs."""
    return [notes.encode(each) for each in hashes]


async def published(connection: AsyncConnection) -> Published | None:
    """The newest checkpoint with the lines of the witnesses that have cosigned it."""
    newest = await tiles.newest_checkpoint(connection)
    if newest is None:
        return None
    query = (
        select(col(LedgerCosignatureRow.line))
        .where(col(LedgerCosignatureRow.size) == newest.size)
        .order_by(col(LedgerCosignatureRow.witness))
    )
    lines = (await connection.execute(query)).scalars()
    return Published(newest.size, with_lines(newest.note, lines))


def with_lines(note: str, lines: Iterable[str]) -> str:
    """A note with the lines of cosigners under it."""
    return note + "".join(f"{each.rstrip()}\n" for each in lines)


async def checkpoint(database: Database) -> str:
    """The newest checkpoint, for everyone."""
    async with database.reading.connect() as connection:
        newest = await published(connection)
    if newest is None:
        raise NotFound
    return newest.note


async def tile(database: Database, level: int, place: merkle.TilePath) -> bytes:
    """The hashes of a tile; of a wider one as many as are asked for."""
    async with database.reading.connect() as connection:
        found = await tiles.read_tiles(connection, [(level, place.number)])
    hashes = found.get((level, place.number), b"")[: place.width * merkle.HASH_BYTES]
    if len(hashes) != place.width * merkle.HASH_BYTES:
        raise NotFound
    return hashes


async def entries(database: Database, place: merkle.TilePath) -> bytes:
    """A bundle of leaves, each after its length; none beyond the tree's tiles (C2SP tlog-tiles)."""
    first = place.number * merkle.WIDTH
    async with database.reading.connect() as connection:
        if await tiles.tiled_size(connection) < first + place.width:
            raise NotFound
        held = await tiles.leaf_digests(connection, first, place.width)
    if len(held) != place.width:
        raise NotFound
    leaves = [leaf_bytes(each) for each in held]
    return b"".join(len(each).to_bytes(2, "big") + each for each in leaves)
