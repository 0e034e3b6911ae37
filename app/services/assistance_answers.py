"""Answers to requests for assistance: acknowledge, accept, decline, offer something else, take it back.

Each answer is a record of its own, marked for the agency that gives it and for the requester: other addressed
agencies learn the sums, never who sends what.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from app.change import Change
from app.database import Session
from app.domain.actors import Actor
from app.domain.assistance import (
    ANSWER_STEPS,
    BINDING,
    FIRST_STATUS,
    NEEDS,
    REQUESTERS_STEPS,
    TAKES,
    AnswerKind,
    AnswerStatus,
    AssistanceAct,
    left,
)
from app.domain.errors import Conflict, Forbidden, Invalid, NotFound
from app.domain.references import make_reference
from app.domain.sharing import Classification, Marking, Tlp
from app.models.assistance import AssistanceAnswerRow, AssistanceRequestRow
from app.models.deployments import DeploymentRow
from app.schemas.assistance import (
    AssistanceAnswer,
    AssistanceAnswerCreate,
    AssistanceAnswerPage,
    AssistanceAnswerStep,
)
from app.services import assistance_deployments, deployment_rules, links, records
from app.services import assistance_rules as rules
from app.services.assistance_counts import count
from app.services.visibility import visible

Expected = frozenset[int] | None
NOT_LEFT = "Of this request {left} are left."


async def answers(
    session: Session, actor: Actor, request_id: UUID, cursor: str | None, limit: int
) -> AssistanceAnswerPage:
    """The answers to a request that the actor may see: all for the requester, for others their own."""
    row = await records.get(session, actor, AssistanceRequestRow, request_id)
    of = (col(AssistanceAnswerRow.assistance_request_id) == row.id) & visible(AssistanceAnswerRow, actor)
    rows, following = await records.part_rows(session, AssistanceAnswerRow, of, cursor, limit)
    for each in rows:
        session.saw(actor, "assistance_answer", each)
    found = [AssistanceAnswer.of(each.model_dump()) for each in rows]
    shown = await links.without_hidden(session, actor, found)
    return AssistanceAnswerPage(items=shown, next=following)


async def answer(
    session: Session, actor: Actor, request_id: UUID, new: AssistanceAnswerCreate, expected: Expected
) -> Change:
    """What an addressed agency says; who accepts has its personnel deployed at once."""
    if new.kind in BINDING:
        rules.require_binding(actor)
    _check_members(new)
    row = await records.get(session, actor, AssistanceRequestRow, request_id, expected)
    rules.require(actor, row, AssistanceAct.ANSWER)
    rules.require_open(row)
    if new.home_unit:
        await deployment_rules.require_home(session, actor, new.home_unit)
    change = Change(actor)
    values = _values(actor, row, new, change)
    if new.kind is AnswerKind.ACCEPT:
        change.answer = await _accepted(session, change, row, values)
        return change
    if new.kind is AnswerKind.COUNTER_OFFER:
        wish = assistance_deployments.planned(row, values, change)
        rules.check_window(wish)
        await assistance_deployments.require_possible(session, Change(actor), wish)
    change.rests_on(row)
    change.answer = await links.own(session, actor, AssistanceAnswer.of(_written(change, row, values)))
    return change


def _check_members(new: AssistanceAnswerCreate) -> None:
    """Raise Invalid where an answer of this kind lacks something, or says what only another kind does."""
    said = {name for name, value in new.model_dump(exclude={"kind"}).items() if value is not None}
    for name in sorted(NEEDS[new.kind] - said):
        raise Invalid.field(f"/{name}", "An answer of this kind needs it: {kind}.", "missing", kind=new.kind)
    for name in sorted(said - TAKES[new.kind]):
        text = "An answer of this kind does not have it: {kind}."
        raise Invalid.field(f"/{name}", text, "together", kind=new.kind)


def marking_of_answer(agency: str, requester: str, classification: str, exercise: str) -> Marking:
    """Who knows of an answer: the agency that gives it and the requester."""
    return Marking(agency, Tlp.AMBER_STRICT, Classification(classification), (requester,), (), exercise)


def _values(
    actor: Actor, row: AssistanceRequestRow, new: AssistanceAnswerCreate, change: Change
) -> dict[str, Any]:
    return {
        **new.model_dump(),
        "assistance_request_id": row.id,
        "audience": [row.owner_agency],
        "classification": row.classification,
        "created_at": change.at,
        "exercise": row.exercise,
        "owner_agency": actor.agency,
        "recipients": [],
        "reference": make_reference("J"),
        "region_code": row.region_code,
        "status": FIRST_STATUS[new.kind],
        "tlp": Tlp.AMBER_STRICT,
        "updated_at": change.at,
    }


def _written(change: Change, row: AssistanceRequestRow, values: Mapping[str, Any]) -> dict[str, Any]:
    """The answer as a new record."""
    agency, status = values["owner_agency"], values["status"]
    marking = marking_of_answer(agency, row.owner_agency, row.classification, row.exercise)
    return change.create(AssistanceAnswerRow, f"assistance_answer.{status}", marking, values)


async def _accepted(
    session: Session, change: Change, row: AssistanceRequestRow, values: Mapping[str, Any]
) -> AssistanceAnswer:
    """An acceptance and the deployment that it brings; raises where fewer are left to be promised."""
    _require_left(row, values["quantity"])
    wish = assistance_deployments.planned(row, values, change)
    await assistance_deployments.require_possible(session, change, wish)
    written = _written(change, row, {**values, "deployment_id": wish["id"]})
    await assistance_deployments.deploy(session, change, wish)
    count(change, row, accepted=values["quantity"])
    return await _told(session, change.actor, written)


def _require_left(row: AssistanceRequestRow, quantity: int) -> None:
    still = left(row.quantity, row.accepted_count)
    if quantity > still:
        raise Conflict(NOT_LEFT, left=still)


async def _told(session: Session, actor: Actor, written: Mapping[str, Any]) -> AssistanceAnswer:
    """The answer with the deployment that comes with it, which is not there yet to be looked for."""
    told = await links.own(session, actor, AssistanceAnswer.of({**written, "deployment_id": None}))
    return told.model_copy(update={"deployment_id": written["deployment_id"]})


async def step(
    session: Session,
    actor: Actor,
    request_id: UUID,
    answer_id: UUID,
    wanted: AssistanceAnswerStep,
    expected: Expected,
) -> Change:
    """The requester takes or refuses an offer; who gave an answer takes it back."""
    if wanted.to != AnswerStatus.REFUSED:
        rules.require_binding(actor)
    row = await records.get(session, actor, AssistanceRequestRow, request_id)
    given = await records.get(session, actor, AssistanceAnswerRow, answer_id, expected)
    if given.assistance_request_id != row.id:
        raise NotFound
    _require_turn(actor, row, given, wanted.to)
    if wanted.to not in ANSWER_STEPS[AnswerStatus(given.status)]:
        raise records.no_such_step(given.status, wanted.to, ANSWER_STEPS[AnswerStatus(given.status)])
    change = Change(actor, wanted.reason)
    values = {"status": wanted.to, "outcome_reason": wanted.reason, "updated_at": change.at}
    if wanted.to == AnswerStatus.ACCEPTED:
        change.answer = await _offer_taken(session, change, row, given, values)
        return change
    written = change.update(given, "assistance_answer.stepped", records.subject(given), values)
    if given.deployment_id:
        await _call_off(session, change, row, given.deployment_id)
    change.answer = await links.own(session, actor, AssistanceAnswer.of(written))
    return change


def _require_turn(
    actor: Actor, row: AssistanceRequestRow, given: AssistanceAnswerRow, to: AnswerStatus
) -> None:
    """Raise where this step is the other side's."""
    if to in REQUESTERS_STEPS and actor.agency != row.owner_agency:
        raise Forbidden("Only the requester takes or refuses an offer.")
    if to not in REQUESTERS_STEPS and actor.agency != given.owner_agency:
        raise Forbidden("Only the agency that gave an answer takes it back.")


async def _offer_taken(
    session: Session,
    change: Change,
    row: AssistanceRequestRow,
    given: AssistanceAnswerRow,
    values: Mapping[str, Any],
) -> AssistanceAnswer:
    rules.require_open(row)
    offered = given.model_dump()
    _require_left(row, offered["quantity"])
    wish = assistance_deployments.planned(row, offered, change)
    await assistance_deployments.require_still_possible(session, change, wish)
    taken = {**values, "deployment_id": wish["id"]}
    written = change.update(given, "assistance_answer.stepped", records.subject(given), taken)
    await assistance_deployments.deploy(session, change, wish)
    count(change, row, accepted=offered["quantity"])
    return await _told(session, change.actor, written)


async def _call_off(session: Session, change: Change, row: AssistanceRequestRow, deployment_id: UUID) -> None:
    deployment = await session.get(DeploymentRow, deployment_id)
    if deployment is None:
        raise LookupError(deployment_id)
    assistance_deployments.cancel(change, deployment)
    count(change, row, accepted=-deployment.strength_planned, present=-deployment.strength_present)


async def marked_along(
    session: Session, change: Change, row: AssistanceRequestRow, classification: str
) -> None:
    """Mark all answers as the request, whoever gave them: they tell of it."""
    of = col(AssistanceAnswerRow.assistance_request_id) == row.id
    for each in (await session.exec(select(AssistanceAnswerRow).where(of))).all():
        marking = marking_of_answer(each.owner_agency, row.owner_agency, classification, row.exercise)
        values = {"classification": classification, "updated_at": change.at}
        change.update(each, "assistance_answer.marked", records.subject(each, marking), values)
