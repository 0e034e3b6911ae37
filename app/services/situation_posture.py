"""Of a situation: what levels of threat have made of posture plans, and nobody has decided yet."""

from datetime import datetime

from sqlalchemy import func, select

from app.database import Session
from app.domain.actors import Actor
from app.domain.posture import ActivationStatus, DraftState
from app.models.posture import PostureActivationRow
from app.schemas.situation import OpenPosture
from app.services.reference import meets
from app.services.visibility import visible

ROW = PostureActivationRow.__table__.c  # type: ignore[attr-defined]
SHOWN = 10
SAID = (ROW.reference, ROW.region_code, ROW.category, ROW.level, ROW.plan_name, ROW.drafts)
MARKING = (ROW.owner_agency, ROW.tlp, ROW.classification)  # for the access log


async def part(session: Session, actor: Actor, region: str | None, _at: datetime) -> OpenPosture:
    """How many there are, and those of the highest levels; a plan of a region above holds here too."""
    query = (
        select(ROW.id.label("activation_id"), *SAID, *MARKING, func.count().over().label("open"))
        .where(visible(ROW, actor), meets(ROW.region_code, region), ROW.status == ActivationStatus.OPEN)
        .order_by(ROW.level.desc(), ROW.id)
        .limit(SHOWN)
    )
    found = (await (await session.connection()).execute(query)).all()
    for row in found:
        session.saw(actor, "posture_activation", row, row.activation_id)
    items = [
        {**each._asdict(), "waiting": sum(d["state"] == DraftState.WAITING for d in each.drafts or ())}
        for each in found
    ]
    return OpenPosture.model_validate({"activations": found[0].open if found else 0, "items": items})
