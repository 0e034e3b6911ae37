"""Of a situation: the open incidents by kind and severity."""

from datetime import datetime

from sqlalchemy import func, select

from app.database import Session
from app.domain.actors import Actor
from app.domain.lifecycle import ENDING_STEPS, IncidentStatus
from app.models.incidents import IncidentRow
from app.schemas.situation import OpenIncidents
from app.services.reference import within
from app.services.visibility import visible

INCIDENT = IncidentRow.__table__.c  # type: ignore[attr-defined]
OPEN = [each for each in IncidentStatus if each not in ENDING_STEPS]


async def part(session: Session, actor: Actor, region: str | None, _at: datetime) -> OpenIncidents:
    """The counts, kinds in their order, then severities."""
    key = (INCIDENT.kind, INCIDENT.severity)
    query = (
        select(*key, func.count().label("incidents"))
        .where(visible(INCIDENT, actor), within(INCIDENT.region_code, region), INCIDENT.status.in_(OPEN))
        .group_by(*key)
        .order_by(*key)
    )
    found = (await (await session.connection()).execute(query)).mappings().all()
    return OpenIncidents.model_validate(
        {"incidents": sum(each["incidents"] for each in found), "items": list(map(dict, found))}
    )
