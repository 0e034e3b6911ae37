"""The elections that stand in `app/reference`, as records of the commission that keeps them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from sqlmodel import col, select
from uuid_utils.compat import uuid7

from app.change import Change
from app.database import Session
from app.domain.references import make_reference
from app.domain.sharing import LIVE
from app.models.elections import ElectionRow
from app.schemas.elections import ElectionCreate, StageDates
from app.services import election_rules as rules
from app.services.accounts import SYSTEM
from app.services.elections import PUBLIC
from app.services.visibility import marking_said

Row = Mapping[str, str | None]


async def changes(session: Session, rounds: Iterable[Row], days: Iterable[Row]) -> Iterator[Change]:
    """One change for each round that is not known yet; those before come first, as the file has them."""
    calendars: dict[str, list[StageDates]] = defaultdict(list)
    for day in days:
        said = {name: value for name, value in day.items() if name != "calendar"}
        calendars[str(day["calendar"])].append(StageDates.model_validate(said))
    for stages in calendars.values():
        rules.check_stages(stages)
    known = await _known(session)
    return _missing(rounds, calendars, known)


async def _known(session: Session) -> dict[tuple[str, str, int, int], UUID]:
    query = select(ElectionRow).where(col(ElectionRow.exercise) == LIVE)
    rows = (await session.exec(query)).all()
    return {(row.kind, row.region_code, row.year, row.round): row.id for row in rows}


def _missing(
    rounds: Iterable[Row],
    calendars: Mapping[str, list[StageDates]],
    known: Mapping[tuple[str, str, int, int], UUID],
) -> Iterator[Change]:
    ids: dict[str, UUID] = {}
    for row in rounds:
        kind, region, year, number = (str(row[name]) for name in ("kind", "region_code", "year", "round"))
        held = known.get((kind, region, int(year), int(number)))
        identity = ids[str(row["key"])] = held or uuid7()
        if held is None:
            yield _entered(identity, row, calendars[str(row["calendar"])], ids)


def _entered(identity: UUID, row: Row, stages: list[StageDates], ids: Mapping[str, UUID]) -> Change:
    change = Change(SYSTEM)
    taken = ("kind", "region_code", "name", "source", "revote_kind", "decision", "decided_on")
    new = ElectionCreate.model_validate(
        {
            **{name: row[name] for name in taken},
            "year": int(str(row["year"])),
            "stages": stages,
            "follows": ids[str(row["follows"])] if row["follows"] else None,
        }
    )
    rules.check_basis(new, new.decided_on or change.at.date())
    values: dict[str, Any] = {
        **new.model_dump(exclude={"stages"}),
        **PUBLIC,
        "stages": new.model_dump(mode="json")["stages"],
        "id": identity,
        "round": int(str(row["round"])),
        "reference": make_reference("E"),
        "owner_agency": row["agency"],
        "exercise": LIVE,
        "created_at": change.at,
        "updated_at": change.at,
    }
    action = "election.entered" if new.follows is None else "election.revote_declared"
    change.create(ElectionRow, action, marking_said(values), values)
    return change
