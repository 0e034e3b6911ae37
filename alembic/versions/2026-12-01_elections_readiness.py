"""Election events with their rounds and stages, and the readiness orders of agencies."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op
from app import guards

revision: str = "0021"
down_revision: str | None = "0020"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

ROUND = ("exercise", "kind", "region_code", "year", "round")
NUMBER = ("owner_agency", "exercise", "year", "number")
LEDGERED = {
    "election": ["id", "entry_id", "reference", ",".join(ROUND)],
    "readiness_order": ["id", "entry_id", "reference", ",".join(NUMBER)],
}
JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


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


def envelope() -> list[sa.Column[object]]:
    """The columns that every record has."""
    return [
        *versioned(),
        sa.Column("reference", sa.String(length=16), nullable=False),
        *(code(name) for name in ("owner_agency", "tlp", "classification")),  # type: ignore[list-item]
        sa.Column("audience", JSON, nullable=False),
        sa.Column("recipients", JSON, nullable=False),
        *(code(name) for name in ("region_code", "exercise")),  # type: ignore[list-item]
        moment("created_at"),
        moment("updated_at"),
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


def upgrade() -> None:
    op.create_table(
        "election",
        *envelope(),
        code("kind"),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("stages", JSON, nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("follows", sa.Uuid(), nullable=True),
        code("revote_kind", nullable=True),
        sa.Column("decision", sa.String(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.CheckConstraint('("round" = 1) = (follows IS NULL)', name=op.f("ck_election_follows")),
        sa.ForeignKeyConstraint(["follows"], ["election.id"], name=op.f("fk_election_follows")),
        *tied("election"),
        sa.UniqueConstraint("reference", name=op.f("uq_election_reference")),
        sa.UniqueConstraint(*ROUND, name=op.f(f"uq_election_{'_'.join(ROUND)}")),
    )
    op.create_table(
        "readiness_order",
        *envelope(),
        sa.Column("number", sa.String(length=100), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        code("level"),
        sa.Column("units", JSON, nullable=True),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("issued_by_post", sa.String(), nullable=True),
        code("strength_fraction", nullable=True),
        code("status"),
        moment("valid_from"),
        moment("valid_until", nullable=True),
        sa.Column("supersedes", sa.Uuid(), nullable=True),
        moment("ended_at", nullable=True),
        sa.CheckConstraint("valid_until > valid_from", name=op.f("ck_readiness_order_window")),
        sa.ForeignKeyConstraint(
            ["supersedes"], ["readiness_order.id"], name=op.f("fk_readiness_order_supersedes")
        ),
        *tied("readiness_order"),
        sa.UniqueConstraint("reference", name=op.f("uq_readiness_order_reference")),
        sa.UniqueConstraint(*NUMBER, name=op.f(f"uq_readiness_order_{'_'.join(NUMBER)}")),
    )
    for table, columns in (
        ("election", ["owner_agency", "id"]),
        ("election", ["region_code", "kind"]),
        ("readiness_order", ["owner_agency", "id"]),
        ("readiness_order", ["owner_agency", "valid_from"]),
    ):
        op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, columns, unique=False)
    for table, keys in LEDGERED.items():
        for statement in guards.guard_ledgered(op.get_bind().dialect.name, table, keys):
            op.execute(statement)


def downgrade() -> None:
    op.drop_table("readiness_order")
    op.drop_table("election")
