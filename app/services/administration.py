"""Accounts of people: an administrator lists, makes, changes, suspends those of the own agency."""

from typing import Any
from uuid import UUID

from sqlmodel import col, select

from app.change import Change
from app.database import Session
from app.domain.actors import Actor
from app.domain.errors import Conflict, Invalid
from app.domain.passwords import NO_PASSWORD
from app.domain.permissions import Role
from app.models.agencies import AccountRow
from app.schemas.administration import (
    Account,
    AccountChange,
    AccountCreate,
    AccountIssued,
    AccountPage,
    AccountStep,
)
from app.schemas.pages import make_cursor, read_cursor
from app.services import account_rules as rules
from app.services import refresh_tokens

Expected = frozenset[int] | None
DECIDED = ("roles", "clearance", "unit", "area", "allowed_networks", "expires_at")


async def read(session: Session, actor: Actor, account_id: UUID) -> Account:
    """One account of the own agency."""
    return Account.of((await rules.own(session, actor, account_id, None, system=False)).model_dump())


async def search(session: Session, actor: Actor, cursor: str | None, limit: int) -> AccountPage:
    """The accounts of the own agency, the oldest first."""
    rows, following = await page_of(session, actor, cursor, limit, system=False)
    return AccountPage(items=[Account.of(row.model_dump()) for row in rows], next=following)


async def page_of(
    session: Session, actor: Actor, cursor: str | None, limit: int, *, system: bool
) -> tuple[list[AccountRow], str | None]:
    """One page of the accounts of the own agency, of people or of systems."""
    query = select(AccountRow).where(col(AccountRow.agency) == actor.agency, rules.is_system(system))
    if after := read_cursor(cursor, UUID):
        query = query.where(col(AccountRow.id) > after[0])
    rows = list((await session.exec(query.order_by(col(AccountRow.id)).limit(limit + 1))).all())
    return rows[:limit], make_cursor(rows[limit - 1].id) if len(rows) > limit else None


async def create(session: Session, actor: Actor, new: AccountCreate) -> Change:
    """A post of the own agency; its person sets the password with the code of the answer."""
    change = await rules.start(session, actor, new.reason)
    values = new.model_dump(exclude={"post", "reason"})
    _require_person(values["roles"])
    await rules.check_grant(session, actor.agency, actor.agency_kind, values, change.at)
    name = await rules.new_name(session, new.post, actor.agency)
    code, kept = rules.issue_code(change)
    row = open_account(change, name, actor.agency, {**values, **kept})
    change.answer = AccountIssued.of(row, code=code)
    return change


def open_account(change: Change, name: str, agency: str, values: dict[str, Any]) -> dict[str, Any]:
    """A new account without a password."""
    fixed = {"name": name, "agency": agency, "secret_hash": NO_PASSWORD, "created_at": change.at}
    return change.create(AccountRow, "account.created", rules.marking_of_agency(agency), {**values, **fixed})


def _require_person(roles: list[Role]) -> None:
    if Role.INTEGRATION in roles:
        raise Invalid.field("/roles", "A system is made at /api/v1/integrations.", "ceiling")


async def change(
    session: Session, actor: Actor, account_id: UUID, wanted: AccountChange, expected: Expected
) -> Change:
    """Other roles, clearance, unit, area, networks or end, of another account than the own."""
    row = await rules.own(session, actor, account_id, expected, system=False)
    rules.require_other(actor, row)
    changing = await rules.start(session, actor, wanted.reason)
    asked = wanted.model_dump(exclude={"reason"}, exclude_unset=True)
    whole = {**row.model_dump(include=set(DECIDED)), **asked}
    _require_person(whole["roles"])
    await rules.check_grant(session, actor.agency, actor.agency_kind, whole, changing.at)
    if Role.ADMIN not in whole["roles"]:
        await rules.require_remaining(session, changing, row)
    changing.answer = Account.of(put(changing, row, asked))
    return changing


def put(changing: Change, row: AccountRow, asked: dict[str, Any]) -> dict[str, Any]:
    """The columns that differ, as one entry; none where all stands as it is wished."""
    differing = {name: value for name, value in asked.items() if getattr(row, name) != value}
    if not differing:
        return row.model_dump()
    return changing.update(row, "account.changed", rules.subject(row), differing)


async def suspend(
    session: Session, actor: Actor, account_id: UUID, why: AccountStep, expected: Expected
) -> Change:
    """The account stops to work within a second, on every worker."""
    row = await rules.own(session, actor, account_id, expected, system=False)
    changing = await set_active(session, actor, row, why, active=False)
    changing.answer = Account.of(changing.answer)
    return changing


async def reactivate(
    session: Session, actor: Actor, account_id: UUID, why: AccountStep, expected: Expected
) -> Change:
    """The account works again, with what it held."""
    row = await rules.own(session, actor, account_id, expected, system=False)
    changing = await set_active(session, actor, row, why, active=True)
    changing.answer = Account.of(changing.answer)
    return changing


async def set_active(
    session: Session, actor: Actor, row: AccountRow, why: AccountStep, *, active: bool
) -> Change:
    """Suspend an account or take it back into use; the answer is its row."""
    rules.require_other(actor, row)
    changing = await rules.start(session, actor, why.reason)
    if row.active and active:
        raise Conflict("This account is in use.")
    if not row.active and not active:
        raise Conflict("This account is suspended already.")
    if not active:
        await rules.require_remaining(session, changing, row)
        await refresh_tokens.end_all(session, changing, [row.id])
    action = "account.reactivated" if active else "account.suspended"
    changing.answer = changing.update(row, action, rules.subject(row), {"active": active})
    return changing
