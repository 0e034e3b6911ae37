"""Whom a token makes of the caller: an account of ours, found by its id, by a link, or by its name."""

import time
from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select as core_select
from sqlmodel import col, select

from app.change import Change, Subject
from app.database import Session, is_one_of
from app.domain.sharing import Classification, Marking, Tlp
from app.models.agencies import AccountRow
from app.models.identities import AccountIdentityRow
from app.reads import Prepared, Reads
from app.services import accounts
from app.services.accounts import ACCOUNT, SYSTEM, Standing
from app.services.issuer_settings import LONGEST_ISSUER, LONGEST_SUBJECT
from app.services.issuers import ForeignClaims
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
    change = Change(SYSTEM)
    marking = _marking(row)
    if known is None:
        values = {"issuer": issuer, "subject": subject, "account_id": row.id, "created_at": change.at}
        change.create(AccountIdentityRow, "identity.linked", marking, values)
        return change
    if known.revoked_at is None and known.account_id == row.id:
        return None
    if known.revoked_at is None:
        raise RuntimeError("The subject acts as another account; unlink it first.")
    of = Subject(str(AccountIdentityRow.__tablename__), known.id, marking, marking)
    change.update(known, "identity.linked", of, {"account_id": row.id, "revoked_at": None})
    return change


async def unlink(session: Session, issuer: str, subject: str) -> Change | None:
    """Have a subject act as nobody; within a second no token of it counts. None where it did not."""
    known = await _known(session, issuer, subject)
    if known is None or known.revoked_at is not None:
        return None
    row = await session.get_one(AccountRow, known.account_id)
    change = Change(SYSTEM)
    of = Subject(str(AccountIdentityRow.__tablename__), known.id, _marking(row), _marking(row))
    change.update(known, "identity.unlinked", of, {"revoked_at": change.at})
    return change


async def _known(session: Session, issuer: str, subject: str) -> AccountIdentityRow | None:
    query = select(AccountIdentityRow).where(
        col(AccountIdentityRow.subject) == subject, col(AccountIdentityRow.issuer) == issuer
    )
    return (await session.exec(query)).first()


def _marking(account: AccountRow) -> Marking:
    return Marking(account.agency, Tlp.AMBER_STRICT, Classification.BIASA)
