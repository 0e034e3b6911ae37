"""Of a situation: how far the sites are covered by the patterns of the newest operation."""

from datetime import datetime

from sqlalchemy import select

from app.database import Session
from app.domain.actors import Actor
from app.domain.strength_summary import RegionLevel
from app.models.guard_patterns import GuardPatternRow
from app.schemas.situation import CoverageTotals
from app.services.coverage import CoverageQuestion, coverage
from app.services.reference import meets
from app.services.visibility import visible

PATTERN = GuardPatternRow.__table__.c  # type: ignore[attr-defined]


async def part(session: Session, actor: Actor, region: str | None, at: datetime) -> CoverageTotals:
    """The totals of coverage; a pattern of a region above holds here too."""
    newest = (
        select(PATTERN.operation)
        .where(visible(PATTERN, actor), meets(PATTERN.region_code, region))
        .order_by(PATTERN.as_of.desc(), PATTERN.id.desc())
        .limit(1)
    )
    operation = (await (await session.connection()).execute(newest)).scalar()
    if operation is None:
        return CoverageTotals.model_validate(dict.fromkeys(CoverageTotals.model_fields))
    asked = CoverageQuestion(operation=operation, region=region, at=at, level=RegionLevel.REGENCY)
    return CoverageTotals.model_validate((await coverage(session, actor, asked)).model_dump())
