"""Passwords: set by their person with a one-time code, reset only with a second word."""

import secrets
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from app.change import Change
from app.database import Session, holds_code
from app.domain.actors import Actor
from app.domain.administration import OFFICERS
from app.domain.errors import Conflict, Forbidden, Invalid
from app.domain.passwords import NO_PASSWORD
from app.domain.permissions import Role
from app.models.agencies import AccountRow, AgencyRow
from app.schemas.administration import Account, AccountIssued, AccountStep, Decision
from app.schemas.enrolment import (
    Confirmation,
    Enrolled,
    Enrolment,
    Objection,
    PasswordChange,
    ResetDecision,
)
from app.services import account_rules as rules
from app.services import one_time_codes, refresh_tokens
from app.services.accounts import counts
from app.services.authority import Authority
from app.services.passwords import hashed, is_password_of

Expected = frozenset[int] | None
NO_RESET = {
    "code_hash": None, "code_expires_at": None, "reset_requested_by": None, "reset_approved_by": None,
}  # fmt: skip

NO_CODE = "This code does not count for this account, or no longer: ask your administrator for another."


async def request_reset(
    session: Session, actor: Actor, account_id: UUID, why: AccountStep, expected: Expected
) -> Change:
    """A new code; where there is a password already, it counts only with a second administrator."""
    row = await rules.own(session, actor, account_id, expected, system=False)
    rules.require_other(actor, row)
    change = await rules.start(session, actor, why.reason)
    code, kept = rules.issue_code(change)
    if row.secret_hash == NO_PASSWORD:
        new = change.update(row, "account.code_issued", rules.subject(row), kept)
    else:
        kept |= {"reset_requested_by": actor.account, "reset_approved_by": None}
        new = change.update(row, "account.reset_requested", rules.subject(row), kept)
    change.answer = AccountIssued.of(new, code=code)
    return change


def is_resetting(row: AccountRow) -> bool:
    """Whether a reset is asked for and has not taken effect."""
    return row.code_hash is not None and row.secret_hash != NO_PASSWORD


async def decide_reset(
    session: Session, actor: Actor, account_id: UUID, asked: ResetDecision, expected: Expected
) -> Change:
    """A second administrator says yes or no."""
    row = await rules.own(session, actor, account_id, expected, system=False)
    rules.require_other(actor, row)
    if actor.account == row.reset_requested_by:
        raise Forbidden("You asked for it: another administrator of your agency decides.")
    change = await rules.start(session, actor, asked.reason)
    if not is_resetting(row) or row.reset_approved_by is not None:
        raise Conflict("No reset of this account waits for a decision.")
    if asked.decision is Decision.APPROVE:
        approved = {"reset_approved_by": actor.account}
        new = change.update(row, "account.reset_approved", rules.subject(row), approved)
    else:
        new = change.update(row, "account.reset_declined", rules.subject(row), NO_RESET)
    change.answer = Account.of(new)
    return change


async def object_to_reset(session: Session, actor: Actor, asked: Objection) -> Change:
    """The person did not ask for it: the code counts no more."""
    row = await _row(session, actor.account_id)
    if not is_resetting(row):
        raise Conflict("No reset of this account waits for a decision.")
    change = Change(actor, asked.reason)
    change.update(row, "account.reset_objected", rules.subject(row), NO_RESET)
    return change


async def _row(session: Session, account_id: UUID) -> AccountRow:
    return (await session.exec(select(AccountRow).where(col(AccountRow.id) == account_id))).one()


async def enrol(session: Session, _actor: Actor, authority: Authority, asked: Enrolment) -> Change:
    """The person behind an account sets its password with a code that counts once."""
    query = (
        select(AccountRow, AgencyRow)
        .join(AgencyRow, col(AgencyRow.code) == AccountRow.agency)
        .where(col(AccountRow.name) == asked.account, col(AccountRow.active), col(AgencyRow.active))
    )
    found = (await session.exec(query)).first()
    row, agency = found or (None, None)
    change = Change(_actor if row is None or agency is None else _acting(row, agency))
    sought = rules.code_hash(asked.code)
    if row is None or row.code_hash is None or not secrets.compare_digest(row.code_hash, sought):
        raise Invalid.field("/code", NO_CODE, "code")
    if row.code_expires_at is None or row.code_expires_at <= change.at:
        raise Invalid.field("/code", NO_CODE, "code")
    values: dict[str, Any] = {"code_hash": None, "code_expires_at": None}
    if is_resetting(row):
        if not await _has_second_word(session, authority, change, row, asked):
            return change
        await refresh_tokens.end_all(session, change, [row.id])
        values["reset_at"] = change.at
    elif row.pending:
        values["pending"] = await _is_still_pending(session, change, row, asked)
    values["secret_hash"] = await hashed(asked.password)
    action = "account.reset" if "reset_at" in values else "account.enrolled"
    new = change.update(row, action, rules.subject(row), values)
    change.answer = Enrolled(account=row.name, pending=new["pending"])
    return change


async def _has_second_word(
    session: Session, authority: Authority, change: Change, row: AccountRow, asked: Enrolment
) -> bool:
    """Whether a second administrator or the person's own one-time code stands behind a reset.

    A wrong one-time code ends the reset, so that whoever holds the code of the reset has one guess.
    """
    if row.reset_approved_by is not None:
        await one_time_codes.remove(session, change, row)  # they may have lost it; the next sign-in makes one
        return True
    if asked.totp is None:
        raise Conflict("A second administrator of your agency has not approved this reset yet.")
    if await one_time_codes.proves(session, authority, change, row, asked.totp):
        return True
    change.update(row, "account.reset_refused", rules.subject(row), NO_RESET)
    change.answer = Conflict("The one-time code is wrong, and the reset is over: ask for another.")
    return False


async def _is_still_pending(session: Session, change: Change, row: AccountRow, asked: Enrolment) -> bool:
    """An officer of the agency confirms; where it has none yet, the person says who appointed them."""
    officers = select(AccountRow.id).where(
        col(AccountRow.agency) == row.agency,
        col(AccountRow.id) != row.id,
        col(AccountRow.secret_hash) != NO_PASSWORD,
        counts(AccountRow, change.at),
        holds_code(col(AccountRow.roles), Role.ADMIN) | holds_code(col(AccountRow.roles), Role.COMMANDER),
    )
    if (await session.exec(officers.limit(1))).first():
        return True
    if asked.statement is None:
        text = "Say who in your agency appointed you, and by what order."
        raise Invalid.field("/statement", text, "missing")
    change.reason = asked.statement
    return False


async def confirm(
    session: Session, actor: Actor, account_id: UUID, asked: Confirmation, expected: Expected
) -> Change:
    """The word of an officer of the agency on an administrator whom the host has made for it."""
    row = await rules.own(session, actor, account_id, expected, system=False)
    rules.require_other(actor, row)
    change = await rules.start(session, actor, asked.statement)
    if not row.pending or not actor.roles & OFFICERS:
        raise Conflict("This account does not wait for a confirmation.")
    if asked.decision is Decision.APPROVE:
        new = change.update(row, "account.confirmed", rules.subject(row), {"pending": False})
    else:
        declined = {**NO_RESET, "active": False}
        new = change.update(row, "account.refused", rules.subject(row), declined)
    change.answer = Account.of(new)
    return change


async def change_password(
    session: Session, actor: Actor, authority: Authority, asked: PasswordChange
) -> Change:
    """A new password in place of the one that the person knows."""
    row = await _row(session, actor.account_id)
    if Role.INTEGRATION in row.roles:
        raise Forbidden("A system has keys and secrets, no password.")
    async with authority.guess(row.name):
        if not await is_password_of(session, row, asked.current):
            raise Invalid.field("/current", "That is not your password.", "wrong")
    change = Change(actor)
    values = {"secret_hash": await hashed(asked.password)}
    await refresh_tokens.end_all(session, change, [row.id])
    change.update(row, "account.password_changed", rules.subject(row), values)
    return change


def _acting(row: AccountRow, agency: AgencyRow) -> Actor:
    """The person, who by the code proves to be meant."""
    return Actor(
        account_id=row.id,
        account=row.name,
        agency=row.agency,
        agency_kind=agency.kind,
        partner=agency.partner,
        roles=frozenset(Role(role) for role in row.roles),
        permissions=frozenset(),
        clearance=row.clearance,
        exercise=row.exercise,
    )
