"""Agencies that join and leave, and their first administrators: the host's part, which sees no record."""

from typing import Any

from sqlmodel import col, select

from app.change import Change, Subject
from app.database import Session
from app.domain.actors import Actor
from app.domain.errors import Conflict, Forbidden, Invalid, NotFound
from app.domain.permissions import Role
from app.domain.sharing import LIVE, Classification, Marking, Tlp
from app.domain.vocabularies import AgencyKind
from app.models.agencies import AccountRow, AgencyRow, UnitRow
from app.schemas.agencies import (
    AdministratorAppointed,
    AdministratorAppointment,
    AgencyDeparture,
    AgencyJoin,
    AgencyReturn,
    Membership,
)
from app.services import account_rules as rules
from app.services import refresh_tokens, versions
from app.services.accounts import SYSTEM
from app.services.administration import open_account

Expected = frozenset[int] | None
PUBLIC_MARKING = Marking(SYSTEM.agency, Tlp.GREEN, Classification.BIASA)


def _require_host(actor: Actor) -> None:
    if actor.agency_kind != AgencyKind.HOST:
        raise Forbidden("Only an administrator of the host does that.")


async def _get(session: Session, code: str, expected: Expected) -> AgencyRow:
    row = (await session.exec(select(AgencyRow).where(col(AgencyRow.code) == code))).first()
    if row is None:
        raise NotFound
    versions.require(row, expected)
    return row


def _subject(row: AgencyRow) -> Subject:
    return Subject("agency", row.id, PUBLIC_MARKING, PUBLIC_MARKING)


async def join(session: Session, actor: Actor, new: AgencyJoin) -> Change:
    """Another partner, from the day of its agreement on."""
    _require_host(actor)
    change = await rules.start(session, actor, new.reason)
    for table in (AgencyRow, UnitRow):
        if (await session.exec(select(table).where(col(table.code) == new.code))).first():
            raise Conflict("The code {code} is taken.", code=new.code)
    if new.parent is not None:
        known = select(AgencyRow).where(col(AgencyRow.code) == new.parent, col(AgencyRow.active))
        if (await session.exec(known)).first() is None:
            raise Invalid.field(
                "/parent", "{code} is no partner agency; GET /api/v1/agencies.", "unknown", code=new.parent
            )
    values: dict[str, Any] = {**new.model_dump(exclude={"reason"}), "partner": True}
    row = change.create(AgencyRow, "agency.joined", PUBLIC_MARKING, values)
    change.answer = Membership.model_validate(row)
    return change


async def leave(
    session: Session, actor: Actor, code: str, why: AgencyDeparture, expected: Expected
) -> Change:
    """None of its accounts works any more, within a second; its records stay as they are."""
    _require_host(actor)
    row = await _get(session, code, expected)
    if row.kind == AgencyKind.HOST:
        raise Forbidden("The host does not leave.")
    change = await rules.start(session, actor, why.reason)
    if not row.active:
        raise Conflict("This agency has left already.")
    its_accounts = select(AccountRow.id).where(col(AccountRow.agency) == code)
    await refresh_tokens.end_all(session, change, its_accounts)
    left = change.update(row, "agency.left", _subject(row), {"active": False})
    change.answer = Membership.model_validate(left)
    return change


async def come_back(
    session: Session, actor: Actor, code: str, terms: AgencyReturn, expected: Expected
) -> Change:
    """The agency is a partner again, by a new agreement; its accounts work as they did."""
    _require_host(actor)
    row = await _get(session, code, expected)
    change = await rules.start(session, actor, terms.reason)
    if row.active:
        raise Conflict("This agency is a partner.")
    values = {**terms.model_dump(exclude={"reason"}), "active": True}
    change.answer = Membership.model_validate(change.update(row, "agency.rejoined", _subject(row), values))
    return change


async def appoint(session: Session, actor: Actor, code: str, new: AdministratorAppointment) -> Change:
    """An administrator for another agency; the account works once that agency has confirmed it."""
    _require_host(actor)
    row = await _get(session, code, None)
    if row.kind == AgencyKind.HOST:
        raise Forbidden("Accounts of the host are made at /api/v1/accounts.")
    change = await rules.start(session, actor, new.reason)
    if not row.active:
        raise Conflict("This agency has left already.")
    change.rests_on(row)
    name = await rules.new_name(session, new.post, code)
    one_time, kept = rules.issue_code(change)
    values = {
        "roles": [Role.ADMIN], "clearance": Classification.BIASA, "exercise": LIVE, "pending": True, **kept,
    }  # fmt: skip
    account = open_account(change, name, code, values)
    change.answer = AdministratorAppointed.model_validate({**account, "code": one_time})
    return change
