"""A record as a partner's own system knows it: made where it is new, changed where it differs.

What is left out stays as it is. The services of the single routes decide; here is only told what differs.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from app.change import Change
from app.database import Session
from app.domain.actors import Actor
from app.domain.deployments import DeploymentStatus
from app.domain.errors import Conflict, Invalid
from app.domain.field_mask import LINKS
from app.domain.sharing import Marking
from app.models.columns import Keyed
from app.models.deployments import DeploymentRow
from app.models.incidents import IncidentRow
from app.models.sites import SiteRow
from app.schemas.deployments import Deployment, DeploymentChange, DeploymentCreate
from app.schemas.fields import Point
from app.schemas.incidents import Incident, IncidentChange, IncidentCreate
from app.schemas.markings import MarkingFields
from app.schemas.sites import Site, SiteChange, SiteCreate
from app.services import (
    deployment_rules,
    deployments,
    erased,
    externals,
    incidents,
    links,
    site_assessments,
    sites,
)

CREATED, WAITING, UNCHANGED = 201, 202, 200
UNORDERED = frozenset({"assigned_agencies", "audience", "recipients"})
BOOKKEEPING = frozenset({"entry_id", "updated_at", "version"})
NAMED_LATER = "Who is accused later is named at /api/v1/incidents/{id}/about-agencies."
UNIT_STAYS = "The unit of a deployment does not change: cancel it and request another."
RELIEF_STAYS = "What a deployment relieves is named when it is requested."
BY_STEPS = "{reference} is {status}: its status moves by /api/v1/deployments/{id}/steps."


def view_of(actor: Actor, new: Any) -> str | None:
    """Who would see the record as it is wished (see services.externals)."""
    if not isinstance(new, MarkingFields):
        return None
    marking = Marking(
        owner_agency=actor.agency,
        tlp=new.tlp,
        classification=new.classification,
        audience=tuple(new.audience),
        recipients=tuple(new.recipients),
        exercise=actor.exercise,
    )
    return externals.view({"external_id": new.external_id}, marking)  # type: ignore[attr-defined]


async def put_incident(
    session: Session, actor: Actor, new: IncidentCreate, row: IncidentRow | None
) -> Change:
    """A new incident, or the changes of one that is known."""
    if row is None:
        return _created(await incidents.report(session, actor, new))
    asked = new.model_dump(exclude_unset=True, exclude={*externals.KEY})
    if not set(asked.pop("about_agencies", ())) <= set(row.about_agencies):
        raise Invalid.field("/about_agencies", NAMED_LATER, "later", id=row.id)
    if asked.get("reported_at") is None:
        asked.pop("reported_at", None)
    names = await _differing(session, asked, row, new.geometry)
    if names:
        wanted = IncidentChange.model_validate({name: getattr(new, name) for name in names})
        change = await incidents.change(session, actor, row.id, wanted, None)
        if _changes(change, row):
            return change
    return _unchanged(actor, Incident.of(row.model_dump()))


async def put_deployment(
    session: Session, actor: Actor, new: DeploymentCreate, row: DeploymentRow | None
) -> Change:
    """A new deployment, or the changes of one that is known."""
    if row is None:
        return _created(await deployments.request(session, actor, new))
    asked = new.model_dump(exclude_unset=True, exclude={*externals.KEY})
    if asked.pop("home_unit") != row.home_unit:
        raise Invalid.field("/home_unit", UNIT_STAYS, "fixed")
    relieves = asked.pop("relieves", None)
    status = asked.pop("status", None)
    if status == DeploymentStatus.COMMITTED and row.status == DeploymentStatus.REQUESTED:
        raise Conflict(BY_STEPS, reference=row.reference, status=row.status, id=row.id)
    command = {name: asked.pop(name, None) for name in deployments.COMMAND}
    named = {name: value for name, value in command.items() if value}
    meant = await deployment_rules.command(session, named)
    shown = await links.own(session, actor, Deployment.of(row.model_dump()))
    if relieves not in (None, shown.relieves):
        raise Invalid.field("/relieves", RELIEF_STAYS, "fixed")
    # A link is compared with what the caller sees of it, or the answer would tell of what is hidden.
    linked = {name: asked.pop(name) for name in LINKS["deployment"] if name in asked}
    names = await _differing(session, asked, row, new.geometry)
    names += [name for name, value in linked.items() if value != getattr(shown, name)]
    names += named if any(getattr(row, name) != value for name, value in meant.items()) else ()
    if names:
        wanted = DeploymentChange.model_validate({name: getattr(new, name) for name in names})
        change = await deployments.change(session, actor, row.id, wanted, None)
        if _changes(change, row):
            return change
    return _unchanged(actor, shown)


async def put_site(session: Session, actor: Actor, new: SiteCreate, row: SiteRow | None) -> Change:
    """A new site, or the changes of one that is known; another judgement is an assessment."""
    if row is None:
        return _created(await sites.register(session, actor, new))
    first = sites.first_assessment(new)
    asked = new.model_dump(exclude_unset=True, exclude={*externals.KEY, *sites.JUDGED})
    names = await _differing(session, asked, row, new.geometry)
    made = _unchanged(actor, Site.of(row.model_dump()))
    if names:
        wanted = SiteChange.model_validate({name: getattr(new, name) for name in names})
        made = await sites.change(session, actor, row.id, wanted, None)
    if first and site_assessments.differs(first, row):
        made = site_assessments.with_change(actor, row, first, made)
    return made


def _created(change: Change) -> Change:
    change.status = CREATED
    return change


def _unchanged(actor: Actor, answer: Any) -> Change:
    return Change(actor, answer=answer, status=UNCHANGED)


async def _differing(
    session: Session, asked: Mapping[str, Any], row: Keyed, point: Point | None
) -> list[str]:
    """Which of the members that were sent say something else than the row; what was erased stays so."""
    names = [name for name, value in asked.items() if not _is_held(row, name, value, point)]
    gone = await erased.members(session, row, set(names))
    return [name for name in names if name not in gone]


def _is_held(row: Keyed, name: str, value: Any, point: Point | None) -> bool:
    if name == "geometry":
        return all(getattr(row, column) == wanted for column, wanted in Point.columns(point).items())
    held = getattr(row, name)
    return _sorted(held) == _sorted(value) if name in UNORDERED else bool(held == value)


def _sorted(values: Iterable[str]) -> list[str]:
    return sorted(values)


def _changes(change: Change, row: Keyed) -> bool:
    """Whether the decision comes to anything: rules may put back what was left out, such as oversight."""
    [update] = [each for each in change.updates if each.id == row.id]
    return any(
        not _is_held(row, name, value, None)
        for name, value in update.values.items()
        if name not in BOOKKEEPING and name != "geometry"
    )
