"""The stops of patrols: how they stand, which are overdue, and what was put on record of them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, or_
from sqlmodel import col, select

from app.change import Change
from app.database import Session
from app.domain.actors import Actor
from app.domain.errors import Conflict, Invalid, NotFound
from app.domain.patrols import OPEN, PatrolStatus, StopOutcome, distance_metres, stop_state
from app.models.patrols import PatrolRow, PatrolStopRow
from app.models.sites import SiteRow
from app.schemas.pages import make_cursor, read_cursor
from app.schemas.patrol_stops import PatrolSkip, PatrolStop, PatrolStopNow, PatrolStopPage, PatrolVisit
from app.services import links, records, versions
from app.services import patrol_rules as rules
from app.services.visibility import visible

NOT_UNDER_WAY = "Nothing is put on record of a stop while the patrol is {status}."
IS_RECORDED = "This stop was put on record as {outcome} already."
BEFORE_THE_START = "The patrol had not started by then."
Expected = frozenset[int] | None
Both = tuple[PatrolStopRow, PatrolRow]


async def stops(
    session: Session, actor: Actor, patrol_id: UUID, cursor: str | None, limit: int
) -> PatrolStopPage:
    """The stops of a patrol in their order, as they stand now."""
    patrol = await records.get(session, actor, PatrolRow, patrol_id)
    # Their ids rise in their order, for they were made one after another.
    of = col(PatrolStopRow.patrol_id) == patrol.id
    rows, following = await records.part_rows(session, PatrolStopRow, of, cursor, limit)
    return await _page(session, actor, [(row, patrol) for row in rows], following)


async def overdue(
    session: Session, actor: Actor, region: str | None, cursor: str | None, limit: int
) -> PatrolStopPage:
    """Stops that are late, of patrols that are not over; the longest overdue first."""
    query = _overdue(actor, datetime.now(UTC), region)
    if after := read_cursor(cursor, _moment, UUID):
        moment, last = after
        late = col(PatrolStopRow.overdue_at)
        query = query.where(or_(late > moment, (late == moment) & (col(PatrolStopRow.id) > last)))
    order = (col(PatrolStopRow.overdue_at), col(PatrolStopRow.id))
    rows: list[Any] = list((await session.exec(query.order_by(*order).limit(limit + 1))).all())  # type: ignore[call-overload]
    shown: list[Both] = [(stop, patrol) for stop, patrol in rows[:limit]]
    for _, patrol in shown:
        session.saw(actor, "patrol", patrol)
    last_shown = shown[-1][0] if len(rows) > limit else None
    following = make_cursor(last_shown.overdue_at, last_shown.id) if last_shown else None
    return await _page(session, actor, shown, following)


def _moment(part: Any) -> datetime:
    return datetime.fromisoformat(part).astimezone(UTC)


def _overdue(actor: Actor, now: datetime, region: str | None) -> Select[Any]:
    stop, site = PatrolStopRow, SiteRow
    query: Any = (
        select(PatrolStopRow, PatrolRow)
        .join(PatrolRow, col(PatrolRow.id) == col(stop.patrol_id))
        .where(
            visible(PatrolRow, actor),
            col(PatrolRow.status).in_(OPEN),
            col(stop.outcome).is_(None),
            col(stop.overdue_at) <= now,
        )
    )
    if region:
        seen = (col(site.id) == col(stop.site_id)) & visible(site, actor)
        code = func.coalesce(col(site.region_code), col(stop.region_code))
        query = query.outerjoin(SiteRow, seen).where((code == region) | code.startswith(f"{region}."))
    found: Select[Any] = query
    return found


async def _page(
    session: Session, actor: Actor, rows: Sequence[Both], following: str | None
) -> PatrolStopPage:
    now = datetime.now(UTC)
    answers = [
        PatrolStopNow.of(
            {**stop.model_dump(), "state": stop_state(stop.outcome, patrol.status, stop.overdue_at, now)}
        )
        for stop, patrol in rows
    ]
    return PatrolStopPage(items=await links.without_hidden(session, actor, answers), next=following)


async def visit(
    session: Session, actor: Actor, patrol_id: UUID, stop_id: UUID, new: PatrolVisit, expected: Expected
) -> Change:
    """The patrol was there; how far off it stood is told, never refused."""
    patrol, stop = await _open(session, actor, patrol_id, stop_id, expected)
    longitude, latitude = new.geometry.coordinates
    where = await _position(session, actor, stop)
    values = {
        "outcome": StopOutcome.VISITED,
        "remark": new.remark,
        "visit_longitude": longitude,
        "visit_latitude": latitude,
        "distance_m": distance_metres(where, (longitude, latitude)) if where else None,
    }
    change = Change(actor)
    return _recorded(change, patrol, stop, values, new.visited_at, "visited_at")


async def skip(
    session: Session, actor: Actor, patrol_id: UUID, stop_id: UUID, new: PatrolSkip, expected: Expected
) -> Change:
    """The patrol passed the stop over, for a reason."""
    patrol, stop = await _open(session, actor, patrol_id, stop_id, expected)
    values = {"outcome": StopOutcome.SKIPPED, "remark": new.reason}
    return _recorded(Change(actor), patrol, stop, values, new.skipped_at, "skipped_at")


async def _open(
    session: Session, actor: Actor, patrol_id: UUID, stop_id: UUID, expected: Expected
) -> tuple[PatrolRow, PatrolStopRow]:
    """The patrol and its stop, if something may be put on record of it."""
    patrol = await records.get(session, actor, PatrolRow, patrol_id)
    stop = await session.get(PatrolStopRow, stop_id)
    if stop is None or stop.patrol_id != patrol.id:
        raise NotFound
    versions.require(stop, expected)
    rules.require_owner(actor, patrol)
    if patrol.status != PatrolStatus.UNDER_WAY:
        raise Conflict(NOT_UNDER_WAY, status=patrol.status)
    if stop.outcome is not None:
        raise Conflict(IS_RECORDED, outcome=stop.outcome)
    return patrol, stop


async def _position(session: Session, actor: Actor, stop: PatrolStopRow) -> tuple[float, float] | None:
    """Where the stop is, as far as the actor may know: the distance would tell of a hidden site."""
    row: Any = stop
    if stop.site_id is not None:
        query = select(SiteRow).where(col(SiteRow.id) == stop.site_id, visible(SiteRow, actor))
        row = (await session.exec(query)).first()
    if row is None or row.longitude is None or row.latitude is None:
        return None
    return row.longitude, row.latitude


def _recorded(
    change: Change,
    patrol: PatrolRow,
    stop: PatrolStopRow,
    values: dict[str, Any],
    said_at: datetime | None,
    member: str,
) -> Change:
    at = said_at or change.at
    rules.require_past(at, change, f"/{member}")
    if patrol.started_at is None or at < patrol.started_at:
        raise Invalid.field(f"/{member}", BEFORE_THE_START, "window")
    actor = change.actor
    who = {"agency": actor.agency, "role": actor.role, "account": actor.account}
    values = {**values, **who, "occurred_at": at, "updated_at": change.at}
    action = f"patrol.stop_{values['outcome']}"
    change.answer = PatrolStop.of(change.update(stop, action, records.subject(patrol), values))
    change.rests_on(patrol)
    return change
