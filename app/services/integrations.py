"""Integrations: systems that act for an agency, with no more than they need, and their keys and secrets."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import jwt
from sqlalchemy import or_
from sqlmodel import col, select

from app.change import Change
from app.database import Session
from app.domain.actors import Actor
from app.domain.administration import (
    LIVE_CREDENTIALS,
    PROOF_LASTS,
    scopes_beyond,
)
from app.domain.credentials import CredentialKind
from app.domain.errors import Conflict, Invalid, NotFound
from app.domain.permissions import Permission, Role
from app.models.agencies import AccountRow
from app.models.credentials import CredentialRow, CredentialUseRow
from app.schemas.administration import AccountStep
from app.schemas.integrations import (
    Credential,
    CredentialCreate,
    CredentialIssued,
    CredentialPage,
    Integration,
    IntegrationChange,
    IntegrationCreate,
    IntegrationPage,
    PublicKey,
)
from app.services import account_rules as rules
from app.services import administration as accounts
from app.services import versions
from app.services.passwords import hashed
from app.services.records import part_rows
from app.services.refresh_tokens import spend_grant

Expected = frozenset[int] | None
SECRET_BYTES = 32
ALGORITHMS = {"Ed25519": "EdDSA", "P-256": "ES256"}
KINDS = (CredentialKind.SECRET, CredentialKind.PUBLIC_KEY)


async def read(session: Session, actor: Actor, integration_id: UUID) -> Integration:
    """One integration of the own agency."""
    row = await rules.own(session, actor, integration_id, None, system=True)
    return Integration.model_validate(row.model_dump())


async def search(session: Session, actor: Actor, cursor: str | None, limit: int) -> IntegrationPage:
    """The integrations of the own agency, the oldest first."""
    rows, following = await accounts.page_of(session, actor, cursor, limit, system=True)
    items = [Integration.model_validate(row.model_dump()) for row in rows]
    return IntegrationPage(items=items, next=following)


async def create(session: Session, actor: Actor, new: IntegrationCreate) -> Change:
    """A system of the own agency; it can sign in once it has a key or a secret."""
    change = await rules.start(session, actor, new.reason)
    values = {**new.model_dump(exclude={"post", "reason"}), "roles": [Role.INTEGRATION]}
    _check_scopes(values["scopes"])
    await rules.check_grant(session, actor.agency, actor.agency_kind, values, change.at)
    name = await rules.new_name(session, new.post, actor.agency)
    change.answer = Integration.model_validate(accounts.open_account(change, name, actor.agency, values))
    return change


def _check_scopes(scopes: Sequence[Permission] | None) -> None:
    if beyond := scopes_beyond(scopes or ()):
        raise Invalid.field("/scopes", "No integration may hold {scope}.", "ceiling", scope=beyond[0])


async def change(
    session: Session, actor: Actor, integration_id: UUID, wanted: IntegrationChange, expected: Expected
) -> Change:
    """Other scopes, clearance, unit, area, networks or end."""
    row = await rules.own(session, actor, integration_id, expected, system=True)
    changing = await rules.start(session, actor, wanted.reason)
    asked = wanted.model_dump(exclude={"reason"}, exclude_unset=True)
    whole = {**row.model_dump(), **asked}
    _check_scopes(asked.get("scopes"))
    await rules.check_grant(session, actor.agency, actor.agency_kind, whole, changing.at)
    changed = accounts.put(changing, row, asked)
    changing.answer = Integration.model_validate(changed)
    return changing


async def suspend(
    session: Session, actor: Actor, integration_id: UUID, why: AccountStep, expected: Expected
) -> Change:
    """The system stops to work within a second, on every worker."""
    return await _set_active(session, actor, integration_id, why, expected, active=False)


async def reactivate(
    session: Session, actor: Actor, integration_id: UUID, why: AccountStep, expected: Expected
) -> Change:
    """The system works again, with what it held."""
    return await _set_active(session, actor, integration_id, why, expected, active=True)


async def _set_active(
    session: Session, actor: Actor, identity: UUID, why: AccountStep, expected: Expected, *, active: bool
) -> Change:
    row = await rules.own(session, actor, identity, expected, system=True)
    changing = await accounts.set_active(session, actor, row, why, active=active)
    changing.answer = Integration.model_validate(changing.answer)
    return changing


async def credentials(
    session: Session, actor: Actor, integration_id: UUID, cursor: str | None, limit: int
) -> CredentialPage:
    """The keys and secrets of an integration, those too that count no more."""
    await rules.own(session, actor, integration_id, None, system=True)
    of = col(CredentialRow.account_id) == integration_id
    rows, following = await part_rows(session, CredentialRow, of, cursor, limit)
    ids = [row.id for row in rows]
    query = select(CredentialUseRow).where(col(CredentialUseRow.credential_id).in_(ids))
    uses = {use.credential_id: use.used_at for use in (await session.exec(query)).all()}
    shown = [Credential.of(row.model_dump(), last_used_at=uses.get(row.id)) for row in rows]
    return CredentialPage(items=shown, next=following)


async def add_credential(
    session: Session, actor: Actor, integration_id: UUID, new: CredentialCreate, audience: str
) -> Change:
    """A second live key or secret; the first one ends when the overlap is over."""
    owner = await rules.own(session, actor, integration_id, None, system=True)
    change = await rules.start(session, actor, new.reason)
    change.rests_on(owner)
    if new.expires_at is not None and new.expires_at <= change.at:
        raise Invalid.field("/expires_at", "That is over already.", "past")
    if new.public_key is not None:
        _require_proof(new.public_key, new.proof or "", owner.name, audience, change.at)
    await rules.take_turn(session, change, owner.id)  # before looking at what counts: it may change meanwhile
    live = await _live(session, integration_id, change.at)
    if len(live) >= LIVE_CREDENTIALS:
        raise Conflict("Two keys or secrets count already: revoke one first.")
    secret = None if new.public_key else secrets.token_urlsafe(SECRET_BYTES)
    values = {
        "account_id": owner.id,
        "kind": new.kind,
        "secret_hash": secret and await hashed(secret),
        "public_key": new.public_key.jwk() if new.public_key else None,
        "label": new.label,
        "created_at": change.at,
        "expires_at": new.expires_at,
    }
    row = change.create_part(CredentialRow, "account.credential_added", rules.subject(owner), values)
    _end_after_overlap(change, owner, live, timedelta(days=new.overlap_days))
    change.answer = CredentialIssued.of(row, secret=secret, last_used_at=None)
    return change


async def _live(session: Session, account_id: UUID, now: datetime) -> list[CredentialRow]:
    """What counts now, the oldest first."""
    row = CredentialRow
    query = select(row).where(
        col(row.account_id) == account_id,
        col(row.kind).in_(KINDS),
        col(row.revoked_at).is_(None),
        or_(col(row.expires_at).is_(None), col(row.expires_at) > now),
    )
    return list((await session.exec(query.order_by(col(row.id)))).all())


def _end_after_overlap(
    change: Change, owner: AccountRow, live: Sequence[CredentialRow], overlap: timedelta
) -> None:
    ends = change.at + overlap
    for row in live:
        if row.expires_at is None or row.expires_at > ends:
            change.update(row, "account.credential_outlived", rules.subject(owner), {"expires_at": ends})


def _require_proof(key: PublicKey, proof: str, name: str, audience: str, now: datetime) -> None:
    """Raise Invalid where nobody who holds the private key has signed for this integration just now."""
    try:
        claims = jwt.decode(
            proof,
            jwt.PyJWK.from_dict(key.jwk(), ALGORITHMS[key.crv]).key,
            algorithms=[ALGORITHMS[key.crv]],
            audience=audience,
            subject=name,
            options={"require": ["aud", "iat", "sub"], "strict_aud": True},
        )
        is_new = type(claims["iat"]) is int and abs(now.timestamp() - claims["iat"]) < PROOF_LASTS.seconds
    except (jwt.PyJWTError, ValueError, TypeError, OverflowError):
        is_new = False
    if not is_new:
        raise Invalid.field("/proof", "This does not prove that you hold the key.", "proof")


async def revoke_credential(
    session: Session,
    actor: Actor,
    integration_id: UUID,
    credential_id: UUID,
    why: AccountStep,
    expected: Expected,
) -> Change:
    """The key or secret counts no more, nor do the tokens that were given for it."""
    owner = await rules.own(session, actor, integration_id, None, system=True)
    change = await rules.start(session, actor, why.reason)
    of = (col(CredentialRow.id) == credential_id, col(CredentialRow.account_id) == owner.id)
    row = (await session.exec(select(CredentialRow).where(*of))).first()
    if row is None:
        raise NotFound
    versions.require(row, expected)
    if row.revoked_at is not None:
        raise Conflict("It is revoked already.")
    gone = change.update(row, "account.credential_revoked", rules.subject(owner), {"revoked_at": change.at})
    spend_grant(change, owner.id, row.id)
    change.answer = Credential.of(gone, last_used_at=None)
    return change
