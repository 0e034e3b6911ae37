"""Of a situation: the sites in use by their risk."""

from datetime import datetime

from sqlalchemy import func, select

from app.database import Session
from app.domain.actors import Actor
from app.domain.sites import RiskCategory
from app.models.sites import SiteRow
from app.schemas.situation import SitesInUse
from app.services.reference import within
from app.services.visibility import visible

SITE = SiteRow.__table__.c  # type: ignore[attr-defined]


async def part(session: Session, actor: Actor, region: str | None, _at: datetime) -> SitesInUse:
    """The counts, in the order of the categories; those that nobody has judged come last."""
    query = (
        select(SITE.risk, func.count().label("sites"))
        .where(visible(SITE, actor), within(SITE.region_code, region), SITE.in_use)
        .group_by(SITE.risk)
    )
    rows = (await (await session.connection()).execute(query)).all()
    found = {row.risk: row.sites for row in rows}
    items = [{"risk": each, "sites": found[each]} for each in (*RiskCategory, None) if each in found]
    return SitesInUse.model_validate({"sites": sum(found.values()), "items": items})
