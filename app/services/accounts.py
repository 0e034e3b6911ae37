"""Accounts: who signs in, what the actor may do at this moment, and how accounts are made."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

import anyio
import anyio.to_thread
from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import ColumnElement, Date, and_, bindparam, or_
from sqlalchemy import select as core_select
from sqlmodel import col, select

from app.change import Change
from app.database import Session, all_codes, is_one_of, joined_text
from app.domain.access_log import AccessKind
from app.domain.actors import Actor, Reset, ancestry
from app.domain.administration import narrowed
from app.domain.errors import TokenRefused
from app.domain.permissions import Permission, Role, permissions_of
from app.domain.sharing import LIVE, Classification, Marking, Tlp
from app.models.agencies import AccountRow, AgencyRow, RedVoucherRow
from app.models.regions import JurisdictionRow
from app.reads import Prepared, Reads
from app.schemas.accounts import CredentialsReset, Me
from app.services.reference import today, valid
from app.services.sign_ins import Gate

# Argon2id with the parameters that OWASP's cheat sheet on password storage gives as a minimum.
HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
NOBODY = HASHER.hash("no account has this name")  # so that an unknown name takes as long as a known one

REFUSALS = {
    "password": TokenRefused("invalid_grant", "Name or password is wrong."),
    "client_credentials": TokenRefused("invalid_client", "Client id or secret is wrong.", status=401),
}
HASHES_AT_ONCE = 2  # each takes 19 MiB and a core for a moment

SYSTEM = Actor(
    account_id=UUID(int=0),
    account="system",
    agency="siaga",
    agency_kind="host",
    partner=False,
    roles=frozenset(),
    permissions=frozenset(),
    clearance=Classification.BIASA,
    exercise=LIVE,
)

# Whoever runs commands on the host's machine; in the ledger it is the system that acts.
OPERATOR = replace(SYSTEM, roles=frozenset({Role.ADMIN}))


@cache
def _hashing() -> anyio.CapacityLimiter:
    return anyio.CapacityLimiter(HASHES_AT_ONCE)


def check_secret(secret: str, secret_hash: str | None) -> bool:
    """Whether the secret is the account's; takes its time, so call it in a thread."""
    try:
        HASHER.verify(secret_hash or NOBODY, secret)
    except VerificationError:
        return False
    return secret_hash is not None


async def sign_in(
    session: Session, gate: Gate, grant_type: str, name: str, secret: str, address: str
) -> AccountRow:
    """The account, if the secret is its own and the grant is for its kind; raises TokenRefused."""
    if grant_type not in REFUSALS:
        raise TokenRefused("unsupported_grant_type", "Use password or client_credentials.")
    async with gate.guess(name, address):
        account = await find(session, name)
        await session.close()  # while hashes are made, nobody holds a connection that others wait for
        sound = await anyio.to_thread.run_sync(
            check_secret, secret, account.secret_hash if account else None, limiter=_hashing()
        )
        is_integration = account is not None and Role.INTEGRATION in account.roles
        if account is None or not sound or is_integration != (grant_type == "client_credentials"):
            session.note_sign_in(AccessKind.SIGN_IN_FAILED, account)
            raise REFUSALS[grant_type]
        session.note_sign_in(AccessKind.SIGN_IN, account)
        return account


async def find(session: Session, name: str) -> AccountRow | None:
    """An active account of an active agency, by its name."""
    if not name.isprintable():  # PostgreSQL cannot even be asked for a NUL
        return None
    query = (
        select(AccountRow)
        .join(AgencyRow, col(AgencyRow.code) == col(AccountRow.agency))
        .where(col(AccountRow.name) == name, counts(AccountRow, datetime.now(UTC)), col(AgencyRow.active))
    )
    return (await session.exec(query)).first()


def counts(table: Any, now: Any) -> ColumnElement[bool]:
    """Whether an account may be used: neither suspended nor waiting for its agency's word, nor at its end."""
    return and_(table.active, ~table.pending, or_(table.expires_at.is_(None), table.expires_at > now))


ACCOUNT, AGENCY = AccountRow.__table__, AgencyRow.__table__  # type: ignore[attr-defined]
JURISDICTION = JurisdictionRow.__table__  # type: ignore[attr-defined]
COVERED = (
    core_select(joined_text(JURISDICTION.c.region_code))
    .where(
        JURISDICTION.c.agency == ACCOUNT.c.agency,
        or_(ACCOUNT.c.unit.is_(None), JURISDICTION.c.unit == ACCOUNT.c.unit),
        valid(JURISDICTION.c, bindparam("today", type_=Date)),
    )
    .scalar_subquery()
)
VOUCHER = RedVoucherRow.__table__  # type: ignore[attr-defined]
# Who has confirmed the account since its credentials were reset; names hold no comma.
VOUCHERS = (
    core_select(all_codes(VOUCHER.c.voucher))
    .where(VOUCHER.c.account_id == ACCOUNT.c.id, VOUCHER.c.reset_at == ACCOUNT.c.reset_at)
    .scalar_subquery()
)
STANDINGS = Prepared(
    core_select(
        ACCOUNT,
        AGENCY.c.kind.label("agency_kind"),
        AGENCY.c.partner,
        COVERED.label("covered"),
        VOUCHERS.label("vouchers"),
    )
    .join(AGENCY, AGENCY.c.code == ACCOUNT.c.agency)
    .where(is_one_of(ACCOUNT.c.id, "ids"), AGENCY.c.active)
    .where(counts(ACCOUNT.c, bindparam("now", type_=ACCOUNT.c.expires_at.type)))
)
ASKED_SECONDS = 3.0  # a database that takes longer to say who somebody is counts as away


class Standing(NamedTuple):
    """An account as it stood at a moment of `time.monotonic`, with its agency and the area they cover."""

    as_of: float
    row: Any


async def standings(reads: Reads, ids: list[UUID]) -> Mapping[UUID, Standing]:
    """Active accounts of active agencies, with what decides what they may do; in one statement."""
    async with asyncio.timeout(ASKED_SECONDS):
        asked = {"ids": ids, "today": today(), "now": datetime.now(UTC)}
        as_of, rows = await reads.rows_as_of(STANDINGS, asked)
    return {row.id: Standing(as_of, row) for row in rows}


def actor(standing: Standing, scopes: frozenset[str], oversight: Sequence[str]) -> Actor:
    """The actor that such an account is, by a token for these scopes."""
    row = standing.row
    covered = narrowed(frozenset((row.covered or "").split()), row.area)
    roles = frozenset(Role(role) for role in row.roles)
    held = _held(row) & scopes
    return Actor(
        account_id=row.id,
        account=row.name,
        agency=row.agency,
        agency_kind=row.agency_kind,
        partner=row.partner,
        roles=roles,
        permissions=held,
        clearance=row.clearance,
        exercise=row.exercise,
        oversight=tuple(oversight),
        vouched=tuple((row.vouchers or "").split(",")) if row.reset_at else None,
        reset=_reset(row),
        allowed_networks=tuple(row.allowed_networks) if row.allowed_networks else None,
        covered=covered,
        area=frozenset(code for region in covered for code in ancestry(region)),
    )


def _held(account: Any) -> frozenset[Permission]:
    """All that the roles of an account grant; an integration may be bound to some of it."""
    held = permissions_of(frozenset(Role(role) for role in account.roles))
    return held if account.scopes is None else held & frozenset(map(Permission, account.scopes))


def _reset(account: Any) -> Reset | None:
    """The reset that is asked for, or the last one that took effect."""
    if account.reset_requested_by is None:
        return None
    at = None if account.code_hash else account.reset_at
    return Reset(account.reset_requested_by, account.reset_approved_by, at)


async def area_of(session: Session, agency: str, unit: str | None) -> frozenset[str]:
    """The codes of the regions that an agency, or one of its units, covers today."""
    query = select(JurisdictionRow.region_code).where(
        JurisdictionRow.agency == agency, valid(JurisdictionRow, today())
    )
    if unit:
        query = query.where(JurisdictionRow.unit == unit)
    return frozenset((await session.exec(query)).all())


def grantable(account: AccountRow, asked: str) -> list[Permission]:
    """What a token for this account may carry: all its permissions, or those asked for among them."""
    held = _held(account)
    wanted = frozenset(asked.split()) if asked else held
    return sorted(held & wanted)


async def me(session: Session, actor: Actor) -> Me:
    """The caller's own account."""
    return Me(
        account=actor.account,
        agency=actor.agency,
        roles=sorted(actor.roles),
        permissions=sorted(actor.permissions),
        clearance=actor.clearance,
        exercise=actor.exercise,
        area=sorted(actor.covered),
        reset=CredentialsReset.model_validate(actor.reset) if actor.reset else None,
    )


def create(
    name: str, agency: str, roles: Sequence[Role], clearance: Classification, secret_hash: str, *, demo: bool
) -> Change:
    """A new account, made by the system at an operator's command."""
    change = Change(SYSTEM)
    values = {
        "name": name,
        "agency": agency,
        "roles": list(roles),
        "clearance": clearance,
        "exercise": LIVE,
        "secret_hash": secret_hash,
        "demo": demo,
        "created_at": change.at,
    }
    marking = Marking(agency, Tlp.AMBER_STRICT, Classification.BIASA)
    change.create(AccountRow, "account.created", marking, values)
    return change


async def hashed(secret: str) -> str:
    """How a new password or secret is kept."""
    return await anyio.to_thread.run_sync(HASHER.hash, secret, limiter=_hashing())


async def is_password_of(account: AccountRow, password: str) -> bool:
    """Whether the password is the account's own."""

    def verify() -> bool:
        try:
            return HASHER.verify(account.secret_hash, password)
        except VerificationError:
            return False

    return await anyio.to_thread.run_sync(verify, limiter=_hashing())
