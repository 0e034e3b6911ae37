"""Links that an answer carries: one to what the reader may not see is left out."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, TypeVar
from uuid import UUID

from pydantic import BaseModel

from app.database import Session
from app.domain.actors import Actor
from app.services import records

A = TypeVar("A", bound=BaseModel | None)


async def without_hidden(session: Session, actor: Actor, answers: Sequence[A]) -> list[A]:
    """The answers without the ids of other records that the actor may not know of.

    A schema says in `NAMES` which of its members hold such ids, and of what kind of record; in `TELLS_OF`
    which others say something of that record, and go with its id.
    """
    named: dict[str, set[UUID]] = defaultdict(set)
    for answer in answers:
        for member, kind in getattr(answer, "NAMES", {}).items():
            named[kind].update(_ids(getattr(answer, member)))
    shown: set[UUID] = set()
    for kind, ids in named.items():
        shown |= await records.shown_ids(session, actor, kind, ids)
    return [only(answer, shown) for answer in answers]


def _ids(value: Any) -> list[UUID]:
    return value if isinstance(value, list) else [value] if value else []


def only(answer: A, shown: set[UUID]) -> A:
    """The answer with those ids of other records that are shown."""
    kept: dict[str, Any] = {}
    for member in getattr(answer, "NAMES", {}):
        value = getattr(answer, member)
        if isinstance(value, list):
            kept[member] = [each for each in value if each in shown]
        elif value is not None and value not in shown:
            kept[member] = None
    for member, link in getattr(answer, "WITH_LINK", {}).items():
        if link in kept:
            kept[member] = None
    return answer.model_copy(update=kept) if answer is not None and kept else answer


async def own(session: Session, actor: Actor, answer: A) -> A:
    """The same for one answer."""
    [shown] = await without_hidden(session, actor, [answer])
    return shown
