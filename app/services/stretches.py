"""A stretch of the ledger with the records it is about; `telling` says what it is to a reader.

What a reader may know is asked of `may_see`, so that one reading can serve all who listen; a page of the feed
has the database leave out beforehand what its reader cannot be told (`FOR_A_READER`).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Integer, Select, String, and_, bindparam, or_, select

from app.database import Session, Values, holds_one_of, is_one_of
from app.domain.actors import Actor
from app.domain.changes import TOLD_SUBJECTS, RecordType
from app.domain.sharing import Marking, may_see
from app.models.incidents import IncidentLinkRow
from app.models.ledger import LedgerRow
from app.models.personal_data import ErasureRow
from app.reads import Prepared
from app.services.records import BY_TYPE
from app.services.subjects import ANSWERS
from app.services.visibility import marking_of, marking_said, reader, visible_to_reader

Key = tuple[str, UUID]
TYPES = [str(each) for each in RecordType]
LEDGER, LINK = LedgerRow.__table__, IncidentLinkRow.__table__  # type: ignore[attr-defined]
ERASURE = ErasureRow.__table__  # type: ignore[attr-defined]
OF_ERASURES = Prepared(select(ERASURE).where(is_one_of(ERASURE.c.id, "ids")))
ABOUT = {"record_types": TYPES, "subject_types": list(TOLD_SUBJECTS)}
MARKING = ("owner_agency", "tlp", "classification", "audience", "recipients", "exercise")
LISTS = ("audience", "recipients")
NAMES: Mapping[str, Mapping[str, str]] = {each: getattr(ANSWERS[each], "NAMES", {}) for each in TYPES}
NAMED_TYPES = sorted({kind for members in NAMES.values() for kind in members.values()})


def _told_entries(*conditions: Any) -> Select[Any]:
    far_end = and_(LEDGER.c.subject_type == LINK.name, LINK.c.id == LEDGER.c.subject_id)
    return (
        select(
            LEDGER.c.position, LEDGER.c.record_type, LEDGER.c.record_id, LEDGER.c.subject_type,
            LEDGER.c.subject_id, LEDGER.c.marking_before,
            *(LEDGER.c[name] for name in MARKING), LINK.c.target_id,
        )
        .join_from(LEDGER, LINK, far_end, isouter=True)
        .where(
            is_one_of(LEDGER.c.record_type, "record_types"),
            is_one_of(LEDGER.c.subject_type, "subject_types"),
            *conditions,
        )
        .order_by(LEDGER.c.position)
    )  # fmt: skip


def _entries(*conditions: Any) -> Select[Any]:
    within = (
        LEDGER.c.position >= bindparam("since", type_=BigInteger),
        LEDGER.c.position < bindparam("upto", type_=BigInteger),
    )
    return _told_entries(*within, *conditions).limit(bindparam("most", type_=Integer))


# Of accounts, settings, access, grants and personal data nobody is told: see `domain.changes`.
FOR_ALL = Prepared(_entries())
AT_POSITIONS = Prepared(_told_entries(is_one_of(LEDGER.c.position, "positions")))
FORMER = SimpleNamespace(
    **{name: LEDGER.c.marking_before[name].as_string() for name in MARKING if name not in LISTS},
    **{name: LEDGER.c.marking_before[name] for name in LISTS},
)
# Exactly what may concern the reader: were more read and passed over, a short page would tell of the hidden.
FOR_A_READER = Prepared(
    _entries(
        or_(is_one_of(LEDGER.c.record_type, "wanted"), LEDGER.c.marking_before.is_not(None)),
        or_(
            visible_to_reader(LEDGER.c),
            and_(LEDGER.c.marking_before.is_not(None), visible_to_reader(FORMER)),
        ),
    )
)


@dataclass(slots=True)
class Stretch:
    """Entries, and the records they are about as they stand now."""

    entries: list[Any]
    upto: int  # so many entries of the ledger come before what follows
    rows: dict[Key, Any] = field(default_factory=dict)
    marks: dict[UUID, Marking] = field(default_factory=dict)  # of records that others name
    naming: dict[UUID, list[Key]] = field(default_factory=dict)  # who names a record that was marked anew
    erasures: dict[UUID, Any] = field(default_factory=dict)  # what entries say that it was erased
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    def after(self, since: int) -> "Stretch | None":
        """What is left of it for who was told of `since` entries; None where that is all of it."""
        if since >= self.upto:
            return None
        if not self.entries or since <= self.entries[0].position:
            return self
        return replace(self, entries=[each for each in self.entries if each.position >= since])


async def for_reader(
    session: Session, actor: Actor, types: Iterable[str], since: int, upto: int, most: int
) -> Stretch:
    """The stretch as far as it may concern a reader: `most` entries, in as many statements however many."""
    values = {**ABOUT, "wanted": list(types), "since": since, "upto": upto, "most": most}
    entries = await session.rows(FOR_A_READER, {**values, **reader(actor)})
    found = Stretch(entries, entries[-1].position + 1 if len(entries) == most else upto)
    await _read_concerned(session, found, actor)
    return found


async def for_reader_at(session: Session, actor: Actor, positions: Collection[int]) -> Stretch:
    """The entries at these positions, as far as they may concern a reader."""
    entries = await session.rows(AT_POSITIONS, {**ABOUT, "positions": list(positions)})
    found = Stretch(entries, max(positions, default=-1) + 1)
    await _read_concerned(session, found, actor)
    return found


async def _read_concerned(session: Session, to: Stretch, actor: Actor) -> None:
    concerned = [
        entry for entry in to.entries if may_see(actor, marking_of(entry)) or was_shown(actor, entry)
    ]  # fmt: skip
    moved = [each for each in concerned if may_see(actor, marking_of(each)) != was_shown(actor, each)]
    await _read_records(session, to, concerned, moved)


async def for_all(session: Session, since: int, upto: int, most: int) -> Stretch:
    """The stretch as it concerns anybody."""
    values = {**ABOUT, "since": since, "upto": upto, "most": most}
    entries = await session.rows(FOR_ALL, values)
    found = Stretch(entries, entries[-1].position + 1 if len(entries) == most else upto)
    moved = [each for each in entries if _before(each) != marking_of(each)]
    await _read_records(session, found, entries, moved)
    return found


async def _read_records(session: Session, to: Stretch, entries: list[Any], moved: list[Any]) -> None:
    """The records of entries, those that name a record which was marked anew, and the marks of all named."""
    ids: dict[str, set[UUID]] = defaultdict(set)
    for entry in entries:
        ids[entry.record_type].add(entry.record_id)
    for record_type, wanted in sorted(ids.items()):
        for row in await session.rows(_by_ids(record_type), {"ids": list(wanted)}):
            to.rows[record_type, row.id] = row
    if erasures := [each.subject_id for each in entries if each.subject_type == ERASURE.name]:
        to.erasures = {row.id: row for row in await session.rows(OF_ERASURES, {"ids": erasures})}
    await _read_naming(session, to, moved)
    named: dict[str, set[UUID]] = defaultdict(set)
    for (record_type, _), row in to.rows.items():
        for kind, each in names_of(record_type, row):
            named[kind].add(each)
    named["incident"] |= {entry.target_id for entry in entries if entry.target_id}
    for kind, wanted in sorted(named.items()):
        if wanted:
            for row in await session.rows(_marks(kind), {"ids": list(wanted)}):
                to.marks[row.id] = marking_of(row)


async def _read_naming(session: Session, to: Stretch, moved: list[Any]) -> None:
    """An answer leaves out ids of what its reader may not know of: where that changes, the answer does."""
    ids = {
        kind: {e.record_id for e in moved if e.record_type == kind and e.marking_before}
        for kind in NAMED_TYPES
    }
    if not any(ids.values()):
        return
    values: dict[str, Any] = {f"{kind}_ids": list(each) for kind, each in ids.items()}
    values |= {f"{kind}_texts": [str(one) for one in each] for kind, each in ids.items()}
    for record_type, members in NAMES.items():
        if not members:
            continue
        for row in await session.rows(_naming(record_type), values):
            to.rows.setdefault((record_type, row.id), row)
            for kind, each in names_of(record_type, row):
                if each in ids[kind]:
                    to.naming.setdefault(each, []).append((record_type, row.id))


def names_of(record_type: str, row: Any) -> Iterator[tuple[str, UUID]]:
    """The records that a record names, each with its type."""
    for member, kind in NAMES[record_type].items():
        value = getattr(row, member)
        for each in value if isinstance(value, list) else [value] if value else []:
            yield kind, each if isinstance(each, UUID) else UUID(each)


@cache
def _by_ids(record_type: str) -> Prepared:
    table = BY_TYPE[record_type].__table__  # type: ignore[attr-defined]
    return Prepared(select(table).where(is_one_of(table.c.id, "ids")))


@cache
def _marks(record_type: str) -> Prepared:
    columns = BY_TYPE[record_type].__table__.c  # type: ignore[attr-defined]
    return Prepared(
        select(columns.id, *(columns[name] for name in MARKING)).where(is_one_of(columns.id, "ids"))
    )


@cache
def _naming(record_type: str) -> Prepared:
    """The records of a type that name one of some others."""
    table = BY_TYPE[record_type].__table__  # type: ignore[attr-defined]
    conditions: list[Any] = []
    for member, kind in NAMES[record_type].items():
        column = table.c[member]
        if column.type.python_type is UUID:
            conditions.append(is_one_of(column, f"{kind}_ids"))
        else:
            conditions.append(holds_one_of(column, bindparam(f"{kind}_texts", type_=Values(String()))))
    return Prepared(select(table).where(or_(*conditions)))


def _before(entry: Any) -> Marking | None:
    said = entry.marking_before
    return None if said is None else marking_said(said)


def was_shown(actor: Actor, entry: Any) -> bool:
    """Whether the record showed to the actor before an entry."""
    before = _before(entry)
    return before is not None and may_see(actor, before)
