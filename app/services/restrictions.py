"""Restriction of processing: only the agencies that answer for a person's data still read them."""

from collections.abc import Sequence
from typing import TypeVar

from pydantic import BaseModel
from sqlmodel import col, select

from app.database import Session
from app.domain.actors import Actor
from app.models.incidents import IncidentPartyRow, IncidentRow
from app.schemas.incident_parts import Party

A = TypeVar("A", bound=BaseModel | None)
WITHHELD = ("contact", "name", "national_id_last4", "remark")


async def withheld(session: Session, actor: Actor, answers: Sequence[A]) -> list[A]:
    """The answers without what is restricted now, whatever version of a person they tell of."""
    persons = {answer.id for answer in answers if isinstance(answer, Party)}
    if not persons:
        return list(answers)
    query = (
        select(IncidentPartyRow.id)
        .join(IncidentRow, col(IncidentRow.id) == IncidentPartyRow.incident_id)
        .where(
            col(IncidentPartyRow.id).in_(persons),
            col(IncidentPartyRow.restricted_at).is_not(None),
            col(IncidentPartyRow.agency) != actor.agency,
            col(IncidentRow.owner_agency) != actor.agency,
        )
    )
    hidden = set((await session.exec(query)).all())
    blank = {**dict.fromkeys(WITHHELD), "restricted": True}
    return [
        answer.model_copy(update=blank) if isinstance(answer, Party) and answer.id in hidden else answer
        for answer in answers
    ]


async def own(session: Session, actor: Actor, answer: A) -> A:
    """The same for one answer."""
    [shown] = await withheld(session, actor, [answer])
    return shown
