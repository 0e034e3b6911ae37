"""Coverage: what the sites need by the patterns of an operation, against who guards them, in one query."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Select,
    Subquery,
    case,
    cast,
    func,
    literal_column,
    select,
    true,
    union_all,
)

from app.database import Session
from app.domain.actors import Actor
from app.domain.coverage import GUARDING, LINMAS_FROM
from app.domain.deployments import HOLDING
from app.domain.errors import Invalid
from app.domain.strength_summary import CODE_LENGTHS, RegionLevel
from app.lists import as_id, each_of
from app.models.agencies import AgencyRow
from app.models.deployments import DeploymentRow
from app.models.guard_patterns import GuardPatternRow
from app.models.sites import SiteRow
from app.schemas.coverage import SiteCoverage
from app.schemas.sites import Site, SitePage
from app.services import records
from app.services.visibility import visible

SITE = SiteRow.__table__.c  # type: ignore[attr-defined]
DEPLOYMENT = DeploymentRow.__table__.c  # type: ignore[attr-defined]
PATTERN = GuardPatternRow.__table__.c  # type: ignore[attr-defined]
AGENCY = AgencyRow.__table__.c  # type: ignore[attr-defined]
MOST_ROWS = 10_000  # all kecamatan of the country
SUMS = (
    "sites", "unguarded", "without_pattern", "police_required", "linmas_required", "police_planned",
    "police_present", "linmas_planned", "linmas_present",
)  # fmt: skip
GUARDS = ("police", "linmas")
COARSER = (RegionLevel.PROVINCE, RegionLevel.REGENCY)  # where a pattern holds, besides a kecamatan


@dataclass(frozen=True, slots=True)
class CoverageQuestion:
    """What is to be compared."""

    operation: str
    region: str | None
    at: datetime | None
    level: RegionLevel


@dataclass(frozen=True, slots=True)
class UnguardedFilter:
    """Which of the sites without a guard are asked for; None asks for all."""

    region: str | None
    kind: Sequence[str] | None
    risk: Sequence[str] | None
    at: datetime | None


async def unguarded(
    session: Session, actor: Actor, wanted: UnguardedFilter, cursor: str | None, limit: int
) -> SitePage:
    """The sites in use that no deployment names, of those that the actor may see, newest first."""
    named = _guarded(actor, _moment(wanted.at))
    asked = [SITE.in_use, _within(SITE.region_code, wanted.region), SITE.id.not_in(select(named.c.site_id))]
    for column, codes in ((SITE.kind, wanted.kind), (SITE.risk, wanted.risk)):
        if codes is not None:
            asked.append(column.in_(codes))
    rows, following = await records.newest(session, actor, SiteRow, asked, cursor, limit)
    for row in rows:
        session.saw(actor, "site", row)
    return SitePage(items=[Site.of(row.model_dump()) for row in rows], next=following)


async def coverage(session: Session, actor: Actor, asked: CoverageQuestion) -> SiteCoverage:
    """What each region needs and has, those with the most sites without a guard first."""
    at = _moment(asked.at)
    parts = union_all(_needs(actor, asked, at), _forces(actor, asked, at)).subquery("part")
    query = (
        select(parts.c.region_code, *(func.sum(parts.c[name]).label(name) for name in SUMS))
        .group_by(parts.c.region_code)
        .limit(MOST_ROWS + 1)
    )
    found = (await (await session.connection()).execute(query)).mappings().all()
    if len(found) > MOST_ROWS:
        raise Invalid.field("level", "More than {limit} regions: name one.", "groups", limit=MOST_ROWS)
    rows = sorted((_row(each) for each in found), key=_urgency)
    return SiteCoverage.model_validate(
        {
            "scope": "visible_to_you",
            "operation": asked.operation,
            "at": at,
            "level": asked.level,
            "items": rows,
            **{name: sum(each[name] for each in rows) for name in ("sites", "unguarded", "without_pattern")},
            **{f"{name}_gap": sum(each[name]["gap"] for each in rows) for name in GUARDS},
        }
    )


def _moment(asked: datetime | None) -> datetime:
    """What was asked for, or now to the minute, so that who asks again may hear that nothing has changed."""
    return asked or datetime.now(UTC).replace(second=0, microsecond=0)


def _row(sums: Mapping[Any, Any]) -> dict[str, Any]:
    guards = {}
    for name in GUARDS:
        said = {part: int(sums[f"{name}_{part}"]) for part in ("required", "planned", "present")}
        guards[name] = {**said, "gap": max(0, said["required"] - said["planned"])}
    counts = {name: int(sums[name]) for name in ("sites", "unguarded", "without_pattern")}
    return {"region_code": sums["region_code"], **counts, **guards}


def _urgency(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return -row["unguarded"], -row["police"]["gap"], -row["linmas"]["gap"], row["region_code"]


def _prefix(column: Any, level: RegionLevel) -> ColumnElement[str]:
    """The code of the region at a level; the length is written out, for it must be the same twice."""
    length: ColumnElement[int] = literal_column(str(CODE_LENGTHS[level]))
    return func.substr(column, literal_column("1"), length)


def _within(column: Any, region: str | None) -> ColumnElement[bool]:
    return true() if region is None else (column == region) | column.startswith(f"{region}.")


def _deployed(actor: Actor, at: datetime) -> list[ColumnElement[bool]]:
    """Of the deployments that the actor may see, those that hold their unit at the moment."""
    window = (DEPLOYMENT.starts_at <= at) & (DEPLOYMENT.ends_at > at)
    return [visible(DEPLOYMENT, actor), window, DEPLOYMENT.status.in_(HOLDING)]


def _guarded(actor: Actor, at: datetime) -> CTE:
    """The sites that a deployment names, whatever its role; a site of which no more is said than its id."""
    named = each_of(DEPLOYMENT.site_ids).table_valued("value")
    return (
        select(as_id(named.c.value).label("site_id"))
        .select_from(DeploymentRow.__table__.join(named, true()))  # type: ignore[attr-defined]
        .where(*_deployed(actor, at), DEPLOYMENT.site_ids.is_not(None))
        .distinct()
        .cte("guarded")
    )


def _counted(actor: Actor, asked: CoverageQuestion, at: datetime) -> CTE:
    """How many sites of a kind and a category each kecamatan has, and how many of them are guarded."""
    guarded = _guarded(actor, at)
    place = _prefix(SITE.region_code, RegionLevel.DISTRICT).label("place")
    return (
        select(
            place,
            SITE.kind,
            SITE.risk,
            func.count().label("sites"),
            (func.count() - func.count(guarded.c.site_id)).label("unguarded"),
        )
        .select_from(SiteRow.__table__.outerjoin(guarded, guarded.c.site_id == SITE.id))  # type: ignore[attr-defined]
        .where(visible(SITE, actor), SITE.in_use, _within(SITE.region_code, asked.region))
        .group_by(place, SITE.kind, SITE.risk)
        .cte("counted")
    )


def _ranked(actor: Actor, counted: CTE, operation: str) -> Subquery:
    """The counts with every pattern that holds for them, the nearest first."""
    around = [
        _prefix(counted.c.place, each) for each in COARSER
    ]  # each is looked up in the index of patterns
    holds = (
        (PATTERN.operation == operation)
        & (PATTERN.site_kind == counted.c.kind)
        & (PATTERN.risk == counted.c.risk)
        & PATTERN.region_code.in_([counted.c.place, *around])
        & visible(PATTERN, actor)
    )
    nearest = func.row_number().over(
        partition_by=(counted.c.place, counted.c.kind, counted.c.risk),
        order_by=(func.length(PATTERN.region_code).desc(), PATTERN.as_of.desc(), PATTERN.id.desc()),
    )
    numbers = (PATTERN.police_count, PATTERN.site_count, PATTERN.linmas_count)
    return (
        select(counted, PATTERN.id.label("pattern"), *numbers, nearest.label("nearest"))
        .select_from(counted.outerjoin(GuardPatternRow.__table__, holds))  # type: ignore[attr-defined]
        .subquery("ranked")
    )


def _needs(actor: Actor, asked: CoverageQuestion, at: datetime) -> Select[Any]:
    """What the nearest pattern of each asks for, rounded up for each pattern within the region."""
    ranked = _ranked(actor, _counted(actor, asked, at), asked.operation)
    region = _prefix(ranked.c.place, asked.level).label("region_code")
    pattern = [ranked.c[name] for name in ("pattern", "police_count", "site_count", "linmas_count")]
    by_pattern = (
        select(
            region,
            *pattern,
            _whole(func.sum(ranked.c.sites)).label("sites"),
            _whole(func.sum(ranked.c.unguarded)).label("unguarded"),
        )
        .where(ranked.c.nearest == 1)
        .group_by(region, *pattern)
        .subquery("by_pattern")
    ).c
    return select(
        by_pattern.region_code,
        by_pattern.sites,
        by_pattern.unguarded,
        case((by_pattern.pattern.is_(None), by_pattern.sites), else_=0).label("without_pattern"),
        _rounded_up(by_pattern, "police_count").label("police_required"),
        _rounded_up(by_pattern, "linmas_count").label("linmas_required"),
        *(_nothing().label(name) for name in SUMS[5:]),
    )


def _nothing() -> ColumnElement[Any]:
    return literal_column("0")


def _whole(number: Any) -> ColumnElement[int]:
    """A sum as a whole number: of counts, PostgreSQL makes a `numeric`, which divides with a rest."""
    return cast(number, BigInteger)


def _rounded_up(of: Any, count: str) -> ColumnElement[int]:
    return func.coalesce((of.sites * of[count] + of.site_count - 1) // of.site_count, 0)


def _forces(actor: Actor, asked: CoverageQuestion, at: datetime) -> Select[Any]:
    """Who is deployed to guard sites, told apart by who sent them."""
    region = _prefix(DEPLOYMENT.region_code, asked.level).label("region_code")
    from_linmas = AGENCY.kind == LINMAS_FROM

    def summed(column: Any, *, linmas: bool) -> ColumnElement[Any]:
        counts = from_linmas if linmas else ~from_linmas
        return func.sum(case((counts, column), else_=0))

    planned, present = DEPLOYMENT.strength_planned, DEPLOYMENT.strength_present
    joined = DeploymentRow.__table__.join(AgencyRow.__table__, AGENCY.code == DEPLOYMENT.owner_agency)  # type: ignore[attr-defined]
    return (
        select(
            region,
            *(_nothing().label(name) for name in SUMS[:5]),
            summed(planned, linmas=False).label("police_planned"),
            summed(present, linmas=False).label("police_present"),
            summed(planned, linmas=True).label("linmas_planned"),
            summed(present, linmas=True).label("linmas_present"),
        )
        .select_from(joined)
        .where(
            *_deployed(actor, at),
            DEPLOYMENT.role.in_(GUARDING),
            _within(DEPLOYMENT.region_code, asked.region),
        )
        .group_by(region)
    )
