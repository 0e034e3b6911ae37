"""Deployments, the strength of units, and the turns in which one decides over a unit."""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op
from app import guards

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

LEDGERED = {
    "deployment": ["id", "entry_id", "reference"],
    "unit_strength": ["id", "entry_id", "reference", "unit,exercise"],
}
JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def guard() -> Iterator[str]:
    """The triggers of this migration."""
    dialect = op.get_bind().dialect.name
    for table, keys in LEDGERED.items():
        yield from guards.guard_ledgered(dialect, table, keys)


def envelope() -> list[sa.Column[object]]:
    """The columns that every record has."""
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(length=16), nullable=False),
        sa.Column("owner_agency", sa.String(length=64), nullable=False),
        sa.Column("tlp", sa.String(length=64), nullable=False),
        sa.Column("classification", sa.String(length=64), nullable=False),
        sa.Column("audience", JSON, nullable=False),
        sa.Column("recipients", JSON, nullable=False),
        sa.Column("region_code", sa.String(length=64), nullable=False),
        sa.Column("exercise", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
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


def upgrade() -> None:
    op.create_table(
        "deployment",
        *envelope(),
        sa.Column("home_unit", sa.String(length=64), nullable=False),
        sa.Column("controlling_unit", sa.String(length=64), nullable=True),
        sa.Column("controlling_agency", sa.String(length=64), nullable=False),
        sa.Column("command_relation", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=64), nullable=False),
        sa.Column("status", sa.String(length=64), nullable=False),
        sa.Column("strength_planned", sa.Integer(), nullable=False),
        sa.Column("strength_present", sa.Integer(), nullable=False),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("site", sa.String(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("incident_id", sa.Uuid(), nullable=True),
        sa.Column("threat_level_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_deployment_window")),
        sa.CheckConstraint(
            "strength_planned > 0 AND strength_present >= 0 AND strength_present <= strength_planned",
            name=op.f("ck_deployment_strength"),
        ),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_deployment_incident_id")),
        *tied("deployment"),
    )
    for columns in (
        ["home_unit", "starts_at"],
        ["incident_id"],
        ["owner_agency", "id"],
        ["region_code"],
        ["starts_at", "ends_at"],
    ):
        op.create_index(op.f(f"ix_deployment_{'_'.join(columns)}"), "deployment", columns, unique=False)
    op.create_table(
        "unit_strength",
        *envelope(),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("strength", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.CheckConstraint("strength >= 0", name=op.f("ck_unit_strength_strength")),
        *tied("unit_strength"),
        sa.UniqueConstraint("unit", "exercise", name=op.f("uq_unit_strength_unit_exercise")),
    )
    op.create_table(
        "unit_turn",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["unit_strength.id"], name=op.f("fk_unit_turn_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_turn")),
    )
    for statement in guard():
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("unit_turn")
    op.drop_table("unit_strength")
    op.drop_table("deployment")
