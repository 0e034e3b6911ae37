"""The rules that every change of an incident goes through: rights, area, conflict of interest, marking."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from app.database import Session
from app.domain.actors import Actor
from app.domain.errors import ConflictOfInterest, Forbidden, Invalid
from app.domain.relations import UNBOUND_ACTS, Act, Relation, overseer_of, relations, rights
from app.domain.sharing import NAMED_AGENCIES, Marking, Tlp
from app.models.incidents import IncidentRow
from app.services import records
from app.services.reference import require_agencies

ACCUSED = "Your agency is named in about_agencies of this record; {overseer} decides on this."


async def get(
    session: Session, actor: Actor, incident_id: UUID, expected: frozenset[int] | None = None
) -> IncidentRow:
    """The incident, if the actor may see it and it still has a version that the caller expects."""
    return await records.get(session, actor, IncidentRow, incident_id, expected)


def overseer(row: IncidentRow, actor: Actor) -> str | None:
    """The agency that decides in the owner's place, where the owner is accused."""
    accused = row.owner_agency in row.about_agencies
    return overseer_of(row.about_agencies, actor.oversight) if accused else None


def require(actor: Actor, row: IncidentRow, *acts: Act) -> None:
    """Raise where the actor's agency has no right to do this to an incident that it sees."""
    held = relations(
        actor.agency,
        owner=row.owner_agency,
        lead=row.lead_agency,
        assigned=row.assigned_agencies,
        overseer=overseer(row, actor),
    )
    for act in acts:
        if act not in rights(held):
            raise Forbidden(records.NOT_ALLOWED, stands=tuple(sorted(held)), act=act)
    takes_part = held & {Relation.LEAD, Relation.ASSIGNED}
    if not (takes_part and UNBOUND_ACTS.issuperset(acts)):
        records.require_area(actor, row.region_code)


def require_impartial(actor: Actor, row: IncidentRow) -> None:
    """Raise where the record alleges something about the actor's own agency."""
    if actor.agency in row.about_agencies:
        decides = overseer_of(row.about_agencies, actor.oversight) or "an agency that is not named"
        raise ConflictOfInterest(ACCUSED, overseer=decides)


def with_oversight(values: dict[str, Any], actor: Actor) -> dict[str, Any]:
    """The values with the oversight agency in the audience, where the owner is accused; no RED then."""
    if values["owner_agency"] not in values["about_agencies"]:
        return values
    if values["tlp"] == Tlp.RED:
        raise Invalid.field(
            "/tlp", "A record about its own owner cannot be RED: oversight must see it.", "red"
        )
    decides = overseer_of(values["about_agencies"], actor.oversight)
    if decides is None or values["tlp"] not in NAMED_AGENCIES or decides in values["audience"]:
        return values
    return {**values, "audience": [*values["audience"], decides]}


async def check_marking(session: Session, actor: Actor, values: Mapping[str, Any]) -> Marking:
    """The marking that the values ask for; raises Invalid where its parts or the agencies do not fit."""
    await require_agencies(session, {"about_agencies": values["about_agencies"]})
    lead = [values["lead_agency"]] if values["lead_agency"] else []
    taking_part = {"lead_agency": lead, "assigned_agencies": values["assigned_agencies"]}
    marking = await records.check_marking(session, actor, values, taking_part)
    if values["lead_agency"] in values["about_agencies"]:
        raise Invalid.field("/lead_agency", "An agency that is accused cannot lead.", "conflict_of_interest")
    return marking
