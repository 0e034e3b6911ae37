"""What every source of the inbox answers, and the sources that are papers with a clock."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Select, String, cast, func, literal, select

from app.domain.actors import Actor
from app.models.ledger import LedgerRow
from app.services.visibility import visible

MARKING = ("owner_agency", "tlp", "classification")
LEDGER = LedgerRow.__table__  # type: ignore[attr-defined]


def waits(table: Any, subject_id: Any, since: Any, title: Any = None) -> Select[Any]:
    """The columns that a source answers: a record, its part that waits, the entry since which it waits."""
    return select(
        literal(table.name, String).label("record_type"),
        table.c.id.label("record_id"),
        subject_id.label("subject_id"),
        table.c.reference,
        (table.c.title if title is None else title).label("title"),
        since.label("since"),
        *(table.c[name] for name in MARKING),
    )


def level_title(of: Any) -> Any:
    """What a threat level, or a proposal of one, is about."""
    level = func.coalesce(cast(of.level, String), literal("-", String))
    return of.category + literal(" ", String) + of.region_code + literal(" → ", String) + level


def clocks(table: Any, title: Any, opened: str, *, late: bool) -> Callable[[Actor], Select[Any]]:
    """Papers on data protection whose clock runs, or has run out."""

    def waiting(actor: Actor) -> Select[Any]:
        entry, action = LEDGER.alias().c, f"{table.name}.{'overdue' if late else opened}"
        since = select(func.max(entry.position)).where(entry.subject_id == table.c.id, entry.action == action)
        is_late = table.c.overdue_at.is_not(None) if late else table.c.overdue_at.is_(None)
        return waits(table, table.c.id, since.scalar_subquery(), title).where(
            table.c.owner_agency == actor.agency, table.c.ended_at.is_(None), is_late, visible(table.c, actor)
        )

    return waiting
