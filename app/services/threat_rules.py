"""What every change of a threat level goes through: who may issue, the current statement, what waits."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import ColumnElement, and_, bindparam, literal_column, not_, or_
from sqlalchemy import select as core_select
from sqlmodel import col

from app.change import Change
from app.database import Session
from app.domain.actors import Actor
from app.domain.errors import Forbidden, Invalid
from app.domain.references import make_reference
from app.domain.sharing import Marking, may_see
from app.domain.threat_levels import ProposalStatus, ThreatCategory, ThreatStatus
from app.domain.threat_rules import ISSUERS, LONGEST_REVIEW, REVIEW_UNLESS_TOLD
from app.models.incidents import IncidentRow
from app.models.threat_levels import ThreatLevelProposalRow, ThreatLevelRow
from app.reads import Prepared
from app.schemas.threat_levels import ThreatLevelSync
from app.services import externals, records
from app.services.visibility import marking_of

T = TypeVar("T", ThreatLevelRow, ThreatLevelProposalRow)
CLOCK_SKEW = timedelta(minutes=5)
KEY = ("region_code", "category", "exercise", "owner_agency")
MARKING = ("tlp", "classification", "audience", "recipients")
CONTENT = ("level", "rationale", "source", *MARKING, "basis")
UNORDERED = frozenset({"audience", "recipients", "basis"})
TIMES = ("valid_from", "review_by")
OPEN = {ThreatLevelRow: ThreatStatus.IN_FORCE, ThreatLevelProposalRow: ProposalStatus.PENDING}
ENDS = {ThreatLevelRow: "review_by", ThreatLevelProposalRow: "expires_at"}
LAPSED = {ThreatLevelRow: ThreatStatus.LAPSED, ThreatLevelProposalRow: ProposalStatus.LAPSED}


def require_issuer(actor: Actor, region_code: str, category: str) -> None:
    """Raise where the actor's agency does not issue such levels, or not for this place."""
    if actor.agency_kind not in ISSUERS[ThreatCategory(category)]:
        text = "Levels of {category} are issued by agencies of these kinds: {kinds}."
        raise Forbidden(text, category=category, kinds=tuple(sorted(ISSUERS[ThreatCategory(category)])))
    records.require_area(actor, region_code)


async def standing(session: Session, table: type[T], of: Mapping[str, Any]) -> T | None:
    """The one open row of an agency, a place and a category: the statement in force, the proposal that waits.

    Not filtered: it holds the unique key, whoever of the agency may see it.
    """
    found = await session.rows(_standing(table), {name: of[name] for name in KEY})
    return table(**found[0]._asdict()) if found else None


@cache
def _standing(table: type[T]) -> Prepared:
    columns = table.__table__  # type: ignore[attr-defined]
    key = [columns.c[name] == bindparam(name, type_=columns.c[name].type) for name in KEY]
    return Prepared(core_select(columns).where(*key, is_open(table)))


def is_open(table: type[T]) -> ColumnElement[bool]:
    """Whether a row is open; literally, because a parameter would not match the partial indexes."""
    return col(table.status) == literal_column(f"'{OPEN[table]}'")


def is_over(row: T, now: datetime) -> bool:
    """Whether an open row has come to its end, though nobody has written that yet."""
    end: datetime = getattr(row, ENDS[type(row)])
    return row.status == OPEN[type(row)] and end <= now


def as_it_stands(row: T, now: datetime) -> dict[str, Any]:
    """The row as it is shown: what is past its end has lapsed, even before the clock says so."""
    values = row.model_dump()
    if is_over(row, now):
        values |= {"status": LAPSED[type(row)], "ended_at": values[ENDS[type(row)]]}
    return values


def lapsed_by(table: type[T], answer: BaseModel, moment: datetime) -> BaseModel:
    """The same for an answer of the past."""
    end: datetime = getattr(answer, ENDS[table])
    if getattr(answer, "status", None) != OPEN[table] or end > moment:
        return answer
    return answer.model_copy(update={"status": LAPSED[table], "ended_at": end})


def has_status(table: type[T], wanted: Sequence[str], now: datetime) -> Any:
    """Whether a row is shown with one of these statuses (see `as_it_stands`)."""
    over = getattr(table, ENDS[table]) <= now
    asked: list[Any] = [col(table.status).in_([each for each in wanted if each != OPEN[table]])]
    if OPEN[table] in wanted:
        asked.append(and_(is_open(table), not_(over)))
    if LAPSED[table] in wanted:
        asked.append(and_(is_open(table), over))
    return or_(*asked)


def asked_for(table: type[T], wanted: Any, now: datetime) -> list[Any]:
    """The conditions of a filter that names regions, categories, agencies and statuses."""
    conditions: list[Any] = []
    if wanted.region:
        place = col(table.region_code)
        conditions.append(or_(place == wanted.region, place.startswith(f"{wanted.region}.")))
    if wanted.category:
        conditions.append(col(table.category).in_(wanted.category))
    if wanted.agency:
        conditions.append(table.owner_agency == wanted.agency)
    keys = {name: getattr(wanted, name, None) for name in externals.KEY}
    conditions += [getattr(table, name) == value for name, value in keys.items() if value]
    if wanted.status:
        conditions.append(has_status(table, wanted.status, now))
    return conditions


async def wish(
    session: Session, actor: Actor, asked: ThreatLevelSync, region_code: str, category: str, now: datetime
) -> tuple[dict[str, Any], Marking, list[IncidentRow]]:
    """What the request wants to hold, its marking, and the incidents that it rests on."""
    named = await records.all_named(session, actor, IncidentRow, asked.basis, "/basis")
    values = {
        **asked.model_dump(exclude={"region_code", "category", *externals.KEY}),
        **externals.columns(actor, asked),
        "basis": [str(each) for each in asked.basis],
        "region_code": region_code,
        "category": category,
        "owner_agency": actor.agency,
        "exercise": actor.exercise,
    }
    check_times(values, now)
    marking = await records.check_marking(session, actor, values, {})
    if not may_see(actor, marking):
        raise Invalid.field(
            "/classification", "It is above your clearance: you would lose sight of it.", "marking"
        )
    require_issuer(actor, region_code, category)
    return values, marking, named


def check_times(values: Mapping[str, Any], now: datetime) -> None:
    """Raise where the times do not follow each other, or reach too far."""
    begin, review = values["valid_from"] or now, values["review_by"] or now + REVIEW_UNLESS_TOLD
    if begin > now + CLOCK_SKEW:
        raise Invalid.field("/valid_from", "State a level when it begins to hold, not before.", "future")
    if review <= begin:
        raise Invalid.field("/review_by", "It must come after valid_from.", "order")
    if review <= now:
        raise Invalid.field("/review_by", "This time has passed already.", "past")
    if review > now + LONGEST_REVIEW:
        raise Invalid.field(
            "/review_by", "Review it within {limit} days.", "too_far", limit=LONGEST_REVIEW.days
        )


def says_the_same(row: T, wanted: Mapping[str, Any]) -> bool:
    """Whether a row holds all that is wanted; a time that was not given is no wish."""
    for name in (*CONTENT, *externals.KEY):
        held, asked = getattr(row, name), wanted[name]
        if sorted(held) != sorted(asked) if name in UNORDERED else held != asked:
            return False
    return all(wanted[name] in {None, getattr(row, name)} for name in TIMES)


def kept_key(actor: Actor, wanted: Mapping[str, Any], former: ThreatLevelRow | None) -> dict[str, Any]:
    """A key that is not given anew passes on from a statement that the actor sees."""
    if wanted["external_id"] or former is None or not may_see(actor, marking_of(former)):
        return {}
    return {name: getattr(former, name) for name in externals.NONE}


def put_in_force(
    change: Change,
    values: Mapping[str, Any],
    marking: Marking,
    former: ThreatLevelRow | None,
    identity: UUID | None = None,
) -> dict[str, Any]:
    """A new statement in the place of the former one; returns its row."""
    stated = {
        **{name: values[name] for name in (*CONTENT, *KEY, *externals.NONE)},
        "id": identity,
        "reference": make_reference("T"),
        "status": ThreatStatus.IN_FORCE,
        "valid_from": values["valid_from"] or change.at,
        "review_by": values["review_by"] or change.at + REVIEW_UNLESS_TOLD,
        "supersedes": former.id if former else None,
        "created_at": change.at,
        "updated_at": change.at,
    }
    row = change.create(ThreatLevelRow, "threat_level.stated", marking, stated)
    if former:
        end(change, former, "threat_level.superseded", ThreatStatus.SUPERSEDED)
    return row


def end(change: Change, row: T, action: str, status: str, **values: Any) -> dict[str, Any]:
    """A statement or a proposal comes to its end; returns its row."""
    ended = {"status": status, "ended_at": change.at, "updated_at": change.at, **values}
    return change.update(row, action, records.subject(row), ended)
