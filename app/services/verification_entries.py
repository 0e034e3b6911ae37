"""Each entry against its leaf: all it says was committed to, and nothing that was committed to is gone."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from app.change import NOT_DISCLOSED, REASON, own_values
from app.domain import commitments
from app.domain.commitments import HASH_BYTES, OWN_NAMES, PREVIOUS
from app.models import LEDGERED
from app.models.ledger import LedgerDisclosureRow, LedgerLeafRow, LedgerRow
from app.services import verification_rows
from app.services.verification_findings import Finding, Findings
from app.tree.leaves import newest_leaves

ENTRIES: Any = LedgerRow.__table__  # type: ignore[attr-defined]
SAID: Any = LedgerDisclosureRow.__table__  # type: ignore[attr-defined]
LEAVES: Any = LedgerLeafRow.__table__  # type: ignore[attr-defined]
PLACES = {"ledger": ENTRIES, "ledger_disclosure": SAID, "ledger_leaf": LEAVES}
# How an erased value stands among those that are there: its path stays, salt and value are gone.
ERASED = [None, None]
ERASURE = "erasure"  # the part of a record that says what was erased, whatever its kind of erasure
TOO_MANY = 6  # then it is not single values: the whole belongs elsewhere
COLUMNS: dict[str, frozenset[str]] = {
    str(table.__tablename__): frozenset(
        f"/{name}" for name in table.model_fields if name not in NOT_DISCLOSED
    )
    for table in LEDGERED
}
Erasures = Mapping[tuple[UUID, str], int]  # of a subject and a path: the newest entry that says it was erased


async def read_erasures(connection: AsyncConnection, findings: Findings) -> Erasures:
    """What entries say was erased, of any kind: erased, purged, destroyed."""
    query = (
        select(ENTRIES.c.position, SAID.c.fields)
        .join(SAID, SAID.c.position == ENTRIES.c.position)
        .where(ENTRIES.c.subject_type == ERASURE)
        .order_by(ENTRIES.c.position)
    )
    found: dict[tuple[UUID, str], int] = {}
    for position, fields in (await connection.execute(query)).all():
        try:
            subject, paths = UUID(fields["/subject_id"][1]), fields["/paths"][1]
            found |= {(subject, str(path)): position for path in paths}
        except (KeyError, TypeError, ValueError, IndexError):
            findings.add(Finding("ledger_disclosure", position, says="an erasure does not say of what"))
    return found


async def check(
    connection: AsyncConnection, first: int, count: int, erasures: Erasures, findings: Findings
) -> list[bytes]:
    """Look at these entries; the hashes of their leaves, as far as the first that is missing."""
    entries, said, leaves = [await _rows(connection, table, first, count) for table in PLACES.values()]
    for name, there in zip(PLACES, (entries, said, leaves), strict=True):
        _name_gaps(name, first, count, there, entries, findings)
    asked = {row["record_id"] for row in entries.values()}
    newest = await newest_leaves(connection, asked, first) if asked else {}
    rows = await verification_rows.current(connection, entries.values())
    hashes: list[bytes] = []
    for position in range(first, first + count):
        entry, leaf = entries.get(position), leaves.get(position)
        if leaf is None:
            continue
        own = commitments.leaf_hash(commitments.leaf_bytes(bytes(leaf["digests"])))
        record = f"{entry['record_type']} {entry['record_id']}" if entry else None
        if own != bytes(leaf["hash"]):
            findings.add(Finding("ledger_leaf", position, record, "hash", "it is not the hash of this leaf"))
        if entry and entry["id"] in rows and position in said:
            verification_rows.compare(entry, rows[entry["id"]], said[position]["fields"] or {}, findings)
        if entry and position in said:
            _compare(entry, said[position], bytes(leaf["digests"]), newest, erasures, findings)
        if entry:
            newest[entry["record_id"]] = own
        if len(hashes) == position - first:
            hashes.append(own)
    return hashes


async def _rows(connection: AsyncConnection, table: Any, first: int, count: int) -> dict[int, Any]:
    query = select(table).where(table.c.position >= first, table.c.position < first + count)
    return {row["position"]: row for row in (await connection.execute(query)).mappings()}


def _name_gaps(
    table: str,
    first: int,
    count: int,
    rows: Mapping[int, Any],
    entries: Mapping[int, Any],
    findings: Findings,
) -> None:
    for position in range(first, first + count):
        if position not in rows:
            entry = entries.get(position)
            record = f"{entry['record_type']} {entry['record_id']}" if entry else None
            findings.add(Finding(table, position, record, says="the row is gone"))


def _compare(
    entry: Mapping[str, Any],
    said: Mapping[str, Any],
    digests: bytes,
    newest: Mapping[UUID, bytes],
    erasures: Erasures,
    findings: Findings,
) -> None:
    """All digests made again from what is stored; only where they differ it is asked which."""
    previous = None if _opens(entry) else newest.get(entry["record_id"])
    own = {**own_values(entry), PREVIOUS: previous.hex() if previous else None}
    fields, salts = said["fields"], commitments.split_salts(said["salts"])
    held = {digests[at : at + HASH_BYTES] for at in range(0, len(digests), HASH_BYTES)}
    named = [(salt, name, own[name]) for salt, name in zip(salts, OWN_NAMES, strict=False)]
    if len(salts) == commitments.SALTS and _are_whole(fields):
        all_said = named + [(salt, path, value) for path, (salt, value) in fields.items()]
        room = commitments.DIGESTS - len(all_said)
        if {*commitments.digests_of(all_said), *commitments.decoys(salts[-1], max(room, 0))} == held:
            return
    _Difference(entry, fields, salts, held, erasures, findings).tell(named)


def _opens(entry: Mapping[str, Any]) -> bool:
    return bool(entry["version"] == 1 and entry["subject_id"] == entry["record_id"])


def _is_pair(pair: Any) -> bool:
    return isinstance(pair, list) and len(pair) == 2 and isinstance(pair[0], str)  # noqa: PLR2004 - salt, value


def _are_whole(fields: Any) -> bool:
    return isinstance(fields, dict) and all(map(_is_pair, fields.values()))


class _Difference:
    """An entry that is not what its leaf commits to: which of its values, and which are gone."""

    def __init__(
        self,
        entry: Mapping[str, Any],
        fields: Any,
        salts: Sequence[str],
        held: set[bytes],
        erasures: Erasures,
        findings: Findings,
    ) -> None:
        self._entry = entry
        self._fields: dict[str, Any] = fields if isinstance(fields, dict) else {}
        self._salts = salts
        self._held = held
        self._erasures = erasures
        self._findings = findings

    def tell(self, named: Sequence[tuple[str, str, Any]]) -> None:
        """Find and name each."""
        left = set(self._held)
        wrong = self._take(left, named)
        pairs = [(pair[0], path, pair[1]) for path, pair in self._fields.items() if _is_pair(pair)]
        wrong += self._take(left, pairs)
        if self._salts:
            left -= {*commitments.decoys(self._salts[-1], commitments.DIGESTS)}
        if len(self._salts) != commitments.SALTS:
            self._add("ledger_disclosure", "salts", "they are not the salts of an entry")
        elif len(wrong) >= TOO_MANY:
            says = f"{len(wrong)} values are not those that it commits to: it is of another entry"
            self._add("ledger_leaf", None, says)
        else:
            for name in wrong:
                self._name(name)
            self._gone(len(left) - len(wrong))

    def _take(self, left: set[bytes], said: Sequence[tuple[str, str, Any]]) -> list[str]:
        """Take what is committed to; the names of what is not."""
        wrong = []
        for (_, name, _), digest in zip(said, commitments.digests_of(said), strict=True):
            if digest in left:
                left.discard(digest)
            else:
                wrong.append(name)
        return wrong

    def _name(self, name: str) -> None:
        if name == PREVIOUS:
            self._add(
                "ledger_leaf", name, "the entry before it of the same record is not the one it followed"
            )
        elif name in OWN_NAMES:
            self._add("ledger", name, "it is not what was committed to")
        else:
            self._add("ledger_disclosure", name, "it is not what was committed to")

    def _gone(self, count: int) -> None:
        """What was committed to and is said no more: erased by an entry, or gone behind the ledger's back."""
        erased = [path for path, pair in self._fields.items() if not _is_pair(pair)]
        lawful = [
            path
            for path in erased
            if self._erasures.get((self._entry["subject_id"], path), -1) > self._entry["position"]
        ]
        for path in {*erased} - {*lawful}:
            self._add("ledger_disclosure", path, "it is gone, and no entry says that it was erased")
        missing = count - len(erased)
        if missing > 0:
            known = COLUMNS.get(self._entry["subject_type"], frozenset())
            candidates = sorted(known - {*self._fields}) or [REASON]
            self._add(
                "ledger_disclosure", " or ".join(candidates), f"{missing} that was committed to is gone"
            )

    def _add(self, table: str, name: str | None, says: str) -> None:
        record = f"{self._entry['record_type']} {self._entry['record_id']}"
        self._findings.add(Finding(table, self._entry["position"], record, name, says))
