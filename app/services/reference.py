"""Regions, agencies, units, jurisdictions and vocabularies; and whether codes in a request exist."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Date, and_, bindparam, or_, true
from sqlalchemy import select as core_select
from sqlmodel import col, select

from app.database import Session, is_one_of
from app.domain.actors import Actor, ancestry
from app.domain.errors import Invalid, NotFound
from app.domain.incident_kinds import GROUP_OF_KIND
from app.domain.site_indicators import RISK_INDICATORS
from app.domain.vocabularies import VOCABULARIES, AgencyKind
from app.models.agencies import AccountRow, AgencyRow, UnitRow
from app.models.regions import JurisdictionRow, RegionRow
from app.reads import Prepared, Reads
from app.schemas import reference as schemas
from app.schemas.pages import make_cursor, read_cursor, region_code

SERVICES = tuple(kind for kind in AgencyKind if kind is not AgencyKind.HOST)
NO_UNIT = "No source names the unit for this place; the agency itself is known."
PARENTS: dict[str, Mapping[str, str]] = {
    "incident_kind": GROUP_OF_KIND,
    "risk_indicator": {code: variable for code, (variable, _) in RISK_INDICATORS.items()},
}
WHOLE_AGENCY = "The agency covers the place as a whole."


def today() -> date:
    """The day by which validity is judged."""
    return datetime.now(UTC).date()


def valid(table: Any, on: Any) -> Any:
    """Whether an effective-dated row holds on a day."""
    return and_(table.valid_from <= on, or_(table.valid_to.is_(None), table.valid_to > on))


def within(column: Any, region: str | None) -> Any:
    """Whether a code is that of a region or of one within it; of none, where no region is asked for."""
    return true() if region is None else or_(column == region, column.startswith(f"{region}."))


def meets(column: Any, region: str | None) -> Any:
    """Whether a code is that of a region, of one within it or of one above it."""
    return true() if region is None else or_(within(column, region), column.in_(ancestry(region)))


REGIONS_BY_CODE = Prepared(
    core_select(RegionRow.__table__).where(  # type: ignore[attr-defined]
        is_one_of(col(RegionRow.code), "codes"), valid(RegionRow, bindparam("today", type_=Date))
    )
)


async def regions_by_code(reads: Reads, codes: list[str]) -> Mapping[str, Any]:
    """The regions that hold today."""
    rows = await reads.rows(REGIONS_BY_CODE, {"codes": codes, "today": today()})
    return {row.code: row for row in rows}


async def region(session: Session, actor: Actor, code: str) -> schemas.Region:
    """One region."""
    row = await session.load(regions_by_code, code)
    if row is None:
        raise NotFound
    return schemas.Region.model_validate(row)


async def regions(
    session: Session, actor: Actor, parent: str | None, text: str | None, cursor: str | None, limit: int
) -> schemas.RegionPage:
    """Regions under a parent, or whose name holds a text; provinces if neither is asked for."""
    query = select(RegionRow).where(valid(RegionRow, today())).order_by(col(RegionRow.code)).limit(limit + 1)
    if text:
        query = query.where(col(RegionRow.name).icontains(text, autoescape=True))
    if parent or not text:
        query = query.where(
            col(RegionRow.parent).is_(parent) if parent is None else RegionRow.parent == parent
        )
    if after := read_cursor(cursor, region_code):
        query = query.where(col(RegionRow.code) > after[0])
    rows = list((await session.exec(query)).all())
    return schemas.RegionPage(
        items=[schemas.Region.model_validate(row) for row in rows[:limit]],
        next=make_cursor(rows[limit - 1].code) if len(rows) > limit else None,
    )


async def responsible(session: Session, actor: Actor, code: str, on: date | None) -> schemas.Responsible:
    """Who covers a place, from the finest grain that is known for each service."""
    place = await region(session, actor, code)
    query = (
        select(JurisdictionRow, AgencyRow.name, UnitRow.name)
        .join(AgencyRow, col(AgencyRow.code) == JurisdictionRow.agency)
        .outerjoin(UnitRow, col(UnitRow.code) == JurisdictionRow.unit)
        .where(
            or_(
                col(JurisdictionRow.region_code).in_(ancestry(code)),
                col(JurisdictionRow.region_code).startswith(f"{code}."),
            ),
            valid(JurisdictionRow, on or today()),
        )
        .order_by(
            col(JurisdictionRow.region_code).desc(), col(JurisdictionRow.agency), col(JurisdictionRow.unit)
        )
    )
    by_service: dict[str, list[schemas.Coverage]] = defaultdict(list)
    for row, agency_name, unit_name in (await session.exec(query)).all():
        by_service[row.service].append(_coverage(row, agency_name, unit_name))
    return schemas.Responsible(region=place, **{service: by_service[service] for service in SERVICES})


def _coverage(row: JurisdictionRow, agency_name: str, unit_name: str | None) -> schemas.Coverage:
    reason = None
    if row.unit is None:
        reason = NO_UNIT if row.confidence == "unknown" else WHOLE_AGENCY
    facts = row.model_dump(exclude={"id", "dataset", "service"})
    return schemas.Coverage(**facts, agency_name=agency_name, unit_name=unit_name, reason=reason)


async def agencies(session: Session, actor: Actor) -> schemas.AgencyPage:
    """Every active agency."""
    query = select(AgencyRow).where(col(AgencyRow.active)).order_by(col(AgencyRow.code))
    rows = (await session.exec(query)).all()
    return schemas.AgencyPage(items=[schemas.Agency.model_validate(row) for row in rows])


async def agency(session: Session, actor: Actor, code: str) -> schemas.Agency:
    """One agency."""
    row = (await session.exec(select(AgencyRow).where(col(AgencyRow.code) == code))).first()
    if row is None:
        raise NotFound
    return schemas.Agency.model_validate(row)


async def units(session: Session, actor: Actor, code: str) -> schemas.UnitPage:
    """The units of an agency."""
    await agency(session, actor, code)
    query = select(UnitRow).where(col(UnitRow.agency) == code).order_by(col(UnitRow.code))
    return schemas.UnitPage(
        items=[schemas.Unit.model_validate(row) for row in (await session.exec(query)).all()]
    )


async def vocabularies(session: Session, actor: Actor) -> schemas.Vocabularies:
    """Every code with its labels."""
    return schemas.Vocabularies(
        vocabularies={
            name: [
                schemas.Term(
                    code=code,
                    label_id=label[0],
                    label_en=label[1],
                    parent=PARENTS.get(name, {}).get(code),
                )
                for code, label in terms.items()
            ]
            for name, terms in VOCABULARIES.items()
        }
    )


async def require_region(session: Session, code: str, pointer: str = "/region_code") -> None:
    """Raise Invalid where the region does not exist."""
    if await session.load_lasting(regions_by_code, code) is None:
        raise Invalid.field(
            pointer, "There is no region {code}; GET /api/v1/regions lists them.", "unknown", code=code
        )


async def require_place(session: Session, code: str) -> None:
    """Raise NotFound where an address names a region that does not exist."""
    if await session.load_lasting(regions_by_code, code) is None:
        raise NotFound


async def require_unit(session: Session, code: str, pointer: str) -> UnitRow:
    """The unit; raises Invalid where it does not exist."""
    row = (await session.exec(select(UnitRow).where(col(UnitRow.code) == code))).first()
    if row is None:
        text = "There is no unit {code}; GET /api/v1/agencies/…/units lists them."
        raise Invalid.field(pointer, text, "unknown", code=code)
    return row


async def partners(session: Session, codes: Iterable[str]) -> set[str]:
    """Which of these are active partner agencies."""
    known = select(AgencyRow.code).where(
        col(AgencyRow.code).in_(codes), col(AgencyRow.partner), col(AgencyRow.active)
    )
    return set((await session.exec(known)).all())


async def require_agencies(session: Session, fields: Mapping[str, Iterable[str]]) -> None:
    """Raise Invalid for each field that names an agency which is no active partner."""
    wanted = {code for codes in fields.values() for code in codes}
    if not wanted:
        return
    found = await partners(session, wanted)
    for name, codes in fields.items():
        for code in codes:
            if code not in found:
                raise Invalid.field(
                    f"/{name}", "{code} is no partner agency; GET /api/v1/agencies.", "unknown", code=code
                )


async def agencies_of_accounts(session: Session, accounts: Iterable[str]) -> frozenset[str]:
    """The agencies of these accounts; raises Invalid where one does not exist."""
    wanted = set(accounts)
    if not wanted:
        return frozenset()
    query = select(AccountRow.name, AccountRow.agency).where(
        col(AccountRow.name).in_(wanted), col(AccountRow.active)
    )
    found = dict((await session.exec(query)).all())
    for account in sorted(wanted - found.keys()):
        raise Invalid.field("/recipients", "There is no account {account}.", "unknown", account=account)
    return frozenset(found.values())
