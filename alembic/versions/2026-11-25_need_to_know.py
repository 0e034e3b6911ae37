"""Grants that break the glass, the tries of a day, and the access log with what the ledger was told of it."""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op
from app import guards

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

LEDGERED = {"access_commit": ["id", "entry_id"], "break_glass": ["id", "entry_id", "reference"]}
JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
PENDING = sa.text("review = 'pending'")


def guard() -> Iterator[str]:
    """The triggers of this migration."""
    dialect = op.get_bind().dialect.name
    for table, keys in LEDGERED.items():
        yield from guards.guard_ledgered(dialect, table, keys)
    yield from guards.guard_append_only(dialect, "access_log", ["number", "id"])
    yield from guards.guard_head(dialect, "access_head")


def code(name: str, *, nullable: bool = False) -> sa.Column[str]:
    """A column for a short code."""
    return sa.Column(name, sa.String(length=64), nullable=nullable)


def moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    """A column for a time."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def ledgered() -> list[sa.Column[object]]:
    """The columns of every ledgered row."""
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
    ]


def tied(table: str) -> list[sa.Constraint]:
    """The keys of every ledgered row."""
    return [
        sa.ForeignKeyConstraint(
            ["entry_id", "id", "version"],
            ["ledger.id", "ledger.subject_id", "ledger.version"],
            name=op.f(f"fk_{table}_entry_id_id_version"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("entry_id", name=op.f(f"uq_{table}_entry_id")),
    ]


def upgrade() -> None:
    _make_break_glass()
    _make_access_log()
    for statement in guard():
        op.execute(statement)


def _make_break_glass() -> None:
    op.create_table(
        "break_glass",
        *ledgered(),
        sa.Column("reference", sa.String(length=16), nullable=False),
        *(code(name) for name in ("owner_agency", "tlp", "classification")),
        sa.Column("audience", JSON, nullable=False),
        sa.Column("recipients", JSON, nullable=False),
        *(code(name) for name in ("region_code", "exercise")),
        *(moment(name) for name in ("created_at", "updated_at")),
        code("record_type"),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("record_reference", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        *(code(name) for name in ("agency", "role", "account")),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        moment("expires_at"),
        code("review"),
        moment("review_due_at"),
        sa.Column("review_reason", sa.String(), nullable=True),
        moment("reviewed_at", nullable=True),
        sa.CheckConstraint("expires_at > created_at", name=op.f("ck_break_glass_window")),
        sa.UniqueConstraint("reference", name=op.f("uq_break_glass_reference")),
        *tied("break_glass"),
    )
    op.create_index(op.f("ix_break_glass_account_id_record_id"), "break_glass", ["account_id", "record_id"])
    op.create_index(op.f("ix_break_glass_owner_agency_id"), "break_glass", ["owner_agency", "id"])
    op.create_index(
        "ix_break_glass_pending",
        "break_glass",
        ["owner_agency"],
        sqlite_where=PENDING,
        postgresql_where=PENDING,
    )
    op.create_table(
        "break_glass_try",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.CheckConstraint("number BETWEEN 1 AND 5", name=op.f("ck_break_glass_try_five")),
        sa.PrimaryKeyConstraint("account_id", "day", "number", name=op.f("pk_break_glass_try")),
    )


def _make_access_log() -> None:
    op.create_table(
        "access_log",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        moment("at"),
        *(code(name) for name in ("kind", "account", "agency", "role", "exercise")),
        code("record_type", nullable=True),
        sa.Column("record_id", sa.Uuid(), nullable=True),
        *(code(name, nullable=True) for name in ("owner_agency", "tlp", "classification")),
        sa.Column("detail", sa.String(length=200), nullable=True),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_access_log")),
        sa.UniqueConstraint("id", name=op.f("uq_access_log_id")),
    )
    op.create_index(op.f("ix_access_log_agency_id"), "access_log", ["agency", "id"])
    op.create_index(op.f("ix_access_log_owner_agency_id"), "access_log", ["owner_agency", "id"])
    head = op.create_table(
        "access_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_access_head_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_head")),
    )
    op.bulk_insert(head, [{"id": 1, "size": 0, "hash": "0" * 64}])
    op.create_table(
        "access_commit",
        *ledgered(),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        moment("committed_at"),
        *tied("access_commit"),
    )


def downgrade() -> None:
    for table in ("access_commit", "access_head", "access_log", "break_glass_try", "break_glass"):
        op.drop_table(table)
