"""Acknowledgements: asked of agencies that see a record, given by them, and shown to those who see it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, true
from sqlmodel import col, select

from app.change import Change
from app.database import Session
from app.domain.acknowledgement_rules import BY_LEVEL, BY_SEVERITY, ESCALATIONS
from app.domain.acknowledgements import AcknowledgementStatus
from app.domain.actors import Actor
from app.domain.errors import Conflict, Forbidden, Invalid
from app.domain.relations import Act
from app.domain.sharing import EVERY_PARTNER, REACH, reaches
from app.models.acknowledgements import AcknowledgementRequestRow, AcknowledgementRow
from app.models.columns import Record
from app.models.incidents import IncidentRow
from app.models.threat_levels import ThreatLevelRow
from app.schemas import acknowledgements as schemas
from app.services import acknowledgement_clock as clock
from app.services import incident_rules, records
from app.services.reference import agencies_of_accounts, require_agencies
from app.services.visibility import marking_of

AUDIENCE_FIRST = "{agency} does not see this record; widen its audience first."
YOUR_OWN = "Your own agency asks: name others."
TOO_LONG = "At most {limit} seconds are given for {urgency}."
ASKED_ALREADY = "{agency} has been asked already and has not answered."
NOT_ASKED = "Nobody waits for your agency to acknowledge this record."
HAS_ENDED = "This record has ended; nobody needs to acknowledge it."


async def require(
    session: Session,
    actor: Actor,
    table: type[Record],
    record_id: UUID,
    asked: schemas.AcknowledgementRequestCreate,
) -> Change:
    """The actor's agency wants to know that these agencies have seen the record."""
    row = await records.get(session, actor, table, record_id)
    _require_right(actor, row)
    await _check_agencies(session, actor, row, asked.agencies)
    limit, urgency = allowed(row)
    within = limit if asked.within_seconds is None else asked.within_seconds
    if within > limit:
        raise Invalid.field("/within_seconds", TOO_LONG, "too_long", limit=limit, urgency=urgency)
    if clock.has_ended(row):
        raise Conflict(HAS_ENDED)
    await _require_unasked(session, row, asked.agencies)
    change = Change(actor)
    change.rests_on(row)
    request = _asked(change, row, {**asked.model_dump(), "urgency": urgency, "within_seconds": within})
    change.answer = schemas.AcknowledgementRequest.of(request)
    return change


def _asked(change: Change, row: Record, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """The request, and where each of the agencies stands; returns the row of the request."""
    of, kind, within = records.subject(row), str(row.__tablename__), wanted["within_seconds"]
    due_at, escalates_at = (clock.after(change.at, within, each) for each in ESCALATIONS)
    shared = {
        "record_type": kind,
        "record_id": row.id,
        "due_at": due_at,
        "created_at": change.at,
        "updated_at": change.at,
    }
    by = {"agency": change.actor.agency, "role": change.actor.role, "account": change.actor.account}
    action = f"{kind}.acknowledgement_required"
    request = change.create_part(AcknowledgementRequestRow, action, of, {**shared, **wanted, **by})
    for agency in wanted["agencies"]:
        waiting = {
            **shared,
            "request_id": request["id"],
            "agency": agency,
            "asked_by": change.actor.agency,
            "status": AcknowledgementStatus.WAITING,
            "next_at": due_at,
            "escalates_at": escalates_at,
        }
        change.create_part(AcknowledgementRow, f"{kind}.acknowledgement_asked", of, waiting)
    return request


def allowed(row: Record) -> tuple[int, str]:
    """How many seconds a record gives at the longest, and by which severity or level."""
    if isinstance(row, ThreatLevelRow):
        return int(BY_LEVEL[row.level].total_seconds()), str(row.level)
    severity: str = row.severity  # type: ignore[attr-defined]
    return int(BY_SEVERITY[severity].total_seconds()), severity


async def _check_agencies(session: Session, actor: Actor, row: Record, agencies: list[str]) -> None:
    """Raise Invalid where an agency is none, is the actor's own, or does not pass the marking."""
    await require_agencies(session, {"agencies": agencies})
    marking = marking_of(row)
    through_accounts = await agencies_of_accounts(session, marking.recipients)
    for place, agency in enumerate(agencies):
        if agency == actor.agency:
            raise Invalid.field(f"/agencies/{place}", YOUR_OWN, "own")
        if not reaches(marking, agency, through_accounts):
            raise Invalid.field(f"/agencies/{place}", AUDIENCE_FIRST, "marking", agency=agency)


def _require_right(actor: Actor, row: Record) -> None:
    if isinstance(row, IncidentRow):
        incident_rules.require(actor, row, Act.REQUIRE)
    elif actor.agency != row.owner_agency:
        raise Forbidden(records.NOT_ALLOWED, stands="audience", act=Act.REQUIRE)


async def _require_unasked(session: Session, row: Record, agencies: list[str]) -> None:
    of = AcknowledgementRow
    query = select(of.agency).where(
        of.record_id == row.id, col(of.agency).in_(agencies), col(of.ended_at).is_(None)
    )
    if asked := (await session.exec(query.order_by(of.agency))).first():
        raise Conflict(ASKED_ALREADY, agency=asked)


async def acknowledge(
    session: Session,
    actor: Actor,
    table: type[Record],
    record_id: UUID,
    said: schemas.AcknowledgementCreate,
) -> Change:
    """The actor's agency has seen the record; late is better than never.

    It was asked to, so its area does not bind it.
    """
    row = await records.get(session, actor, table, record_id)
    asked = AcknowledgementRow
    query = select(asked).where(
        asked.record_id == row.id, asked.agency == actor.agency, col(asked.ended_at).is_(None)
    )
    waiting = (await session.exec(query)).first()
    if waiting is None:
        raise Conflict(NOT_ASKED)
    change = Change(actor)
    values = {
        "status": AcknowledgementStatus.ACKNOWLEDGED,
        "next_at": None,
        "acknowledged_at": change.at,
        "took_seconds": max(0, int((change.at - waiting.created_at).total_seconds())),
        "role": actor.role,
        "account": actor.account,
        "note": said.note,
        "ended_at": change.at,
        "updated_at": change.at,
    }
    done = change.update(waiting, f"{table.__tablename__}.acknowledged", records.subject(row), values)
    change.rests_on(row)
    change.answer = schemas.Acknowledgement.of(done)
    return change


async def listed(
    session: Session, actor: Actor, table: type[Record], record_id: UUID, cursor: str | None, limit: int
) -> schemas.AcknowledgementPage:
    """Where each agency stands that was asked about a record."""
    row = await records.get(session, actor, table, record_id)
    of = (col(AcknowledgementRow.record_id) == row.id) & await _told_to(session, actor, row)
    rows, following = await records.part_rows(session, AcknowledgementRow, of, cursor, limit)
    items = [schemas.Acknowledgement.of(each.model_dump()) for each in rows]
    return schemas.AcknowledgementPage(items=items, next=following)


async def _told_to(session: Session, actor: Actor, row: Record) -> ColumnElement[bool]:
    """Which agencies the record itself names to the actor: that others once saw it is the owner's to know."""
    marking = marking_of(row)
    if actor.agency == row.owner_agency or REACH[marking.tlp] == EVERY_PARTNER:
        return true()
    through_accounts = await agencies_of_accounts(session, marking.recipients)
    named: set[Any] = {actor.agency, row.owner_agency, *marking.audience, *through_accounts}
    return col(AcknowledgementRow.agency).in_(sorted(named))
