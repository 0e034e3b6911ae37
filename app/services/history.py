"""Past states of an incident and its parts, by their marking then and now."""

from uuid import UUID

from sqlmodel import col, select

from app.change import REASON
from app.database import Session
from app.domain.actors import Actor
from app.domain.permissions import Permission
from app.models.ledger import LedgerDisclosureRow, LedgerRow
from app.schemas.incidents import IncidentHistoryPage, IncidentState
from app.schemas.pages import make_cursor, position, read_cursor
from app.services import incident_rules as rules
from app.services.ledger import far_end_shows, who_and_what
from app.services.replay import as_answered
from app.services.visibility import visible

PARTY = "incident_party"
STATE_METADATA = frozenset({"position", "at", "action", "subject_type", "subject_id", "version"})


async def incident_history(
    session: Session, actor: Actor, incident_id: UUID, cursor: str | None, limit: int
) -> IncidentHistoryPage:
    """Every state of an incident and its parts that the actor may see, by its marking then and now."""
    await rules.get(session, actor, incident_id)
    query = (
        select(LedgerRow, LedgerDisclosureRow)
        .outerjoin(LedgerDisclosureRow, col(LedgerDisclosureRow.position) == LedgerRow.position)
        .where(LedgerRow.record_id == incident_id, visible(LedgerRow, actor), far_end_shows(actor))
        .order_by(col(LedgerRow.position))
        .limit(limit + 1)
    )
    if after := read_cursor(cursor, position):
        query = query.where(col(LedgerRow.position) > after[0])
    rows = list((await session.exec(query)).all())
    shown = rows[:limit]
    return IncidentHistoryPage(
        items=[_state(entry, said, actor) for entry, said in shown],
        next=make_cursor(shown[-1][0].position) if len(rows) > limit else None,
    )


def _state(entry: LedgerRow, said: LedgerDisclosureRow | None, actor: Actor) -> IncidentState:
    sealed = entry.subject_type == PARTY and Permission.PARTIES_READ not in actor.permissions
    state = None if sealed or said is None else as_answered(entry, said).model_dump(mode="json")
    reason = said.fields.get(REASON) if said else None
    return IncidentState(
        **who_and_what(entry, actor, STATE_METADATA), reason=reason[1] if reason else None, state=state
    )
