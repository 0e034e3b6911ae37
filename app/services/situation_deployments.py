"""Of a situation: the deployments by status, with how many are planned and present."""

from datetime import datetime

from sqlalchemy import func, select

from app.database import Session
from app.domain.actors import Actor
from app.domain.deployments import DeploymentStatus
from app.models.deployments import DeploymentRow
from app.schemas.situation import DeploymentsByStatus
from app.services.reference import within
from app.services.visibility import visible

ROW = DeploymentRow.__table__.c  # type: ignore[attr-defined]
SUMS = ("deployments", "strength_planned", "strength_present")


async def part(session: Session, actor: Actor, region: str | None, at: datetime) -> DeploymentsByStatus:
    """The sums over those in whose window the moment lies, in the order of the lifecycle."""
    query = (
        select(
            ROW.status,
            func.count().label("deployments"),
            func.sum(ROW.strength_planned).label("strength_planned"),
            func.sum(ROW.strength_present).label("strength_present"),
        )
        .where(visible(ROW, actor), within(ROW.region_code, region), ROW.starts_at <= at, ROW.ends_at > at)
        .group_by(ROW.status)
    )
    found = {
        each["status"]: dict(each)
        for each in (await (await session.connection()).execute(query)).mappings().all()
    }
    items = [found[each] for each in DeploymentStatus if each in found]
    return DeploymentsByStatus.model_validate(
        {"items": items, **{name: sum(each[name] for each in items) for name in SUMS}}
    )
