"""Sites, how they were assessed, how many shall guard them, and which a deployment guards."""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op
from app import guards

revision: str = "0018"
down_revision: str | None = "0017"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

EXTERNAL = ("external_agency", "external_source", "external_id", "exercise", "external_view")
GIVEN = "external_id IS NOT NULL"
LEDGERED = {
    "site": ["id", "entry_id", "reference", f"{','.join(EXTERNAL)} WHERE {GIVEN}"],
    "site_assessment": ["id", "entry_id"],
    "guard_pattern": ["id", "entry_id", "reference"],
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
        "site",
        *envelope(),
        code("external_source", nullable=True),
        sa.Column("external_id", sa.String(length=100), nullable=True),
        code("external_agency", nullable=True),
        code("external_view", nullable=True),
        code("kind"),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("in_use", sa.Boolean(), nullable=False),
        code("risk", nullable=True),
        sa.Column("risk_index", sa.Integer(), nullable=True),
        sa.Column("indicators", JSON, nullable=False),
        moment("assessed_at", nullable=True),
        sa.CheckConstraint("risk_index >= 0 AND risk_index <= 100", name=op.f("ck_site_risk_index")),
        *tied("site"),
        sa.UniqueConstraint("reference", name=op.f("uq_site_reference")),
    )
    where = sa.text(GIVEN)
    op.create_index(
        "uq_site_external", "site", EXTERNAL, unique=True, sqlite_where=where, postgresql_where=where
    )
    for columns in (["owner_agency", "id"], ["region_code", "kind", "risk"]):
        op.create_index(op.f(f"ix_site_{'_'.join(columns)}"), "site", columns, unique=False)
    op.create_table(
        "site_assessment",
        *versioned(),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        code("risk", nullable=True),
        sa.Column("indicators", JSON, nullable=True),
        sa.Column("risk_index", sa.Integer(), nullable=True),
        code("method", nullable=True),
        sa.Column("rationale", sa.String(), nullable=False),
        sa.Column("source", JSON, nullable=False),
        moment("assessed_at"),
        *(code(name) for name in ("agency", "role", "account")),
        moment("created_at"),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_site_assessment_site_id")),
        *tied("site_assessment"),
    )
    op.create_index(op.f("ix_site_assessment_site_id_id"), "site_assessment", ["site_id", "id"], unique=False)
    op.create_table(
        "guard_pattern",
        *envelope(),
        *(code(name) for name in ("operation", "site_kind", "risk")),
        sa.Column("police_count", sa.Integer(), nullable=False),
        sa.Column("site_count", sa.Integer(), nullable=False),
        sa.Column("linmas_count", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "police_count >= 0 AND linmas_count >= 0 AND site_count > 0",
            name=op.f("ck_guard_pattern_counts"),
        ),
        *tied("guard_pattern"),
        sa.UniqueConstraint("reference", name=op.f("uq_guard_pattern_reference")),
    )
    op.create_index(
        op.f("ix_guard_pattern_operation_region_code"),
        "guard_pattern",
        ["operation", "region_code"],
        unique=False,
    )
    op.add_column("deployment", sa.Column("site_ids", JSON, nullable=True))
    for statement in guard():
        op.execute(statement)


def downgrade() -> None:
    op.drop_column("deployment", "site_ids")
    op.drop_table("guard_pattern")
    op.drop_table("site_assessment")
    op.drop_table("site")
