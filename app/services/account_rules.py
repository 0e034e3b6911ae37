"""What every decision over accounts shares: whose they are, what may be granted, who must remain."""

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from app.change import Change, Subject
from app.database import Session, holds_code
from app.domain.actors import Actor, ancestry
from app.domain.administration import CODE_LASTS, is_cleared_beyond, is_mixed, roles_beyond
from app.domain.errors import Conflict, Forbidden, Invalid, NotFound
from app.domain.passwords import NO_PASSWORD
from app.domain.permissions import Role
from app.domain.sharing import Classification, Marking, Tlp
from app.models.agencies import AccountRow, AccountTurnRow
from app.services import versions
from app.services.accounts import OPERATOR, area_of, counts
from app.services.reference import regions_by_code, require_unit

LONGEST_NAME = 64
CODE_BYTES = 24  # 192 bits, so a plain hash keeps it


def marking_of_agency(agency: str) -> Marking:
    """How entries about an agency's accounts are marked: its own auditors read them."""
    return Marking(agency, Tlp.AMBER_STRICT, Classification.BIASA)


def subject(row: AccountRow) -> Subject:
    """The account as the subject of an entry; its credentials are parts of it."""
    marking = marking_of_agency(row.agency)
    return Subject("account", row.id, marking, marking)


async def own(
    session: Session, actor: Actor, account_id: UUID, expected: frozenset[int] | None, *, system: bool
) -> AccountRow:
    """An account of the actor's agency, of a person or of a system; those of others do not exist to it."""
    query = select(AccountRow).where(
        col(AccountRow.id) == account_id, col(AccountRow.agency) == actor.agency, is_system(system)
    )
    row = (await session.exec(query)).first()
    if row is None:
        raise NotFound
    versions.require(row, expected)
    return row


def is_system(wanted: bool) -> Any:  # noqa: FBT001 - the value to compare with
    """Whether an account is an integration, or a person's."""
    held = holds_code(col(AccountRow.roles), Role.INTEGRATION)
    return held if wanted else ~held


async def start(session: Session, actor: Actor, reason: str | None) -> Change:
    """A change by an administrator; it holds only while the actor's own account stays as it is now."""
    change = Change(actor, reason)
    if actor is OPERATOR:
        return change
    query = select(AccountRow).where(col(AccountRow.id) == actor.account_id, counts(AccountRow, change.at))
    row = (await session.exec(query)).first()
    if row is None or not actor.roles <= {Role(role) for role in row.roles}:
        raise Forbidden("Your own account has changed; sign in again.")
    change.rests_on(row)
    return change


def require_other(actor: Actor, row: AccountRow) -> None:
    """Raise where somebody would decide over the own account."""
    if actor.account_id == row.id:
        raise Forbidden("Nobody decides over their own account: ask another administrator of your agency.")


async def require_remaining(session: Session, change: Change, row: AccountRow) -> None:
    """Raise where the agency would be left without an administrator; whoever stays must still be one."""
    if Role.ADMIN not in row.roles or not row.active or row.pending or row.secret_hash == NO_PASSWORD:
        return
    others = select(AccountRow).where(
        col(AccountRow.agency) == row.agency,
        col(AccountRow.id) != row.id,
        holds_code(col(AccountRow.roles), Role.ADMIN),
        col(AccountRow.secret_hash) != NO_PASSWORD,
        counts(AccountRow, change.at),
    )
    other = (await session.exec(others.order_by(col(AccountRow.id)).limit(1))).first()
    if other is None:
        raise Conflict("This is the last administrator of {agency}.", agency=row.agency)
    change.rests_on(other)


async def new_name(session: Session, post: str, agency: str) -> str:
    """The name of a new account; raises where it is too long, or taken."""
    name = f"{post}.{agency}"
    if len(name) > LONGEST_NAME:
        raise Invalid.field("/post", "With the agency's code the name would be too long.", "string_too_long")
    if (await session.exec(select(AccountRow.id).where(col(AccountRow.name) == name))).first():
        raise Conflict("There is an account {account} already.", account=name)
    return name


async def check_grant(session: Session, agency: str, kind: str, values: Mapping[str, Any], now: Any) -> None:
    """Raise Invalid where an account would hold more than its agency may grant."""
    _check_roles(kind, values["roles"])
    if is_cleared_beyond(kind, values["clearance"]):
        raise Invalid.field("/clearance", "No account of your agency may be cleared so high.", "ceiling")
    if values["expires_at"] is not None and values["expires_at"] <= now:
        raise Invalid.field("/expires_at", "That is over already.", "past")
    if values["expires_at"] is not None and Role.ADMIN in values["roles"]:
        raise Invalid.field("/expires_at", "An administrator's account has no end: suspend it.", "ceiling")
    if values["unit"] is not None:
        unit = await require_unit(session, values["unit"], "/unit")
        if unit.agency != agency:
            raise Invalid.field("/unit", "That is no unit of your agency.", "ceiling")
    await _check_area(session, agency, values["unit"], values["area"] or ())


def _check_roles(kind: str, roles: Iterable[Role]) -> None:
    if beyond := roles_beyond(kind, roles):
        raise Invalid.field("/roles", "No account of your agency may be {role}.", "ceiling", role=beyond[0])
    if is_mixed(roles):
        raise Invalid.field("/roles", "The roles admin, integration and privacy stand alone.", "ceiling")


async def _check_area(session: Session, agency: str, unit: str | None, area: Iterable[str]) -> None:
    covered = await area_of(session, agency, unit)
    around = {code for region in covered for code in ancestry(region)}
    for place, code in enumerate(area):
        known = await session.load_lasting(regions_by_code, code)
        if known is None or (code not in around and covered.isdisjoint(ancestry(code))):
            text = "{region} shares no kecamatan with the area of {agency}."
            raise Invalid.field(f"/area/{place}", text, "ceiling", region=code, agency=agency)


def issue_code(change: Change) -> tuple[str, dict[str, Any]]:
    """A one-time code, and the columns that keep it; it is shown this once."""
    code = secrets.token_urlsafe(CODE_BYTES)
    return code, {"code_hash": code_hash(code), "code_expires_at": change.at + CODE_LASTS}


def code_hash(code: str) -> str:
    """How a one-time code is kept."""
    return hashlib.sha256(code.encode()).hexdigest()


async def take_turn(session: Session, change: Change, account_id: UUID) -> None:
    """Whoever adds to the same account does so one after another, so that there are never too many.

    It is taken before what there is is counted, which may change meanwhile.
    """
    query = select(AccountTurnRow).where(col(AccountTurnRow.id) == account_id)
    turn = (await session.exec(query)).first()
    if turn is None:
        change.inserts.append((AccountTurnRow, {"id": account_id, "version": 1}))
    else:
        change.take_turn(turn)
