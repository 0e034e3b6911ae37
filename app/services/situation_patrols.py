"""Of a situation: the stops that patrols are late for."""

from datetime import datetime

from sqlalchemy import func, select

from app.database import Session
from app.domain.actors import Actor
from app.domain.patrols import OPEN
from app.models.patrols import PatrolRow, PatrolStopRow
from app.models.sites import SiteRow
from app.schemas.situation import OverduePatrolStops
from app.services.reference import within
from app.services.visibility import visible

STOP = PatrolStopRow.__table__  # type: ignore[attr-defined]
PATROL = PatrolRow.__table__  # type: ignore[attr-defined]
SITE = SiteRow.__table__  # type: ignore[attr-defined]
SHOWN = 10
MARKING = (PATROL.c.owner_agency, PATROL.c.tlp, PATROL.c.classification)  # for the access log


async def part(session: Session, actor: Actor, region: str | None, at: datetime) -> OverduePatrolStops:
    """How many there are, and the first of them; a stop at a hidden site is where its plan is."""
    stop, patrol, site = STOP.c, PATROL.c, SITE.c
    place = func.coalesce(site.region_code, stop.region_code)
    seen = (site.id == stop.site_id) & visible(site, actor)
    query = (
        select(
            stop.id.label("stop_id"),
            stop.patrol_id,
            patrol.reference,
            stop.number,
            site.id.label("site_id"),
            place.label("region_code"),
            stop.overdue_at,
            *MARKING,
            func.count().over().label("overdue"),
        )
        .select_from(STOP.join(PATROL, patrol.id == stop.patrol_id).outerjoin(SITE, seen))
        .where(visible(patrol, actor), within(place, region))
        .where(patrol.status.in_(OPEN), stop.outcome.is_(None), stop.overdue_at <= at)
        .order_by(stop.overdue_at, stop.id)
        .limit(SHOWN)
    )
    found = (await (await session.connection()).execute(query)).all()
    for row in found:
        session.saw(actor, "patrol", row, row.patrol_id)
    return OverduePatrolStops.model_validate(
        {"overdue": found[0].overdue if found else 0, "items": [each._asdict() for each in found]}
    )
