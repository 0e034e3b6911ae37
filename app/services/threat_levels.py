"""Threat levels: state, sync, withdraw, read and list the statements of agencies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from app.change import Change
from app.database import Session
from app.domain.actors import Actor
from app.domain.errors import Conflict, Forbidden
from app.domain.threat_levels import ThreatStatus
from app.domain.threat_rules import needs_approval
from app.models.threat_levels import ThreatLevelProposalRow, ThreatLevelRow
from app.schemas.pages import Rendered
from app.schemas.threat_levels import (
    ThreatLevel,
    ThreatLevelCreate,
    ThreatLevelPage,
    ThreatLevelSync,
    ThreatLevelWithdrawal,
)
from app.services import erased, externals, lapses, links, openings, past, records
from app.services import threat_level_proposals as proposals
from app.services import threat_rules as rules
from app.services.reference import require_place, require_region
from app.services.visibility import marking_of


@dataclass(frozen=True, slots=True)
class ThreatLevelFilter:
    """What is asked for; None asks for everything."""

    region: str | None = None
    category: Sequence[str] | None = None
    agency: str | None = None
    status: Sequence[str] | None = None
    external_source: str | None = None
    external_id: str | None = None


async def read(session: Session, actor: Actor, threat_level_id: UUID) -> ThreatLevel | Rendered:
    """One statement."""
    row = await openings.get(session, actor, ThreatLevelRow, threat_level_id)
    [answer] = await _shown(session, actor, [row])
    if answer.status == row.status:
        return answer
    # It has lapsed and the clock has not written that yet: its version does not tell the two apart.
    return Rendered(answer.model_dump_json().encode())


async def read_then(session: Session, actor: Actor, threat_level_id: UUID, moment: datetime) -> Rendered:
    """The same as it stood at a moment."""
    answer = await past.record(session, actor, ThreatLevelRow, threat_level_id, moment)
    return past.rendered(rules.lapsed_by(ThreatLevelRow, answer, moment))


async def search(
    session: Session, actor: Actor, wanted: ThreatLevelFilter, cursor: str | None, limit: int
) -> ThreatLevelPage:
    """The statements that the actor may see, newest first."""
    asked = rules.asked_for(ThreatLevelRow, wanted, datetime.now(UTC))
    rows, following = await records.newest(session, actor, ThreatLevelRow, asked, cursor, limit)
    return ThreatLevelPage(items=await _shown(session, actor, rows), next=following)


async def _shown(session: Session, actor: Actor, rows: Sequence[ThreatLevelRow]) -> list[ThreatLevel]:
    now = datetime.now(UTC)
    for row in rows:
        session.saw(actor, "threat_level", row)
    answers = [ThreatLevel.of(rules.as_it_stands(row, now)) for row in rows]
    return await links.without_hidden(session, actor, answers)


async def state(session: Session, actor: Actor, new: ThreatLevelCreate, minutes: float) -> Change:
    """A level that the actor's agency states."""
    await require_region(session, new.region_code)
    return await _decide(session, actor, new, new.region_code, new.category, minutes)


async def restate(session: Session, actor: Actor, new: ThreatLevelCreate, minutes: float) -> Change:
    """The same from a table that a script sends again and again."""
    await require_region(session, new.region_code)
    return await _decide(session, actor, new, new.region_code, new.category, minutes, by_script=True)


async def sync(
    session: Session, actor: Actor, region_code: str, category: str, wanted: ThreatLevelSync, minutes: float
) -> Change:
    """The level that the actor's agency wants to hold, as a script states it again and again."""
    await require_place(session, region_code)
    return await _decide(session, actor, wanted, region_code, category, minutes, by_script=True)


async def _decide(
    session: Session, actor: Actor, asked: ThreatLevelSync, region_code: str, category: str, minutes: float,
    *, by_script: bool = False,
) -> Change:  # fmt: skip
    """Nothing where it stands already, a proposal where a second account decides, else a new statement."""
    change = Change(actor)
    wanted, marking, named = await rules.wish(session, actor, asked, region_code, category, change.at)
    held = await rules.standing(session, ThreatLevelRow, wanted)
    waiting = await rules.standing(session, ThreatLevelProposalRow, wanted)
    current = None if held is None or rules.is_over(held, change.at) else held
    wanted |= rules.kept_key(actor, wanted, current)
    if current and await _says_the_same(session, current, wanted, by_script=by_script):
        change.status, change.retells = 200, current.entry_id
        if waiting and waiting.account == actor.account:
            proposals.make_way(change, waiting)
            change.rests_on(current)
        await _answer(session, change, current.model_dump())
        return change
    pending = None if waiting is None or rules.is_over(waiting, change.at) else waiting
    if pending and await _says_the_same(session, pending, wanted, by_script=by_script):
        await proposals.still(session, change, pending)
        return change
    for incident in named:
        change.rests_on(incident)
    own = {**wanted, "id": held.id if held else None}
    wanted |= await externals.settled(session, actor, ThreatLevelRow, own, marking)
    if needs_approval(current.level if current else None, asked.level):
        await proposals.propose(session, change, wanted, marking, waiting, minutes)
        if current:
            change.rests_on(current)
        return change
    row = rules.put_in_force(change, wanted, marking, current)
    if held and current is None:
        change.include(lapses.lapse(held, change.at))
    proposals.make_way(change, waiting)
    change.status = 201
    await _answer(session, change, row)
    return change


async def _says_the_same(
    session: Session, row: rules.T, wanted: Mapping[str, Any], *, by_script: bool
) -> bool:
    """Whether nothing is new: a script that knows of no erasure gives the reason that was erased."""
    is_other = row.rationale != wanted["rationale"]
    if by_script and is_other and await erased.members(session, row, {"rationale"}):
        wanted = {**wanted, "rationale": row.rationale}
    return rules.says_the_same(row, wanted)


async def _answer(session: Session, change: Change, row: Mapping[str, Any]) -> None:
    [change.answer] = await links.without_hidden(session, change.actor, [ThreatLevel.of(row)])


async def withdraw(
    session: Session,
    actor: Actor,
    threat_level_id: UUID,
    asked: ThreatLevelWithdrawal,
    expected: frozenset[int] | None,
    minutes: float,
) -> Change:
    """A statement no longer holds, and nothing takes its place; from level 4 on, a second account decides."""
    row = await records.get(session, actor, ThreatLevelRow, threat_level_id, expected)
    if actor.agency != row.owner_agency:
        raise Forbidden("Only the agency that issued a level may withdraw it.")
    rules.require_issuer(actor, row.region_code, row.category)
    change = Change(actor, asked.reason)
    status = rules.as_it_stands(row, change.at)["status"]
    if status != ThreatStatus.IN_FORCE:
        raise Conflict("This statement is no longer in force: {status}.", status=status)
    if not needs_approval(row.level, None):
        await _answer(
            session, change, rules.end(change, row, "threat_level.withdrawn", ThreatStatus.WITHDRAWN)
        )
        return change
    waiting = await rules.standing(session, ThreatLevelProposalRow, row.model_dump())
    if waiting and not rules.is_over(waiting, change.at) and waiting.withdraws == row.id:
        await proposals.still(session, change, waiting)
        return change
    wanted = {name: getattr(row, name) for name in (*rules.KEY, *rules.MARKING)} | {
        "withdraws": row.id,
        "rationale": asked.reason,
        "basis": [],
        "source": row.source,
    }
    await proposals.propose(session, change, wanted, marking_of(row), waiting, minutes)
    change.rests_on(row)
    return change
