"""The partners' own keys of their records, and what became of each item of a bulk."""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa

from alembic import op
from app import guards

revision: str = "0015"
down_revision: str | None = "0014"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

LEVEL = "region_code,category,exercise,owner_agency WHERE status = 'in_force'"
EXTERNAL = ("external_agency", "external_source", "external_id", "exercise", "external_view")
GIVEN = "external_id IS NOT NULL"
# Each table: which of its rows hold their key, and its unique keys without it.
KEYED = {
    "incident": (GIVEN, ["id", "entry_id", "reference"]),
    "threat_level": (f"{GIVEN} AND status = 'in_force'", ["id", "entry_id", "reference", LEVEL]),
    "deployment": (GIVEN, ["id", "entry_id", "reference"]),
}
COLUMNS = {"external_source": 64, "external_id": 100, "external_agency": 64, "external_view": 64}


def guard() -> Iterator[str]:
    """The triggers that know of the new keys."""
    for table, (condition, keys) in KEYED.items():
        external = f"{','.join(EXTERNAL)} WHERE {condition}"
        yield from guards.guard_unique(op.get_bind().dialect.name, table, [*keys, external])


def unguard() -> Iterator[str]:
    """The triggers as they were."""
    for table, (_, keys) in KEYED.items():
        yield from guards.guard_unique(op.get_bind().dialect.name, table, keys)


def upgrade() -> None:
    for table, (condition, _) in KEYED.items():
        for name, length in COLUMNS.items():
            op.add_column(table, sa.Column(name, sa.String(length=length), nullable=True))
        where = sa.text(condition)
        op.create_index(
            f"uq_{table}_external", table, EXTERNAL, unique=True, sqlite_where=where, postgresql_where=where
        )
    for name in ("external_source", "external_id"):
        op.add_column(
            "threat_level_proposal", sa.Column(name, sa.String(length=COLUMNS[name]), nullable=True)
        )
    op.add_column("idempotency", sa.Column("results", sa.LargeBinary(), nullable=True))
    for statement in guard():
        op.execute(statement)


def downgrade() -> None:
    for statement in unguard():
        op.execute(statement)
    op.drop_column("idempotency", "results")
    for name in ("external_source", "external_id"):
        op.drop_column("threat_level_proposal", name)
    for table in KEYED:
        op.drop_index(f"uq_{table}_external", table)
        for name in COLUMNS:
            op.drop_column(table, name)
