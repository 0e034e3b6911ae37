"""One-time codes of people: how an authenticator is enrolled, and how a code is used, once."""

import json
import secrets
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from app.change import Change
from app.database import Session
from app.domain import one_time_codes as codes
from app.domain.access_log import AccessKind
from app.domain.actors import Actor
from app.domain.credentials import CredentialKind
from app.domain.errors import Forbidden, Invalid
from app.domain.oauth import Spent
from app.domain.permissions import Role
from app.models.agencies import AccountRow
from app.models.credentials import CredentialRow
from app.models.oauth import SpentRow
from app.schemas.one_time_codes import (
    Authenticator,
    AuthenticatorConfirm,
    AuthenticatorOffer,
    AuthenticatorWish,
)
from app.services import accounts, passwords, refresh_tokens
from app.services.authority import Authority, about
from app.services.clients import used

OFFER_LIFETIME = timedelta(minutes=10)
REMEMBERED = timedelta(seconds=codes.STEP_SECONDS * (2 * codes.DRIFT + 2))


async def authenticator(session: Session, account_id: UUID) -> CredentialRow | None:
    """What makes the one-time codes of an account, if anything does."""
    found = await passwords.live_credentials(session, account_id, CredentialKind.TOTP)
    return found[0] if found else None


async def sign_in(
    session: Session, authority: Authority, change: Change, name: str, password: str, code: str
) -> tuple[AccountRow, bool]:
    """The account whose password and code these are, and whether it must still get an authenticator.

    Both together are one guess: whoever has come by a password has no more tries at the codes.
    """
    async with authority.guess(name):
        account, _ = await passwords.check(session, "password", name, password)
        credential = await authenticator(session, account.id)
        if credential is not None and not await _use(session, authority, change, credential, code):
            session.note_sign_in(AccessKind.SIGN_IN_FAILED, account)
            raise passwords.REFUSALS["password"]
    session.note_sign_in(AccessKind.SIGN_IN, account)
    change.rests_on(account)
    return account, credential is None and not authority.roles_with_codes.isdisjoint(account.roles)


async def proves(
    session: Session, authority: Authority, change: Change, account: AccountRow, code: str
) -> bool:
    """Whether the code is one of the account's authenticator; it is used up by the change."""
    credential = await authenticator(session, account.id)
    return credential is not None and await _use(session, authority, change, credential, code)


async def remove(session: Session, change: Change, account: AccountRow) -> None:
    """The account's authenticator, if it has one, counts no more."""
    if credential := await authenticator(session, account.id):
        gone = {"revoked_at": change.at}
        change.update(credential, "account.authenticator_removed", about(account), gone)


async def offer(session: Session, actor: Actor, authority: Authority, wish: AuthenticatorWish) -> Change:
    """A seed of the caller's own; nothing is kept of it before it is confirmed."""
    account = await _own(session, actor)
    change = Change(actor)
    change.answer = make_offer(authority, account, wish.label, change.at)
    return change


def make_offer(authority: Authority, account: AccountRow, label: str, now: datetime) -> AuthenticatorOffer:
    """A new seed, sealed for this account alone."""
    seed = secrets.token_bytes(codes.SEED_BYTES)
    content = {"seed": seed.hex(), "label": label, "ends": (now + OFFER_LIFETIME).timestamp()}
    sealed = authority.keys.seal(json.dumps(content).encode(), "offer", account.id.bytes)
    return offered_again(account, content, sealed)


def offered_again(account: AccountRow, offered: Mapping[str, Any], sealed: str) -> AuthenticatorOffer:
    """The same offer once more, after a code that did not fit."""
    seed = bytes.fromhex(offered["seed"])
    return AuthenticatorOffer(
        secret=codes.spelled(seed),
        address=codes.address(seed, account.name),
        offer=sealed,
        expires_at=datetime.fromtimestamp(offered["ends"], UTC),
    )


def read_offer(authority: Authority, account_id: UUID, sealed: str) -> Mapping[str, Any] | None:
    """What was offered to this account, while it holds."""
    try:
        content: dict[str, Any] = json.loads(authority.keys.unseal(sealed, "offer", account_id.bytes))
    except ValueError:
        return None
    return content if content["ends"] > time.time() else None


async def confirm(session: Session, actor: Actor, authority: Authority, said: AuthenticatorConfirm) -> Change:
    """The caller's authenticator; its first code is used up by this. With the one before all sign-ins end."""
    account = await _own(session, actor)
    change = Change(actor)
    change.rests_on(account)
    async with authority.guess(account.name):
        if not await passwords.is_password_of(session, account, said.password):
            raise Invalid.field("/password", "This is not your password.", "wrong")
        current = await authenticator(session, account.id)
        if current and not await _use(session, authority, change, current, said.current_otp or ""):
            raise Invalid.field("/current_otp", "This is no code of your present authenticator.", "wrong")
    offered = read_offer(authority, account.id, said.offer)
    if offered is None:
        raise Invalid.field("/offer", "This offer is not yours, or is over; ask for a new one.", "over")
    made = enrol(authority, change, account, offered, said.otp, current)
    if made is None:
        raise Invalid.field("/otp", "This is no code of the new authenticator.", "wrong")
    if current is not None:  # what was signed in with it may be another's
        await refresh_tokens.end_all(session, change, [account.id])
    change.answer = Authenticator(**made)
    return change


def enrol(
    authority: Authority,
    change: Change,
    account: AccountRow,
    offered: Mapping[str, Any],
    code: str,
    current: CredentialRow | None = None,
) -> Mapping[str, Any] | None:
    """The offered authenticator becomes the account's, if the code is one of its codes."""
    seed = bytes.fromhex(offered["seed"])
    step = codes.step_of(seed, code, time.time())
    if step is None:
        return None
    if current is not None:
        change.update(current, "account.authenticator_removed", about(account), {"revoked_at": change.at})
    made = change.create_part(
        CredentialRow,
        "account.authenticator_added",
        about(account),
        {
            "account_id": account.id,
            "kind": CredentialKind.TOTP,
            "label": offered["label"],
            "sealed": authority.keys.seal(seed, "seed", account.id.bytes),
            "created_at": change.at,
        },
    )
    _spend(change, made["id"], account.id, step)
    return made


async def _own(session: Session, actor: Actor) -> AccountRow:
    account = await accounts.find_by_id(session, actor.account_id)
    if account is None or Role.INTEGRATION in actor.roles:
        raise Forbidden("Only people have an authenticator.")
    return account


async def _use(
    session: Session, authority: Authority, change: Change, credential: CredentialRow, code: str
) -> bool:
    """Whether the code counts now; the change makes sure that it counts no more."""
    seed = authority.keys.unseal(credential.sealed or "", "seed", credential.account_id.bytes)
    step = codes.step_of(seed, code, time.time())
    if step is None:
        return False
    seen = select(SpentRow.value).where(
        SpentRow.account_id == credential.account_id,
        col(SpentRow.kind) == Spent.ONE_TIME_CODE,
        SpentRow.value == _name(credential.id, step),
    )
    if (await session.exec(seen)).first():
        return False
    _spend(change, credential.id, credential.account_id, step)
    used(change, credential)
    return True


def _spend(change: Change, credential_id: UUID, account_id: UUID, step: int) -> None:
    values = {"account_id": account_id, "kind": Spent.ONE_TIME_CODE, "value": _name(credential_id, step)}
    change.forget_at(SpentRow, datetime.now(UTC) + REMEMBERED, **values)


def _name(credential_id: UUID, step: int) -> str:
    """A code of one authenticator at one step of time."""
    return f"{credential_id}:{step}"
