"""Threat levels and their proposals; and whether a kept answer wrote anything."""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op
from app import guards

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

KEY = "region_code,category,exercise,owner_agency"
LEDGERED = {
    "threat_level": ["id", "entry_id", "reference", f"{KEY} WHERE status = 'in_force'"],
    "threat_level_proposal": ["id", "entry_id", "reference", f"{KEY} WHERE status = 'pending'"],
}


def guard() -> Iterator[str]:
    """The triggers of this migration."""
    for table, keys in LEDGERED.items():
        yield from guards.guard_ledgered(op.get_bind().dialect.name, table, keys)


def upgrade() -> None:
    op.create_table(
        "threat_level",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(length=16), nullable=False),
        sa.Column("owner_agency", sa.String(length=64), nullable=False),
        sa.Column("tlp", sa.String(length=64), nullable=False),
        sa.Column("classification", sa.String(length=64), nullable=False),
        sa.Column(
            "audience",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "recipients",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("region_code", sa.String(length=64), nullable=False),
        sa.Column("exercise", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("category", sa.String(length=64), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=64), nullable=False),
        sa.Column("rationale", sa.String(), nullable=False),
        sa.Column(
            "basis",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "source",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("review_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("supersedes", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name=op.f("ck_threat_level_level")),
        sa.ForeignKeyConstraint(
            ["entry_id", "id", "version"],
            ["ledger.id", "ledger.subject_id", "ledger.version"],
            name=op.f("fk_threat_level_entry_id_id_version"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["supersedes"], ["threat_level.id"], name=op.f("fk_threat_level_supersedes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_threat_level")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_threat_level_entry_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_threat_level_reference")),
    )
    with op.batch_alter_table("threat_level", schema=None) as batch_op:
        batch_op.create_index(
            "ix_threat_level_due",
            ["review_by"],
            unique=False,
            sqlite_where=sa.text("status = 'in_force'"),
            postgresql_where=sa.text("status = 'in_force'"),
        )
        batch_op.create_index(
            batch_op.f("ix_threat_level_owner_agency_id"), ["owner_agency", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_threat_level_region_code_category_created_at"),
            ["region_code", "category", "created_at"],
            unique=False,
        )
        batch_op.create_index(
            "uq_threat_level_in_force",
            ["region_code", "category", "exercise", "owner_agency"],
            unique=True,
            sqlite_where=sa.text("status = 'in_force'"),
            postgresql_where=sa.text("status = 'in_force'"),
        )

    op.create_table(
        "threat_level_proposal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(length=16), nullable=False),
        sa.Column("owner_agency", sa.String(length=64), nullable=False),
        sa.Column("tlp", sa.String(length=64), nullable=False),
        sa.Column("classification", sa.String(length=64), nullable=False),
        sa.Column(
            "audience",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "recipients",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("region_code", sa.String(length=64), nullable=False),
        sa.Column("exercise", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("category", sa.String(length=64), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("withdraws", sa.Uuid(), nullable=True),
        sa.Column("status", sa.String(length=64), nullable=False),
        sa.Column("rationale", sa.String(), nullable=False),
        sa.Column(
            "basis",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "source",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"),
            nullable=False,
        ),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("review_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("threat_level_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(level IS NULL) = (withdraws IS NOT NULL)", name=op.f("ck_threat_level_proposal_wish")
        ),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name=op.f("ck_threat_level_proposal_level")),
        sa.ForeignKeyConstraint(
            ["entry_id", "id", "version"],
            ["ledger.id", "ledger.subject_id", "ledger.version"],
            name=op.f("fk_threat_level_proposal_entry_id_id_version"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["threat_level_id"],
            ["threat_level.id"],
            name=op.f("fk_threat_level_proposal_threat_level_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["withdraws"], ["threat_level.id"], name=op.f("fk_threat_level_proposal_withdraws")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_threat_level_proposal")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_threat_level_proposal_entry_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_threat_level_proposal_reference")),
    )
    with op.batch_alter_table("threat_level_proposal", schema=None) as batch_op:
        batch_op.create_index(
            "ix_threat_level_proposal_due",
            ["expires_at"],
            unique=False,
            sqlite_where=sa.text("status = 'pending'"),
            postgresql_where=sa.text("status = 'pending'"),
        )
        batch_op.create_index(
            batch_op.f("ix_threat_level_proposal_owner_agency_id"), ["owner_agency", "id"], unique=False
        )
        batch_op.create_index(
            "uq_threat_level_proposal_pending",
            ["region_code", "category", "exercise", "owner_agency"],
            unique=True,
            sqlite_where=sa.text("status = 'pending'"),
            postgresql_where=sa.text("status = 'pending'"),
        )

    with op.batch_alter_table("idempotency", schema=None) as batch_op:
        batch_op.add_column(sa.Column("wrote", sa.Boolean(), nullable=False, server_default=sa.true()))

    for statement in guard():
        op.execute(statement)


def downgrade() -> None:
    with op.batch_alter_table("idempotency", schema=None) as batch_op:
        batch_op.drop_column("wrote")

    with op.batch_alter_table("threat_level_proposal", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_threat_level_proposal_pending",
            sqlite_where=sa.text("status = 'pending'"),
            postgresql_where=sa.text("status = 'pending'"),
        )
        batch_op.drop_index(batch_op.f("ix_threat_level_proposal_owner_agency_id"))
        batch_op.drop_index(
            "ix_threat_level_proposal_due",
            sqlite_where=sa.text("status = 'pending'"),
            postgresql_where=sa.text("status = 'pending'"),
        )

    op.drop_table("threat_level_proposal")
    with op.batch_alter_table("threat_level", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_threat_level_in_force",
            sqlite_where=sa.text("status = 'in_force'"),
            postgresql_where=sa.text("status = 'in_force'"),
        )
        batch_op.drop_index(batch_op.f("ix_threat_level_region_code_category_created_at"))
        batch_op.drop_index(batch_op.f("ix_threat_level_owner_agency_id"))
        batch_op.drop_index(
            "ix_threat_level_due",
            sqlite_where=sa.text("status = 'in_force'"),
            postgresql_where=sa.text("status = 'in_force'"),
        )

    op.drop_table("threat_level")
