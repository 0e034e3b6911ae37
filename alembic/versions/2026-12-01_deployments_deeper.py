"""Deployments check in, relieve each other, and show when they came."""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa

from alembic import op
from app import guards

revision: str = "0023"
down_revision: str | None = "0022"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

# Null in every row that is there: none changes without an entry.
COLUMNS: dict[str, sa.types.TypeEngine[object]] = {
    "arrived_at": sa.DateTime(timezone=True),
    "check_in_minutes": sa.Integer(),
    "checked_in_at": sa.DateTime(timezone=True),
    "check_in_due_at": sa.DateTime(timezone=True),
    "relieves": sa.Uuid(),
    "relieved_by": sa.Uuid(),
    "relief_arrived_at": sa.DateTime(timezone=True),
}
AWAITED = "check_in_due_at IS NOT NULL"
TABLE = "deployment_check_in"
DUE = "ix_deployment_check_in_due"


def guard() -> Iterator[str]:
    """The triggers of this migration."""
    yield from guards.guard_ledgered(op.get_bind().dialect.name, TABLE, ["id", "entry_id"])


def upgrade() -> None:
    for name, kind in COLUMNS.items():
        op.add_column("deployment", sa.Column(name, kind, nullable=True))
    where = sa.text(AWAITED)
    op.create_index(DUE, "deployment", ["check_in_due_at"], sqlite_where=where, postgresql_where=where)
    op.create_table(
        TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("deployment_id", sa.Uuid(), nullable=False),
        sa.Column("checked_in_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("accuracy_meters", sa.Float(), nullable=True),
        sa.Column("agency", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=64), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("accuracy_meters >= 0", name=op.f(f"ck_{TABLE}_accuracy")),
        sa.ForeignKeyConstraint(["deployment_id"], ["deployment.id"], name=op.f(f"fk_{TABLE}_deployment_id")),
        sa.ForeignKeyConstraint(
            ["entry_id", "id", "version"],
            ["ledger.id", "ledger.subject_id", "ledger.version"],
            name=op.f(f"fk_{TABLE}_entry_id_id_version"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint("entry_id", name=op.f(f"uq_{TABLE}_entry_id")),
    )
    op.create_index(op.f(f"ix_{TABLE}_deployment_id_id"), TABLE, ["deployment_id", "id"], unique=False)
    for statement in guard():
        op.execute(statement)


def downgrade() -> None:
    op.drop_table(TABLE)
    op.drop_index(DUE, "deployment")
    for name in reversed(COLUMNS):
        op.drop_column("deployment", name)
