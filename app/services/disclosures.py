"""Disclosure: on a lawful order the owner's auditor opens the entries of a record, with salts and proofs.

Every entry is there, so that the chain of `#prev` shows that none is missing. Of those whose marking the
auditor does not pass only that is opened; ids of hidden records and accounts of other agencies stay closed.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from app.change import Change, own_values
from app.database import Session
from app.domain import merkle
from app.domain.actors import Actor
from app.domain.commitments import OWN_NAMES, PREVIOUS, disclosure, leaf_bytes, split_salts
from app.domain.errors import Forbidden, NotFound, Unavailable
from app.domain.sharing import may_see
from app.models.ledger import LedgerDisclosureRow, LedgerLeafRow, LedgerRow
from app.models.personal_data import DisclosureRow
from app.schemas.disclosures import DisclosedEntry, Disclosure, DisclosureCreate, DisclosureFile
from app.services import records
from app.services.ledger import LINK
from app.services.proofs import encoded
from app.services.signed_tree import compute, published
from app.services.subjects import ANSWERS
from app.services.visibility import marking_of

CHAIN = ("#record_id", PREVIOUS)
PERSONS = "incident_party"


@dataclass(frozen=True, slots=True)
class Told:
    """An entry with all that it says, and the leaf before it of the same record."""

    entry: LedgerRow
    said: LedgerDisclosureRow
    leaf: LedgerLeafRow
    previous: bytes | None


async def order(session: Session, actor: Actor, new: DisclosureCreate, *, by: Actor | None = None) -> Change:
    """A lawful order, noted in the record itself, before the file is read; `by` acts in the actor's name."""
    record = await records.named(
        session, actor, records.BY_TYPE[new.record_type], new.record_id, "/record_id"
    )
    if record.owner_agency != actor.agency:
        raise Forbidden("Only the owner of a record opens its entries.")
    change = Change(by or actor)
    values = {
        **new.model_dump(),
        "agency": actor.agency,
        "role": actor.role,
        "account": actor.account,
        "created_at": change.at,
    }
    made = change.create_part(DisclosureRow, "disclosure.ordered", records.subject(record), values)
    change.rests_on(record)
    change.answer = Disclosure.of(made)
    return change


async def file(session: Session, actor: Actor, disclosure_id: UUID, origin: str) -> DisclosureFile:
    """What an order opens: all entries of the record up to the one that tells of the order."""
    ordered = await session.get(DisclosureRow, disclosure_id)
    if ordered is None or ordered.agency != actor.agency:
        raise NotFound
    record = await records.get(session, actor, records.BY_TYPE[ordered.record_type], ordered.record_id)
    if record.owner_agency != actor.agency:
        raise NotFound
    told = await _entries(session, ordered)
    shown = await _shown(session, actor, told)
    newest = await published(session.rows)
    if newest is None or newest.size <= told[-1].entry.position:
        raise Unavailable("The tree over this entry is not signed yet; try again.")

    def prove(read: merkle.ReadTile) -> list[list[bytes]]:
        return [merkle.inclusion_proof(each.entry.position, newest.size, read) for each in told]

    proofs = await compute(session.rows, prove)
    return DisclosureFile(
        origin=origin,
        record_type=ordered.record_type,
        record_id=ordered.record_id,
        checkpoint=newest.note,
        entries=[
            _opened(each, encoded(proof), _open_names(actor, ordered, each, shown))
            for each, proof in zip(told, proofs, strict=True)
        ],
    )


async def _entries(session: Session, ordered: DisclosureRow) -> list[Told]:
    mine = select(LedgerRow.position).where(col(LedgerRow.id) == ordered.entry_id)
    query = (
        select(LedgerRow, LedgerDisclosureRow, LedgerLeafRow)
        .join(LedgerDisclosureRow, col(LedgerDisclosureRow.position) == LedgerRow.position)
        .join(LedgerLeafRow, col(LedgerLeafRow.position) == LedgerRow.position)
        .where(
            col(LedgerRow.record_id) == ordered.record_id,
            col(LedgerRow.position) <= mine.scalar_subquery(),
        )
        .order_by(col(LedgerRow.position))
    )
    told: list[Told] = []
    for entry, said, leaf in (await session.exec(query)).all():
        told.append(Told(entry, said, leaf, told[-1].leaf.hash if told else None))
    return told


async def _shown(session: Session, actor: Actor, told: Sequence[Told]) -> set[str]:
    """Which of the records that the entries name the actor may see."""
    named: dict[str, set[UUID]] = defaultdict(set)
    for each in told:
        for member, kind in _names(each.entry.subject_type).items():
            named[kind].update(map(UUID, _ids(each.said.fields.get(f"/{member}"))))
    shown: set[UUID] = set()
    for kind, ids in named.items():
        shown |= await records.shown_ids(session, actor, kind, ids)
    return {str(each) for each in shown}


def _names(subject_type: str) -> dict[str, str]:
    if subject_type == LINK:
        return {"target_id": "incident"}
    named: dict[str, str] = getattr(ANSWERS.get(subject_type), "NAMES", {})
    return named


def _ids(pair: Any) -> list[str]:
    value = pair[1] if pair else None
    return value if isinstance(value, list) else [value] if value else []


def _open_names(actor: Actor, ordered: DisclosureRow, each: Told, shown: set[str]) -> set[str]:
    """The names of what is opened of an entry."""
    entry, fields = each.entry, each.said.fields
    hidden = {
        f"/{member}"
        for member in _names(entry.subject_type)
        if not shown.issuperset(_ids(fields.get(f"/{member}")))
    }
    sealed = entry.subject_type == PERSONS and not ordered.persons
    far_end = entry.subject_type == LINK and hidden
    if sealed or far_end or not may_see(actor, marking_of(entry)):
        return set(CHAIN)
    if entry.agency != actor.agency:
        hidden |= {"#account", "/account"}
    return {*OWN_NAMES, *fields} - hidden


def _opened(each: Told, inclusion: list[str], names: set[str]) -> DisclosedEntry:
    return DisclosedEntry(
        index=each.entry.position,
        leaf=leaf_bytes(each.leaf.digests).decode(),
        inclusion=inclusion,
        disclosures=[disclosure(*one).decode() for one in _said(each) if one[1] in names],
        erased=[path for path, (salt, _) in each.said.fields.items() if salt is None and path in names],
    )


def _said(each: Told) -> Iterator[tuple[str, str, Any]]:
    """Salt, name and value of all that an entry says and that was not erased."""
    own = own_values(each.entry.model_dump())
    own[PREVIOUS] = each.previous.hex() if each.previous else None
    for name, salt in zip(OWN_NAMES, split_salts(each.said.salts), strict=False):
        yield salt, name, own[name]
    for path, (salt, value) in each.said.fields.items():
        if salt is not None:
            yield salt, path, value
