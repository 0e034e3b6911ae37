"""Of a situation: the readiness orders in force, by agency and level."""

from datetime import datetime

from sqlalchemy import func, select

from app.database import Session
from app.domain.actors import Actor
from app.models.readiness import ReadinessOrderRow
from app.schemas.situation import ReadinessInForce
from app.services import readiness
from app.services.reference import meets
from app.services.visibility import visible

ROW = ReadinessOrderRow.__table__.c  # type: ignore[attr-defined]


async def part(session: Session, actor: Actor, region: str | None, at: datetime) -> ReadinessInForce:
    """The counts, of each agency the highest level first; an order for a region above holds here too."""
    key = (ROW.owner_agency, ROW.level)
    query = (
        select(ROW.owner_agency.label("agency"), ROW.level, func.count().label("orders"))
        .where(visible(ROW, actor), meets(ROW.region_code, region), *readiness.in_force(at))
        .group_by(*key)
        .order_by(*key)  # Siaga I is the highest
    )
    found = (await (await session.connection()).execute(query)).mappings().all()
    return ReadinessInForce.model_validate(
        {"orders": sum(each["orders"] for each in found), "items": list(map(dict, found))}
    )
