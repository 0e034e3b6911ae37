"""Of a situation: the requests for assistance that are open, and what they still lack."""

from datetime import datetime

from sqlalchemy import case, func, select

from app.database import Session
from app.domain.actors import Actor
from app.domain.assistance import AssistancePriority, AssistanceStatus
from app.models.assistance import AssistanceRequestRow
from app.schemas.situation import OpenAssistance
from app.services import assistance_rules as rules
from app.services.reference import within
from app.services.visibility import visible

ROW = AssistanceRequestRow.__table__.c  # type: ignore[attr-defined]
SUMS = ("requests", "overdue", "left_count")


async def part(session: Session, actor: Actor, region: str | None, at: datetime) -> OpenAssistance:
    """The sums of each priority, the most urgent first."""
    query = (
        select(
            ROW.priority,
            func.count().label("requests"),
            func.sum(case((rules.is_overdue(at), 1), else_=0)).label("overdue"),
            func.sum(ROW.quantity - ROW.accepted_count).label("left_count"),
        )
        .where(visible(ROW, actor), within(ROW.region_code, region), ROW.status == AssistanceStatus.OPEN)
        .group_by(ROW.priority)
    )
    found = {
        each["priority"]: dict(each)
        for each in (await (await session.connection()).execute(query)).mappings().all()
    }
    items = [found[each] for each in reversed(AssistancePriority) if each in found]
    return OpenAssistance.model_validate(
        {"items": items, **{name: sum(each[name] for each in items) for name in SUMS}}
    )
