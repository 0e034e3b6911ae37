"""What the OAuth endpoints remember for a while: sessions, codes, families, and what is spent."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
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
