"""Incidents: report, read, list, change."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Integer, String, bindparam, or_, select

from app.change import Change
from app.database import Session, holds_code, is_one_of
from app.domain.access_log import NOTED
from app.domain.actors import Actor
from app.domain.errors import Invalid, NotFound
from app.domain.incident_kinds import KINDS_BY_GROUP
from app.domain.lifecycle import IncidentStatus
from app.domain.references import make_reference
from app.domain.relations import FIELD_ACTS, Act
from app.domain.sharing import Marking, may_see, reaches
from app.domain.vocabularies import SEVERITY_RANK, Severity
from app.models.incidents import IncidentRow
from app.reads import Prepared, Reads
from app.schemas.fields import Point
from app.schemas.incidents import Incident, IncidentChange, IncidentCreate
from app.schemas.pages import Rendered, make_cursor, read_cursor, rendered_page
from app.services import externals, openings, past, records
from app.services import incident_rules as rules
from app.services.reference import require_region
from app.services.visibility import marking_of, reader, visible_to_reader

INCIDENT = IncidentRow.__table__  # type: ignore[attr-defined]
BY_IDS = Prepared(select(INCIDENT).where(is_one_of(INCIDENT.c.id, "ids")))
MOST_RENDERED = 20_000  # about a kilobyte each
HARM_COUNTS = ("killed_count", "injured_count", "detained_count")
CLOCK_SKEW = timedelta(minutes=5)


class Shown(NamedTuple):
    """An incident as JSON, and its marking where the access log is to tell who read it."""

    body: bytes
    noted: Marking | None


RENDERED: dict[tuple[UUID, int], Shown] = {}


@dataclass(frozen=True, slots=True)
class IncidentFilter:
    """What a duty officer asks for; None asks for everything."""

    region: str | None = None
    kind: str | None = None
    group: str | None = None
    severity: Sequence[str] | None = None
    status: Sequence[str] | None = None
    occurred_from: datetime | None = None
    occurred_before: datetime | None = None
    text: str | None = None
    reference: str | None = None
    assigned_to_me: bool = False
    external_source: str | None = None
    external_id: str | None = None


async def incidents_by_id(reads: Reads, ids: list[UUID]) -> Mapping[UUID, Any]:
    """Rows by id; whoever uses one asks `may_see` first."""
    return {row.id: row for row in await reads.rows(BY_IDS, {"ids": ids})}


async def read(session: Session, actor: Actor, incident_id: UUID) -> Rendered:
    """One incident, as JSON."""
    found = await session.load(incidents_by_id, incident_id)
    try:
        row = records.seen(session, actor, "incident", found)
    except NotFound:
        opened = await openings.opened(session, actor, IncidentRow, incident_id)
        return Rendered(Incident.of(opened.model_dump()).model_dump_json().encode(), opened.version)
    return Rendered(rendered(row).body, row.version)


async def read_then(session: Session, actor: Actor, incident_id: UUID, moment: datetime) -> Rendered:
    """The same as it stood at a moment."""
    return past.rendered(await past.record(session, actor, IncidentRow, incident_id, moment))


def rendered(row: Any) -> Shown:
    """An incident as JSON, each version rendered once: no row changes without a new one (app.guards)."""
    key = (row.id, row.version)
    shown = RENDERED.get(key)
    if shown is None:
        if len(RENDERED) > MOST_RENDERED:
            RENDERED.clear()
        marking = marking_of(row)
        noted = marking if NOTED.holds(None, marking) else None
        shown = RENDERED[key] = Shown(Incident.of(row._asdict()).model_dump_json().encode(), noted)
    return shown


async def search(
    session: Session, actor: Actor, wanted: IncidentFilter, cursor: str | None, limit: int
) -> Rendered:
    """The incidents that the actor may see, newest first, as the JSON of an `IncidentPage`."""
    before = read_cursor(cursor, UUID)
    if not actor.partner:
        return rendered_page([], None)
    values = {**reader(actor), "limit": limit + 1, "agency": actor.agency}
    asked = {"before": before[0]} if before else {}
    for field in fields(wanted):
        if value := getattr(wanted, field.name):
            asked[field.name] = GIVEN.get(field.name, lambda each: each)(value)
    rows = await session.rows(_newest(frozenset(asked)), {**values, **asked})
    items = await _shown(session, actor, [(row.id, row.version) for row in rows[:limit]])
    return rendered_page(items, make_cursor(rows[limit - 1].id) if len(rows) > limit else None)


@cache
def _newest(asked: frozenset[str]) -> Prepared:
    """Which versions a reader may see, for each set of things that can be asked."""
    conditions = [CONDITIONS[name] for name in sorted(asked)]
    return Prepared(
        select(INCIDENT.c.id, INCIDENT.c.version)
        .where(visible_to_reader(INCIDENT.c), *conditions)
        .order_by(INCIDENT.c.id.desc())
        .limit(bindparam("limit", type_=Integer))
    )


def _parameter(name: str, column: Any) -> Any:
    return bindparam(name, type_=column.type)


C = INCIDENT.c
TEXT = bindparam("text", type_=String)
# What the query must hold for, for each thing that can be asked; and how a value is given to it.
CONDITIONS: dict[str, Any] = {
    "assigned_to_me": or_(
        C.lead_agency == bindparam("agency", type_=String),
        holds_code(C.assigned_agencies, bindparam("agency", type_=String)),
    ),
    "external_id": C.external_id == _parameter("external_id", C.external_id),
    "external_source": C.external_source == _parameter("external_source", C.external_source),
    "before": C.id < _parameter("before", C.id),
    "group": is_one_of(C.kind, "group"),
    "kind": C.kind == _parameter("kind", C.kind),
    "occurred_before": C.occurred_at < _parameter("occurred_before", C.occurred_at),
    "occurred_from": C.occurred_at >= _parameter("occurred_from", C.occurred_at),
    "reference": C.reference == _parameter("reference", C.reference),
    "region": or_(
        C.region_code == _parameter("region", C.region_code),
        C.region_code.startswith(_parameter("region", C.region_code) + "."),
    ),
    "severity": is_one_of(C.severity, "severity"),
    "status": is_one_of(C.status, "status"),
    "text": or_(*(column.icontains(TEXT, escape="/") for column in (C.title, C.description, C.site))),
}
GIVEN: dict[str, Callable[[Any], Any]] = {
    "group": lambda group: list(KINDS_BY_GROUP[group]),
    "text": lambda text: re.sub("([%_/])", r"/\1", text),
}


async def _shown(session: Session, actor: Actor, versions: Sequence[tuple[UUID, int]]) -> list[bytes]:
    """Incidents as JSON, most of them without reading the row again."""
    shown = {each: RENDERED.get((each, version)) for each, version in versions}
    missing = [each for each, one in shown.items() if one is None]
    if missing:
        for row in await session.rows(BY_IDS, {"ids": missing}):
            # It may have changed since the list was read: it is shown as it is now, to whom it is shown now.
            shown[row.id] = rendered(row) if may_see(actor, marking_of(row)) else None
    for each, one in shown.items():
        if one and one.noted:
            session.saw(actor, "incident", one.noted, each)
    return [one.body for one in shown.values() if one]


async def report(session: Session, actor: Actor, new: IncidentCreate) -> Change:
    """A new incident, owned by the actor's agency."""
    await require_region(session, new.region_code)
    change = Change(actor)
    given = new.model_dump(exclude={"geometry", "reported_at", *externals.KEY})
    values = rules.with_oversight(
        {
            **given,
            **Point.columns(new.geometry),
            **externals.columns(actor, new),
            "reference": make_reference("I"),
            "owner_agency": actor.agency,
            "exercise": actor.exercise,
            "status": IncidentStatus.REPORTED,
            "reported_at": new.reported_at or change.at,
            "created_at": change.at,
            "updated_at": change.at,
        },
        actor,
    )
    _check_times(values)
    marking = await rules.check_marking(session, actor, values)
    records.require_area(actor, new.region_code)
    values |= await externals.settled(session, actor, IncidentRow, values, marking)
    change.answer = Incident.of(change.create(IncidentRow, "incident.reported", marking, values))
    return change


async def change(
    session: Session, actor: Actor, incident_id: UUID, wanted: IncidentChange, expected: frozenset[int] | None
) -> Change:
    """New values for some fields, each by the right that it needs."""
    row = await rules.get(session, actor, incident_id, expected)
    asked = wanted.model_dump(exclude_unset=True)
    if not asked:
        raise Invalid("The body names nothing to change.")
    rules.require(actor, row, *sorted({FIELD_ACTS[name] for name in asked}))
    given = {**asked, **Point.columns(wanted.geometry)} if "geometry" in asked else asked
    given.pop("geometry", None)
    _check_impartial(actor, row, given)
    after = rules.with_oversight({**row.model_dump(), **given}, actor)
    _check_times(after)
    if "region_code" in given:
        await require_region(session, after["region_code"])
        records.require_area(actor, after["region_code"])
    marking = await rules.check_marking(session, actor, after)
    if row.offered_to and not reaches(marking, row.offered_to, frozenset()):
        after["offered_to"] = None  # who can no longer see it cannot take it over
    made = Change(actor)
    changed = {name: after[name] for name in (*given, "audience", "offered_to")}
    changed |= await externals.settled(session, actor, IncidentRow, after, marking)
    values = {**changed, "updated_at": made.at}
    made.answer = Incident.of(made.update(row, "incident.changed", records.subject(row, marking), values))
    return made


def _check_times(values: Mapping[str, Any]) -> None:
    if values["reported_at"] > datetime.now(UTC) + CLOCK_SKEW:
        raise Invalid.field("/reported_at", "This time is still to come.", "future")
    if values["occurred_at"] > values["reported_at"] + CLOCK_SKEW:
        raise Invalid.field("/occurred_at", "It cannot have happened after it was reported.", "future")


def _check_impartial(actor: Actor, row: IncidentRow, given: Mapping[str, Any]) -> None:
    """An accused agency may neither re-mark nor downgrade."""
    remarks = any(FIELD_ACTS.get(name) is Act.MARK for name in given)
    severity = Severity(given.get("severity", row.severity))
    milder = SEVERITY_RANK[severity] < SEVERITY_RANK[Severity(row.severity)]
    fewer = any(given.get(name, getattr(row, name)) < getattr(row, name) for name in HARM_COUNTS)
    if remarks or milder or fewer:
        rules.require_impartial(actor, row)
