"""Attachments of incidents with their custody, and what the inbox looks up."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op
from app import guards

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

LEDGERED = {"incident_attachment": ["id", "entry_id"], "incident_custody": ["id", "entry_id"]}


def partial(condition: str) -> dict[str, sa.TextClause]:
    """An index over the rows for which this holds, on either database."""
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def tied(table: str) -> sa.ForeignKeyConstraint:
    """What ties a row to its entry."""
    return sa.ForeignKeyConstraint(
        ["entry_id", "id", "version"],
        ["ledger.id", "ledger.subject_id", "ledger.version"],
        name=op.f(f"fk_{table}_entry_id_id_version"),
        initially="DEFERRED",
        deferrable=True,
    )


def upgrade() -> None:
    op.create_table(
        "incident_attachment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("media_type", sa.String(length=64), nullable=False),
        sa.Column("byte_count", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("agency", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=64), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("held_by", sa.String(length=64), nullable=False),
        sa.Column("offered_to", sa.String(length=64), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("byte_count > 0", name=op.f("ck_incident_attachment_not_empty")),
        tied("incident_attachment"),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incident.id"], name=op.f("fk_incident_attachment_incident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_attachment")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_incident_attachment_entry_id")),
    )
    op.create_index(
        op.f("ix_incident_attachment_incident_id_id"), "incident_attachment", ["incident_id", "id"]
    )
    op.create_index(
        op.f("ix_incident_attachment_offered_to"),
        "incident_attachment",
        ["offered_to"],
        **partial("offered_to IS NOT NULL"),
    )
    op.create_table(
        "incident_custody",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column("attachment_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("held_by", sa.String(length=64), nullable=False),
        sa.Column("to_agency", sa.String(length=64), nullable=True),
        sa.Column("purpose", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("intact", sa.Boolean(), nullable=False),
        sa.Column("agency", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=64), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        tied("incident_custody"),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incident.id"], name=op.f("fk_incident_custody_incident_id")
        ),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["incident_attachment.id"], name=op.f("fk_incident_custody_attachment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_custody")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_incident_custody_entry_id")),
    )
    op.create_index(op.f("ix_incident_custody_attachment_id_id"), "incident_custody", ["attachment_id", "id"])
    op.create_index(
        op.f("ix_incident_offered_to"), "incident", ["offered_to"], **partial("offered_to IS NOT NULL")
    )
    op.create_index(
        op.f("ix_incident_lead_agency"), "incident", ["lead_agency"], **partial("lead_agency IS NOT NULL")
    )
    op.create_index(
        op.f("ix_incident_assigned_agencies"),
        "incident",
        ["assigned_agencies"],
        postgresql_using="gin",
        **partial("assigned_agencies <> '[]'"),
    )
    for table, keys in LEDGERED.items():
        for statement in guards.guard_ledgered(op.get_bind().dialect.name, table, keys):
            op.execute(statement)


def downgrade() -> None:
    for name in ("assigned_agencies", "lead_agency", "offered_to"):
        op.drop_index(op.f(f"ix_incident_{name}"), "incident")
    op.drop_table("incident_custody")
    op.drop_table("incident_attachment")
