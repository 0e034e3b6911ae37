"""Limits of 3 x 24 hours that have passed: the system says so, and the inbox of the agency shows it."""

from datetime import datetime
from typing import Any

from sqlalchemy import or_, true
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
    # Whoever has told everybody has kept the limit, though the breach itself is not over.
    untold = or_(col(BreachRow.persons_told_at).is_(None), col(BreachRow.authority_told_at).is_(None))
    for table, is_owed in ((BreachRow, untold), (DataSubjectRequestRow, true())):
        query = select(table).where(
            col(table.ended_at).is_(None), col(table.overdue_at).is_(None), col(table.due_at) <= now, is_owed
        )
        for row in (await session.exec(query.limit(AT_ONCE))).all():
            change = Change(SYSTEM, OVERDUE_RULE, now)
            action = f"{table.__tablename__}.overdue"
            change.update(row, action, records.subject(row), {"overdue_at": row.due_at})
            changes.append(change)
    return changes
