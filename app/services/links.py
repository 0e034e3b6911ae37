"""Links that an answer carries: one to what the reader may not see is left blank."""

from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

from pydantic import BaseModel
from sqlmodel import col, select

from app.database import Session
from app.domain.actors import Actor
from app.schemas.deployments import Deployment
from app.services.records import BY_TYPE
from app.services.visibility import visible

A = TypeVar("A", bound=BaseModel)

# Which members of an answer lead to a record of which type.
LINKS: dict[type[BaseModel], dict[str, str]] = {
    Deployment: {"incident_id": "incident", "threat_level_id": "threat_level"},
}


async def without_hidden(session: Session, actor: Actor, answers: Sequence[A | None]) -> list[A | None]:
    """The answers, each link in them that leads to what the actor may not see made null."""
    shown = await _shown(session, actor, [answer for answer in answers if answer])
    return [answer and _blanked(answer, shown) for answer in answers]


async def own(session: Session, actor: Actor, answer: A) -> A:
    """The same for one answer."""
    return _blanked(answer, await _shown(session, actor, [answer]))


def _blanked(answer: A, shown: set[UUID]) -> A:
    names = LINKS.get(type(answer), {})
    hidden = {name: None for name in names if getattr(answer, name) not in shown}
    return answer.model_copy(update=hidden) if hidden else answer


async def _shown(session: Session, actor: Actor, answers: Sequence[BaseModel]) -> set[UUID]:
    """Which of the records that the answers link to the actor may see."""
    wanted: dict[str, set[UUID]] = {}
    for answer in answers:
        for name, kind in LINKS.get(type(answer), {}).items():
            if identity := getattr(answer, name):
                wanted.setdefault(kind, set()).add(identity)
    found: set[UUID] = set()
    for kind, ids in wanted.items():
        if table := BY_TYPE.get(kind):
            query = select(table.id).where(col(table.id).in_(ids), visible(table, actor))
            found.update((await session.exec(query)).all())
    return found
