"""Elections: enter, change, read, list, and what is held for a place on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_
from sqlmodel import col, select

from app.change import Change
from app.database import Session
from app.domain.actors import Actor, ancestry
from app.domain.calendars import day_of
from app.domain.elections import RevoteKind, Stage, current, holding, is_over, running, stages_of
from app.domain.errors import Invalid
from app.domain.references import make_reference
from app.domain.sharing import Classification, Tlp
from app.models.elections import ElectionRow
from app.schemas.elections import (
    CurrentElection,
    CurrentElections,
    Election,
    ElectionChange,
    ElectionCreate,
    ElectionPage,
)
from app.schemas.pages import Rendered
from app.services import election_rules as rules
from app.services import links, past, records
from app.services.reference import require_region
from app.services.visibility import visible

Expected = frozenset[int] | None
# A calendar is public: whoever reads reference data reads it.
PUBLIC: dict[str, Any] = {
    "tlp": Tlp.CLEAR,
    "classification": Classification.BIASA,
    "audience": [],
    "recipients": [],
}


@dataclass(frozen=True, slots=True)
class ElectionFilter:
    """What is asked for; None asks for everything."""

    region: str | None = None
    kind: str | None = None
    year: int | None = None
    round: int | None = None


async def read(session: Session, actor: Actor, election_id: UUID) -> Election:
    """One round of an election."""
    row = await records.get(session, actor, ElectionRow, election_id)
    return await links.own(session, actor, Election.of(row.model_dump()))


async def read_then(session: Session, actor: Actor, election_id: UUID, moment: datetime) -> Rendered:
    """The same as it stood at a moment."""
    return past.rendered(await past.record(session, actor, ElectionRow, election_id, moment))


async def search(
    session: Session, actor: Actor, wanted: ElectionFilter, cursor: str | None, limit: int
) -> ElectionPage:
    """The rounds that the actor may see, newest first."""
    code = col(ElectionRow.region_code)
    asked: list[Any] = [
        getattr(ElectionRow, name) == getattr(wanted, name)
        for name in ("kind", "year", "round")
        if getattr(wanted, name) is not None
    ]
    if wanted.region:
        asked.append(or_(code.in_(ancestry(wanted.region)), code.startswith(f"{wanted.region}.")))
    rows, following = await records.newest(session, actor, ElectionRow, asked, cursor, limit)
    for row in rows:
        session.saw(actor, "election", row)
    answers = [Election.of(row.model_dump()) for row in rows]
    return ElectionPage(items=await links.without_hidden(session, actor, answers), next=following)


async def enter(session: Session, actor: Actor, new: ElectionCreate) -> Change:
    """An election of a region, or a later round of one, on the decision that it is based on."""
    rules.require_commission(actor)
    await require_region(session, new.region_code)
    change = Change(actor)
    rules.check_basis(new, day_of(change.at))
    rules.check_region(new)
    stages = rules.check_stages(new.stages)
    number = await _number(session, change, new, stages)
    values = {
        **new.model_dump(exclude={"stages"}),
        **PUBLIC,
        "stages": new.model_dump(mode="json")["stages"],
        "round": number,
        "reference": make_reference("E"),
        "owner_agency": actor.agency,
        "exercise": actor.exercise,
        "created_at": change.at,
        "updated_at": change.at,
    }
    marking = await records.check_marking(session, actor, values, {})
    records.require_area(actor, new.region_code)
    await rules.require_new(session, actor.exercise, new, number)
    action = "election.entered" if number == 1 else "election.revote_declared"
    made = Election.of(change.create(ElectionRow, action, marking, values))
    change.answer = await links.own(session, actor, made)
    return change


async def _number(session: Session, change: Change, new: ElectionCreate, stages: list[Stage]) -> int:
    """Which round it is: the first, or the one after that which it follows."""
    if new.follows is None:
        return 1
    earlier = await records.named(session, change.actor, ElectionRow, new.follows, "/follows")
    rules.require_owner(change.actor, earlier)
    rules.check_follows(new, earlier)
    rules.check_later(stages, earlier)
    change.rests_on(earlier)
    return earlier.round + 1


async def change(
    session: Session, actor: Actor, election_id: UUID, wanted: ElectionChange, expected: Expected
) -> Change:
    """New values for some fields, by the commission that has entered it."""
    rules.require_commission(actor)
    row = await records.get(session, actor, ElectionRow, election_id, expected)
    rules.require_owner(actor, row)
    records.require_area(actor, row.region_code)
    # Not `exclude_unset`: within a stage, a day that is left out is one that is not known.
    asked = wanted.model_dump(include=wanted.model_fields_set, mode="json")
    if not asked:
        raise Invalid("The body names nothing to change.")
    made = Change(actor)
    if "stages" in asked:
        stages = rules.check_stages(wanted.stages)
        if row.follows:
            earlier = await records.get(session, actor, ElectionRow, row.follows)
            rules.check_later(stages, earlier)
            made.rests_on(earlier)
    ends = asked.get("cancelled") and not row.cancelled
    action = "election.cancelled" if ends else "election.changed"
    changed = made.update(row, action, records.subject(row), {**asked, "updated_at": made.at})
    made.answer = await links.own(session, actor, Election.of(changed))
    return made


async def current_for(session: Session, actor: Actor, region: str, at: datetime | None) -> CurrentElections:
    """What is held for a place on a day, by the calendar as it is known now."""
    await require_region(session, region, "region")
    on = day_of(at or datetime.now(UTC))
    items = await counting(session, actor, region, on)
    return CurrentElections(region_code=region, on=on, days_to_voting=next_vote(items), items=items)


async def counting(session: Session, actor: Actor, region: str, on: date) -> list[CurrentElection]:
    """The rounds that count at a place on a day, those with the next votes first."""
    query = select(ElectionRow).where(
        visible(ElectionRow, actor),
        col(ElectionRow.region_code).in_(ancestry(region)),
        col(ElectionRow.cancelled).is_(False),
    )
    found = []
    for row in holding((await session.exec(query)).all(), on):
        stages = stages_of(row.stages)
        if not is_over(stages, on, votes=row.revote_kind != RevoteKind.PSSU):
            session.saw(actor, "election", row)
            found.append(row)
    shown = await links.without_hidden(session, actor, [Election.of(row.model_dump()) for row in found])
    return sorted((_counted(each, region, on) for each in shown), key=_next_first)


def next_vote(items: Sequence[CurrentElection]) -> int | None:
    """How many days there are to the next vote that is known."""
    coming = [each.days_to_voting for each in items if each.days_to_voting is not None]
    return min((days for days in coming if days >= 0), default=None)


def _counted(election: Election, region: str, on: date) -> CurrentElection:
    stages = stages_of(each.model_dump(mode="json") for each in election.stages)
    stage = current(stages, on)
    return CurrentElection(
        election=election,
        days_to_voting=(election.voting_on - on).days if election.voting_on else None,
        stage=stage.code if stage else None,
        stages_running=[each.code for each in running(stages, on)],
        inherited_from=election.region_code if election.region_code != region else None,
    )


def _next_first(each: CurrentElection) -> tuple[Any, ...]:
    """Coming votes by their day, then those without one, then past ones; of equals the nearer place first."""
    days, nearness = each.days_to_voting, -len(each.election.region_code)
    if days is None:
        return 1, 0, nearness, each.election.kind
    return (0 if days >= 0 else 2), abs(days), nearness, each.election.kind
