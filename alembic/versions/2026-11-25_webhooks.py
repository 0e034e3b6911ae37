"""What one of all processes does alone: it holds a lease."""

from collections.abc import Sequence
from datetime import UTC, datetime

import sqlalchemy as sa

from alembic import op

revision: str = "0016"
down_revision: str | None = "0015"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

LEASES = ("relay", "webhooks")


def upgrade() -> None:
    lease = op.create_table(
        "lease",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("holder", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_lease")),
    )
    free = datetime(2026, 1, 1, tzinfo=UTC)
    op.bulk_insert(lease, [{"name": each, "holder": "", "expires_at": free} for each in LEASES])


def downgrade() -> None:
    op.drop_table("lease")
