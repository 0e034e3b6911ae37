"""Strength in the field, summed up by region, agency, role and status in one query."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, literal_column, null, select

from app.database import Session
from app.domain.actors import Actor
from app.domain.deployments import HOLDING, DeploymentStatus
from app.domain.errors import Invalid
from app.domain.strength_summary import CODE_LENGTHS, RegionLevel, StrengthBy
from app.models.deployments import DeploymentRow
from app.schemas.deployments import StrengthSummary
from app.services.visibility import visible

DEPLOYMENT = DeploymentRow.__table__  # type: ignore[attr-defined]
MOST_GROUPS = 5_000


@dataclass(frozen=True, slots=True)
class StrengthQuestion:
    """What is to be summed up."""

    region: str | None
    at: datetime | None
    by: Sequence[StrengthBy]
    level: RegionLevel
    status: Sequence[DeploymentStatus] | None


async def strength(session: Session, actor: Actor, asked: StrengthQuestion) -> StrengthSummary:
    """The sums over the deployments that the actor may see, in whose window the moment lies."""
    at = asked.at or datetime.now(UTC).replace(second=0, microsecond=0)
    statuses = list(
        dict.fromkeys(asked.status or (DeploymentStatus if StrengthBy.STATUS in asked.by else HOLDING))
    )
    row = DEPLOYMENT.c
    groups = _groups(asked)
    query = (
        select(
            *(groups.get(each, null()).label(name) for each, name in NAMES.items()),
            func.count().label("deployments"),
            func.sum(row.strength_planned).label("strength_planned"),
            func.sum(row.strength_present).label("strength_present"),
        )
        .where(visible(row, actor), row.starts_at <= at, row.ends_at > at, row.status.in_(statuses))
        .group_by(*groups.values())
        .order_by(*groups.values())
        .limit(MOST_GROUPS + 1)
    )
    if asked.region:
        within = (row.region_code == asked.region) | row.region_code.startswith(f"{asked.region}.")
        query = query.where(within)
    found = (await (await session.connection()).execute(query)).mappings().all()
    if len(found) > MOST_GROUPS:
        text = "More than {limit} groups: name a region, or group by less."
        raise Invalid.field("by", text, "groups", limit=MOST_GROUPS)
    return StrengthSummary.model_validate(
        {
            "scope": "visible_to_you",
            "at": at,
            "level": asked.level,
            "statuses": statuses,
            "items": [dict(each) for each in found],
            "strength_planned": sum(each["strength_planned"] for each in found),
            "strength_present": sum(each["strength_present"] for each in found),
        }
    )


NAMES = {
    StrengthBy.REGION: "region_code",
    StrengthBy.AGENCY: "agency",
    StrengthBy.CONTROLLING_AGENCY: "controlling_agency",
    StrengthBy.ROLE: "role",
    StrengthBy.STATUS: "status",
}


def _groups(asked: StrengthQuestion) -> dict[StrengthBy, ColumnElement[Any]]:
    """The expression for each thing to group by; the length is written out, for it must be the same twice."""
    row = DEPLOYMENT.c
    length: ColumnElement[int] = literal_column(str(CODE_LENGTHS[asked.level]))
    expressions = {
        StrengthBy.REGION: func.substr(row.region_code, literal_column("1"), length),
        StrengthBy.AGENCY: row.owner_agency,
        StrengthBy.CONTROLLING_AGENCY: row.controlling_agency,
        StrengthBy.ROLE: row.role,
        StrengthBy.STATUS: row.status,
    }
    return {each: expressions[each] for each in expressions if each in asked.by}
