"""What patrols were to visit and did not: counted by site and place in one query, summed up the regions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlmodel import col
from sqlmodel import select as select_rows

from app.database import Session
from app.domain.actors import Actor
from app.domain.errors import Invalid
from app.domain.patrols import PatrolStatus, StopOutcome
from app.domain.strength_summary import CODE_LENGTHS, RegionLevel
from app.models.patrols import PatrolRow, PatrolStopRow
from app.models.sites import SiteRow
from app.schemas.patrol_coverage import PatrolCoverage
from app.services.visibility import visible

STOP = PatrolStopRow.__table__.c  # type: ignore[attr-defined]
PATROL = PatrolRow.__table__.c  # type: ignore[attr-defined]
SITE = SiteRow.__table__.c  # type: ignore[attr-defined]
LONGEST = timedelta(days=366)
MOST_GROUPS = 50_000  # sites and places of the largest provinces
OUTCOMES = ("visited", "skipped", "missing", "pending", "called_off")
SUMS = ("stops", *OUTCOMES)
WINDOW = "The end must come after the start."


@dataclass(frozen=True, slots=True)
class PatrolCoverageQuestion:
    """Whose stops are to be counted."""

    region: str | None
    due_from: datetime
    due_before: datetime
    limit: int


async def coverage(session: Session, actor: Actor, asked: PatrolCoverageQuestion) -> PatrolCoverage:
    """What became of the stops that were due in a time; those never visited first."""
    if asked.due_before <= asked.due_from:
        raise Invalid.field("to", WINDOW, "window")
    if asked.due_before - asked.due_from > LONGEST:
        raise Invalid.field("to", "At most {limit} days after the start.", "window", limit=LONGEST.days)
    now = datetime.now(UTC)
    connection = await session.connection()
    groups = (await connection.execute(_groups(actor, asked, now).limit(MOST_GROUPS + 1))).mappings().all()
    if len(groups) > MOST_GROUPS:
        text = "More than {limit} sites and places: name a region."
        raise Invalid.field("region", text, "groups", limit=MOST_GROUPS)
    unvisited = sorted((each for each in groups if each["missing"] + each["skipped"]), key=_urgency)
    return PatrolCoverage.model_validate(
        {
            "scope": "visible_to_you",
            "at": now,
            "due_from": asked.due_from,
            "due_before": asked.due_before,
            "regions": _regions(groups, asked.region),
            "items": await _shown(session, actor, unvisited[: asked.limit]),
            "left_off": max(0, len(unvisited) - asked.limit),
            **_summed(groups),
        }
    )


async def _shown(session: Session, actor: Actor, groups: Sequence[Mapping[Any, Any]]) -> list[dict[str, Any]]:
    """The groups; that secret sites among them were named stands in the access log."""
    named = [each["site_id"] for each in groups if each["site_id"]]
    for site in (await session.exec(select_rows(SiteRow).where(col(SiteRow.id).in_(named)))).all():
        session.saw(actor, "site", site)
    return [dict(each) for each in groups]


def _urgency(group: Mapping[Any, Any]) -> tuple[Any, ...]:
    """Never visited before visited, then the most stops not visited; the rest keeps the order the same."""
    missed = group["missing"] + group["skipped"]
    name, site = group["name"] or "", str(group["site_id"] or "")
    return group["visited"] > 0, -missed, group["region_code"], name, site


def _summed(groups: Iterable[Mapping[Any, Any]]) -> dict[str, int]:
    sums = dict.fromkeys(SUMS, 0)
    for group in groups:
        for name in SUMS:
            sums[name] += int(group[name])
    return sums


def _regions(groups: Iterable[Mapping[Any, Any]], within: str | None) -> list[dict[str, Any]]:
    """Each region with all that lies within it, from the coarse to the fine, in the order of their codes."""
    parts: dict[tuple[RegionLevel, str], list[Mapping[Any, Any]]] = defaultdict(list)
    for group in groups:
        code = group["region_code"]
        for level, length in CODE_LENGTHS.items():
            if len(code) >= length >= len(within or ""):
                parts[level, code[:length]].append(group)
    return [
        {"region_code": code, "level": level, **_summed(inside)}
        for (level, code), inside in sorted(parts.items(), key=lambda each: (len(each[0][1]), each[0][1]))
    ]


def _counted(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _groups(actor: Actor, asked: PatrolCoverageQuestion, now: datetime) -> Select[Any]:
    """What became of the stops, by site or place; a hidden site counts where its plan is."""
    seen = (SITE.id == STOP.site_id) & visible(SITE, actor)
    region = func.coalesce(SITE.region_code, STOP.region_code)
    name = func.coalesce(SITE.name, STOP.name)
    none = STOP.outcome.is_(None)
    called_off = none & (PATROL.status == PatrolStatus.CANCELLED)
    over = (PATROL.status == PatrolStatus.COMPLETED) | (STOP.overdue_at <= now)
    missing = none & (PATROL.status != PatrolStatus.CANCELLED) & over
    counted = {
        "stops": func.count(),
        "visited": _counted(STOP.outcome == StopOutcome.VISITED),
        "skipped": _counted(STOP.outcome == StopOutcome.SKIPPED),
        "missing": _counted(missing),
        "pending": _counted(none & (PATROL.status != PatrolStatus.CANCELLED) & ~over),
        "called_off": _counted(called_off),
    }
    joined = PatrolStopRow.__table__.join(  # type: ignore[attr-defined]
        PatrolRow.__table__,  # type: ignore[attr-defined]
        PATROL.id == STOP.patrol_id,
    ).outerjoin(SiteRow.__table__, seen)  # type: ignore[attr-defined]
    visited_at = case((STOP.outcome == StopOutcome.VISITED, STOP.occurred_at))
    query = (
        select(
            SITE.id.label("site_id"),
            name.label("name"),
            region.label("region_code"),
            func.max(visited_at).label("last_visited_at"),
            *(column.label(label) for label, column in counted.items()),
        )
        .select_from(joined)
        .where(visible(PATROL, actor), STOP.due_at >= asked.due_from, STOP.due_at < asked.due_before)
        .group_by(SITE.id, name, region)
    )
    if asked.region:
        query = query.where((region == asked.region) | region.startswith(f"{asked.region}."))
    return query
