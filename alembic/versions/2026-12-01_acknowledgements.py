"""Agencies are asked to acknowledge what they see, and violations of election law are referred."""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op
from app import guards

revision: str = "0022"
down_revision: str | None = "0021"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

LEDGERED = {
    "acknowledgement_request": ["id", "entry_id"],
    "acknowledgement": ["id", "entry_id", "record_id,agency WHERE ended_at IS NULL"],
    "referral": ["id", "entry_id", "incident_id,violation_kind WHERE ended_at IS NULL"],
}
JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def guard() -> Iterator[str]:
    """The triggers of this migration."""
    for table, keys in LEDGERED.items():
        yield from guards.guard_ledgered(op.get_bind().dialect.name, table, keys)


def code(name: str, *, nullable: bool = False) -> sa.Column[str]:
    """A column for a short code."""
    return sa.Column(name, sa.String(length=64), nullable=nullable)


def moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    """A column for a time."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def versioned() -> list[sa.Column[object]]:
    """The columns that every ledgered row has."""
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
    ]


def tied(table: str) -> list[sa.Constraint]:
    """The keys that every ledgered row has."""
    return [
        sa.ForeignKeyConstraint(
            ["entry_id", "id", "version"],
            ["ledger.id", "ledger.subject_id", "ledger.version"],
            name=op.f(f"fk_{table}_entry_id_id_version"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("entry_id", name=op.f(f"uq_{table}_entry_id")),
    ]


def on(name: str, table: str, columns: list[str], where: str | None = None, *, unique: bool = False) -> None:
    """An index, perhaps a partial one."""
    some = sa.text(where) if where else None
    op.create_index(op.f(name), table, columns, unique=unique, sqlite_where=some, postgresql_where=some)


def upgrade() -> None:
    op.create_table(
        "acknowledgement_request",
        *versioned(),
        code("record_type"),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("agencies", JSON, nullable=False),
        code("urgency"),
        sa.Column("within_seconds", sa.Integer(), nullable=False),
        moment("due_at"),
        sa.Column("note", sa.String(), nullable=True),
        *(code(name) for name in ("agency", "role", "account")),
        moment("created_at"),
        moment("updated_at"),
        sa.CheckConstraint("within_seconds > 0", name=op.f("ck_acknowledgement_request_within")),
        *tied("acknowledgement_request"),
    )
    on("ix_acknowledgement_request_record_id_id", "acknowledgement_request", ["record_id", "id"])
    op.create_table(
        "acknowledgement",
        *versioned(),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        code("record_type"),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        *(code(name) for name in ("agency", "asked_by", "status")),
        moment("due_at"),
        moment("escalates_at"),
        *(
            moment(name, nullable=True)
            for name in ("next_at", "overdue_at", "escalated_at", "acknowledged_at")
        ),
        sa.Column("took_seconds", sa.Integer(), nullable=True),
        *(code(name, nullable=True) for name in ("role", "account")),
        sa.Column("note", sa.String(), nullable=True),
        moment("ended_at", nullable=True),
        moment("created_at"),
        moment("updated_at"),
        sa.CheckConstraint("took_seconds >= 0", name=op.f("ck_acknowledgement_took")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["acknowledgement_request.id"], name=op.f("fk_acknowledgement_request_id")
        ),
        *tied("acknowledgement"),
    )
    of, is_open = "acknowledgement", "ended_at IS NULL"
    on("uq_acknowledgement_open", of, ["record_id", "agency"], is_open, unique=True)
    on("ix_acknowledgement_waiting", of, ["agency"], is_open)
    on("ix_acknowledgement_due", of, ["next_at"], "next_at IS NOT NULL")
    on("ix_acknowledgement_escalated", of, ["record_id"], "status = 'escalated'")
    on("ix_acknowledgement_record_id_id", of, ["record_id", "id"])
    on("ix_acknowledgement_created_at", of, ["created_at"])
    op.create_table(
        "referral",
        *versioned(),
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        code("violation_kind"),
        code("status"),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=True),
        moment("received_at"),
        moment("entered_at"),
        *(moment(name, nullable=True) for name in ("clock_began_at", "due_at", "overdue_at")),
        code("must_act", nullable=True),
        moment("ended_at", nullable=True),
        *(code(name) for name in ("agency", "role", "account")),
        moment("created_at"),
        moment("updated_at"),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_referral_incident_id")),
        *tied("referral"),
    )
    on("uq_referral_open", "referral", ["incident_id", "violation_kind"], is_open, unique=True)
    on("ix_referral_due", "referral", ["due_at"], "due_at IS NOT NULL AND overdue_at IS NULL")
    on("ix_referral_late", "referral", ["incident_id"], "overdue_at IS NOT NULL")
    on("ix_referral_incident_id_id", "referral", ["incident_id", "id"])
    for statement in guard():
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("referral")
    op.drop_table("acknowledgement")
    op.drop_table("acknowledgement_request")
