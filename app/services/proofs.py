"""What proves the ledger to who may see an entry, and what the log publishes to everyone."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, false, or_
from sqlalchemy import select as core_select
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
    LedgerLeafRow,
    LedgerRow,
)
from app.reads import Prepared
from app.schemas.proofs import LedgerProof, LedgerReceipt
from app.services.ledger import far_end_shows
from app.services.records import BY_TYPE, present_shows
from app.services.signed_tree import compute, published
from app.services.visibility import visible
from app.tree import tiles
from app.tree.signer import Signer

LEDGER: Any = LedgerRow.__table__  # type: ignore[attr-defined]
LEAF: Any = LedgerLeafRow.__table__  # type: ignore[attr-defined]
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
    newest = await published(session.rows)
    if newest is None or newest.size <= entry.position:
        raise Unavailable("The tree over this entry is not signed yet; try again.")
    size, index = newest.size, entry.position
    if since is not None and since > size:
        raise Invalid.field("since", "The signed tree is smaller than that.", "since")

    def prove(read: merkle.ReadTile) -> tuple[list[bytes], list[bytes] | None]:
        between = None if since is None else merkle.consistency_proof(since, size, read)
        return merkle.inclusion_proof(index, size, read), between

    inclusion, consistency = await compute(session.rows, prove)
    return LedgerProof(
        index=index,
        tree_size=size,
        leaf=leaf_bytes(bytes(entry.digests)).decode(),
        leaf_hash=notes.encode(bytes(entry.hash)),
        inclusion=encoded(inclusion),
        checkpoint=newest.note,
        consistency=None if consistency is None else encoded(consistency),
    )


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


async def checkpoint(database: Database) -> str:
    """The newest checkpoint, for everyone."""
    newest = await published(database.reads.rows)
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
