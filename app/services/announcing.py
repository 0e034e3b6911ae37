"""Announcing: what entries of the ledger are to one reader at this moment, as messages without content.

Each entry by itself, as the change feed tells it: so the same entry is the same message, however much is read
at once. What the reader may not know is not there.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

from app.database import Session
from app.domain.announcements import ANNOUNCED_AS, Announcement
from app.domain.changes import ChangeKind, RecordType
from app.services import stretches, telling
from app.services.feed_cursors import Wanted
from app.services.stretches import Stretch
from app.services.telling import Told


@dataclass(frozen=True, slots=True)
class Announced:
    """What a reader hears of some entries; `found` has the records as they stand, for who must know more."""

    announcements: list[Announcement]
    upto: int  # so many entries of the ledger come before what follows
    found: Stretch


async def between(session: Session, of: Wanted, since: int, upto: int, most: int) -> Announced:
    """What the entries from `since` to before `upto` are to the reader; at most so many that concern it."""
    if upto <= since or not of.actor.partner:
        return Announced([], max(since, upto), Stretch([], max(since, upto)))
    found = await stretches.for_reader(session, of.actor, of.types, since, upto, most)
    return Announced(_of_each(found, of), found.upto, found)


async def at(session: Session, of: Wanted, positions: Collection[int]) -> list[Announcement]:
    """What these entries are to the reader."""
    if not positions or not of.actor.partner:
        return []
    return _of_each(await stretches.for_reader_at(session, of.actor, positions), of)


def _of_each(found: Stretch, of: Wanted) -> list[Announcement]:
    return [
        _announcement(found, told)
        for entry in found.entries
        for told in telling.tell(replace(found, entries=[entry]), of.actor, of.types)
    ]


def _announcement(found: Stretch, told: Told) -> Announcement:
    record_type, record_id = told.key
    version = None if told.kind is ChangeKind.GONE else int(found.rows[told.key].version)
    return Announcement(told.position, RecordType(record_type), record_id, version, ANNOUNCED_AS[told.kind])
