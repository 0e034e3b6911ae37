"""Cursors of the change feed: how far somebody has read, with which rights, and by which filter."""

import hashlib
import struct
from collections.abc import Collection
from dataclasses import dataclass

from app.domain.actors import Actor
from app.domain.changes import READ_WITH, RecordType
from app.domain.errors import Forbidden, Invalid, SnapshotRequired
from app.formats.sealed import Seal

PURPOSE = b"siaga feed cursor, version 1"
CONTENT = struct.Struct(">Q16s")
OTHER_RIGHTS = "Your rights, your area or the filter have changed since this cursor was made."
OTHER_KEY = "This cursor is damaged, or of a key that the service has no more."
OTHER_LEDGER = "The ledger is shorter than this cursor says: it was restored."


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who follows, and which types of records: what a cursor is bound to."""

    actor: Actor
    asked: frozenset[RecordType]
    types: frozenset[RecordType]
    fingerprint: bytes


def wanted(actor: Actor, asked: Collection[RecordType]) -> Wanted:
    """What the actor follows: the types it asks for, else all that it may read."""
    for each in sorted(asked):
        if READ_WITH[each] not in actor.permissions:
            raise Forbidden("This needs the permission {scope}.", scope=READ_WITH[each])
    types = frozenset(asked) or frozenset(
        each for each, needed in READ_WITH.items() if needed in actor.permissions
    )
    bound = (actor.entitlement, actor.partner, sorted(actor.covered), sorted(map(str, types)))
    return Wanted(actor, frozenset(asked), types, hashlib.sha256(repr(bound).encode()).digest()[:16])


class Cursors:
    """Makes and reads cursors; their content is sealed, so that a reader's feed says nothing of its holes."""

    def __init__(self, key: bytes) -> None:
        self._seal = Seal(key, PURPOSE)

    def make(self, position: int, of: Wanted) -> str:
        """The cursor of who has been told of so many entries."""
        return self._seal.close(CONTENT.pack(position, of.fingerprint))

    def read(self, cursor: str, of: Wanted, pointer: str, size: int) -> int:
        """How many entries have been told; raises Invalid, or SnapshotRequired where it no longer fits."""
        content = self._seal.open(cursor)
        if content is None and self._seal.has_form(cursor, CONTENT.size):
            raise SnapshotRequired(OTHER_KEY)
        if content is None or len(content) != CONTENT.size:
            raise Invalid.field(pointer, "This is no cursor of ours; begin without one.", "cursor")
        position, fingerprint = CONTENT.unpack(content)
        if fingerprint != of.fingerprint:
            raise SnapshotRequired(OTHER_RIGHTS)
        if position > size:
            raise SnapshotRequired(OTHER_LEDGER)
        return int(position)
