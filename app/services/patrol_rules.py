"""The rules of every change of a patrol: whose it is, where its stops are, what times can be."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from app.change import Change
from app.database import Session
from app.domain.actors import Actor
from app.domain.errors import Forbidden, Invalid
from app.domain.patrols import CLOCK_SKEW
from app.models.columns import Record
from app.models.sites import SiteRow
from app.schemas.fields import Point
from app.schemas.patrol_plans import PatrolPlanStopCreate
from app.services import records
from app.services.reference import regions_by_code, require_unit
from app.services.visibility import visible

ONLY_OWNER = "Only the agency whose patrol it is does this."
UNIT_OF = "The unit {unit} belongs to {agency}."
ONE_OF_BOTH = "Name a site, or a place with its name and position."
OF_THE_SITE = "A site has its own; leave this out."
OUT_OF_THE_REGION = "A stop lies within the region of the plan, {region}."
BACKWARDS = "No stop comes before the one it follows."
STILL_TO_COME = "This time is still to come."


def require_owner(actor: Actor, row: Record) -> None:
    """Raise where another agency's patrol is to be changed, or one outside the area."""
    if actor.agency != row.owner_agency:
        raise Forbidden(ONLY_OWNER)
    records.require_area(actor, row.region_code)


async def require_own_unit(session: Session, actor: Actor, unit: str) -> None:
    """Raise where the unit is not one of the actor's agency."""
    found = await require_unit(session, unit, "/unit")
    if found.agency != actor.agency:
        raise Invalid.field("/unit", UNIT_OF, "agency", unit=unit, agency=found.agency)


def require_past(at: datetime, change: Change, pointer: str) -> None:
    """Raise where what is put on record is still to come."""
    if at > change.at + CLOCK_SKEW:
        raise Invalid.field(pointer, STILL_TO_COME, "future")


async def stop_rows(
    session: Session, actor: Actor, change: Change, region: str, stops: Sequence[PatrolPlanStopCreate]
) -> list[dict[str, Any]]:
    """The stops as columns of rows; the sites must stay as they are until the commit."""
    sites = await _sites(session, actor, stops)
    rows: list[dict[str, Any]] = []
    for place, stop in enumerate(stops):
        if place and stop.minute < stops[place - 1].minute:
            raise Invalid.field(f"/stops/{place}/minute", BACKWARDS, "order")
        site = sites.get(stop.site_id)
        if stop.site_id is None:
            await _check_place(session, f"/stops/{place}", region, stop)
        elif site is None:
            raise Invalid.field(f"/stops/{place}/site_id", "There is no such {kind}.", "unknown", kind="site")
        else:
            _check_site(f"/stops/{place}", region, stop, site)
        rows.append(
            {
                "number": place + 1,
                "minute": stop.minute,
                "site_id": stop.site_id,
                "name": stop.name,
                "region_code": stop.region_code or region,
                **Point.columns(stop.geometry),
            }
        )
    for site in sites.values():
        change.rests_on(site)
    return rows


async def _sites(session: Session, actor: Actor, stops: Sequence[PatrolPlanStopCreate]) -> dict[Any, SiteRow]:
    wanted = {stop.site_id for stop in stops if stop.site_id}
    if not wanted:
        return {}
    query = select(SiteRow).where(col(SiteRow.id).in_(wanted), visible(SiteRow, actor))
    return {row.id: row for row in (await session.exec(query)).all()}


async def _check_place(session: Session, pointer: str, region: str, stop: PatrolPlanStopCreate) -> None:
    for member in ("name", "geometry"):
        if getattr(stop, member) is None:
            raise Invalid.field(f"{pointer}/{member}", ONE_OF_BOTH, "missing")
    code = stop.region_code
    if code is None:
        return
    if await session.load_lasting(regions_by_code, code) is None:
        text = "There is no region {code}; GET /api/v1/regions lists them."
        raise Invalid.field(f"{pointer}/region_code", text, "unknown", code=code)
    if not _within(code, region):
        raise Invalid.field(f"{pointer}/region_code", OUT_OF_THE_REGION, "region", region=region)


def _check_site(pointer: str, region: str, stop: PatrolPlanStopCreate, site: SiteRow) -> None:
    for member in ("name", "region_code", "geometry"):
        if getattr(stop, member) is not None:
            raise Invalid.field(f"{pointer}/{member}", OF_THE_SITE, "together")
    if not _within(site.region_code, region):
        raise Invalid.field(f"{pointer}/site_id", OUT_OF_THE_REGION, "region", region=region)


def _within(code: str, region: str) -> bool:
    return code == region or code.startswith(f"{region}.")
