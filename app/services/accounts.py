"""Accounts: who signs in, what the actor may do at this moment, and how accounts are made."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Date, and_, bindparam, or_
from sqlalchemy import select as core_select
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.change import Change
from app.database import Session, all_codes, is_one_of, joined_text
from app.domain.actors import Actor, Reset, ancestry
from app.domain.administration import narrowed
from app.domain.oauth import Spent
from app.domain.permissions import Permission, Role, permissions_of
from app.domain.sharing import LIVE, Classification, Marking, Tlp
from app.models.agencies import AccountRow, AgencyRow, RedVoucherRow
from app.models.oauth import SpentRow
from app.models.regions import JurisdictionRow
from app.reads import Prepared, Reads
from app.schemas.accounts import CredentialsReset, Me
from app.services.reference import today, valid

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
# One statement for all that is asked each second: the account as it stands, and which tokens are revoked.
STANDINGS = Prepared(
    core_select(
        ACCOUNT,
        AGENCY.c.kind.label("agency_kind"),
        AGENCY.c.partner,
        COVERED.label("covered"),
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
ASKED_SECONDS = 3.0  # a database that takes longer to say who somebody is counts as away


class Standing(NamedTuple):
    """An account as it stood at a moment of `time.monotonic`, with its agency and the area they cover."""

    as_of: float
    row: Any


TokenOf = tuple[UUID, tuple[str, ...]]  # an account, and all by which its token can be revoked


async def standings(reads: Reads, keys: list[TokenOf]) -> Mapping[TokenOf, Standing]:
    """Active accounts of active agencies whose token counts, with what decides what they may do."""
    values = {
        "ids": [*{account for account, _ in keys}],
        "tokens": [*{each for _, tokens in keys for each in tokens}],
        "today": today(),
        "now": datetime.now(UTC),
    }
    async with asyncio.timeout(ASKED_SECONDS):
        as_of, rows = await reads.rows_as_of(STANDINGS, values)
    found = {row.id: Standing(as_of, row) for row in rows}
    revoked = {(row.id, row.revoked) for row in rows if row.revoked}
    return {
        key: found[key[0]]
        for key in keys
        if key[0] in found and not any((key[0], each) in revoked for each in key[1])
    }


async def standing_of(session: Session, account_id: UUID, tokens: tuple[str, ...] = ()) -> Standing | None:
    """The account as it stands now; None where it, or the token that it comes with, no longer counts."""
    return await session.load(standings, (account_id, tokens))


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
