"""The read filter: the rule of `domain.sharing.may_see`, in SQL; every query for records goes through it."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, String, and_, bindparam, false, or_

from app.database import Values, holds_code, holds_one_of
from app.domain.actors import Actor
from app.domain.sharing import CLASSIFICATION_RANK, NAMED_AGENCIES, Classification, Marking, Tlp

VOUCHED = Values(String())
READER = (
    "reader_agency",
    "reader_account",
    "reader_exercise",
    *(f"cleared_{each}" for each in Classification),
)


def visible(table: Any, actor: Actor) -> ColumnElement[bool]:
    """What this actor may know of; `table` has the columns of a marking (a record, or an entry)."""
    if not actor.partner:
        return false()
    through = bindparam(None, list(actor.red_through), type_=VOUCHED)
    return _rule(table, actor.agency, (actor.account, through), actor.exercise, cleared_for(actor))


def visible_to_reader(table: Any) -> ColumnElement[bool]:
    """The same for whoever `reader(actor)` describes, so that the statement can be prepared once."""
    agency, account, exercise, *cleared = (bindparam(name, type_=String) for name in READER)
    through = bindparam("reader_red_through", type_=VOUCHED)
    return _rule(table, agency, (account, through), exercise, cleared)


def reader(actor: Actor) -> dict[str, Any]:
    """The parameters of `visible_to_reader` for this actor, who must be of a partner agency."""
    cleared = cleared_for(actor)
    padded = [*cleared, *cleared[:1] * (len(Classification) - len(cleared))]
    named = dict(zip(READER, (actor.agency, actor.account, actor.exercise, *padded), strict=True))
    return {**named, "reader_red_through": list(actor.red_through)}


def cleared_for(actor: Actor) -> list[Classification]:
    """The classifications that the actor's clearance reaches."""
    limit = CLASSIFICATION_RANK[Classification(actor.clearance)]
    return [value for value in Classification if CLASSIFICATION_RANK[value] <= limit]


def _rule(table: Any, agency: Any, red: tuple[Any, Any], exercise: Any, cleared: Any) -> ColumnElement[bool]:
    account, through = red
    named = or_(table.owner_agency == agency, holds_code(table.audience, agency))
    return and_(
        table.exercise == exercise,
        _is_any(table.classification, cleared),
        or_(
            _is_any(table.tlp, [Tlp.CLEAR, Tlp.GREEN]),
            and_(_is_any(table.tlp, sorted(NAMED_AGENCIES)), named),
            and_(
                table.tlp == Tlp.RED,
                holds_code(table.recipients, account),
                holds_one_of(table.recipients, through),
            ),
        ),
    )


def _is_any(column: Any, values: Iterable[Any]) -> ColumnElement[bool]:
    """Not IN: that is written out anew for each execution."""
    return or_(*(column == value for value in values))


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
