"""Telling: what a stretch of the ledger is to one reader, as the changes of the feed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.access import Notes
from app.database import compact_json
from app.domain.actors import Actor
from app.domain.changes import ChangeKind, RecordType, summed_up, told_as
from app.domain.field_mask import is_sealed
from app.domain.sharing import may_see
from app.services.incidents import rendered
from app.services.links import only
from app.services.stretches import Key, Stretch, names_of, was_shown
from app.services.subjects import as_shown
from app.services.visibility import marking_of


@dataclass(slots=True)
class Told:
    """A record's last change in a stretch, for one reader, and all that was erased of it."""

    position: int
    last: ChangeKind
    key: Key
    erased: tuple[Any, ...] = ()

    @property
    def kind(self) -> ChangeKind:
        """What it is told as."""
        return summed_up(self.last, is_erased=bool(self.erased))


def tell(found: Stretch, actor: Actor, types: frozenset[RecordType]) -> list[Told]:
    """What the stretch is to a reader: each record once, at its last place."""
    told: dict[Key, Told] = {}

    def put(position: int, key: Key, kind: ChangeKind | None, erased: tuple[Any, ...] = ()) -> None:
        if kind is not None and key[0] in types:
            earlier = told.pop(key, None)
            told[key] = Told(position, kind, key, (earlier.erased if earlier else ()) + erased)

    for entry in found.entries:
        before, after = was_shown(actor, entry), may_see(actor, marking_of(entry))
        key = entry.record_type, entry.record_id
        if _leads_to_shown(found, actor, entry):
            kind = told_as(before=before, after=after, now=_shows(found, actor, key))
            put(entry.position, key, kind, _erased(found, actor, entry))
        if before != after:
            for other in found.naming.get(entry.record_id, ()):
                if _shows(found, actor, other):
                    put(entry.position, other, ChangeKind.CHANGED)
    return list(told.values())


def _shows(found: Stretch, actor: Actor, key: Key) -> bool:
    row = found.rows.get(key)
    return row is not None and may_see(actor, marking_of(row))


def _leads_to_shown(found: Stretch, actor: Actor, entry: Any) -> bool:
    """Whether an entry about a link leads to what the actor may see now; true of every other entry."""
    if entry.target_id is None:
        return True
    far_end = found.marks.get(entry.target_id)
    return far_end is not None and may_see(actor, far_end)


def _erased(found: Stretch, actor: Actor, entry: Any) -> tuple[Any, ...]:
    """What an entry says that it was erased, of subjects whose members the actor may read."""
    row = found.erasures.get(entry.subject_id)
    return () if row is None or is_sealed(row.subject_type, actor) else (row,)


def as_json(found: Stretch, actor: Actor, each: Told) -> bytes:
    """A change as the JSON of a `Change`."""
    record_type, record_id = each.key
    head = f'{{"position":{each.position},"change":"{each.kind}",'
    head += f'"record_type":"{record_type}","id":"{record_id}",'
    if each.kind is ChangeKind.GONE:
        return f'{head}"version":null,"record":null}}'.encode()
    row = found.rows[each.key]
    shown = {
        one
        for _, one in names_of(record_type, row)
        if one in found.marks and may_see(actor, found.marks[one])
    }
    if record_type == RecordType.INCIDENT:
        record = rendered(row).body  # kept: most who follow are told of the same
    else:
        record = record_json(record_type, row, shown, found.now)
    erased = f',"erased":{compact_json(list(map(_of_erasure, each.erased)))}' if each.erased else ""
    return b'%b"version":%d,"record":%b%b}' % (head.encode(), row.version, record, erased.encode())


def _of_erasure(row: Any) -> dict[str, Any]:
    return {"subject_type": row.subject_type, "subject_id": str(row.subject_id), "paths": row.paths}


def note(notes: Notes, found: Stretch, actor: Actor, told: Iterable[Told]) -> None:
    """What the access log is to tell of what is told."""
    for each in told:
        if each.kind is not ChangeKind.GONE:
            notes.saw(actor, each.key[0], found.rows[each.key])


def record_json(record_type: str, row: Any, shown: set[UUID], now: datetime) -> bytes:
    """A record as the service answers it, with those ids of others that the reader may know of."""
    return only(as_shown(record_type, row, now), shown).model_dump_json().encode()
