"""Sites: register, read, list, change."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_
from sqlmodel import col
from uuid_utils.compat import uuid7

from app.change import Change, Subject
from app.database import Session
from app.domain.actors import Actor
from app.domain.errors import Invalid
from app.domain.references import make_reference
from app.models.sites import SiteRow
from app.schemas.fields import Point
from app.schemas.pages import Rendered
from app.schemas.sites import Site, SiteAssessmentCreate, SiteChange, SiteCreate, SitePage
from app.services import externals, openings, past, records, site_assessments
from app.services import site_rules as rules
from app.services.reference import require_region

JUDGED = frozenset({"indicators", "rationale", "risk"})
SAY_WHY = "Say why it is judged so."
JUDGES_NOTHING = "A rationale goes with a category or with indicators."
Expected = frozenset[int] | None


@dataclass(frozen=True, slots=True)
class SiteFilter:
    """What a duty officer asks for; None asks for everything."""

    region: str | None = None
    kind: Sequence[str] | None = None
    risk: Sequence[str] | None = None
    index_from: int | None = None
    in_use: bool | None = None
    text: str | None = None
    reference: str | None = None
    external_source: str | None = None
    external_id: str | None = None


async def read(session: Session, actor: Actor, site_id: UUID) -> Site:
    """One site."""
    row = await openings.get(session, actor, SiteRow, site_id)
    return Site.of(row.model_dump())


async def read_then(session: Session, actor: Actor, site_id: UUID, moment: datetime) -> Rendered:
    """The same as it stood at a moment."""
    return past.rendered(await past.record(session, actor, SiteRow, site_id, moment))


async def search(
    session: Session, actor: Actor, wanted: SiteFilter, cursor: str | None, limit: int
) -> SitePage:
    """The sites that the actor may see, newest first."""
    rows, following = await records.newest(session, actor, SiteRow, _conditions(wanted), cursor, limit)
    for row in rows:
        session.saw(actor, "site", row)
    return SitePage(items=[Site.of(row.model_dump()) for row in rows], next=following)


def _conditions(wanted: SiteFilter) -> list[Any]:
    """What the query must hold for, for each thing that was asked."""
    row = SiteRow
    code = col(row.region_code)
    asked: list[tuple[Any, Callable[[Any], Any]]] = [
        (wanted.region, lambda region: or_(code == region, code.startswith(f"{region}."))),
        (wanted.kind, col(row.kind).in_),
        (wanted.risk, col(row.risk).in_),
        (wanted.index_from, lambda least: col(row.risk_index) >= least),
        (wanted.in_use, col(row.in_use).is_),
        (wanted.text, lambda text: col(row.name).icontains(text, autoescape=True)),
        (wanted.reference, lambda reference: col(row.reference) == reference),
        (wanted.external_source, lambda source: col(row.external_source) == source),
        (wanted.external_id, lambda identity: col(row.external_id) == identity),
    ]
    return [condition(value) for value, condition in asked if value is not None]


async def register(session: Session, actor: Actor, new: SiteCreate) -> Change:
    """A new site of the actor's agency, with its first assessment where one was given."""
    await require_region(session, new.region_code)
    first = first_assessment(new)
    change = Change(actor)
    values = {
        **new.model_dump(exclude={"geometry", *JUDGED, *externals.KEY}),
        **Point.columns(new.geometry),
        **externals.columns(actor, new),
        "reference": make_reference("S"),
        "owner_agency": actor.agency,
        "exercise": actor.exercise,
        "risk": None,
        "risk_index": None,
        "indicators": [],
        "assessed_at": None,
        "created_at": change.at,
        "updated_at": change.at,
    }
    marking = await rules.check_marking(session, actor, values)
    records.require_area(actor, new.region_code)
    values |= await externals.settled(session, actor, SiteRow, values, marking)
    values["id"] = uuid7()
    if first is None:
        change.answer = Site.of(change.create(SiteRow, "site.registered", marking, values))
        return change
    judgement = Change(actor, at=change.at)
    of = Subject("site", values["id"], marking, marking)
    values |= site_assessments.shown_by(site_assessments.judged(judgement, actor, values["id"], of, first))
    change.answer = Site.of(change.create(SiteRow, "site.registered", marking, values))
    change.include(judgement)
    return change


def first_assessment(new: SiteCreate) -> SiteAssessmentCreate | None:
    """What a registration says of the risk; raises Invalid where it is judged without a reason."""
    if new.risk is None and new.indicators is None:
        if new.rationale is not None:
            raise Invalid.field("/rationale", JUDGES_NOTHING, "together")
        return None
    if new.rationale is None:
        raise Invalid.field("/rationale", SAY_WHY, "missing")
    return SiteAssessmentCreate(risk=new.risk, indicators=new.indicators, rationale=new.rationale)


async def change(
    session: Session, actor: Actor, site_id: UUID, wanted: SiteChange, expected: Expected
) -> Change:
    """New values for some fields, by the owner."""
    row = await records.get(session, actor, SiteRow, site_id, expected)
    asked = wanted.model_dump(exclude_unset=True)
    if not asked:
        raise Invalid("The body names nothing to change.")
    rules.require(actor, row, *sorted({rules.FIELD_ACTS[name] for name in asked}))
    given = {**asked, **Point.columns(wanted.geometry)} if "geometry" in asked else asked
    given.pop("geometry", None)
    after = {**row.model_dump(), **given}
    if "region_code" in given:
        await require_region(session, after["region_code"])
        records.require_area(actor, after["region_code"])
    marking = await rules.check_marking(session, actor, after)
    given |= await externals.settled(session, actor, SiteRow, after, marking)
    made = Change(actor)
    values = {**given, "updated_at": made.at}
    made.answer = Site.of(made.update(row, "site.changed", records.subject(row, marking), values))
    return made
