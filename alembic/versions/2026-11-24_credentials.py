"""Credentials of accounts, and what the OAuth endpoints remember."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op
from app import guards

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

LEDGERED = {
    "credential": ["id", "entry_id", "account_id WHERE kind = 'totp' AND revoked_at IS NULL"],
}
JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
LIVE_TOTP = sa.text("kind = 'totp' AND revoked_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "credential",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("secret_hash", sa.String(length=255), nullable=True),
        sa.Column("public_key", JSON, nullable=True),
        sa.Column("sealed", sa.String(length=255), nullable=True),
        sa.Column("label", sa.String(length=100), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_credential_account_id")),
        sa.ForeignKeyConstraint(
            ["entry_id", "id", "version"],
            ["ledger.id", "ledger.subject_id", "ledger.version"],
            name=op.f("fk_credential_entry_id_id_version"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credential")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_credential_entry_id")),
    )
    op.create_index(op.f("ix_credential_account_id_kind"), "credential", ["account_id", "kind"])
    op.create_index(
        "uq_credential_totp",
        "credential",
        ["account_id"],
        unique=True,
        sqlite_where=LIVE_TOTP,
        postgresql_where=LIVE_TOTP,
    )
    op.create_table(
        "credential_use",
        sa.Column("credential_id", sa.Uuid(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["credential_id"], ["credential.id"], name=op.f("fk_credential_use_credential_id")
        ),
        sa.PrimaryKeyConstraint("credential_id", name=op.f("pk_credential_use")),
    )
    for table, keys in LEDGERED.items():
        for statement in guards.guard_ledgered(op.get_bind().dialect.name, table, keys):
            op.execute(statement)


def downgrade() -> None:
    op.drop_table("credential_use")
    op.drop_table("credential")
