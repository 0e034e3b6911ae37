"""Assistance between agencies: requests, answers, and the deployments that come of them."""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op
from app import guards

revision: str = "0020"
down_revision: str | None = "0019"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

LEDGERED = {
    "assistance_request": ["id", "entry_id", "reference"],
    "assistance_answer": ["id", "entry_id", "reference"],
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


def envelope() -> list[sa.Column[object]]:
    """The columns that every record has."""
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(length=16), nullable=False),
        *(code(name) for name in ("owner_agency", "tlp", "classification")),  # type: ignore[list-item]
        sa.Column("audience", JSON, nullable=False),
        sa.Column("recipients", JSON, nullable=False),
        *(code(name) for name in ("region_code", "exercise")),  # type: ignore[list-item]
        moment("created_at"),
        moment("updated_at"),
    ]


def tied(table: str) -> list[sa.Constraint]:
    """The keys that every record has."""
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
        sa.UniqueConstraint("reference", name=op.f(f"uq_{table}_reference")),
    ]


def create_requests() -> None:
    """Who asks for what, of whom, until when; and how many were promised."""
    op.create_table(
        "assistance_request",
        *envelope(),
        code("kind"),
        sa.Column("quantity", sa.Integer(), nullable=False),
        code("priority"),
        sa.Column("bases", JSON, nullable=False),
        sa.Column("basis_note", sa.String(), nullable=True),
        sa.Column("addressed", JSON, nullable=False),
        code("controlling_unit", nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("site", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        *(moment(name) for name in ("starts_at", "ends_at", "answer_by")),
        code("status"),
        *(
            sa.Column(f"{name}_count", sa.Integer(), nullable=False)
            for name in ("accepted", "present", "returned")
        ),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_assistance_request_window")),
        sa.CheckConstraint(
            "quantity > 0 AND accepted_count >= 0 AND accepted_count <= quantity "
            "AND present_count >= 0 AND returned_count >= 0",
            name=op.f("ck_assistance_request_counts"),
        ),
        *tied("assistance_request"),
    )


def create_answers() -> None:
    """What each addressed agency says."""
    op.create_table(
        "assistance_answer",
        *envelope(),
        sa.Column("assistance_request_id", sa.Uuid(), nullable=False),
        *(code(name) for name in ("kind", "status")),
        sa.Column("quantity", sa.Integer(), nullable=True),
        *(code(name, nullable=True) for name in ("home_unit", "role")),
        *(moment(name, nullable=True) for name in ("starts_at", "ends_at")),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("outcome_reason", sa.String(), nullable=True),
        sa.Column("deployment_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_assistance_answer_quantity")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_assistance_answer_window")),
        sa.ForeignKeyConstraint(
            ["assistance_request_id"],
            ["assistance_request.id"],
            name=op.f("fk_assistance_answer_assistance_request_id"),
        ),
        *tied("assistance_answer"),
    )


INDEXES = {
    "assistance_request": (["owner_agency", "id"], ["region_code"], ["status", "answer_by"]),
    "assistance_answer": (["assistance_request_id", "id"], ["deployment_id"], ["owner_agency", "id"]),
    "deployment": (["assistance_request_id"],),
}


def upgrade() -> None:
    create_requests()
    create_answers()
    op.add_column("deployment", sa.Column("assistance_request_id", sa.Uuid(), nullable=True))
    for table, indexes in INDEXES.items():
        for columns in indexes:
            op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, columns, unique=False)
    for statement in guard():
        op.execute(statement)


def downgrade() -> None:
    op.drop_index(op.f("ix_deployment_assistance_request_id"), table_name="deployment")
    op.drop_column("deployment", "assistance_request_id")
    op.drop_table("assistance_answer")
    op.drop_table("assistance_request")
