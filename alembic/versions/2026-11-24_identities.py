"""Identities: subjects of agencies' own identity providers, and the accounts they act as."""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa

from alembic import op
from app import guards

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def guard() -> Iterator[str]:
    """The triggers of this migration."""
    keys = ["id", "entry_id", "subject,issuer"]
    yield from guards.guard_ledgered(op.get_bind().dialect.name, "account_identity", keys)


def upgrade() -> None:
    op.create_table(
        "account_identity",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("issuer", sa.String(length=300), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_account_identity_account_id")),
        sa.ForeignKeyConstraint(
            ["entry_id", "id", "version"],
            ["ledger.id", "ledger.subject_id", "ledger.version"],
            name=op.f("fk_account_identity_entry_id_id_version"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_identity")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_account_identity_entry_id")),
        sa.UniqueConstraint("subject", "issuer", name=op.f("uq_account_identity_subject_issuer")),
    )
    op.create_index(op.f("ix_account_identity_account_id"), "account_identity", ["account_id"], unique=False)
    for statement in guard():
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("account_identity")
