"""Whom a token makes of the caller: an account of ours, found by its id, by a link, or by its name."""

import time
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select as core_select
from sqlmodel import col, select

from app.change import Change, Subject
from app.database import Session, is_one_of
from app.domain.actors import Actor
from app.domain.errors import Conflict, Invalid, NotFound
from app.models.agencies import AccountRow
from app.models.identities import AccountIdentityRow
from app.reads import Prepared, Reads
from app.schemas.administration import AccountStep
from app.schemas.identities import LONGEST_ISSUER, LONGEST_SUBJECT, Identity, IdentityCreate, IdentityPage
from app.services import account_rules as rules
from app.services import accounts, versions
from app.services.accounts import ACCOUNT, SYSTEM, Standing
from app.services.issuers import ForeignClaims, IdentityProvider
from app.services.records import part_rows
from app.services.tokens import Claims

IDENTITY = AccountIdentityRow.__table__  # type: ignore[attr-defined]
LINKS = Prepared(
    core_select(IDENTITY.c.issuer, IDENTITY.c.subject, IDENTITY.c.account_id).where(
        is_one_of(IDENTITY.c.subject, "subjects"), IDENTITY.c.revoked_at.is_(None)
    )
)
NAMES = Prepared(core_select(ACCOUNT.c.name, ACCOUNT.c.id).where(is_one_of(ACCOUNT.c.name, "names")))


async def accounts_by_link(reads: Reads, keys: list[tuple[str, str]]) -> Mapping[tuple[str, str], UUID]:
    """The accounts that subjects of issuers act as now."""
    rows = await reads.rows(LINKS, {"subjects": [subject for _, subject in keys]})
    return {(row.issuer, row.subject): row.account_id for row in rows}


async def accounts_by_name(reads: Reads, names: list[str]) -> Mapping[str, UUID]:
    """The accounts of these names."""
    return {row.name: row.id for row in await reads.rows(NAMES, {"names": names})}


async def account_id(session: Session, claims: Claims | ForeignClaims) -> UUID | None:
    """The account that the token is for; None where it is for none of ours."""
    if isinstance(claims, Claims):
        return claims.account_id
    if claims.account is not None:
        return await session.load(accounts_by_name, claims.account)
    return await session.load(accounts_by_link, (claims.issuer, claims.subject))


async def standing(session: Session, claims: Claims | ForeignClaims) -> Standing | None:
    """The account as it stands now; None where it no longer counts, or is another agency's."""
    asked_at = time.monotonic()
    known = await account_id(session, claims)
    revocable = claims.revocable if isinstance(claims, Claims) else ()
    found = await accounts.standing_of(session, known, revocable) if known else None
    if found is None or found.row.agency != claims.agency:
        return None
    # A link may have been taken away since it was looked up: the older of both answers counts.
    return found if isinstance(claims, Claims) else found._replace(as_of=min(asked_at, found.as_of))


async def link(session: Session, issuer: str, subject: str, account: str) -> Change | None:
    """Have a subject act as an account, at an operator's command; None where it does already."""
    for text, most in ((issuer, LONGEST_ISSUER), (subject, LONGEST_SUBJECT)):
        if not text.isprintable() or not 0 < len(text) <= most:
            raise RuntimeError("An issuer has 1 to 300 printable characters, a subject 1 to 255.")
    row = await accounts.find(session, account)
    if row is None:
        raise RuntimeError(f"There is no active account {account}.")
    known = await _known(session, issuer, subject)
    if known is not None and known.revoked_at is None:
        if known.account_id == row.id:
            return None
        raise RuntimeError("The subject acts as another account; unlink it first.")
    change = Change(SYSTEM)
    _link(change, known, row, issuer, subject)
    return change


async def unlink(session: Session, issuer: str, subject: str) -> Change | None:
    """Have a subject act as nobody; within a second no token of it counts. None where it did not."""
    known = await _known(session, issuer, subject)
    if known is None or known.revoked_at is not None:
        return None
    row = await session.get_one(AccountRow, known.account_id)
    change = Change(SYSTEM)
    change.update(known, "identity.unlinked", _subject(known, row), {"revoked_at": change.at})
    return change


async def of_account(
    session: Session, actor: Actor, account_id: UUID, cursor: str | None, limit: int
) -> IdentityPage:
    """The subjects that act, or last acted, as an account of the own agency."""
    await rules.own(session, actor, account_id, None, system=False)
    of = col(AccountIdentityRow.account_id) == account_id
    rows, following = await part_rows(session, AccountIdentityRow, of, cursor, limit)
    return IdentityPage(items=[Identity.model_validate(row) for row in rows], next=following)


async def add(
    session: Session,
    actor: Actor,
    account_id: UUID,
    new: IdentityCreate,
    providers: Sequence[IdentityProvider],
) -> Change:
    """Have a subject act as an account of the own agency; a provider that is configured later counts then."""
    row = await rules.own(session, actor, account_id, None, system=False)
    rules.require_other(actor, row)
    change = await rules.start(session, actor, new.reason)
    change.rests_on(row)
    if any(new.issuer == each.told.issuer and actor.agency not in each.agencies for each in providers):
        raise Invalid.field("/issuer", "This identity provider does not speak for your agency.", "ceiling")
    known = await _known(session, new.issuer, new.subject)
    if known is not None and known.revoked_at is None:
        raise Conflict("This subject acts as an account already.")
    change.answer = Identity.model_validate(_link(change, known, row, new.issuer, new.subject))
    return change


async def revoke(
    session: Session,
    actor: Actor,
    account_id: UUID,
    identity_id: UUID,
    why: AccountStep,
    expected: frozenset[int] | None,
) -> Change:
    """Have a subject of an account of the own agency act as nobody."""
    row = await rules.own(session, actor, account_id, None, system=False)
    change = await rules.start(session, actor, why.reason)
    of = (col(AccountIdentityRow.id) == identity_id, col(AccountIdentityRow.account_id) == row.id)
    known = (await session.exec(select(AccountIdentityRow).where(*of))).first()
    if known is None:
        raise NotFound
    versions.require(known, expected)
    if known.revoked_at is not None:
        raise Conflict("This subject acts as nobody already.")
    gone = change.update(known, "identity.unlinked", _subject(known, row), {"revoked_at": change.at})
    change.answer = Identity.model_validate(gone)
    return change


def _link(
    change: Change, known: AccountIdentityRow | None, row: AccountRow, issuer: str, subject: str
) -> Mapping[str, Any]:
    """The link; a subject that once acted as somebody keeps its row."""
    if known is None:
        values = {"issuer": issuer, "subject": subject, "account_id": row.id, "created_at": change.at}
        return change.create(
            AccountIdentityRow, "identity.linked", rules.marking_of_agency(row.agency), values
        )
    linked = {"account_id": row.id, "revoked_at": None}
    return change.update(known, "identity.linked", _subject(known, row), linked)


async def _known(session: Session, issuer: str, subject: str) -> AccountIdentityRow | None:
    query = select(AccountIdentityRow).where(
        col(AccountIdentityRow.subject) == subject, col(AccountIdentityRow.issuer) == issuer
    )
    return (await session.exec(query)).first()


def _subject(known: AccountIdentityRow, row: AccountRow) -> Subject:
    marking = rules.marking_of_agency(row.agency)
    return Subject(str(AccountIdentityRow.__tablename__), known.id, marking, marking)
