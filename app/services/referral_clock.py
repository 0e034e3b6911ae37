"""Statutory times of referrals that have passed: the system says so once for each clock."""

from datetime import datetime

from sqlmodel import col, select

from app.change import Change
from app.database import Session
from app.domain.referral_rules import OVERDUE_RULE
from app.models.incidents import IncidentRow
from app.models.referrals import ReferralRow
from app.services import records
from app.services.accounts import SYSTEM

AT_ONCE = 200


async def due(session: Session, now: datetime) -> list[Change]:
    """One change for each that is late since the last look; an index knows them, mostly there are none."""
    query = (
        select(ReferralRow, IncidentRow)
        .join(IncidentRow, col(IncidentRow.id) == ReferralRow.incident_id)
        .where(col(ReferralRow.due_at) <= now, col(ReferralRow.overdue_at).is_(None))
        .order_by(col(ReferralRow.due_at))
        .limit(AT_ONCE)
    )
    changes: list[Change] = []
    for row, incident in (await session.exec(query)).all():
        change = Change(SYSTEM, OVERDUE_RULE, now)
        values = {"overdue_at": row.due_at, "updated_at": now}
        change.update(row, "incident.referral_overdue", records.subject(incident), values)
        change.rests_on(incident)
        changes.append(change)
    return changes
