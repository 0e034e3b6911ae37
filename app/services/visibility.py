"""The read filter: the rule of `domain.sharing` in SQL; every query for records goes through it."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, String, and_, bindparam, false, not_, or_, true

from app.database import Values, holds_code, holds_one_of
from app.domain.actors import Actor
from app.domain.conditions import Condition, Either, Every, Is, Names, Not, OneOf, ReaderIs, Shares, UpTo
from app.domain.sharing import CLEARED, RULE, Classification, Marking, Tlp

# What the rule asks of a reader, each by a parameter; a clearance by as many as there are classifications.
CODES = ("account", "agency", "exercise")
CLEARANCES = tuple(f"cleared_{each}" for each in Classification)
SEVERAL = Values(String())


def visible(table: Any, actor: Actor) -> ColumnElement[bool]:
    """What this actor may know of; `table` has the columns of a marking (a record, or an entry)."""
    return said(RULE, table, asked_of(actor))


def visible_to_reader(table: Any) -> ColumnElement[bool]:
    """The same for whoever `reader(actor)` describes, so that the statement can be prepared once."""
    codes = {name: bindparam(f"reader_{name}", type_=String) for name in CODES}
    through = bindparam("reader_red_through", type_=SEVERAL)
    cleared = [bindparam(name, type_=String) for name in CLEARANCES]
    return said(RULE, table, {**codes, "partner": True, "clearance": cleared, "red_through": through})


def reader(actor: Actor) -> dict[str, Any]:
    """The parameters of `visible_to_reader` for this actor, who must be of a partner agency."""
    cleared = CLEARED.reached(actor.clearance)
    padded = (*cleared, *cleared[:1] * (len(CLEARANCES) - len(cleared)))
    return {
        "reader_account": actor.account,
        "reader_agency": actor.agency,
        "reader_exercise": actor.exercise,
        "reader_red_through": list(actor.red_through),
        **dict(zip(CLEARANCES, padded, strict=True)),
    }


def asked_of(actor: Actor) -> Mapping[str, Any]:
    """What the rule asks of a reader, as SQL takes it."""
    return {
        "account": actor.account,
        "agency": actor.agency,
        "clearance": CLEARED.reached(actor.clearance),
        "exercise": actor.exercise,
        "partner": actor.partner,
        "red_through": bindparam(None, list(actor.red_through), type_=SEVERAL),
    }


def said(condition: Condition, table: Any, reader: Mapping[str, Any]) -> ColumnElement[bool]:  # noqa: C901, PLR0911 - one for each kind
    """A condition in SQL; `reader` gives values, or parameters in their place."""
    match condition:
        case Every(()):
            return true()
        case Every(conditions):
            return and_(true(), *(said(each, table, reader) for each in conditions))
        case Either(conditions):
            return or_(false(), *(said(each, table, reader) for each in conditions))
        case Not(negated):
            return not_(said(negated, table, reader))
        case ReaderIs(name):
            return true() if reader[name] else false()
        case Is(member, name):
            return _is_any(_column(table, member), [reader[name]])
        case Names(member, name):
            return holds_code(_column(table, member), reader[name])
        case Shares(member, name):
            return holds_one_of(_column(table, member), reader[name])
        case OneOf(member, codes):
            return _is_any(_column(table, member), codes)
        case UpTo(member, name, _):
            return _is_any(_column(table, member), reader[name])
    raise TypeError(f"{condition} has no form in SQL")


def _column(table: Any, member: str) -> Any:
    return getattr(table, member)


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


def marking_said(values: Mapping[str, Any]) -> Marking:
    """A marking from its values by name, as a request or an entry says them."""
    return Marking(
        owner_agency=values["owner_agency"],
        tlp=Tlp(values["tlp"]),
        classification=Classification(values["classification"]),
        audience=tuple(values["audience"]),
        recipients=tuple(values["recipients"]),
        exercise=values["exercise"],
    )
