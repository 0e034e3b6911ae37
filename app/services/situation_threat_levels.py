"""Of a situation: the threat levels in force, for each threat."""

from collections import defaultdict
from datetime import datetime

from sqlalchemy import func, select

from app.database import Session
from app.domain.actors import Actor
from app.domain.threat_levels import ThreatCategory
from app.models.threat_levels import ThreatLevelRow
from app.schemas.situation import CategoryInForce, LevelCount, ThreatLevelsInForce
from app.services import threat_rules as rules
from app.services.reference import meets
from app.services.visibility import visible

LEVEL = ThreatLevelRow.__table__.c  # type: ignore[attr-defined]


async def part(session: Session, actor: Actor, region: str | None, at: datetime) -> ThreatLevelsInForce:
    """How many statements hold each level, of the region, of those within it and of those above it."""
    key = (LEVEL.category, LEVEL.level)
    query = (
        select(*key, func.count().label("statements"))
        .where(
            visible(LEVEL, actor),
            meets(LEVEL.region_code, region),
            rules.is_open(ThreatLevelRow),
            LEVEL.review_by > at,
        )
        .group_by(*key)
        .order_by(LEVEL.level.desc())
    )
    found: dict[str, list[LevelCount]] = defaultdict(list)
    for category, level, statements in (await (await session.connection()).execute(query)).all():
        found[category].append(LevelCount(level=level, statements=statements))
    items = [
        CategoryInForce(
            category=each,
            level=found[each][0].level,
            statements=sum(one.statements for one in found[each]),
            by_level=found[each],
        )
        for each in ThreatCategory
        if each in found
    ]
    return ThreatLevelsInForce(items=items)
