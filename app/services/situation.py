"""The situation summary: one call, a statement or two for each part, however many records there are.

A part is a module with one function of the signature of `Reads`. To add one: that module, its line in `PARTS`
and in `domain.situation`, its member in `schemas.situation`.
"""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from pydantic import BaseModel

from app.database import Session
from app.domain.actors import Actor
from app.domain.situation import READ_WITH, SituationPart
from app.schemas.situation import Situation
from app.services import (
    situation_acknowledgements,
    situation_assistance,
    situation_check_ins,
    situation_coverage,
    situation_deployments,
    situation_elections,
    situation_incidents,
    situation_patrols,
    situation_posture,
    situation_readiness,
    situation_sites,
    situation_threat_levels,
)

Reads = Callable[[Session, Actor, str | None, datetime], Awaitable[BaseModel]]
PARTS: dict[SituationPart, Reads] = {
    SituationPart.ACKNOWLEDGEMENTS: situation_acknowledgements.part,
    SituationPart.ASSISTANCE: situation_assistance.part,
    SituationPart.CHECK_INS: situation_check_ins.part,
    SituationPart.COVERAGE: situation_coverage.part,
    SituationPart.DEPLOYMENTS: situation_deployments.part,
    SituationPart.ELECTIONS: situation_elections.part,
    SituationPart.INCIDENTS: situation_incidents.part,
    SituationPart.PATROLS: situation_patrols.part,
    SituationPart.POSTURE: situation_posture.part,
    SituationPart.READINESS: situation_readiness.part,
    SituationPart.SITES: situation_sites.part,
    SituationPart.THREAT_LEVELS: situation_threat_levels.part,
}


async def situation(session: Session, actor: Actor, region: str | None) -> Situation:
    """Each part that the actor may read, of one moment.

    The answer does not name that moment: its entity tag changes with what it shows, and with nothing else.
    """
    at = datetime.now(UTC)
    readable = [each for each in PARTS if READ_WITH[each] <= actor.permissions]
    parts = {each: await PARTS[each](session, actor, region, at) for each in readable}
    left_out = [each for each in PARTS if each not in parts]
    return Situation.model_validate(
        {"scope": "visible_to_you", "region_code": region, "left_out": left_out, **parts}
    )
