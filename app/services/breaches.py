"""The breach register: what failed, what is done, and who was told within 3 x 24 hours."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from app.change import Change
from app.database import Session
from app.domain.actors import Actor
from app.domain.data_protection import CLOCK, Told, own_marking
from app.domain.errors import Conflict, Invalid
from app.domain.references import make_reference
from app.models.agencies import AgencyRow
from app.models.personal_data import BreachRow
from app.schemas import breaches as schemas
from app.schemas.pages import Rendered
from app.services import past, records
from app.services.data_subject_requests import own_papers
from app.services.incidents import CLOCK_SKEW
from app.services.reference import require_region
from app.texts.breach_notices import NOTICES, SUBJECTS, UNKNOWN
from app.texts.languages import Language

Expected = frozenset[int] | None


async def read(session: Session, actor: Actor, breach_id: UUID) -> schemas.Breach:
    """One breach."""
    row = await records.get(session, actor, BreachRow, breach_id)
    return schemas.Breach.of(row.model_dump())


async def read_then(session: Session, actor: Actor, breach_id: UUID, moment: datetime) -> Rendered:
    """The same as it stood at a moment."""
    return past.rendered(await past.record(session, actor, BreachRow, breach_id, moment))


async def search(session: Session, actor: Actor, cursor: str | None, limit: int) -> schemas.BreachPage:
    """The register, newest first."""
    rows, following = await records.newest(session, actor, BreachRow, [], cursor, limit)
    return schemas.BreachPage(items=[schemas.Breach.of(row.model_dump()) for row in rows], next=following)


async def enter(session: Session, actor: Actor, new: schemas.BreachCreate) -> Change:
    """A breach of data that the actor's agency answers for."""
    await require_region(session, new.region_code)
    change = Change(actor)
    discovered_at = new.discovered_at or change.at
    _check_past("/discovered_at", discovered_at, change.at)
    values = {
        **new.model_dump(),
        **own_papers(actor, change),
        "reference": make_reference("B"),
        "discovered_at": discovered_at,
        "due_at": discovered_at + CLOCK,
    }
    records.require_area(actor, new.region_code)
    marking = own_marking(actor.agency, actor.exercise)
    change.answer = schemas.Breach.of(change.create(BreachRow, "breach.entered", marking, values))
    return change


def _check_past(pointer: str, moment: datetime, now: datetime) -> None:
    if moment > now + CLOCK_SKEW:
        raise Invalid.field(pointer, "This time is still to come.", "future")


async def change(
    session: Session, actor: Actor, breach_id: UUID, wanted: schemas.BreachChange, expected: Expected
) -> Change:
    """What is known by now."""
    row = await _open(session, actor, breach_id, expected)
    asked = wanted.model_dump(exclude_unset=True)
    if not asked:
        raise Invalid("The body names nothing to change.")
    made = Change(actor)
    values = {**asked, "updated_at": made.at}
    made.answer = schemas.Breach.of(made.update(row, "breach.changed", records.subject(row), values))
    return made


async def notify(
    session: Session, actor: Actor, breach_id: UUID, told: schemas.BreachNotification, expected: Expected
) -> Change:
    """That the persons, the authority or the public were told."""
    row = await _open(session, actor, breach_id, expected)
    made = Change(actor, told.reason)
    told_at = told.told_at or made.at
    _check_past("/told_at", told_at, made.at)
    if told_at < row.discovered_at:
        raise Invalid.field("/told_at", "Nobody is told before the breach is discovered.", "order")
    values = {f"{told.to}_told_at": told_at, "updated_at": made.at}
    made.answer = schemas.Breach.of(made.update(row, "breach.told", records.subject(row), values))
    return made


async def close(
    session: Session, actor: Actor, breach_id: UUID, why: schemas.BreachClosing, expected: Expected
) -> Change:
    """Nothing is left to do; the persons and the authority must have been told."""
    row = await _open(session, actor, breach_id, expected)
    if row.persons_told_at is None or row.authority_told_at is None:
        raise Conflict("First tell the persons and the authority, and note it here.")
    made = Change(actor, why.reason)
    values = {"ended_at": made.at, "updated_at": made.at}
    made.answer = schemas.Breach.of(made.update(row, "breach.closed", records.subject(row), values))
    return made


async def _open(session: Session, actor: Actor, breach_id: UUID, expected: Expected) -> BreachRow:
    row = await records.get(session, actor, BreachRow, breach_id, expected)
    if row.ended_at is not None:
        raise Conflict("This breach is closed.")
    return row


async def notice(
    session: Session, actor: Actor, breach_id: UUID, to: Told, language: Language
) -> schemas.BreachNotice:
    """A draft of the written notice, from what the register says now."""
    row = await records.get(session, actor, BreachRow, breach_id)
    agency = (await session.exec(select(AgencyRow).where(col(AgencyRow.code) == row.owner_agency))).one()
    name = agency.name if language is Language.INDONESIAN else agency.name_en
    values = {key: _said(value, language) for key, value in row.model_dump().items()} | {"agency": name}
    return schemas.BreachNotice(
        to=to,
        language=language,
        subject=SUBJECTS[language].format(**values),
        text=NOTICES[to, language].format(**values),
    )


def _said(value: Any, language: Language) -> str:
    """A value as it stands in a letter; times in UTC, which the letter says."""
    if value is None:
        return UNKNOWN[language]
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return str(value)
