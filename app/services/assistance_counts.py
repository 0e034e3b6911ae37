"""What a request for assistance says of its personnel: promised, present, returned, of all agencies together.

The counts move by an entry of the system, so that nobody learns from the history who promised or sent how
many. Their row is guarded: of two who promise the last ones at once, one decides again.
"""

from collections.abc import Mapping
from typing import Any

from sqlmodel import col, select

from app.change import Change
from app.database import Session
from app.domain.assistance import COUNT_RULE, AnswerStatus
from app.domain.deployments import DeploymentStatus
from app.domain.errors import Conflict
from app.models.assistance import AssistanceAnswerRow, AssistanceRequestRow
from app.models.deployments import DeploymentRow
from app.services import records
from app.services.accounts import SYSTEM

AGREED = frozenset({"command_relation", "controlling_agency", "controlling_unit", "strength_planned"})
IS_AGREED = "They were promised for a request for assistance: withdraw that promise, and promise anew."


def count(
    change: Change, row: AssistanceRequestRow, *, accepted: int = 0, present: int = 0, returned: int = 0
) -> None:
    """Move the counts of a request, together with what moves them."""
    if not (accepted or present or returned):
        return
    counted = Change(SYSTEM, COUNT_RULE, change.at)
    values = {
        "accepted_count": row.accepted_count + accepted,
        "present_count": row.present_count + present,
        "returned_count": row.returned_count + returned,
        "updated_at": change.at,
    }
    counted.update(row, "assistance_request.counted", records.subject(row), values)
    change.include(counted)
    change.line = row.id


def require_as_agreed(row: DeploymentRow, given: Mapping[str, Any]) -> None:
    """Raise where a deployment that was promised shall become another one."""
    if row.assistance_request_id and any(given[name] != getattr(row, name) for name in AGREED & given.keys()):
        raise Conflict(IS_AGREED)


async def follow(session: Session, change: Change, row: DeploymentRow, after: Mapping[str, Any]) -> None:
    """Count what a deployment becomes at the request it was promised for; cancelled, it was withdrawn."""
    if row.assistance_request_id is None:
        return
    request = await session.get(AssistanceRequestRow, row.assistance_request_id)
    if request is None:
        raise LookupError(row.assistance_request_id)
    moved = {"present": after["strength_present"] - row.strength_present}
    if after["status"] != row.status:
        if after["status"] == DeploymentStatus.DEMOBILIZED:
            moved["returned"] = row.strength_planned
        if after["status"] == DeploymentStatus.CANCELLED:
            moved["accepted"] = -row.strength_planned
            await _withdrawn(session, change, row)
    count(change, request, **moved)


async def _withdrawn(session: Session, change: Change, row: DeploymentRow) -> None:
    query = select(AssistanceAnswerRow).where(col(AssistanceAnswerRow.deployment_id) == row.id)
    answer = (await session.exec(query)).one()
    values = {"status": AnswerStatus.WITHDRAWN, "outcome_reason": change.reason, "updated_at": change.at}
    change.update(answer, "assistance_answer.stepped", records.subject(answer), values)
