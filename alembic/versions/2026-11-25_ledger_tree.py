"""The tree over the ledger: leaves, those of earlier entries too, tiles, signed checkpoints, cosignatures."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from alembic import op
from app import guards
from app.change import own_values
from app.domain.commitments import seal

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

CHUNK = 1000
JSON_COLUMNS = ("marking_before", "audience", "recipients")


def guard(dialect: str) -> Iterator[str]:
    """The triggers of this migration."""
    yield from guards.guard_append_only(dialect, "ledger_leaf", ["position"])
    yield from guards.guard_append_only(dialect, "ledger_checkpoint", ["size"])
    yield from guards.guard_append_only(dialect, "ledger_cosignature", ["size,witness"])
    yield from guards.tile_functions(dialect)
    yield from guards.guard_tiles(dialect, "ledger_tile")


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    op.add_column("ledger_disclosure", sa.Column("salts", sa.Text(), server_default="", nullable=False))
    op.create_table(
        "ledger_leaf",
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("digests", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["position"], ["ledger.position"], name=op.f("fk_ledger_leaf_position")),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_ledger_leaf")),
    )
    op.create_table(
        "ledger_tile",
        sa.Column("level", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hashes", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("level", "number", name=op.f("pk_ledger_tile")),
    )
    op.create_table(
        "ledger_checkpoint",
        sa.Column("size", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("size", name=op.f("pk_ledger_checkpoint")),
    )
    op.create_table(
        "ledger_cosignature",
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("witness", sa.String(length=255), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["size"], ["ledger_checkpoint.size"], name=op.f("fk_ledger_cosignature_size")
        ),
        sa.PrimaryKeyConstraint("size", "witness", name=op.f("pk_ledger_cosignature")),
    )
    op.create_table(
        "ledger_lease",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("holder", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_ledger_lease_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_lease")),
    )
    op.execute("INSERT INTO ledger_lease (id, holder, expires_at) VALUES (1, '', '2000-01-01 00:00:00')")
    _release_disclosures(dialect)
    _make_leaves()
    for statement in guards.guard_append_only(dialect, "ledger_disclosure", ["position"]):
        op.execute(statement)
    for statement in guard(dialect):
        op.execute(statement)


def downgrade() -> None:
    dialect = op.get_bind().dialect.name
    for table in ("lease", "cosignature", "checkpoint", "tile", "leaf"):
        op.drop_table(f"ledger_{table}")
    for statement in guards.drop_tile_functions(dialect):
        op.execute(statement)
    op.drop_column("ledger_disclosure", "salts")


def _release_disclosures(dialect: str) -> None:
    """Within this transaction only: earlier entries get the salts of what they say of themselves."""
    if dialect == "postgresql":
        # What was inserted earlier in this transaction, by an earlier migration of it, waits for its checks.
        op.execute("SET CONSTRAINTS ALL IMMEDIATE")
        op.execute("DROP TRIGGER refuse ON ledger_disclosure")
        op.execute("DROP TRIGGER no_truncate ON ledger_disclosure")
        return
    for name in ("no_update", "no_delete", "no_replace_insert"):
        op.execute(f"DROP TRIGGER ledger_disclosure_{name}")


def _make_leaves() -> None:
    """In the order of positions, a chunk at a time: memory stays bounded however many entries there are."""
    bind = op.get_bind()
    last = -1
    while chunk := _chunk(last):
        newest = _newest({row["record_id"] for row, _ in chunk}, chunk[0][0]["position"])
        leaves, salts = [], []
        for row, fields in chunk:
            sealed = seal(own_values(row), fields)
            leaf = sealed.after(newest.get(row["record_id"]))
            newest[row["record_id"]] = leaf.hash
            leaves.append({"position": row["position"], "hash": leaf.hash, "digests": leaf.digests})
            salts.append({"position": row["position"], "salts": sealed.salts})
        bind.execute(
            sa.text("INSERT INTO ledger_leaf (position, hash, digests) VALUES (:position, :hash, :digests)"),
            leaves,
        )
        bind.execute(sa.text("UPDATE ledger_disclosure SET salts = :salts WHERE position = :position"), salts)
        last = chunk[-1][0]["position"]


def _chunk(last: int) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    found = op.get_bind().execute(
        sa.text(
            "SELECT l.*, d.fields FROM ledger AS l JOIN ledger_disclosure AS d ON d.position = l.position "
            "WHERE l.position > :last ORDER BY l.position LIMIT :chunk"
        ),
        {"last": last, "chunk": CHUNK},
    )
    chunk = []
    for each in found.mappings():
        row = dict(each)
        fields = _read(row.pop("fields"))
        row |= {name: _read(row[name]) for name in JSON_COLUMNS}
        row |= {name: _identity(row[name]) for name in ("id", "record_id", "subject_id")}
        row["at"] = _moment(row["at"])
        chunk.append((row, fields))
    return chunk


def _read(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _identity(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(str(value))


def _moment(value: Any) -> datetime:
    """SQLite keeps the moment in UTC as a text without an offset."""
    return datetime.fromisoformat(value).replace(tzinfo=UTC) if isinstance(value, str) else value


def _newest(records: set[UUID], before: int) -> dict[UUID, bytes]:
    """The newest leaf of each record before a position."""
    bind = op.get_bind()
    statement = sa.text(
        "SELECT hash FROM ledger_leaf WHERE position = "
        "(SELECT max(position) FROM ledger WHERE record_id = :record AND position < :before)"
    ).bindparams(sa.bindparam("record", type_=sa.Uuid()))
    found = {}
    for record in records if before else ():
        leaf = bind.execute(statement, {"record": record, "before": before}).scalar()
        if leaf is not None:
            found[record] = bytes(leaf)
    return found
