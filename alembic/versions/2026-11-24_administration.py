"""What administrators decide of accounts, agreements of agencies, and who confirmed whom for RED records."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op
from app import guards

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def columns() -> list[tuple[str, sa.Column[object]]]:
    """What is added; plainly, because on SQLite a table that is built anew loses its guards."""
    time = sa.DateTime(timezone=True)
    return [
        ("account", sa.Column("scopes", JSON, nullable=True)),
        ("account", sa.Column("area", JSON, nullable=True)),
        ("account", sa.Column("allowed_networks", JSON, nullable=True)),
        ("account", sa.Column("expires_at", time, nullable=True)),
        ("account", sa.Column("pending", sa.Boolean(), nullable=False, server_default=sa.false())),
        ("account", sa.Column("code_hash", sa.String(length=64), nullable=True)),
        ("account", sa.Column("code_expires_at", time, nullable=True)),
        ("account", sa.Column("reset_requested_by", sa.String(length=64), nullable=True)),
        ("account", sa.Column("reset_approved_by", sa.String(length=64), nullable=True)),
        ("account", sa.Column("reset_at", time, nullable=True)),
        ("agency", sa.Column("sharing_agreement", sa.String(length=200), nullable=True)),
        ("agency", sa.Column("sharing_agreement_on", sa.Date(), nullable=True)),
    ]


def upgrade() -> None:
    for table, column in columns():
        op.add_column(table, column)
    op.create_table(
        "red_voucher",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("voucher", sa.String(length=64), nullable=False),
        sa.Column("reset_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_red_voucher_account_id")),
        sa.ForeignKeyConstraint(
            ["entry_id", "id", "version"],
            ["ledger.id", "ledger.subject_id", "ledger.version"],
            name=op.f("fk_red_voucher_entry_id_id_version"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_red_voucher")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_red_voucher_entry_id")),
        sa.UniqueConstraint(
            "account_id", "voucher", "reset_at", name=op.f("uq_red_voucher_account_id_voucher_reset_at")
        ),
    )
    op.create_table(
        "account_turn",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["account.id"], name=op.f("fk_account_turn_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_turn")),
    )
    keys = ["id", "entry_id", "account_id,voucher,reset_at"]
    for statement in guards.guard_ledgered(op.get_bind().dialect.name, "red_voucher", keys):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("account_turn")
    op.drop_table("red_voucher")
    for table, column in reversed(columns()):
        op.drop_column(table, column.name)
