"""What moves an incident as a whole: steps of its lifecycle, hand-over, and whose conduct is alleged."""

from typing import Any
from uuid import UUID

from app.change import Change
from app.database import Session
from app.domain.actors import Actor
from app.domain.errors import Conflict, Forbidden, Invalid, NotFound
from app.domain.lifecycle import ENDING_STEPS, INCIDENT_STEPS, IncidentStatus
from app.domain.relations import Act, overseer_of
from app.domain.sharing import reaches
from app.domain.vocabularies import LinkKind
from app.models.incidents import IncidentLinkRow, IncidentRow
from app.schemas.incident_parts import AboutAgency, HandOver, HandOverAction, IncidentStep
from app.schemas.incidents import Incident
from app.services import incident_rules as rules
from app.services import records
from app.services.reference import require_agencies
from app.services.visibility import marking_of

Expected = frozenset[int] | None


async def step(
    session: Session, actor: Actor, incident_id: UUID, wanted: IncidentStep, expected: Expected
) -> Change:
    """The next status, if the lifecycle has such a step."""
    row = await rules.get(session, actor, incident_id, expected)
    original = None
    if wanted.duplicate_of:
        original = await visible_target(session, actor, row, wanted.duplicate_of, "/duplicate_of")
    rules.require(actor, row, Act.STEP)
    if wanted.to in ENDING_STEPS:
        rules.require_impartial(actor, row)
    status = IncidentStatus(row.status)
    if wanted.to not in INCIDENT_STEPS[status]:
        raise records.no_such_step(status, wanted.to, INCIDENT_STEPS[status])
    change = Change(actor, wanted.reason)
    values = {"status": wanted.to, "updated_at": change.at}
    change.answer = Incident.of(change.update(row, "incident.stepped", records.subject(row), values))
    if original:
        link = {
            "incident_id": row.id,
            "target_id": original.id,
            "kind": LinkKind.DUPLICATE_OF,
            "agency": actor.agency,
            "created_at": change.at,
        }
        change.create_part(IncidentLinkRow, "incident.linked", records.subject(row), link)
        change.rests_on(original)
    return change


async def visible_target(
    session: Session, actor: Actor, row: IncidentRow, target_id: UUID, pointer: str
) -> IncidentRow:
    """Another incident that the actor may see; a hidden one is as unknown as one that does not exist."""
    try:
        target = await rules.get(session, actor, target_id)
    except NotFound:
        raise Invalid.field(pointer, "There is no such incident.", "unknown") from None
    if target.id == row.id:
        raise Invalid.field(pointer, "An incident does not refer to itself.", "self")
    return target


async def hand_over(
    session: Session, actor: Actor, incident_id: UUID, move: HandOver, expected: Expected
) -> Change:
    """Ownership moves by offer and acceptance; until then nothing changes hands."""
    row = await rules.get(session, actor, incident_id, expected)
    if move.action in (HandOverAction.ACCEPT, HandOverAction.DECLINE):
        if actor.agency != row.offered_to:
            raise Conflict("This incident is not offered to your agency.")
        if move.action is HandOverAction.ACCEPT:
            records.require_area(actor, row.region_code)
    else:
        rules.require(actor, row, Act.HAND_OVER)
    rules.require_impartial(actor, row)
    values: dict[str, Any] = {"offered_to": None}
    if move.action is HandOverAction.OFFER:
        values = {"offered_to": await _new_owner(session, row, str(move.to))}
    elif move.action is HandOverAction.WITHDRAW and row.offered_to is None:
        raise Conflict("There is no offer to withdraw.")
    elif move.action is HandOverAction.ACCEPT:
        values |= _taken_over(row, actor)
    change = Change(actor, move.reason)
    after = await rules.check_marking(session, actor, {**row.model_dump(), **values})
    values["updated_at"] = change.at
    action = f"incident.hand_over_{PAST[move.action]}"
    change.answer = Incident.of(change.update(row, action, records.subject(row, after), values))
    return change


PAST = {
    HandOverAction.ACCEPT: "accepted",
    HandOverAction.DECLINE: "declined",
    HandOverAction.OFFER: "offered",
    HandOverAction.WITHDRAW: "withdrawn",
}


async def _new_owner(session: Session, row: IncidentRow, agency: str) -> str:
    await require_agencies(session, {"to": [agency]})
    if agency == row.owner_agency:
        raise Invalid.field("/to", "This agency owns the incident already.", "owner")
    if agency in row.about_agencies:
        raise Invalid.field("/to", "An agency that is accused cannot take it over.", "conflict_of_interest")
    if not reaches(marking_of(row), agency, frozenset()):
        raise Invalid.field(
            "/to", "{agency} does not pass the marking; widen it first.", "marking", agency=agency
        )
    return agency


def _taken_over(row: IncidentRow, actor: Actor) -> dict[str, Any]:
    """The former owner stays in the audience, so that it does not lose sight of what it reported."""
    audience = [agency for agency in row.audience if agency != actor.agency]
    if audience != row.audience:
        audience.append(row.owner_agency)
    kept = {"external_view": str(row.id)} if row.external_id else {}  # it stays the giver's key
    return {"owner_agency": actor.agency, "audience": audience, **kept}


async def name_accused(
    session: Session, actor: Actor, incident_id: UUID, accused: AboutAgency, expected: Expected
) -> Change:
    """Any agency that sees the record may say whose conduct is alleged."""
    row = await rules.get(session, actor, incident_id, expected)
    await require_agencies(session, {"agency": [accused.agency]})
    if accused.agency in row.about_agencies:
        raise Conflict("{agency} is named already.", agency=accused.agency)
    if accused.agency == overseer_of(row.about_agencies, actor.oversight):
        rules.require_impartial(actor, row)  # whoever is accused does not shake off who decides on it
    values = {**row.model_dump(), "about_agencies": [*row.about_agencies, accused.agency]}
    if row.lead_agency == accused.agency:
        values["lead_agency"] = None
    if accused.agency in (row.offered_to, row.owner_agency):
        values["offered_to"] = None
    return await _about_changed(session, actor, row, values, "incident.accused", accused.reason)


async def clear_accused(
    session: Session, actor: Actor, incident_id: UUID, agency: str, expected: Expected
) -> Change:
    """Only the oversight agency may take a name off again."""
    row = await rules.get(session, actor, incident_id, expected)
    if agency not in row.about_agencies:
        raise NotFound
    if overseer_of(row.about_agencies, actor.oversight) != actor.agency:
        raise Forbidden("Only the oversight agency may take a name off.")
    values = {
        **row.model_dump(),
        "about_agencies": [code for code in row.about_agencies if code != agency],
    }
    return await _about_changed(session, actor, row, values, "incident.cleared", None)


async def _about_changed(
    session: Session, actor: Actor, row: IncidentRow, wanted: dict[str, Any], action: str, reason: str | None
) -> Change:
    after = rules.with_oversight(wanted, actor)
    marking = await rules.check_marking(session, actor, after)
    change = Change(actor, reason)
    names = ("about_agencies", "lead_agency", "offered_to", "audience")
    values = {**{name: after[name] for name in names}, "updated_at": change.at}
    change.answer = Incident.of(change.update(row, action, records.subject(row, marking), values))
    return change
