"""Agencies that have not acknowledged a record in time: the system says so, once, and then once more."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from app.change import Change
from app.database import Session
from app.domain.acknowledgement_rules import (
    ESCALATED_RULE,
    ESCALATIONS,
    MOOT_RULE,
    OVERDUE_RULE,
    Escalation,
)
from app.domain.acknowledgements import AcknowledgementStatus
from app.domain.lifecycle import ENDING_STEPS
from app.domain.sharing import reaches
from app.domain.threat_levels import ThreatStatus
from app.models.acknowledgements import AcknowledgementRow
from app.models.agencies import AccountRow
from app.models.columns import Record
from app.models.threat_levels import ThreatLevelRow
from app.services import records
from app.services.accounts import SYSTEM
from app.services.visibility import marking_of

AT_ONCE = 200
STILL_OPEN = {AcknowledgementStatus.WAITING: ESCALATIONS[0], AcknowledgementStatus.OVERDUE: ESCALATIONS[1]}


async def due(session: Session, now: datetime) -> list[Change]:
    """One change for each silence that has lasted too long; an index knows them, mostly there are none."""
    next_at = col(AcknowledgementRow.next_at)
    query = select(AcknowledgementRow).where(next_at <= now).order_by(next_at).limit(AT_ONCE)
    rows = (await session.exec(query)).all()
    if not rows:
        return []
    named = await _records(session, rows)
    agencies = await _agencies(session, {name for each in named.values() for name in each.recipients})
    return [_next(row, named[row.record_id], agencies, now) for row in rows]


async def _records(session: Session, rows: Any) -> dict[UUID, Record]:
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for row in rows:
        wanted[row.record_type].add(row.record_id)
    found: dict[UUID, Record] = {}
    for kind, ids in wanted.items():
        table = records.BY_TYPE[kind]
        query = select(table).where(col(table.id).in_(ids))
        found |= {each.id: each for each in (await session.exec(query)).all()}
    return found


async def _agencies(session: Session, accounts: set[str]) -> dict[str, str]:
    if not accounts:
        return {}
    query = select(AccountRow.name, AccountRow.agency).where(col(AccountRow.name).in_(accounts))
    return dict((await session.exec(query)).all())


def _next(row: AcknowledgementRow, record: Record, agencies: Mapping[str, str], now: datetime) -> Change:
    """What becomes of one silence; the versions of both rows make sure that it happens once."""
    marking = marking_of(record)
    through_accounts = frozenset(agencies[name] for name in record.recipients if name in agencies)
    step = STILL_OPEN[AcknowledgementStatus(row.status)]
    if has_ended(record) or not reaches(marking, row.agency, through_accounts):
        reason, action = MOOT_RULE, "moot"
        values: dict[str, Any] = {"status": AcknowledgementStatus.MOOT, "next_at": None, "ended_at": now}
    elif step is ESCALATIONS[0]:
        reason, action = OVERDUE_RULE, "overdue"
        # The owner's own silence has no second commander to be told.
        further = None if row.agency == record.owner_agency else row.escalates_at
        values = {"status": step.status, "overdue_at": row.due_at, "next_at": further}
    else:
        reason, action = ESCALATED_RULE, "escalated"
        values = {"status": step.status, "escalated_at": row.escalates_at, "next_at": None}
    change = Change(SYSTEM, reason, now)
    told = {**values, "updated_at": now}
    change.update(row, f"{row.record_type}.acknowledgement_{action}", records.subject(record), told)
    change.rests_on(record)
    return change


def has_ended(record: Record) -> bool:
    """Whether there is nothing left to acknowledge."""
    if isinstance(record, ThreatLevelRow):
        return record.status != ThreatStatus.IN_FORCE
    status: str = record.status  # type: ignore[attr-defined]
    return status in ENDING_STEPS


def after(asked_at: datetime, within_seconds: int, escalation: Escalation) -> datetime:
    """When somebody is told, if the agency has stayed silent."""
    return asked_at + timedelta(seconds=within_seconds * escalation.after)
