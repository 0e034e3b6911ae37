"""Columns that many tables share: the envelope of a record, and what ties a row to the ledger."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKeyConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from app.domain.sharing import LIVE

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

CODE = String(64)
JSON_VALUE = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def code_column(**options: Any) -> Any:
    """A column for a short ASCII code."""
    return Field(sa_type=CODE, **options)


def json_column(**options: Any) -> Any:
    """A column for a JSON value; JSONB on PostgreSQL."""
    return Field(sa_type=JSON_VALUE, **options)


class Versioned(SQLModel):
    """A row that is written only if it still has the version that was read."""

    id: UUID = Field(primary_key=True)
    version: int


class Ledgered(Versioned):
    """A row that changes only together with an entry of the ledger (DESIGN: no change without an entry).

    `entry_id`, `id` and `version` point together at one entry, so an entry about another row cannot serve.
    """

    entry_id: UUID


def ledgered(*constraints: Any) -> tuple[Any, ...]:
    """Table arguments of a ledgered table."""
    return (
        UniqueConstraint("entry_id"),
        ForeignKeyConstraint(
            ["entry_id", "id", "version"],
            ["ledger.id", "ledger.subject_id", "ledger.version"],
            deferrable=True,
            initially="DEFERRED",
        ),
        *constraints,
    )


class Record(Ledgered):
    """The envelope of everything that agencies share."""

    reference: str = Field(max_length=16)
    owner_agency: str = code_column()
    tlp: str = code_column()
    classification: str = code_column()
    audience: list[str] = json_column()
    recipients: list[str] = json_column()
    region_code: str = code_column()
    exercise: str = code_column(default=LIVE)
    created_at: datetime
    updated_at: datetime


class Keyed(Record):
    """A record that a partner's own system may know under a key (services.externals)."""

    external_source: str | None = code_column(default=None)
    external_id: str | None = Field(default=None, max_length=100)
    external_agency: str | None = code_column(default=None)
    external_view: str | None = Field(default=None, max_length=64)


EXTERNAL_KEY = ("external_agency", "external_source", "external_id", "exercise", "external_view")


def external_key(table: str, condition: str = "external_id IS NOT NULL") -> Index:
    """One record for each key, among those that the same people see."""
    where = text(condition)
    return Index(
        f"uq_{table}_external", *EXTERNAL_KEY, unique=True, sqlite_where=where, postgresql_where=where
    )
