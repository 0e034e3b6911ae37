"""Posture plans, and what the coming of a threat level made of them."""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op
from app import guards

revision: str = "0024"
down_revision: str | None = "0023"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

LEDGERED = {
    "posture_plan": ["id", "entry_id", "reference"],
    "posture_activation": ["id", "entry_id", "reference", "plan_id,threat_level_id"],
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
        "posture_plan",
        *envelope(),
        sa.Column("name", sa.String(), nullable=False),
        code("category", nullable=True),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("in_use", sa.Boolean(), nullable=False),
        sa.Column("measures", JSON, nullable=True),
        sa.Column("patrol_plan_ids", JSON, nullable=False),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name=op.f("ck_posture_plan_level")),
        *tied("posture_plan"),
        sa.UniqueConstraint("reference", name=op.f("uq_posture_plan_reference")),
    )
    for columns in (["owner_agency", "id"], ["exercise", "region_code"]):
        name = op.f(f"ix_posture_plan_{'_'.join(columns)}")
        op.create_index(name, "posture_plan", columns, unique=False)
    op.create_table(
        "posture_activation",
        *envelope(),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("threat_level_id", sa.Uuid(), nullable=False),
        sa.Column("plan_name", sa.String(), nullable=True),
        code("category"),
        sa.Column("level", sa.Integer(), nullable=False),
        code("status"),
        sa.Column("drafts", JSON, nullable=True),
        sa.Column("patrol_plan_ids", JSON, nullable=False),
        sa.Column("assistance_request_ids", JSON, nullable=False),
        sa.Column("deployment_ids", JSON, nullable=False),
        sa.Column("patrol_ids", JSON, nullable=False),
        moment("ended_at", nullable=True),
        sa.ForeignKeyConstraint(["plan_id"], ["posture_plan.id"], name=op.f("fk_posture_activation_plan_id")),
        sa.ForeignKeyConstraint(
            ["threat_level_id"], ["threat_level.id"], name=op.f("fk_posture_activation_threat_level_id")
        ),
        *tied("posture_activation"),
        sa.UniqueConstraint("reference", name=op.f("uq_posture_activation_reference")),
        sa.UniqueConstraint(
            "plan_id", "threat_level_id", name=op.f("uq_posture_activation_plan_id_threat_level_id")
        ),
    )
    op.create_index(
        op.f("ix_posture_activation_owner_agency_id"),
        "posture_activation",
        ["owner_agency", "id"],
        unique=False,
    )
    for statement in guard():
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("posture_activation")
    op.drop_table("posture_plan")
