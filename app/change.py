"""A change as data: what a decision wants written, so that it can join others, or be decided again."""

import base64
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlmodel import SQLModel
from uuid_utils.compat import uuid7

from app.domain.actors import Actor
from app.domain.sharing import Marking
from app.forgetting import Forgotten
from app.models.columns import Ledgered, Versioned
from app.schemas.attachments import ReceivedFile

NOT_DISCLOSED = frozenset({"entry_id", "secret_hash", "sealed", "sealed_before", "code_hash"})
REASON = "#reason"  # no field of a record has this path
MARKING_NAMES = ("owner_agency", "tlp", "classification", "audience", "recipients", "exercise")


@dataclass(frozen=True, slots=True)
class Entry:
    """One accepted change of one subject; the lane gives it its position."""

    id: UUID
    at: datetime
    actor: Actor
    action: str
    record_type: str
    record_id: UUID
    subject_type: str
    subject_id: UUID
    version: int
    before: Marking | None
    after: Marking
    values: Mapping[str, Any]
    reason: str | None

    def ledger_row(self) -> dict[str, Any]:
        """The entry as the ledger stores it, but for its position: codes only."""
        return {
            "id": self.id,
            "at": self.at,
            "action": self.action,
            "account": self.actor.account,
            "agency": self.actor.agency,
            "role": self.actor.role,
            "record_type": self.record_type,
            "record_id": self.record_id,
            "subject_type": self.subject_type,
            "subject_id": self.subject_id,
            "version": self.version,
            "marking_before": asdict(self.before) if self.before else None,
            **marking_columns(self.after),
        }

    def fields(self) -> dict[str, Any]:
        """What the entry says, each value with a salt of 128 bits of its own."""
        said = {f"/{name}": value for name, value in self.values.items()}
        if self.reason is not None:
            said[REASON] = self.reason
        salts = base64.b16encode(secrets.token_bytes(16 * len(said))).decode().lower()
        return {path: [salts[32 * n : 32 * n + 32], value] for n, (path, value) in enumerate(said.items())}


@dataclass(frozen=True, slots=True)
class Update:
    """New values for one row, if it still has the version that was read."""

    table: type[Versioned]
    id: UUID
    version: int
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Guard:
    """A row that the decision rests on without changing it: it must still have this version at commit."""

    table: type[Versioned]
    id: UUID
    version: int


@dataclass(frozen=True, slots=True)
class Subject:
    """What an entry is about: the record, and how it is marked before and after."""

    record_type: str
    record_id: UUID
    before: Marking | None
    after: Marking


@dataclass(slots=True)
class Change:
    """Everything one request wants written, all or nothing; `answer` is given after the commit."""

    actor: Actor
    reason: str | None = None
    at: datetime = field(default_factory=lambda: datetime.now(UTC))
    unloads: list[tuple[Any, str]] = field(default_factory=list)  # tables of reference data, and a data set
    inserts: list[tuple[type[SQLModel], Mapping[str, Any]]] = field(default_factory=list)
    updates: list[Update] = field(default_factory=list)
    guards: list[Guard] = field(default_factory=list)
    last_words: list[tuple[type[SQLModel], Mapping[str, Any]]] = field(default_factory=list)  # upserted
    entries: list[Entry] = field(default_factory=list)
    forgotten: list[Forgotten] = field(default_factory=list)  # goes from all older entries
    files: list[ReceivedFile] = field(default_factory=list)  # in their places before the entries are written
    answer: Any = None
    status: int | None = None  # of the answer, where the decision knows better than the route
    retells: UUID | None = None  # the earlier entry that says the answer, where the first of ours does not
    leaf: bytes | None = None  # hash of the first entry's leaf, once it is written
    line: UUID | None = None  # where those who decide over the same row stand in line, see `take_turn`

    def create(
        self, table: type[Ledgered], action: str, marking: Marking, values: Mapping[str, Any]
    ) -> dict[str, Any]:
        """A new record; returns its row."""
        identity = values.get("id") or uuid7()
        row = {**defaults(table), **values, "id": identity, "version": 1, "entry_id": uuid7()}
        self.inserts.append((table, row))
        self._record(table, action, row, Subject(str(table.__tablename__), identity, None, marking))
        return row

    def create_part(
        self, table: type[Ledgered], action: str, of: Subject, values: Mapping[str, Any]
    ) -> dict[str, Any]:
        """A new part of a record; it takes the record's marking."""
        identity = values.get("id") or uuid7()
        row = {**defaults(table), **values, "id": identity, "version": 1, "entry_id": uuid7()}
        self.inserts.append((table, row))
        self._record(table, action, row, of)
        return row

    def update(self, row: Ledgered, action: str, of: Subject, values: Mapping[str, Any]) -> dict[str, Any]:
        """New values for a row that was read; returns the whole row as it will be."""
        table = type(row)
        changed = {**values, "version": row.version + 1, "entry_id": uuid7()}
        self.updates.append(Update(table, row.id, row.version, changed))
        whole = {**row.model_dump(), **changed}
        self._record(table, action, whole, of)
        return whole

    def rests_on(self, row: Versioned) -> None:
        """The decision holds only while this row keeps the version that was read."""
        self.guards.append(Guard(type(row), row.id, row.version))

    def include(self, other: "Change") -> None:
        """Another decision, perhaps of another actor, written together with this one or not at all."""
        self.inserts += other.inserts
        self.updates += other.updates
        self.guards += other.guards
        self.last_words += other.last_words
        self.entries += other.entries
        self.forgotten += other.forgotten

    @property
    def writes(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.inserts or self.updates or self.last_words or self.entries)

    def forget_at(self, table: type[SQLModel], expires_at: datetime, **values: Any) -> None:
        """A row that is kept for a while only."""
        self.inserts.append((table, {**defaults(table), **values, "expires_at": expires_at}))

    def write_over(self, row: Versioned, **values: Any) -> None:
        """New values for a row that carries no facts of the field, if it is still as it was read."""
        self.updates.append(Update(type(row), row.id, row.version, {**values, "version": row.version + 1}))

    def take_turn(self, row: Versioned) -> None:
        """Whoever decides over this row does so one after another; it carries no facts, so no entry."""
        self.write_over(row)
        self.line = row.id

    def _record(self, table: type[Ledgered], action: str, row: Mapping[str, Any], of: Subject) -> None:
        values = {name: plain(value) for name, value in row.items() if name not in NOT_DISCLOSED}
        self.entries.append(
            Entry(
                id=row["entry_id"],
                at=self.at,
                actor=self.actor,
                action=action,
                record_type=of.record_type,
                record_id=of.record_id,
                subject_type=str(table.__tablename__),
                subject_id=row["id"],
                version=row["version"],
                before=of.before,
                after=of.after,
                values=values,
                reason=self.reason,
            )
        )


@cache
def defaults(table: type[SQLModel]) -> Mapping[str, Any]:
    """The value of each column that a new row does not name: rows written together need the same columns."""
    return {name: None if info.is_required() else info.default for name, info in table.model_fields.items()}


def marking_columns(marking: Marking) -> dict[str, Any]:
    """A marking as the columns of a row."""
    return {
        "owner_agency": marking.owner_agency,
        "tlp": marking.tlp,
        "classification": marking.classification,
        "audience": list(marking.audience),
        "recipients": list(marking.recipients),
        "exercise": marking.exercise,
    }


def own_values(row: Mapping[str, Any]) -> dict[str, Any]:
    """What an entry says of itself, from its row in the ledger, by the names of its commitments.

    Published and signed as it stands here: names are only added, see `app.domain.commitments`.
    """
    return {
        "#id": str(row["id"]),
        "#at": plain(row["at"]),
        "#action": row["action"],
        "#account": row["account"],
        "#agency": row["agency"],
        "#role": row["role"],
        "#record_type": row["record_type"],
        "#record_id": str(row["record_id"]),
        "#subject_type": row["subject_type"],
        "#subject_id": str(row["subject_id"]),
        "#version": row["version"],
        "#marking_before": row["marking_before"],
        "#marking": {name: row[name] for name in MARKING_NAMES},
    }


def plain(value: Any) -> Any:
    """The value as JSON has it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, UUID | date):
        return str(value)
    return value
