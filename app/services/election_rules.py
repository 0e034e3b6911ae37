"""The rules that every change of an election goes through: who keeps the calendar, and which days fit."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from sqlmodel import col, select

from app.database import Session
from app.domain.actors import Actor
from app.domain.elections import HELD_FOR, ONE_BY_ONE, ElectionStage, Stage, stages_of, voting_on
from app.domain.errors import Conflict, Forbidden, Invalid
from app.domain.vocabularies import AgencyKind
from app.models.elections import ElectionRow
from app.schemas.elections import ElectionCreate, StageDates

ONLY_KPU = "Only the election commission (KPU) keeps the calendar of elections."
ONLY_OWNER = "Only the agency that has entered an election changes it."
NO_DAY = "Name the first day, the last day, or both."
WRONG_WAY = "It must not come before starts_on."
TWICE = "Each stage stands once."
OVERLAPS = "{stage} begins before {earlier} has ended."
COUNTED_EARLY = "Votes are not counted before they are cast."
NOT_LATER = "A later round votes after the earlier one."
WRONG_LEVEL = "An election of this kind is held for a region of another level."
WITH_FOLLOWS = "With `follows` say the kind of the re-vote, the decision and its day."
WITHOUT_FOLLOWS = "This goes with `follows`, the earlier round."
KNOWN = "This round is known already: {reference}."


def require_commission(actor: Actor) -> None:
    """Raise where the actor's agency is no election commission."""
    if actor.agency_kind != AgencyKind.ELECTION_COMMISSION:
        raise Forbidden(ONLY_KPU)


def require_owner(actor: Actor, row: ElectionRow) -> None:
    """Raise where another commission has entered the election."""
    if actor.agency != row.owner_agency:
        raise Forbidden(ONLY_OWNER)


def check_stages(said: Sequence[StageDates]) -> list[Stage]:
    """The stages, if their days fit each other; raises Invalid at the first that does not."""
    places: dict[ElectionStage, int] = {}
    for place, each in enumerate(said):
        if each.starts_on is None and each.ends_on is None:
            raise Invalid.field(f"/stages/{place}", NO_DAY, "missing")
        if each.starts_on and each.ends_on and each.ends_on < each.starts_on:
            raise Invalid.field(f"/stages/{place}/ends_on", WRONG_WAY, "order")
        if each.stage in places:
            raise Invalid.field(f"/stages/{place}/stage", TWICE, "repeated")
        places[each.stage] = place
    stages = stages_of(each.model_dump(mode="json") for each in said)
    _check_order({each.code: each for each in stages}, places)
    return stages


def _check_order(by_code: dict[ElectionStage, Stage], places: dict[ElectionStage, int]) -> None:
    there = [by_code[code] for code in ONE_BY_ONE if code in by_code]
    for earlier, later in pairwise(there):
        if later.first <= earlier.last:
            raise Invalid.field(
                f"/stages/{places[later.code]}", OVERLAPS, "overlap", stage=later.code, earlier=earlier.code
            )
    voting, count = by_code.get(ElectionStage.VOTING), by_code.get(ElectionStage.COUNT_RECAP)
    if voting and count and count.first < voting.first:
        raise Invalid.field(f"/stages/{places[count.code]}", COUNTED_EARLY, "order")


def check_region(new: ElectionCreate) -> None:
    """Raise where a first round is held for a region that elects nobody of this kind."""
    wanted = HELD_FOR.get(new.kind)
    if new.follows is None and wanted not in {None, len(new.region_code)}:
        raise Invalid.field("/region_code", WRONG_LEVEL, "level")


def check_basis(new: ElectionCreate, today: date) -> None:
    """Raise where a later round does not say what it is based on, or a first one says so."""
    told = {"revote_kind": new.revote_kind, "decision": new.decision, "decided_on": new.decided_on}
    for name, value in told.items():
        if new.follows and value is None:
            raise Invalid.field(f"/{name}", WITH_FOLLOWS, "missing")
        if new.follows is None and value is not None:
            raise Invalid.field(f"/{name}", WITHOUT_FOLLOWS, "together")
    if new.decided_on and new.decided_on > today:
        raise Invalid.field("/decided_on", "This day is still to come.", "future")


def check_follows(new: ElectionCreate, earlier: ElectionRow) -> None:
    """Raise where a round is not one of the same election, in the same region or within it."""
    if earlier.cancelled:
        raise Conflict("The earlier round was cancelled.")
    for name in ("kind", "year"):
        if getattr(new, name) != getattr(earlier, name):
            raise Invalid.field(f"/{name}", "The earlier round has another one.", "follows")
    if not f"{new.region_code}.".startswith(f"{earlier.region_code}."):
        raise Invalid.field("/region_code", "The earlier round was not held there.", "follows")


def check_later(stages: Sequence[Stage], earlier: ElectionRow) -> None:
    """Raise where a later round votes before the earlier one, or on the same day."""
    before, after = voting_on(stages_of(earlier.stages)), voting_on(stages)
    if before and after and after <= before:
        raise Invalid.field("/stages", NOT_LATER, "order")


async def require_new(session: Session, exercise: str, new: ElectionCreate, number: int) -> None:
    """Raise where the round is there already; the database refuses the second of two at once."""
    query = select(ElectionRow.reference).where(
        col(ElectionRow.exercise) == exercise,
        col(ElectionRow.kind) == new.kind,
        col(ElectionRow.region_code) == new.region_code,
        col(ElectionRow.year) == new.year,
        col(ElectionRow.round) == number,
    )
    if reference := (await session.exec(query)).first():
        raise Conflict(KNOWN, reference=reference)
