"""The read filter: the rule of `domain.sharing.may_see`, in SQL; every query for records goes through it."""

from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_

from app.database import holds_code
from app.domain.actors import Actor
from app.domain.sharing import CLASSIFICATION_RANK, NAMED_AGENCIES, Classification, Marking, Tlp


def visible(table: Any, actor: Actor) -> ColumnElement[bool]:
    """What this actor may know of; `table` has the columns of a marking (a record, or an entry)."""
    if not actor.partner:
        return false()
    limit = CLASSIFICATION_RANK[Classification(actor.clearance)]
    cleared = [value for value in Classification if CLASSIFICATION_RANK[value] <= limit]
    named = or_(table.owner_agency == actor.agency, holds_code(table.audience, actor.agency))
    return and_(
        table.exercise == actor.exercise,
        table.classification.in_(cleared),
        or_(
            table.tlp.in_([Tlp.CLEAR, Tlp.GREEN]),
            and_(table.tlp.in_(sorted(NAMED_AGENCIES)), named),
            and_(table.tlp == Tlp.RED, holds_code(table.recipients, actor.account)),
        ),
    )


def marking_of(row: Any) -> Marking:
    """The marking of a record or of an entry."""
    return Marking(
        owner_agency=row.owner_agency,
        tlp=Tlp(row.tlp),
        classification=Classification(row.classification),
        audience=tuple(row.audience),
        recipients=tuple(row.recipients),
        exercise=row.exercise,
    )
