"""The effective threat level of a place: the highest that holds, its own or of a region above."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from app.database import Session
from app.domain.actors import Actor, ancestry
from app.domain.errors import Invalid
from app.domain.threat_levels import ThreatCategory, label_of
from app.models.threat_levels import ThreatLevelRow
from app.schemas.threat_levels import EffectiveThreatLevel, ThreatStatement
from app.services import threat_rules as rules
from app.services.reference import require_place
from app.services.visibility import visible

LEVEL = ThreatLevelRow.__table__  # type: ignore[attr-defined]
MARKING = [LEVEL.c[name] for name in ("owner_agency", "tlp", "classification")]
SAID = [LEVEL.c[name] for name in ThreatStatement.model_fields if name in LEVEL.c] + [LEVEL.c.created_at]
SHOWN = dict.fromkeys([*SAID, *MARKING])


async def effective(
    session: Session, actor: Actor, region_code: str, category: ThreatCategory, as_of: datetime | None
) -> EffectiveThreatLevel:
    """What the agencies hold of a threat at a place, as far as the actor may see: one query."""
    await require_place(session, region_code)
    now = datetime.now(UTC)
    if as_of and as_of > now:
        raise Invalid.field("as_of", "This time is still to come.", "future")
    query = select(*SHOWN).where(
        LEVEL.c.region_code.in_(ancestry(region_code)),
        LEVEL.c.category == category,
        visible(LEVEL.c, actor),
        *(_held_at(as_of) if as_of else (rules.is_open(ThreatLevelRow), LEVEL.c.review_by > now)),
    )
    found = (await (await session.connection()).execute(query)).all()
    for each in found:
        session.saw(actor, "threat_level", each)
    rows = [row._mapping for row in found]  # noqa: SLF001 - its public name
    rows.sort(key=_highest_and_nearest)
    top = rows[0] if rows else None
    return EffectiveThreatLevel(
        region_code=region_code,
        category=category,
        as_of=as_of,
        level=top["level"] if top else None,
        label=label_of(top["level"]) if top else None,
        inherited_from=top["region_code"] if top and top["region_code"] != region_code else None,
        statements=[ThreatStatement.of(row) for row in rows],
    )


def _held_at(moment: datetime) -> tuple[Any, ...]:
    """Whether a statement counted then: stated, neither ended nor past its review."""
    ended = LEVEL.c.ended_at
    return LEVEL.c.created_at <= moment, ended.is_(None) | (ended > moment), LEVEL.c.review_by > moment


def _highest_and_nearest(row: Any) -> tuple[Any, ...]:
    return -row["level"], -len(row["region_code"]), row["owner_agency"]
