"""Of a situation: the acknowledgements that are overdue."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, union_all

from app.database import Session
from app.domain.actors import Actor
from app.models.acknowledgements import AcknowledgementRow
from app.models.incidents import IncidentRow
from app.models.threat_levels import ThreatLevelRow
from app.schemas.situation import OverdueAcknowledgements
from app.services import threat_rules
from app.services.acknowledgement_statistics import is_named_to
from app.services.reference import within
from app.services.situation_incidents import OPEN
from app.services.visibility import visible

ASKED = AcknowledgementRow.__table__  # type: ignore[attr-defined]
INCIDENT = IncidentRow.__table__  # type: ignore[attr-defined]
LEVEL = ThreatLevelRow.__table__  # type: ignore[attr-defined]
SHOWN = 10


async def part(session: Session, actor: Actor, region: str | None, at: datetime) -> OverdueAcknowledgements:
    """How many there are, and the first of them; of a record that has ended nobody waits for any."""

    def silences(table: Any, *goes_on: ColumnElement[bool]) -> Select[Any]:
        of, asked = table.c, ASKED.c
        named = (asked.record_type, asked.record_id, of.reference, of.region_code)
        marking = (of.owner_agency, of.tlp, of.classification)  # for the access log
        return (
            select(asked.id, *named, asked.agency, asked.due_at, *marking)
            .join_from(ASKED, table, of.id == asked.record_id)
            .where(visible(of, actor), is_named_to(actor, of), within(of.region_code, region), *goes_on)
            .where(asked.record_type == table.name, asked.ended_at.is_(None), asked.due_at <= at)
        )

    late = union_all(
        silences(INCIDENT, INCIDENT.c.status.in_(OPEN)),
        silences(LEVEL, threat_rules.is_open(ThreatLevelRow), LEVEL.c.review_by > at),
    ).subquery("late")
    query = select(late, func.count().over().label("overdue")).order_by(late.c.due_at, late.c.id).limit(SHOWN)
    found = (await (await session.connection()).execute(query)).all()
    for row in found:
        session.saw(actor, row.record_type, row, row.record_id)
    return OverdueAcknowledgements.model_validate(
        {"overdue": found[0].overdue if found else 0, "items": [each._asdict() for each in found]}
    )
