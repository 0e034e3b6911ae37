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
    remember()
    for table, keys in LEDGERED.items():
        for statement in guards.guard_ledgered(op.get_bind().dialect.name, table, keys):
            op.execute(statement)


def remember() -> None:
    """The tables of the OAuth endpoints; no row outlives its `expires_at` for long."""
    for name, columns in {
        "sign_in_session": [
            sa.Column("cookie_hash", sa.String(length=64), nullable=False),
            sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
            sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
            sa.UniqueConstraint("cookie_hash", name=op.f("uq_sign_in_session_cookie_hash")),
        ],
        "authorization_code": [
            sa.Column("code_hash", sa.String(length=64), nullable=False),
            sa.Column("client_id", sa.String(length=64), nullable=False),
            sa.Column("redirect_uri", sa.String(length=500), nullable=False),
            sa.Column("scope", sa.String(length=1000), nullable=False),
            sa.Column("challenge", sa.String(length=64), nullable=False),
            sa.Column("session_id", sa.Uuid(), nullable=False),
            sa.Column("family_id", sa.Uuid(), nullable=False),
            sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
            sa.UniqueConstraint("code_hash", name=op.f("uq_authorization_code_code_hash")),
        ],
        "refresh_family": [
            sa.Column("client_id", sa.String(length=64), nullable=False),
            sa.Column("scope", sa.String(length=1000), nullable=False),
            sa.Column("token_hash", sa.String(length=64), nullable=False),
            sa.Column("session_id", sa.Uuid(), nullable=True),
            sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
            sa.Column("renewed_at", sa.DateTime(timezone=True), nullable=False),
            sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        ],
    }.items():
        op.create_table(
            name,
            sa.Column("id", sa.Uuid(), nullable=False),
            sa.Column("version", sa.Integer(), nullable=False),
            sa.Column("account_id", sa.Uuid(), nullable=False),
            sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
            *columns,
            sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f(f"fk_{name}_account_id")),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        )
        op.create_index(op.f(f"ix_{name}_expires_at"), name, ["expires_at"])
    op.create_table(
        "spent",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("value", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_spent_account_id")),
        sa.PrimaryKeyConstraint("account_id", "kind", "value", name=op.f("pk_spent")),
    )
    op.create_index(op.f("ix_spent_expires_at"), "spent", ["expires_at"])


def downgrade() -> None:
    for name in ("spent", "refresh_family", "authorization_code", "sign_in_session"):
        op.drop_table(name)
    op.drop_table("credential_use")
    op.drop_table("credential")
