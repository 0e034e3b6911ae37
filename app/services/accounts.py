"""Accounts: who signs in, what the actor may do at this moment, and how accounts are made."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID

import anyio
import anyio.to_thread
from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import select as core_select
from sqlmodel import col, select

from app.change import Change
from app.database import Session, is_one_of
from app.domain.access_log import AccessKind
from app.domain.actors import Actor, ancestry
from app.domain.errors import TokenRefused
from app.domain.permissions import Permission, Role, permissions_of
from app.domain.sharing import LIVE, Classification, Marking, Tlp
from app.models.agencies import AccountRow, AgencyRow
from app.models.regions import JurisdictionRow
from app.reads import Prepared, Reads
from app.schemas.accounts import Me
from app.services.reference import today, valid

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


async def sign_in(session: Session, grant_type: str, name: str, secret: str) -> AccountRow:
    """The account, if the secret is its own and the grant is for its kind; raises TokenRefused."""
    if grant_type not in REFUSALS:
        raise TokenRefused("unsupported_grant_type", "Use password or client_credentials.")
    account = await find(session, name)
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
    """An active account by its name."""
    if not name.isprintable():  # PostgreSQL cannot even be asked for a NUL
        return None
    query = select(AccountRow).where(col(AccountRow.name) == name, col(AccountRow.active))
    return (await session.exec(query)).first()


ACCOUNT, AGENCY = AccountRow.__table__, AgencyRow.__table__  # type: ignore[attr-defined]
ACCOUNTS_BY_ID = Prepared(
    core_select(ACCOUNT, AGENCY.c.kind.label("agency_kind"), AGENCY.c.partner)
    .join(AGENCY, AGENCY.c.code == ACCOUNT.c.agency)
    .where(is_one_of(ACCOUNT.c.id, "ids"), ACCOUNT.c.active, AGENCY.c.active)
)


async def accounts_by_id(reads: Reads, ids: list[UUID]) -> Mapping[UUID, Any]:
    """Active accounts of active agencies, with what the agency is."""
    return {row.id: row for row in await reads.rows(ACCOUNTS_BY_ID, {"ids": ids})}


async def actor(
    session: Session, account_id: UUID, scopes: frozenset[str], oversight: Sequence[str]
) -> Actor | None:
    """The actor as its account stands now; None where it no longer counts."""
    row = await session.load(accounts_by_id, account_id)
    if row is None:
        return None
    covered = await _covered(session, row.agency, row.unit)
    roles = frozenset(Role(role) for role in row.roles)
    return Actor(
        account_id=row.id,
        account=row.name,
        agency=row.agency,
        agency_kind=row.agency_kind,
        partner=row.partner,
        roles=roles,
        permissions=frozenset(each for each in permissions_of(roles) if each in scopes),
        clearance=row.clearance,
        exercise=row.exercise,
        oversight=tuple(oversight),
        covered=covered,
        area=frozenset(code for region in covered for code in ancestry(region)),
    )


async def _covered(session: Session, agency: str, unit: str | None) -> frozenset[str]:
    query = select(JurisdictionRow.region_code).where(
        JurisdictionRow.agency == agency, valid(JurisdictionRow, today())
    )
    if unit:
        query = query.where(JurisdictionRow.unit == unit)
    return frozenset((await session.exec(query)).all())


def grantable(account: AccountRow, asked: str) -> list[Permission]:
    """What a token for this account may carry: all its permissions, or those asked for among them."""
    held = permissions_of(frozenset(Role(role) for role in account.roles))
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
