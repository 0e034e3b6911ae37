"""Erasures, legal holds, disclosures, requests of data subjects, breaches; what can be erased may be null."""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op
from app import guards

revision: str = "0013"
down_revision: str | None = "0012"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

JSON = sa.JSON(none_as_null=True).with_variant(
    postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), "postgresql"
)
TIME = sa.DateTime(timezone=True)
CODE = sa.String(length=64)
BLANKABLE = {
    "incident_attachment": {"file_name": sa.String(length=255), "sha256": sa.String(length=64)},
    "incident_party": {"name": sa.String()},
}
GUARDED = {
    "breach": ["id", "entry_id", "reference"],
    "data_subject_request": ["id", "entry_id", "reference"],
    "disclosure": ["id", "entry_id"],
    "erasure": ["id", "entry_id"],
    "legal_hold": ["id", "entry_id"],
}
LEDGERED_GUARDS = ("keep_entry", "no_delete", "no_replace_insert", "no_replace_update")


def required(*columns: tuple[str, sa.types.TypeEngine[object]]) -> Iterator[sa.Column[object]]:
    for name, kind in columns:
        yield sa.Column(name, kind, nullable=False)


def optional(*columns: tuple[str, sa.types.TypeEngine[object]]) -> Iterator[sa.Column[object]]:
    for name, kind in columns:
        yield sa.Column(name, kind, nullable=True)


def ledgered(table: str) -> Iterator[sa.schema.SchemaItem]:
    """The columns and constraints of every ledgered table."""
    yield from required(("id", sa.Uuid()), ("version", sa.Integer()), ("entry_id", sa.Uuid()))
    yield sa.ForeignKeyConstraint(
        ["entry_id", "id", "version"],
        ["ledger.id", "ledger.subject_id", "ledger.version"],
        name=op.f(f"fk_{table}_entry_id_id_version"),
        initially="DEFERRED",
        deferrable=True,
    )
    yield sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))
    yield sa.UniqueConstraint("entry_id", name=op.f(f"uq_{table}_entry_id"))


def record(table: str) -> Iterator[sa.schema.SchemaItem]:
    """The same of every record."""
    yield from ledgered(table)
    yield from required(
        ("reference", sa.String(length=16)), ("owner_agency", CODE), ("tlp", CODE), ("classification", CODE),
        ("audience", JSON), ("recipients", JSON), ("region_code", CODE), ("exercise", CODE),
        ("created_at", TIME), ("updated_at", TIME),
    )  # fmt: skip
    yield sa.UniqueConstraint("reference", name=op.f(f"uq_{table}_reference"))


def partial(condition: str) -> dict[str, sa.TextClause]:
    """An index over the rows for which this holds, on either database."""
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    op.create_table(
        "erasure",
        *ledgered("erasure"),
        *required(
            ("record_type", CODE), ("record_id", sa.Uuid()), ("subject_type", CODE),
            ("subject_id", sa.Uuid()), ("paths", JSON), ("kind", CODE), ("legal_basis", CODE),
            ("agency", CODE), ("role", CODE), ("account", CODE), ("created_at", TIME),
        ),
    )  # fmt: skip
    op.create_index(op.f("ix_erasure_agency_id"), "erasure", ["agency", "id"])
    op.create_table(
        "legal_hold",
        *ledgered("legal_hold"),
        *required(
            ("record_type", CODE), ("record_id", sa.Uuid()), ("order_number", sa.String(length=200)),
            ("reason", sa.String()), ("until", TIME), ("agency", CODE), ("role", CODE), ("account", CODE),
            ("created_at", TIME),
        ),
        *optional(("lifted_at", TIME), ("lifted_because", sa.String())),
    )  # fmt: skip
    op.create_index("ix_legal_hold_holding", "legal_hold", ["record_id"], **partial("lifted_at IS NULL"))
    op.create_table(
        "disclosure",
        *ledgered("disclosure"),
        *required(
            ("record_type", CODE), ("record_id", sa.Uuid()), ("order_number", sa.String(length=200)),
            ("reason", sa.String()), ("persons", sa.Boolean()), ("agency", CODE), ("role", CODE),
            ("account", CODE),
            ("created_at", TIME),
        ),
    )  # fmt: skip
    op.create_index(op.f("ix_disclosure_agency_id"), "disclosure", ["agency", "id"])
    op.create_table(
        "data_subject_request",
        *record("data_subject_request"),
        *required(("asks_for", CODE), ("status", CODE), ("received_at", TIME), ("due_at", TIME)),
        *optional(
            ("subject_name", sa.String()), ("contact", sa.String()), ("wish", sa.String()),
            ("answer", sa.String()), ("incident_id", sa.Uuid()), ("party_id", sa.Uuid()),
            ("overdue_at", TIME), ("ended_at", TIME),
        ),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incident.id"], name=op.f("fk_data_subject_request_incident_id")
        ),
        sa.ForeignKeyConstraint(
            ["party_id"], ["incident_party.id"], name=op.f("fk_data_subject_request_party_id")
        ),
    )  # fmt: skip
    op.create_table(
        "breach",
        *record("breach"),
        *required(
            ("title", sa.String()), ("data_exposed", sa.String()), ("circumstances", sa.String()),
            ("handling", sa.String()), ("discovered_at", TIME), ("due_at", TIME),
        ),
        *optional(
            ("person_count", sa.Integer()), ("persons_told_at", TIME), ("authority_told_at", TIME),
            ("public_told_at", TIME), ("overdue_at", TIME), ("ended_at", TIME),
        ),
        sa.CheckConstraint("person_count >= 0", name=op.f("ck_breach_persons")),
    )  # fmt: skip
    for table in ("data_subject_request", "breach"):
        op.create_index(op.f(f"ix_{table}_owner_agency_id"), table, ["owner_agency", "id"])
        op.create_index(f"ix_{table}_due", table, ["due_at"], **partial("ended_at IS NULL"))
    op.add_column("incident_party", sa.Column("restricted_at", TIME, nullable=True))
    for table, columns in BLANKABLE.items():
        _allow_blanks(dialect, table, columns)
    for table, keys in GUARDED.items():
        _execute(guards.guard_ledgered(dialect, table, keys))
    _guard_disclosures(dialect)


def downgrade() -> None:
    """What may be null stays so: what was erased cannot come back, and older code does not mind."""
    dialect = op.get_bind().dialect.name
    for table in GUARDED:
        op.drop_table(table)
    op.drop_column("incident_party", "restricted_at")
    _execute(guards.release(dialect, "ledger_disclosure", *_now(dialect)))
    if dialect == "postgresql":
        op.execute("DROP FUNCTION siaga_only_erase()")
    _execute(guards.guard_append_only(dialect, "ledger_disclosure", ["position"]))


def _now(dialect: str) -> tuple[str, ...]:
    if dialect == "postgresql":
        return ("only_erase", "refuse", "no_truncate")
    return ("only_erase", "no_delete", "no_replace_insert")


def _guard_disclosures(dialect: str) -> None:
    former = ("refuse", "no_truncate")
    if dialect == "sqlite":
        former = ("no_update", "no_delete", "no_replace_insert")
    _execute(guards.release(dialect, "ledger_disclosure", *former))
    _execute(guards.disclosure_functions(dialect))
    _execute(guards.guard_disclosures(dialect))


def _allow_blanks(dialect: str, table: str, columns: dict[str, sa.String]) -> None:
    """On SQLite by a new column in the place of the old one: a table built anew would lose more."""
    if dialect == "postgresql":
        op.execute("SET CONSTRAINTS ALL IMMEDIATE")  # an earlier migration of this transaction may wait
        for name in columns:
            op.alter_column(table, name, nullable=True)
        return
    _execute(guards.release(dialect, table, *LEDGERED_GUARDS))
    for name, kind in columns.items():
        op.execute(f"ALTER TABLE {table} RENAME COLUMN {name} TO {name}_before")
        op.add_column(table, sa.Column(name, kind, nullable=True))
        op.execute(f"UPDATE {table} SET {name} = {name}_before")  # noqa: S608 - names from this file
        op.execute(f"ALTER TABLE {table} DROP COLUMN {name}_before")
    _execute(guards.guard_ledgered(dialect, table, ["id", "entry_id"]))


def _execute(statements: Iterator[str]) -> None:
    for statement in statements:
        op.execute(statement)
