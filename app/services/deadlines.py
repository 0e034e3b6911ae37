"""Limits of 3 x 24 hours that have passed: the system says so, and the inbox of the agency shows it."""

from datetime import datetime
from typing import Any

from sqlmodel import col, select

from app.change import Change
from app.database import Session
from app.domain.data_protection import OVERDUE_RULE
from app.models.personal_data import BreachRow, DataSubjectRequestRow
from app.services import records
from app.services.accounts import SYSTEM

AT_ONCE = 200


async def due(session: Session, now: datetime) -> list[Change]:
    """One change for each that is late since the last look; an index knows them, mostly there are none."""
    changes: list[Change] = []
    table: Any
    for table in (BreachRow, DataSubjectRequestRow):
        query = select(table).where(
            col(table.ended_at).is_(None), col(table.overdue_at).is_(None), col(table.due_at) <= now
        )
        for row in (await session.exec(query.limit(AT_ONCE))).all():
            if isinstance(row, BreachRow) and row.persons_told_at and row.authority_told_at:
                continue
            change = Change(SYSTEM, OVERDUE_RULE, now)
            action = f"{table.__tablename__}.overdue"
            change.update(row, action, records.subject(row), {"overdue_at": row.due_at})
            changes.append(change)
    return changes
