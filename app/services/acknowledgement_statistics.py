"""How long agencies take to acknowledge, over the records that one may see."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from app.database import Session, holds_code
from app.domain.acknowledgements import AcknowledgementStatus
from app.domain.actors import Actor
from app.domain.sharing import EVERY_PARTNER, labels
from app.models.acknowledgements import AcknowledgementRow
from app.models.incidents import IncidentRow
from app.models.threat_levels import ThreatLevelRow
from app.schemas.acknowledgements import AcknowledgementStatistics
from app.services.visibility import visible

ASKED = AcknowledgementRow.__table__.c  # type: ignore[attr-defined]
TABLES = (
    IncidentRow.__table__,  # type: ignore[attr-defined]
    ThreatLevelRow.__table__,  # type: ignore[attr-defined]
)


@dataclass(frozen=True, slots=True)
class Window:
    """When they were asked: from the first moment on, until before the second."""

    since: datetime | None
    until: datetime | None


async def statistics(session: Session, actor: Actor, window: Window) -> AcknowledgementStatistics:
    """Counts of each agency, and the nearest-rank median and 90th percentile of what it took."""
    connection = await session.connection()
    counted = (await connection.execute(_counts(actor, window, datetime.now(UTC)))).mappings().all()
    took = {row["agency"]: row for row in (await connection.execute(_ranks(actor, window))).mappings().all()}
    nothing = {"median_seconds": None, "p90_seconds": None}
    items = [{**nothing, **row, **took.get(row["agency"], {})} for row in counted]
    return AcknowledgementStatistics.model_validate(
        {"scope": "visible_to_you", "since": window.since, "until": window.until, "items": items}
    )


def _counts(actor: Actor, window: Window, now: datetime) -> Select[Any]:
    is_given = ASKED.acknowledged_at.is_not(None)
    was_late = or_(ASKED.overdue_at.is_not(None), ASKED.acknowledged_at > ASKED.due_at)
    is_over = or_(ASKED.overdue_at.is_not(None), ASKED.due_at <= now)

    def how_many(*of: ColumnElement[bool]) -> Any:
        return func.sum(case((and_(*of), 1), else_=0))

    return (
        select(
            ASKED.agency,
            func.count().label("required_count"),
            how_many(is_given, ~was_late).label("in_time_count"),
            how_many(is_given, was_late).label("late_count"),
            how_many(~is_given).label("open_count"),
            how_many(~is_given, is_over).label("overdue_count"),
        )
        .where(_counts_for(actor, window))
        .group_by(ASKED.agency)
        .order_by(ASKED.agency)
    )


def _ranks(actor: Actor, window: Window) -> Select[Any]:
    of_agency: dict[str, Any] = {"partition_by": ASKED.agency}
    ranked = (
        select(
            ASKED.agency,
            ASKED.took_seconds,
            func.row_number().over(**of_agency, order_by=ASKED.took_seconds).label("rank"),
            func.count().over(**of_agency).label("size"),
        )
        .where(_counts_for(actor, window), ASKED.took_seconds.is_not(None))
        .subquery("ranked")
    ).c

    def at(percent: int) -> Any:
        # The smallest rank that is not below the share, in whole numbers: both databases divide them alike.
        return func.max(case((ranked.rank == (ranked.size * percent + 99) // 100, ranked.took_seconds)))

    return select(
        ranked.agency, at(50).label("median_seconds"), at(90).label("p90_seconds")
    ).group_by(ranked.agency)  # fmt: skip


def _counts_for(actor: Actor, window: Window) -> ColumnElement[bool]:
    """Asked in the window, not moot, about a record that the actor sees, of an agency that it names to it."""
    when = [ASKED.created_at >= window.since] if window.since else []
    when += [ASKED.created_at < window.until] if window.until else []
    seen = [_about(table, actor) for table in TABLES]
    return and_(ASKED.status != AcknowledgementStatus.MOOT, *when, or_(*seen))


def is_named_to(actor: Actor, of: Any) -> ColumnElement[bool]:
    """Whether a record that the actor sees names to it the agency that was asked; `of` are its columns."""
    return or_(
        ASKED.agency == actor.agency,
        of.owner_agency == actor.agency,
        of.owner_agency == ASKED.agency,
        of.tlp.in_(sorted(labels(EVERY_PARTNER))),
        holds_code(of.audience, ASKED.agency),
    )


def _about(table: Any, actor: Actor) -> ColumnElement[bool]:
    of = table.c
    record = select(of.id).where(of.id == ASKED.record_id, visible(of, actor), is_named_to(actor, of))
    return and_(ASKED.record_type == table.name, record.correlate(ASKED.agency.table).exists())
