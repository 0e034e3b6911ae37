"""What waits in the inbox as a notice: what an agency tells its own people by a posture plan."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from app.domain.actors import Actor
from app.domain.posture import TOLD
from app.models.posture import PostureActivationRow
from app.services.inbox_waits import LEDGER, waits
from app.services.reference import today
from app.services.visibility import visible

ACTIVATION = PostureActivationRow.__table__  # type: ignore[attr-defined]
TOLD_FOR = timedelta(days=7)


def _earliest() -> datetime:
    """From a midnight on: the kept answers of lists hold for a day, see `routers.answers`."""
    return datetime.combine(today(), time.min, UTC) - TOLD_FOR


def told(actor: Actor) -> Select[Any]:
    """Activations by which another account of the agency told its people something, until time ends it.

    Nothing else ends it: who has read it is not asked, so nothing is stored of that.
    """
    entry = LEDGER.alias().c
    # Asked at each execution, for the statement is kept.
    earliest = bindparam(None, callable_=_earliest, type_=entry.at.type)
    since = select(func.max(entry.position)).where(
        entry.record_id == ACTIVATION.c.id,
        entry.action == TOLD,
        entry.at >= earliest,
        entry.account != actor.account,
    )
    title = func.coalesce(ACTIVATION.c.plan_name, "")
    return waits(ACTIVATION, ACTIVATION.c.id, since.scalar_subquery(), title).where(
        ACTIVATION.c.owner_agency == actor.agency,
        since.scalar_subquery().is_not(None),
        visible(ACTIVATION.c, actor),
    )
