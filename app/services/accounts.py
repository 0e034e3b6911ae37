"""Accounts: who signs in, what the actor may do at this moment, and how accounts are made."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any
from uuid import UUID

import anyio
import anyio.to_thread
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import ColumnElement, and_, bindparam, or_
from sqlalchemy import select as core_select
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.change import Change
from app.database import Session, all_codes, is_one_of
from app.domain.actors import Actor, Reset, ancestry
from app.domain.administration import narrowed
from app.domain.credentials import CredentialKind
from app.domain.errors import TokenRefused
from app.domain.oauth import Spent
from app.domain.permissions import Permission, Role, permissions_of
from app.domain.sharing import LIVE, Classification, Marking, Tlp
from app.models.agencies import AccountRow, AgencyRow, RedVoucherRow
from app.models.credentials import CredentialRow
from app.models.oauth import SpentRow
from app.models.regions import JurisdictionRow
from app.reads import Prepared, Reads
from app.schemas.accounts import CredentialsReset, Me
from app.services.reference import today, valid

# Argon2id with the parameters that OWASP's cheat sheet on password storage gives as a minimum.
HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
NOBODY = HASHER.hash("no account has this name")  # so that an unknown name takes as long as a known one

REFUSALS = {
    "password": TokenRefused("invalid_grant", "Name, password or one-time code is wrong."),
    "client_credentials": TokenRefused(
        "invalid_client", "The client is unknown, or its proof is wrong.", 401
    ),
}
SECRETS_AT_ONCE = 2  # of an integration, while one takes the place of the other
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


def check_secret(secret: str, hashes: Sequence[str | None]) -> int | None:
    """Which of the hashes is the secret's; takes its time, so call it in a thread."""
    for place, secret_hash in enumerate(hashes):
        try:
            HASHER.verify(secret_hash or NOBODY, secret)
        except (VerificationError, InvalidHashError):
            continue
        return place if secret_hash else None
    return None


async def sign_in(
    session: Session, grant_type: str, name: str, secret: str
) -> tuple[AccountRow, CredentialRow | None]:
    """The account, if the secret is its own and the grant is for its kind; raises TokenRefused.

    Beside it the credential that proved it, where that is not the account's own password.
    """
    account = await find(session, name)
    credentials: list[CredentialRow | None] = [None]
    hashes = [account.secret_hash if account else None]
    if grant_type == "client_credentials":
        secrets = await live_credentials(
            session, account.id if account else UUID(int=0), CredentialKind.SECRET
        )
        if secrets:
            credentials = [*secrets[:SECRETS_AT_ONCE]]
            hashes = [each.secret_hash for each in secrets[:SECRETS_AT_ONCE]]
        hashes += [None] * (SECRETS_AT_ONCE - len(hashes))
    found = await anyio.to_thread.run_sync(check_secret, secret, hashes, limiter=_hashing())
    is_integration = account is not None and Role.INTEGRATION in account.roles
    if account is None or found is None or is_integration != (grant_type == "client_credentials"):
        raise REFUSALS[grant_type]
    return account, credentials[found]


async def live_credentials(session: Session, account_id: UUID, kind: CredentialKind) -> list[CredentialRow]:
    """The credentials of a kind that count now, the newest first."""
    now = datetime.now(UTC)
    query = (
        select(CredentialRow)
        .where(CredentialRow.account_id == account_id, col(CredentialRow.kind) == kind)
        .where(col(CredentialRow.revoked_at).is_(None))
        .where(or_(col(CredentialRow.expires_at).is_(None), col(CredentialRow.expires_at) > now))
        .order_by(col(CredentialRow.created_at).desc(), col(CredentialRow.id).desc())
    )
    return list((await session.exec(query)).all())


async def find(session: Session, name: str) -> AccountRow | None:
    """An active account of an active agency by its name."""
    if not name.isprintable():  # PostgreSQL cannot even be asked for a NUL
        return None
    return (await session.exec(_counting().where(col(AccountRow.name) == name))).first()


async def find_by_id(session: Session, account_id: UUID) -> AccountRow | None:
    """An account that may be used, of an active agency."""
    return (await session.exec(_counting().where(col(AccountRow.id) == account_id))).first()


def _counting() -> SelectOfScalar[AccountRow]:
    return (
        select(AccountRow)
        .join(AgencyRow, col(AgencyRow.code) == AccountRow.agency)
        .where(counts(AccountRow, datetime.now(UTC)), col(AgencyRow.active))
    )


def counts(table: Any, now: Any) -> ColumnElement[bool]:
    """Whether an account may be used: neither suspended nor waiting for its agency's word, nor at its end."""
    return and_(table.active, ~table.pending, or_(table.expires_at.is_(None), table.expires_at > now))


ACCOUNT, AGENCY = AccountRow.__table__, AgencyRow.__table__  # type: ignore[attr-defined]
SPENT = SpentRow.__table__  # type: ignore[attr-defined]
VOUCHER = RedVoucherRow.__table__  # type: ignore[attr-defined]
# Who has confirmed the account since its credentials were reset; names hold no comma.
VOUCHERS = (
    core_select(all_codes(VOUCHER.c.voucher))
    .where(VOUCHER.c.account_id == ACCOUNT.c.id, VOUCHER.c.reset_at == ACCOUNT.c.reset_at)
    .scalar_subquery()
)
# One statement for all that is asked each second: the account as it stands, and which tokens are revoked.
ACCOUNTS_BY_ID = Prepared(
    core_select(
        ACCOUNT,
        AGENCY.c.kind.label("agency_kind"),
        AGENCY.c.partner,
        VOUCHERS.label("vouchers"),
        SPENT.c.value.label("revoked"),
    )
    .join(AGENCY, AGENCY.c.code == ACCOUNT.c.agency)
    .outerjoin(
        SPENT,
        and_(
            SPENT.c.account_id == ACCOUNT.c.id,
            SPENT.c.kind == Spent.TOKEN.value,
            is_one_of(SPENT.c.value, "tokens"),
        ),
    )
    .where(is_one_of(ACCOUNT.c.id, "ids"), AGENCY.c.active)
    .where(counts(ACCOUNT.c, bindparam("now", type_=ACCOUNT.c.expires_at.type)))
)
TokenOf = tuple[UUID, tuple[str, ...]]  # an account, and all by which its token can be revoked


async def accounts_by_token(reads: Reads, keys: list[TokenOf]) -> Mapping[TokenOf, Any]:
    """Active accounts of active agencies, for the tokens that are not revoked."""
    values = {
        "ids": [*{key[0] for key in keys}],
        "tokens": [*{each for key in keys for each in key[1]}],
        "now": datetime.now(UTC),
    }
    rows = await reads.rows(ACCOUNTS_BY_ID, values)
    accounts = {row.id: row for row in rows}
    revoked = {(row.id, row.revoked) for row in rows if row.revoked}
    return {
        key: accounts[key[0]]
        for key in keys
        if key[0] in accounts and not any((key[0], each) in revoked for each in key[1])
    }


async def actor(
    session: Session,
    account_id: UUID,
    scopes: frozenset[str],
    oversight: Sequence[str],
    token: tuple[str, ...] = (),
) -> Actor | None:
    """The actor as its account stands now; None where it, or the token it comes with, no longer counts."""
    row = await session.load(accounts_by_token, (account_id, token))
    if row is None:
        return None
    covered = narrowed(await area_of(session, row.agency, row.unit), row.area)
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
