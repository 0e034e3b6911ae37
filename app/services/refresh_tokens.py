"""Refresh tokens: each counts once, and its successor follows from it, so that a lost answer is given again.

A token names its family and its number. From any of them we can compute all that follow, and nobody else can:
so the newest one, kept as a hash, is enough to tell an old token of ours from one that somebody made up.
"""

import base64
import binascii
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar
from uuid_utils.compat import uuid7

from app.change import Change
from app.database import Session
from app.domain.errors import TokenRefused
from app.domain.oauth import FAMILY_LIFETIME, LOST_ANSWER, MOST_RENEWALS, Spent, hashed
from app.models.agencies import AccountRow
from app.models.oauth import RefreshFamilyRow, SessionRow, SpentRow
from app.services import accounts
from app.services.authority import Authority, record_misuse
from app.services.keys import SignInKeys
from app.services.tokens import LIFETIME

REFUSED = TokenRefused("invalid_grant", "The refresh token does not count, or no longer.")
FAMILY_BYTES, NUMBER_BYTES, SECRET_BYTES = 16, 4, 32


@dataclass(frozen=True, slots=True)
class RefreshToken:
    """A token, taken apart."""

    family_id: UUID
    number: int
    secret: bytes

    def __str__(self) -> str:
        """As the client has it."""
        raw = self.family_id.bytes + self.number.to_bytes(NUMBER_BYTES, "big") + self.secret
        return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()

    @classmethod
    def read(cls, text: str) -> "RefreshToken | None":
        """The token in the one spelling that it has, or None."""
        try:
            raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            return None
        if len(raw) != FAMILY_BYTES + NUMBER_BYTES + SECRET_BYTES:
            return None
        number = int.from_bytes(raw[FAMILY_BYTES:-SECRET_BYTES], "big")
        token = cls(UUID(bytes=raw[:FAMILY_BYTES]), number, raw[-SECRET_BYTES:])
        return token if str(token) == text else None

    def after(self, keys: SignInKeys, steps: int) -> "RefreshToken":
        """The token that comes this many renewals later."""
        token = self
        for _ in range(steps):
            secret = keys.mac("refresh", token.family_id.bytes, token.secret)
            token = RefreshToken(token.family_id, token.number + 1, secret)
        return token

    @property
    def stored(self) -> str:
        """What the database has of it."""
        return hashed(str(self))


def first(
    change: Change,
    account: AccountRow,
    client_id: str,
    scope: str,
    family_id: UUID | None = None,
    session_id: UUID | None = None,
) -> RefreshToken:
    """The first token of a new family."""
    token = RefreshToken(family_id or uuid7(), 1, secrets.token_bytes(SECRET_BYTES))
    row = {
        "id": token.family_id,
        "version": token.number,
        "account_id": account.id,
        "client_id": client_id,
        "scope": scope,
        "token_hash": token.stored,
        "session_id": session_id,
        "created_at": change.at,
        "renewed_at": change.at,
    }
    change.forget_at(RefreshFamilyRow, change.at + FAMILY_LIFETIME, **row)
    return token


async def find(
    session: Session, authority: Authority, text: str
) -> tuple[RefreshToken, RefreshFamilyRow] | None:
    """A token of ours, however old, and its family while it lasts."""
    token = RefreshToken.read(text)
    if token is None:
        return None
    row = (await session.exec(select(RefreshFamilyRow).where(RefreshFamilyRow.id == token.family_id))).first()
    if row is None or row.revoked_at is not None or row.expires_at <= datetime.now(UTC):
        return None
    behind = row.version - token.number
    if not 0 <= behind <= MOST_RENEWALS:
        return None
    newest = token.after(authority.keys, behind).stored
    return (token, row) if hmac.compare_digest(newest, row.token_hash) else None


async def renew(
    session: Session, authority: Authority, change: Change, client_id: str, text: str
) -> tuple[RefreshToken, RefreshFamilyRow, AccountRow] | None:
    """The next token, its family and whose it is; None where an old one came back, and the family ends."""
    found = await find(session, authority, text)
    if found is None or found[1].client_id != client_id:
        raise REFUSED
    token, family = found
    account = await accounts.find_by_id(session, family.account_id)
    if account is None:
        raise REFUSED
    behind = family.version - token.number
    following = token.after(authority.keys, 1)
    if behind == 0:
        change.write_over(family, token_hash=following.stored, renewed_at=change.at)
    elif behind > 1 or family.renewed_at + LOST_ANSWER <= change.at:
        revoke(change, family)
        record_misuse(change, account, "account.refresh_token_reused")
        return None
    return following, family, account


def revoke(change: Change, family: RefreshFamilyRow) -> None:
    """End a family, and with it the access tokens that were given under it."""
    change.write_over(family, revoked_at=change.at)
    spend_grant(change, family.account_id, family.id)


async def end_all(session: Session, change: Change, accounts: Any) -> None:
    """Every sign-in of these accounts ends: sessions with their codes, families, and all tokens of either."""
    sessions = select(SessionRow).where(
        col(SessionRow.account_id).in_(accounts),
        col(SessionRow.ended_at).is_(None),
        col(SessionRow.expires_at) > change.at,
    )
    for each in (await session.exec(sessions)).all():
        end_session(change, each)
    of_accounts = col(RefreshFamilyRow.account_id).in_(accounts)
    for family in (await session.exec(_live_families(change, of_accounts))).all():
        revoke(change, family)


async def sign_out(session: Session, change: Change, row: SessionRow) -> None:
    """One session ends, with the families that began in it."""
    end_session(change, row)
    in_session = RefreshFamilyRow.session_id == row.id
    for family in (await session.exec(_live_families(change, in_session))).all():
        revoke(change, family)


def end_session(change: Change, row: SessionRow) -> None:
    """A session counts no more, nor do the codes and access tokens that were given in it."""
    change.write_over(row, ended_at=change.at)
    spend_grant(change, row.account_id, row.id)


def _live_families(change: Change, whose: Any) -> SelectOfScalar[RefreshFamilyRow]:
    return select(RefreshFamilyRow).where(
        whose, col(RefreshFamilyRow.revoked_at).is_(None), col(RefreshFamilyRow.expires_at) > change.at
    )


def spend_grant(change: Change, account_id: UUID, grant: UUID) -> None:
    """All access tokens of a grant count no more; each worker hears of it within a second."""
    ends = change.at + LIFETIME
    change.forget_at(SpentRow, ends, account_id=account_id, kind=Spent.TOKEN, value=str(grant))


async def live_session(session: Session, session_id: UUID, now: datetime) -> SessionRow | None:
    """A session while it lasts."""
    query = select(SessionRow).where(
        SessionRow.id == session_id, col(SessionRow.ended_at).is_(None), col(SessionRow.expires_at) > now
    )
    return (await session.exec(query)).first()
