"""The rules that every change of a request for assistance goes through: rights, values, marking."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_
from sqlmodel import col, select

from app.database import Session
from app.domain.actors import Actor
from app.domain.assistance import (
    BINDING_ROLES,
    RIGHTS,
    STANDING,
    AssistanceAct,
    AssistanceStatus,
    standing,
)
from app.domain.assistance_bases import TO_BE_NAMED
from app.domain.errors import Conflict, Forbidden, Invalid
from app.domain.permissions import Permission
from app.domain.sharing import NAMED_AGENCIES, Marking, Tlp
from app.models.assistance import AssistanceAnswerRow, AssistanceRequestRow
from app.services import records
from app.services.deployment_rules import LONGEST
from app.services.reference import require_agencies, require_unit

FIELD_ACTS: dict[str, AssistanceAct] = {
    **dict.fromkeys(
        (
            "addressed", "answer_by", "bases", "basis_note", "controlling_unit", "ends_at", "geometry",
            "kind", "note", "priority", "quantity", "region_code", "site", "starts_at",
        ),
        AssistanceAct.DESCRIBE,
    ),
    **dict.fromkeys(("audience", "classification", "recipients", "tlp"), AssistanceAct.MARK),
}  # fmt: skip
UNIT_OF = "The unit {unit} belongs to {agency}."
NOT_RED = "A request goes to agencies, RED to accounts: use AMBER+STRICT and a classification."
NOT_OPEN = "This request is open no more: {status}."
BINDS = "To bind personnel takes deployments:write and the role of a commander or an operator."


def require(actor: Actor, row: AssistanceRequestRow, *acts: AssistanceAct) -> None:
    """Raise where the actor's agency has no right to do this to a request that it sees."""
    held = standing(actor.agency, row.owner_agency, row.addressed)
    for act in acts:
        if act not in RIGHTS[held]:
            raise Forbidden(records.NOT_ALLOWED, stands=held, act=act)


def is_overdue(at: datetime) -> ColumnElement[bool]:
    """The same as `domain.assistance.is_overdue`, in SQL."""
    row = AssistanceRequestRow
    return and_(
        col(row.status) == AssistanceStatus.OPEN,
        col(row.answer_by) <= at,
        col(row.accepted_count) < col(row.quantity),
    )


def require_open(row: AssistanceRequestRow) -> None:
    """Raise where the request has ended."""
    if row.status != AssistanceStatus.OPEN:
        raise Conflict(NOT_OPEN, status=row.status)


def require_binding(actor: Actor) -> None:
    """Raise where the actor may talk of personnel, but not promise or call any."""
    if Permission.DEPLOYMENTS_WRITE not in actor.permissions or not BINDING_ROLES & actor.roles:
        raise Forbidden(BINDS)


def check_window(values: Mapping[str, Any]) -> None:
    """Raise Invalid where the window is none, or longer than a deployment may be."""
    if values["ends_at"] <= values["starts_at"]:
        raise Invalid.field("/ends_at", "The end must come after the start.", "window")
    if values["ends_at"] - values["starts_at"] > LONGEST:
        raise Invalid.field("/ends_at", "At most {limit} days after the start.", "window", limit=LONGEST.days)


async def check_values(session: Session, values: Mapping[str, Any]) -> None:
    """Raise Invalid where window, deadline, ground, counts or agencies of a request do not go together."""
    check_window(values)
    if values["answer_by"] >= values["ends_at"]:
        raise Invalid.field("/answer_by", "An answer is of use before the end only.", "window")
    if TO_BE_NAMED.intersection(values["bases"]) and not values["basis_note"]:
        raise Invalid.field("/basis_note", "Name the order, or the ground in words.", "missing")
    if values["quantity"] < values["accepted_count"]:
        text = "{accepted} are accepted already: ask for at least as many."
        raise Invalid.field("/quantity", text, "accepted", accepted=values["accepted_count"])
    if values["owner_agency"] in values["addressed"]:
        raise Invalid.field("/addressed", "Ask other agencies, not your own.", "agency")
    await require_agencies(session, {"addressed": values["addressed"]})  # before the audience that they join
    if unit := values["controlling_unit"]:
        of = (await require_unit(session, unit, "/controlling_unit")).agency
        if of != values["owner_agency"]:
            raise Invalid.field("/controlling_unit", UNIT_OF, "agency", unit=unit, agency=of)


async def check_marking(session: Session, actor: Actor, values: Mapping[str, Any]) -> Marking:
    """The marking that the values ask for; who is addressed must pass it."""
    if values["tlp"] == Tlp.RED:
        raise Invalid.field("/tlp", NOT_RED, "marking")
    return await records.check_marking(session, actor, values, {"addressed": values["addressed"]})


def audience(values: Mapping[str, Any], leaving: Sequence[str] = ()) -> list[str]:
    """The audience with those addressed and without those who were; other labels reach them anyhow."""
    if values["tlp"] not in NAMED_AGENCIES:
        return list(values["audience"])
    kept = [agency for agency in values["audience"] if agency not in leaving]
    return list(dict.fromkeys([*kept, *values["addressed"]]))


async def require_free(session: Session, request_id: UUID, leaving: Sequence[str]) -> None:
    """Raise Invalid where an agency shall be asked no more whose promise or offer stands."""
    if not leaving:
        return
    query = select(AssistanceAnswerRow.owner_agency).where(
        col(AssistanceAnswerRow.assistance_request_id) == request_id,
        col(AssistanceAnswerRow.owner_agency).in_(leaving),
        col(AssistanceAnswerRow.status).in_(STANDING),
    )
    if agency := (await session.exec(query.limit(1))).first():
        text = "A promise or an offer of {agency} stands: leave it in, or have that withdrawn or refused."
        raise Invalid.field("/addressed", text, "standing", agency=agency)
