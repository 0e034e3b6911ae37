"""The effective threat level of a place: the highest that holds, its own or of a region above."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import bindparam, select

from app.database import Session
from app.domain.actors import Actor, ancestry
from app.domain.errors import Invalid
from app.domain.threat_levels import ThreatCategory, label_of
from app.models.threat_levels import ThreatLevelRow
from app.reads import Prepared
from app.schemas.threat_levels import EffectiveThreatLevel, ThreatStatement
from app.services import threat_rules as rules
from app.services.reference import require_place
from app.services.visibility import reader, visible_to_reader

LEVEL = ThreatLevelRow.__table__  # type: ignore[attr-defined]
SAID = [LEVEL.c[name] for name in ThreatStatement.model_fields if name in LEVEL.c] + [LEVEL.c.created_at]
MARKING = [LEVEL.c[name] for name in ("owner_agency", "tlp", "classification")]  # for the access log
SHOWN = dict.fromkeys([*SAID, *MARKING])
C = LEVEL.c
PLACES = ("village", "district", "regency", "province")  # the place and those above it, one of each level
MOMENT = bindparam("moment", type_=C.review_by.type)
OF_PLACE = select(*SHOWN).where(
    C.region_code.in_([bindparam(each, type_=C.region_code.type) for each in PLACES]),
    C.category == bindparam("category", type_=C.category.type),
    visible_to_reader(C),
    C.review_by > MOMENT,
)
IN_FORCE = Prepared(OF_PLACE.where(rules.is_open(ThreatLevelRow)))
# Counted then: stated, and neither ended nor past its review.
AS_OF = Prepared(OF_PLACE.where(C.created_at <= MOMENT, C.ended_at.is_(None) | (C.ended_at > MOMENT)))


async def effective(
    session: Session, actor: Actor, region_code: str, category: ThreatCategory, as_of: datetime | None
) -> EffectiveThreatLevel:
    """What the agencies hold of a threat at a place, as far as the actor may see: one query."""
    await require_place(session, region_code)
    now = datetime.now(UTC)
    if as_of and as_of > now:
        raise Invalid.field("as_of", "This time is still to come.", "future")
    rows = []
    if actor.partner:
        above = ancestry(region_code)
        places = dict(zip(PLACES, above[:1] * (len(PLACES) - len(above)) + above, strict=True))
        asked = {**places, "category": category, "moment": as_of or now}
        rows = await session.rows(AS_OF if as_of else IN_FORCE, {**reader(actor), **asked})
    for row in rows:
        session.saw(actor, "threat_level", row)
    rows.sort(key=_highest_and_nearest)
    top = rows[0] if rows else None
    return EffectiveThreatLevel(
        region_code=region_code,
        category=category,
        as_of=as_of,
        level=top.level if top else None,
        label=label_of(top.level) if top else None,
        inherited_from=top.region_code if top and top.region_code != region_code else None,
        statements=[ThreatStatement.of(row._asdict()) for row in rows],
    )


def _highest_and_nearest(row: Any) -> tuple[Any, ...]:
    return -row.level, -len(row.region_code), row.owner_agency
