"""What proves that an account is itself: a password or a secret, kept as a hash that takes its time."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from uuid import UUID

import anyio
import anyio.to_thread
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import or_
from sqlmodel import col, select

from app.database import Session
from app.domain.access_log import AccessKind
from app.domain.credentials import CredentialKind
from app.domain.errors import TokenRefused
from app.domain.permissions import Role
from app.models.agencies import AccountRow
from app.models.credentials import CredentialRow
from app.services import accounts

# Argon2id with the parameters that OWASP's cheat sheet on password storage gives as a minimum.
HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
NOBODY = HASHER.hash("no account has this name")  # so that an unknown name takes as long as a known one
NO_ACCOUNT = UUID(int=0)

REFUSALS = {
    "password": TokenRefused("invalid_grant", "Name, password or one-time code is wrong."),
    "client_credentials": TokenRefused(
        "invalid_client", "The client is unknown, or its proof is wrong.", 401
    ),
}
SECRETS_AT_ONCE = 2  # of an integration, while one takes the place of the other
HASHES_AT_ONCE = 2  # each takes 19 MiB and a core for a moment


@cache
def _hashing() -> anyio.CapacityLimiter:
    return anyio.CapacityLimiter(HASHES_AT_ONCE)


async def hashed(secret: str) -> str:
    """How a new password or secret is kept."""
    return await anyio.to_thread.run_sync(HASHER.hash, secret, limiter=_hashing())


async def check(
    session: Session, grant_type: str, name: str, secret: str
) -> tuple[AccountRow, CredentialRow | None]:
    """The account, if the secret is its own and the grant is for its kind; raises TokenRefused.

    Beside it the credential that proved it, where that is not the account's own password. Ask inside
    `Authority.guess`, which slows those who guess.
    """
    account = await accounts.find(session, name)
    credentials: list[CredentialRow | None] = [None]
    hashes = [account.secret_hash if account else None]
    if grant_type == "client_credentials":
        known = await live_credentials(session, account.id if account else NO_ACCOUNT, CredentialKind.SECRET)
        if known:
            credentials = [*known[:SECRETS_AT_ONCE]]
            hashes = [each.secret_hash for each in known[:SECRETS_AT_ONCE]]
        hashes += [None] * (SECRETS_AT_ONCE - len(hashes))
    await session.close()  # while hashes are made, nobody holds a connection that others wait for
    found = await anyio.to_thread.run_sync(_which, secret, hashes, limiter=_hashing())
    is_integration = account is not None and Role.INTEGRATION in account.roles
    if account is None or found is None or is_integration != (grant_type == "client_credentials"):
        session.note_sign_in(AccessKind.SIGN_IN_FAILED, account)
        raise REFUSALS[grant_type]
    return account, credentials[found]


def _which(secret: str, hashes: Sequence[str | None]) -> int | None:
    """Which of the hashes is the secret's; takes its time, so it runs in a thread."""
    for place, secret_hash in enumerate(hashes):
        try:
            HASHER.verify(secret_hash or NOBODY, secret)
        except (VerificationError, InvalidHashError):
            continue
        return place if secret_hash else None
    return None


async def is_password_of(session: Session, account: AccountRow, password: str) -> bool:
    """Whether the password is the account's own. Ask inside `Authority.guess`."""
    await session.close()
    return await anyio.to_thread.run_sync(_which, password, [account.secret_hash], limiter=_hashing()) == 0


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
