"""Check-ins: whose are awaited while they are in the field, when the next one is due, and what is overdue."""

from datetime import datetime, timedelta

from app.domain.deployments import DeploymentStatus

# Of these a check-in is awaited, where the deployment says how often.
AWAITED = frozenset({DeploymentStatus.ON_SCENE, DeploymentStatus.ASSIGNED, DeploymentStatus.OUT_OF_SERVICE})
# These may check in, once they have arrived; who is released does so on the way home.
ACCEPTED = AWAITED | {DeploymentStatus.RELEASED}
LEAST_MINUTES = 5
MOST_MINUTES = 10_080  # a week


def due_at(
    status: str, check_in_minutes: int | None, arrived_at: datetime | None, checked_in_at: datetime | None
) -> datetime | None:
    """When the next check-in is due, aware; None where none is awaited.

    `check_in_minutes` counts from the arrival or the newest check-in, whichever is later. Source: issue 7.
    """
    if status not in AWAITED or check_in_minutes is None or arrived_at is None:
        return None
    return max(arrived_at, checked_in_at or arrived_at) + timedelta(minutes=check_in_minutes)


def is_overdue(due: datetime | None, at: datetime) -> bool:
    """Whether a check-in that was due is overdue at a moment, both aware; at that very moment not yet."""
    return due is not None and due < at
