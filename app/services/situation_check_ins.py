"""Of a situation: the check-ins that are overdue."""

from datetime import datetime

from sqlalchemy import func, select

from app.database import Session
from app.domain.actors import Actor
from app.models.deployments import DeploymentRow
from app.schemas.situation import OverdueCheckIns
from app.services.reference import within
from app.services.visibility import visible

ROW = DeploymentRow.__table__.c  # type: ignore[attr-defined]
SHOWN = 10
SAID = (ROW.reference, ROW.region_code, ROW.checked_in_at, ROW.check_in_due_at)
MARKING = (ROW.owner_agency, ROW.tlp, ROW.classification)  # for the access log


async def part(session: Session, actor: Actor, region: str | None, at: datetime) -> OverdueCheckIns:
    """How many there are, and the first of them; the condition is that of `domain.check_ins`."""
    query = (
        select(ROW.id.label("deployment_id"), *SAID, *MARKING, func.count().over().label("overdue"))
        .where(visible(ROW, actor), within(ROW.region_code, region))
        .where(ROW.check_in_due_at.is_not(None), ROW.check_in_due_at < at)
        .order_by(ROW.check_in_due_at, ROW.id)
        .limit(SHOWN)
    )
    found = (await (await session.connection()).execute(query)).all()
    for row in found:
        session.saw(actor, "deployment", row, row.deployment_id)
    return OverdueCheckIns.model_validate(
        {"overdue": found[0].overdue if found else 0, "items": [each._asdict() for each in found]}
    )
