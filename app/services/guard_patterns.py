"""Guard patterns: set, read, list, change."""

from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlmodel import col

from app.change import Change
from app.database import Session
from app.domain.actors import Actor, ancestry
from app.domain.errors import Forbidden, Invalid
from app.domain.references import make_reference
from app.models.guard_patterns import GuardPatternRow
from app.schemas.guard_patterns import (
    GuardPattern,
    GuardPatternChange,
    GuardPatternCreate,
    GuardPatternPage,
    KnownGuardPatterns,
)
from app.schemas.pages import Rendered
from app.services import past, records
from app.services.reference import require_region
from app.services.seed import read_file

TOLD = "guard_patterns.csv"
FINEST = len("36.04.05")
TOO_FINE = "A pattern holds for a province, a regency or a kecamatan."
ONLY_OWNER = "Only the agency that has set a pattern changes it."
Expected = frozenset[int] | None


async def read(session: Session, actor: Actor, pattern_id: UUID) -> GuardPattern:
    """One pattern."""
    row = await records.get(session, actor, GuardPatternRow, pattern_id)
    return GuardPattern.of(row.model_dump())


async def read_then(session: Session, actor: Actor, pattern_id: UUID, moment: datetime) -> Rendered:
    """The same as it stood at a moment."""
    return past.rendered(await past.record(session, actor, GuardPatternRow, pattern_id, moment))


async def search(
    session: Session,
    actor: Actor,
    operation: str | None,
    region: str | None,
    cursor: str | None,
    limit: int,
) -> GuardPatternPage:
    """The patterns that the actor may see: of an operation, or that hold at a place; newest first."""
    asked: list[Any] = []
    if operation:
        asked.append(col(GuardPatternRow.operation) == operation)
    if region:
        asked.append(col(GuardPatternRow.region_code).in_(ancestry(region)))
    rows, following = await records.newest(session, actor, GuardPatternRow, asked, cursor, limit)
    for row in rows:
        session.saw(actor, "guard_pattern", row)
    return GuardPatternPage(items=[GuardPattern.of(row.model_dump()) for row in rows], next=following)


async def known(_session: Session, _actor: Actor) -> KnownGuardPatterns:
    """What is told of past elections."""
    return _known()


@cache
def _known() -> KnownGuardPatterns:
    file = read_file(TOLD)
    return KnownGuardPatterns.model_validate({"as_of": file.as_of, "items": file.rows})


async def set_pattern(session: Session, actor: Actor, new: GuardPatternCreate) -> Change:
    """A new pattern of the actor's agency."""
    await require_region(session, new.region_code)
    if len(new.region_code) > FINEST:
        raise Invalid.field("/region_code", TOO_FINE, "level")
    change = Change(actor)
    values = {
        **new.model_dump(),
        "reference": make_reference("G"),
        "owner_agency": actor.agency,
        "exercise": actor.exercise,
        "created_at": change.at,
        "updated_at": change.at,
    }
    marking = await records.check_marking(session, actor, values, {})
    records.require_area(actor, new.region_code)
    row = change.create(GuardPatternRow, "guard_pattern.set", marking, values)
    change.answer = GuardPattern.of(row)
    return change


async def change(
    session: Session, actor: Actor, pattern_id: UUID, wanted: GuardPatternChange, expected: Expected
) -> Change:
    """New values for some fields, by the owner."""
    row = await records.get(session, actor, GuardPatternRow, pattern_id, expected)
    asked = wanted.model_dump(exclude_unset=True)
    if not asked:
        raise Invalid("The body names nothing to change.")
    if actor.agency != row.owner_agency:
        raise Forbidden(ONLY_OWNER)
    records.require_area(actor, row.region_code)
    marking = await records.check_marking(session, actor, {**row.model_dump(), **asked}, {})
    made = Change(actor)
    of = records.subject(row, marking)
    changed = made.update(row, "guard_pattern.changed", of, {**asked, "updated_at": made.at})
    made.answer = GuardPattern.of(changed)
    return made
