"""Proposals of threat levels: made by one account, decided by another one of the same agency."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from uuid_utils.compat import uuid7

from app.change import Change
from app.database import Session
from app.domain.actors import Actor
from app.domain.errors import Conflict, Forbidden
from app.domain.references import make_reference
from app.domain.sharing import Marking
from app.domain.threat_levels import ProposalStatus, ThreatStatus
from app.domain.threat_rules import REPLACED_RULE
from app.models.threat_levels import ThreatLevelProposalRow, ThreatLevelRow
from app.schemas import threat_level_proposals as schemas
from app.schemas.pages import Rendered
from app.services import externals, lapses, links, openings, past, records
from app.services import threat_rules as rules
from app.services.visibility import marking_of

Expected = frozenset[int] | None
NOT_PROPOSED = frozenset({"external_agency", "external_view"})  # follow when it takes effect


@dataclass(frozen=True, slots=True)
class ProposalFilter:
    """What is asked for; None asks for everything."""

    region: str | None = None
    category: Sequence[str] | None = None
    agency: str | None = None
    status: Sequence[str] | None = None


async def read(session: Session, actor: Actor, proposal_id: UUID) -> schemas.ThreatLevelProposal:
    """One proposal."""
    row = await openings.get(session, actor, ThreatLevelProposalRow, proposal_id)
    [answer] = await _shown(session, actor, [row])
    return answer


async def read_then(session: Session, actor: Actor, proposal_id: UUID, moment: datetime) -> Rendered:
    """The same as it stood at a moment."""
    answer = await past.record(session, actor, ThreatLevelProposalRow, proposal_id, moment)
    return past.rendered(rules.lapsed_by(ThreatLevelProposalRow, answer, moment))


async def search(
    session: Session, actor: Actor, wanted: ProposalFilter, cursor: str | None, limit: int
) -> schemas.ThreatLevelProposalPage:
    """The proposals that the actor may see, newest first."""
    asked = rules.asked_for(ThreatLevelProposalRow, wanted, datetime.now(UTC))
    rows, following = await records.newest(session, actor, ThreatLevelProposalRow, asked, cursor, limit)
    return schemas.ThreatLevelProposalPage(items=await _shown(session, actor, rows), next=following)


async def _shown(
    session: Session, actor: Actor, rows: Sequence[ThreatLevelProposalRow]
) -> list[schemas.ThreatLevelProposal]:
    now = datetime.now(UTC)
    for row in rows:
        session.saw(actor, "threat_level_proposal", row)
    answers = [schemas.ThreatLevelProposal.of(rules.as_it_stands(row, now)) for row in rows]
    return await links.without_hidden(session, actor, answers)


async def propose(
    session: Session,
    change: Change,
    wanted: Mapping[str, Any],
    marking: Marking,
    waiting: ThreatLevelProposalRow | None,
    minutes: float,
) -> None:
    """Put a wish before another account of the agency; one for each place and category waits at a time."""
    if waiting and not rules.is_over(waiting, change.at) and waiting.account != change.actor.account:
        raise Conflict("Another proposal of your agency waits for this place and category: have it decided.")
    values = {
        **{name: value for name, value in wanted.items() if name not in NOT_PROPOSED},
        "reference": make_reference("P"),
        "status": ProposalStatus.PENDING,
        "account": change.actor.account,
        "role": change.actor.role,
        "expires_at": change.at + timedelta(minutes=minutes),
        "created_at": change.at,
        "updated_at": change.at,
    }
    row = change.create(ThreatLevelProposalRow, "threat_level.proposed", marking, values)
    make_way(change, waiting)
    change.status = 202
    await _answer(session, change, row)


def make_way(change: Change, waiting: ThreatLevelProposalRow | None) -> None:
    """End a proposal whose proposer now states something else, or whose time is over."""
    if waiting is None:
        return
    if rules.is_over(waiting, change.at):
        change.include(lapses.lapse(waiting, change.at))
    elif waiting.account == change.actor.account:
        replaced = Change(change.actor, REPLACED_RULE, change.at)
        rules.end(replaced, waiting, "threat_level.proposal_withdrawn", ProposalStatus.WITHDRAWN)
        change.include(replaced)


async def still(session: Session, change: Change, waiting: ThreatLevelProposalRow) -> None:
    """The same wish waits already: that proposal, and nothing to write."""
    change.status, change.retells = 200, waiting.entry_id
    await _answer(session, change, waiting.model_dump())


async def _answer(session: Session, change: Change, row: Mapping[str, Any]) -> None:
    answer = schemas.ThreatLevelProposal.of(row)
    [change.answer] = await links.without_hidden(session, change.actor, [answer])


async def withdraw(
    session: Session,
    actor: Actor,
    proposal_id: UUID,
    asked: schemas.ThreatLevelProposalWithdrawal,
    expected: Expected,
) -> Change:
    """The proposer takes it back."""
    row = await records.get(session, actor, ThreatLevelProposalRow, proposal_id, expected)
    if actor.account != row.account:
        raise Forbidden("Only the account that proposed it may withdraw it; another one may decline.")
    change = Change(actor, asked.reason)
    _require_pending(row, change.at)
    ended = rules.end(change, row, "threat_level.proposal_withdrawn", ProposalStatus.WITHDRAWN)
    await _answer(session, change, ended)
    return change


async def decide(
    session: Session,
    actor: Actor,
    proposal_id: UUID,
    asked: schemas.ThreatLevelDecision,
    expected: Expected,
) -> Change:
    """Another account of the issuing agency says yes or no."""
    row = await records.get(session, actor, ThreatLevelProposalRow, proposal_id, expected)
    if actor.agency != row.owner_agency:
        raise Forbidden("Only the issuing agency decides on its proposals.")
    if actor.account == row.account:
        raise Forbidden("You proposed it: another account of your agency decides.")
    rules.require_issuer(actor, row.region_code, row.category)
    change = Change(actor, asked.reason)
    _require_pending(row, change.at)
    if asked.decision is schemas.ProposalDecision.DECLINE:
        ended = rules.end(change, row, "threat_level.declined", ProposalStatus.DECLINED)
        await _answer(session, change, ended)
    else:
        await _approve(session, change, row)
    return change


def _require_pending(row: ThreatLevelProposalRow, now: datetime) -> None:
    """Raise where it is decided, withdrawn or past its time, though the clock may not have written that."""
    status = rules.as_it_stands(row, now)["status"]
    if status != ProposalStatus.PENDING:
        raise Conflict("This proposal is no longer pending: {status}.", status=status)


async def _with_key(
    session: Session, actor: Actor, row: ThreatLevelProposalRow, former: ThreatLevelRow | None
) -> dict[str, Any]:
    """What was proposed, with the proposer's key of it if that is still free."""
    agency = row.owner_agency if row.external_id else None
    values = {**row.model_dump(), "external_agency": agency, "external_view": None}
    values |= rules.kept_key(actor, values, former)
    own = {**values, "id": former.id if former else None}
    return values | await externals.settled(session, actor, ThreatLevelRow, own, marking_of(row))


async def _approve(session: Session, change: Change, row: ThreatLevelProposalRow) -> None:
    """What was proposed takes effect, over whatever the agency holds now."""
    if row.review_by is not None and row.review_by <= change.at:
        raise Conflict("Its review_by has passed: propose it again.")
    current = await rules.standing(session, ThreatLevelRow, row.model_dump())
    is_over = current is not None and rules.is_over(current, change.at)
    former = None if is_over else current
    if row.withdraws and (former is None or former.id != row.withdraws):
        raise Conflict("The statement that it would withdraw is no longer in force.")
    identity = None if row.withdraws else uuid7()
    approved = rules.end(
        change, row, "threat_level.approved", ProposalStatus.APPROVED, threat_level_id=identity
    )
    if identity:
        values = await _with_key(session, change.actor, row, former)
        rules.put_in_force(change, values, marking_of(row), former, identity)
    elif former:
        rules.end(change, former, "threat_level.withdrawn", ThreatStatus.WITHDRAWN)
    if current and is_over:
        change.include(lapses.lapse(current, change.at))
    await _answer(session, change, {**approved, "threat_level_id": None})
    # The new statement has the marking of its proposal: who sees the one sees the other.
    change.answer = change.answer.model_copy(update={"threat_level_id": identity})
