"""Patrols: plans with their stops, and each run of a plan with what became of its stops."""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op
from app import guards

revision: str = "0019"
down_revision: str | None = "0018"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

NOT_CANCELLED = "status <> 'cancelled'"
NO_OUTCOME = "outcome IS NULL"
LEDGERED = {
    "patrol_plan": ["id", "entry_id", "reference"],
    "patrol_plan_stop": ["id", "entry_id", "plan_id,edition,number"],
    "patrol": ["id", "entry_id", "reference", f"plan_id,on_date,view WHERE {NOT_CANCELLED}"],
    "patrol_stop": ["id", "entry_id", "patrol_id,number"],
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


def position(prefix: str = "") -> list[sa.Column[object]]:
    """The columns for where something is."""
    return [sa.Column(f"{prefix}{name}", sa.Float(), nullable=True) for name in ("longitude", "latitude")]  # type: ignore[misc]


def stop() -> list[sa.Column[object]]:
    """The columns that a stop has in a plan and in a patrol."""
    return [
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        code("region_code"),  # type: ignore[list-item]
        *position(),
    ]


def plans() -> None:
    """Plans and their stops."""
    op.create_table(
        "patrol_plan",
        *envelope(),
        sa.Column("name", sa.String(), nullable=False),
        code("unit"),
        sa.Column("weekdays", JSON, nullable=False),
        code("start_time"),
        code("time_zone"),
        sa.Column("grace_minutes", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=True),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("in_use", sa.Boolean(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("stop_count", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "grace_minutes >= 0 AND edition > 0 AND stop_count > 0", name=op.f("ck_patrol_plan_counts")
        ),
        sa.CheckConstraint("last_on >= first_on", name=op.f("ck_patrol_plan_window")),
        *tied("patrol_plan"),
        sa.UniqueConstraint("reference", name=op.f("uq_patrol_plan_reference")),
    )
    op.create_table(
        "patrol_plan_stop",
        *versioned(),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("minute", sa.Integer(), nullable=False),
        *stop(),
        moment("created_at"),
        sa.ForeignKeyConstraint(["plan_id"], ["patrol_plan.id"], name=op.f("fk_patrol_plan_stop_plan_id")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_patrol_plan_stop_site_id")),
        *tied("patrol_plan_stop"),
        sa.UniqueConstraint(
            "plan_id", "edition", "number", name=op.f("uq_patrol_plan_stop_plan_id_edition_number")
        ),
    )


def runs() -> None:
    """Patrols and their stops."""
    op.create_table(
        "patrol",
        *envelope(),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("plan_version", sa.Integer(), nullable=False),
        sa.Column("view", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        code("unit"),
        sa.Column("on_date", sa.Date(), nullable=False),
        moment("starts_at"),
        sa.Column("grace_minutes", sa.Integer(), nullable=False),
        sa.Column("stop_count", sa.Integer(), nullable=False),
        code("status"),
        *(moment(name, nullable=True) for name in ("started_at", "ended_at")),
        sa.ForeignKeyConstraint(["plan_id"], ["patrol_plan.id"], name=op.f("fk_patrol_plan_id")),
        *tied("patrol"),
        sa.UniqueConstraint("reference", name=op.f("uq_patrol_reference")),
    )
    op.create_table(
        "patrol_stop",
        *versioned(),
        sa.Column("patrol_id", sa.Uuid(), nullable=False),
        *stop(),
        *(moment(name) for name in ("due_at", "overdue_at")),
        code("outcome", nullable=True),
        moment("occurred_at", nullable=True),
        *position("visit_"),
        sa.Column("distance_m", sa.Integer(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        *(code(name, nullable=True) for name in ("agency", "role", "account")),
        *(moment(name) for name in ("created_at", "updated_at")),
        sa.ForeignKeyConstraint(["patrol_id"], ["patrol.id"], name=op.f("fk_patrol_stop_patrol_id")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_patrol_stop_site_id")),
        *tied("patrol_stop"),
        sa.UniqueConstraint("patrol_id", "number", name=op.f("uq_patrol_stop_patrol_id_number")),
    )


def upgrade() -> None:
    plans()
    runs()
    where, still_open = sa.text(NOT_CANCELLED), sa.text(NO_OUTCOME)
    op.create_index(
        "uq_patrol_day", "patrol", ["plan_id", "on_date", "view"], unique=True,
        sqlite_where=where, postgresql_where=where,
    )  # fmt: skip
    op.create_index(
        "ix_patrol_stop_open", "patrol_stop", ["overdue_at", "id"], unique=False,
        sqlite_where=still_open, postgresql_where=still_open,
    )  # fmt: skip
    indexes = {
        "patrol_plan": (["owner_agency", "id"], ["region_code"]),
        "patrol": (["owner_agency", "id"], ["region_code", "starts_at"]),
        "patrol_stop": (["due_at"], ["site_id"]),
    }
    for table, several in indexes.items():
        for columns in several:
            op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, columns, unique=False)
    for statement in guard():
        op.execute(statement)


def downgrade() -> None:
    for table in ("patrol_stop", "patrol", "patrol_plan_stop", "patrol_plan"):
        op.drop_table(table)
