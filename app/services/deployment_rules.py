"""The rules that every change of a deployment goes through: rights, place, command, window, links."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import or_
from sqlmodel import col, select

from app.change import Change
from app.database import Session
from app.domain.actors import Actor, ancestry
from app.domain.deployment_rights import (
    PASSES_CONTROL,
    RIGHTS,
    UNBOUND_ACTS,
    DeploymentAct,
    distance,
    standing,
    unfit,
)
from app.domain.deployments import ABSENT, CommandRelation
from app.domain.errors import Forbidden, Invalid, OutsideJurisdiction
from app.domain.field_mask import LINKS
from app.domain.sharing import Marking
from app.models.agencies import AgencyRow
from app.models.deployments import DeploymentRow
from app.models.regions import JurisdictionRow
from app.services import records
from app.services.reference import require_unit, today, valid

LONGEST = timedelta(days=366)
UNIT_OF = "The unit {unit} belongs to {agency}."


async def require(session: Session, actor: Actor, row: DeploymentRow, *acts: DeploymentAct) -> None:
    """Raise where the actor's agency has no right to do this to a deployment that it sees."""
    held = standing(
        actor.agency,
        owner=row.owner_agency,
        controlling=row.controlling_agency,
        command_relation=row.command_relation,
    )
    for act in acts:
        if act not in RIGHTS[held]:
            raise Forbidden(records.NOT_ALLOWED, stands=held, act=act)
    if not UNBOUND_ACTS.issuperset(acts):
        await require_place(session, actor, row.model_dump())


async def require_place(session: Session, actor: Actor, values: Mapping[str, Any]) -> None:
    """Raise where the region lies neither in the actor's area nor in that of who takes control.

    Personnel are lent to where they are needed: that place is the receiving agency's, not their own.
    """
    region, controlling = values["region_code"], values["controlling_agency"]
    passes = values["command_relation"] in PASSES_CONTROL
    if actor.covers(region) or (passes and await _covers(session, controlling, region)):
        return
    if passes and controlling != actor.agency:
        text = "{region} shares no kecamatan with the area of {agency} or of {controlling}."
        raise OutsideJurisdiction(text, region=region, agency=actor.agency, controlling=controlling)
    raise OutsideJurisdiction(records.OUTSIDE, region=region, agency=actor.agency)


async def _covers(session: Session, agency: str, region: str) -> bool:
    query = select(JurisdictionRow.id).where(
        col(JurisdictionRow.agency) == agency,
        valid(JurisdictionRow, today()),
        or_(
            col(JurisdictionRow.region_code).in_(ancestry(region)),
            col(JurisdictionRow.region_code).startswith(f"{region}."),
        ),
    )
    return (await session.exec(query.limit(1))).first() is not None


async def require_home(session: Session, actor: Actor, unit: str, pointer: str = "/home_unit") -> None:
    """Raise where the unit is not one of the actor's agency."""
    found = await require_unit(session, unit, pointer)
    if found.agency != actor.agency:
        raise Invalid.field(pointer, UNIT_OF, "agency", unit=unit, agency=found.agency)


async def command(session: Session, given: Mapping[str, Any]) -> dict[str, Any]:
    """Who commands, from the unit or the agency that was named; nothing where neither was."""
    unit, agency = given.get("controlling_unit"), given.get("controlling_agency")
    if unit:
        of = (await require_unit(session, unit, "/controlling_unit")).agency
        if agency not in (None, of):
            raise Invalid.field("/controlling_agency", UNIT_OF, "agency", unit=unit, agency=of)
        return {"controlling_unit": unit, "controlling_agency": of}
    if agency:
        return {"controlling_unit": None, "controlling_agency": agency}
    return {"controlling_unit": None} if "controlling_unit" in given else {}


async def kind_of(session: Session, agency: str) -> str:
    """What kind of agency it is."""
    query = select(AgencyRow.kind).where(col(AgencyRow.code) == agency)
    return (await session.exec(query)).one()


def check_values(values: Mapping[str, Any], home_kind: str) -> None:
    """Raise Invalid where window, strengths or command do not go together."""
    if values["ends_at"] <= values["starts_at"]:
        raise Invalid.field("/ends_at", "The end must come after the start.", "window")
    if values["ends_at"] - values["starts_at"] > LONGEST:
        raise Invalid.field("/ends_at", "At most {limit} days after the start.", "window", limit=LONGEST.days)
    if values["strength_present"] > values["strength_planned"]:
        raise Invalid.field("/strength_present", "No more can be present than are planned.", "strength")
    if values["strength_present"] and values["status"] in ABSENT:
        text = "Nobody is present while it is {status}."
        raise Invalid.field("/strength_present", text, "status", status=values["status"])
    how_far = distance(
        values["home_unit"], values["owner_agency"], values["controlling_unit"], values["controlling_agency"]
    )
    if wrong := unfit(CommandRelation(values["command_relation"]), how_far, home_kind):
        raise Invalid("One field is not valid.", wrong)


async def check_marking(session: Session, actor: Actor, values: Mapping[str, Any]) -> Marking:
    """The marking that the values ask for; who commands must pass it."""
    name = "controlling_unit" if values["controlling_unit"] else "controlling_agency"
    return await records.check_marking(session, actor, values, {name: [values["controlling_agency"]]})


async def require_links(session: Session, actor: Actor, change: Change, given: Mapping[str, Any]) -> None:
    """Raise where a record that is named is none that the actor may see; it must stay so until the commit."""
    for name, kind in LINKS["deployment"].items():
        if kind == "deployment":
            continue  # which is written itself: see deployment_relief
        table = records.BY_TYPE[kind]
        identity: UUID | list[UUID] | None = given.get(name)
        if isinstance(identity, list):
            for row in await records.all_named(session, actor, table, identity, f"/{name}"):
                change.rests_on(row)
        elif identity is not None:
            change.rests_on(await records.named(session, actor, table, identity, f"/{name}"))


def stored_links(given: Mapping[str, Any]) -> dict[str, Any]:
    """The ids of several records as the column of a row holds them."""
    return {
        name: [str(each) for each in given[name]]
        for name in LINKS["deployment"]
        if isinstance(given.get(name), list)
    }
