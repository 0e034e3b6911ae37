"""What ends by itself: statements that nobody reviewed, proposals that nobody decided."""

from datetime import datetime

from sqlmodel import col, select

from app.change import Change
from app.database import Session
from app.domain.threat_rules import APPROVAL_RULE, REVIEW_RULE
from app.models.threat_levels import ThreatLevelProposalRow, ThreatLevelRow
from app.services import threat_rules as rules
from app.services.accounts import SYSTEM

AT_ONCE = 200
ACTIONS = {ThreatLevelRow: "threat_level.lapsed", ThreatLevelProposalRow: "threat_level.proposal_lapsed"}
REASONS = {ThreatLevelRow: REVIEW_RULE, ThreatLevelProposalRow: APPROVAL_RULE}


async def due(session: Session, now: datetime) -> list[Change]:
    """One change for each that has come to its end; an index knows them, mostly there are none."""
    changes: list[Change] = []
    statements = select(ThreatLevelRow).where(
        rules.is_open(ThreatLevelRow), col(ThreatLevelRow.review_by) <= now
    )
    proposals = select(ThreatLevelProposalRow).where(
        rules.is_open(ThreatLevelProposalRow), col(ThreatLevelProposalRow.expires_at) <= now
    )
    changes += [lapse(row, now) for row in (await session.exec(statements.limit(AT_ONCE))).all()]
    changes += [lapse(row, now) for row in (await session.exec(proposals.limit(AT_ONCE))).all()]
    return changes


def lapse(row: rules.T, now: datetime) -> Change:
    """The system ends what is past its time; the row's version makes sure that only one does."""
    change = Change(SYSTEM, REASONS[type(row)], now)
    over = getattr(row, rules.ENDS[type(row)])
    rules.end(change, row, ACTIONS[type(row)], rules.LAPSED[type(row)], ended_at=over)
    return change
