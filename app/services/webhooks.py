"""Webhooks of an agency's integrations: made by its administrator, or by the integration itself."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func
from sqlmodel import col, select
from uuid_utils.compat import uuid7

from app.change import Change
from app.database import Session
from app.domain.actors import Actor
from app.domain.errors import Conflict, Invalid, NotFound
from app.domain.permissions import Role
from app.domain.webhooks import MOST_OF_ONE_ACCOUNT, PING, SIGNING_OCTETS
from app.formats.webhook_signatures import written
from app.models.agencies import AccountRow
from app.models.webhooks import WebhookDeliveryRow, WebhookProgressRow, WebhookRow
from app.schemas.webhooks import (
    Delivery,
    Webhook,
    WebhookChange,
    WebhookCreate,
    WebhookIssued,
    WebhookPage,
    WebhookPing,
    WebhookRotation,
)
from app.services import account_rules as rules
from app.services import subscribers, versions
from app.services.deliveries import delivery_row, require_room
from app.services.keys import SignInKeys
from app.services.ledger import ledger_size
from app.services.records import part_rows
from app.services.webhook_targets import Targets

Expected = frozenset[int] | None
SEALED_FOR = "webhook"


@dataclass(frozen=True, slots=True)
class Desk:
    """What deciding over webhooks takes besides the database."""

    keys: SignInKeys
    targets: Targets

    def sealed(self, identity: UUID) -> tuple[bytes, str]:
        """A new secret of a webhook, and how it is kept."""
        secret = secrets.token_bytes(SIGNING_OCTETS)
        return secret, self.keys.seal(secret, SEALED_FOR, identity.bytes)

    def require(self, url: str) -> None:
        """Raise Invalid where nothing may be sent to an address."""
        if not self.targets.fits(url):
            raise Invalid.field(
                "/url", "Nothing may be sent to this address: use https and a public host.", "target"
            )


def _of(actor: Actor) -> tuple[Any, ...]:
    """An integration's own webhooks, or all of the agency for who administers it."""
    own = (col(WebhookRow.agency) == actor.agency, col(WebhookRow.removed_at).is_(None))
    return (*own, col(WebhookRow.account_id) == actor.account_id) if is_system(actor) else own


def is_system(actor: Actor) -> bool:
    """Whether an integration acts."""
    return Role.INTEGRATION in actor.roles


async def find(session: Session, actor: Actor, webhook_id: UUID, expected: Expected = None) -> WebhookRow:
    """A webhook that the actor may know of."""
    query = select(WebhookRow).where(col(WebhookRow.id) == webhook_id, *_of(actor))
    row = (await session.exec(query)).first()
    if row is None:
        raise NotFound
    versions.require(row, expected)
    return row


async def read(session: Session, actor: Actor, webhook_id: UUID) -> Webhook:
    """One webhook."""
    return Webhook.of((await find(session, actor, webhook_id)).model_dump())


async def search(session: Session, actor: Actor, cursor: str | None, limit: int) -> WebhookPage:
    """The webhooks, the oldest first."""
    rows, following = await part_rows(session, WebhookRow, and_(*_of(actor)), cursor, limit)
    return WebhookPage(items=[Webhook.of(row.model_dump()) for row in rows], next=following)


async def create(session: Session, actor: Actor, new: WebhookCreate, desk: Desk) -> Change:
    """A webhook that tells what happens from now on."""
    owner = await _owner(session, actor, new.integration_id)
    desk.require(new.url)
    change = await rules.start(session, actor, new.reason)
    change.rests_on(owner)
    await rules.take_turn(session, change, owner.id)
    mine = (col(WebhookRow.account_id) == owner.id, col(WebhookRow.removed_at).is_(None))
    if (await session.exec(select(func.count()).where(*mine))).one() >= MOST_OF_ONE_ACCOUNT:
        raise Conflict("This integration has {count} webhooks already.", count=MOST_OF_ONE_ACCOUNT)
    identity = uuid7()
    secret, sealed = desk.sealed(identity)
    values = {
        "id": identity,
        "agency": owner.agency,
        "account_id": owner.id,
        "sealed": sealed,
        "created_at": change.at,
        **new.model_dump(include={"url", "types", "label"}),
    }
    row = change.create_part(WebhookRow, "account.webhook_added", rules.subject(owner), values)
    size = await session.load(ledger_size, 1) or 0
    progress = {"webhook_id": identity, "position": size, "failures": 0, "resumes_at": None}
    change.inserts.append((WebhookProgressRow, progress))
    change.answer = WebhookIssued.of(row, secret=written(secret))
    return change


async def _owner(session: Session, actor: Actor, integration_id: UUID | None) -> AccountRow:
    identity = actor.account_id if integration_id is None and is_system(actor) else integration_id
    if identity is None:
        raise Invalid.field("/integration_id", "Name the integration that is to be told.", "required")
    unknown = Invalid.field("/integration_id", "There is no such integration.", "unknown")
    if is_system(actor) and identity != actor.account_id:
        raise unknown
    try:
        return await rules.own(session, actor, identity, None, system=True)
    except NotFound:
        raise unknown from None


async def change(
    session: Session, actor: Actor, webhook_id: UUID, wanted: WebhookChange, expected: Expected, desk: Desk
) -> Change:
    """Another address, other types, or a pause."""
    row = await find(session, actor, webhook_id, expected)
    changing = await rules.start(session, actor, wanted.reason)
    asked: dict[str, Any] = wanted.model_dump(exclude={"reason"}, exclude_unset=True)
    if "url" in asked:
        desk.require(asked["url"])
    if asked.get("active") and row.gone_at is not None:
        asked["gone_at"] = None
    differing = {name: value for name, value in asked.items() if getattr(row, name) != value}
    changed: Mapping[str, Any] = row.model_dump()
    if differing:
        changed = await _changed(session, changing, row, "account.webhook_changed", differing)
    changing.answer = Webhook.of(changed)
    return changing


async def _changed(
    session: Session, change: Change, row: WebhookRow, action: str, values: Mapping[str, Any]
) -> dict[str, Any]:
    owner = await session.get_one(AccountRow, row.account_id)
    return change.update(row, action, rules.subject(owner), values)


async def remove(session: Session, actor: Actor, webhook_id: UUID, expected: Expected) -> Change:
    """Nothing is sent any more; the entries about it stay."""
    row = await find(session, actor, webhook_id, expected)
    change = await rules.start(session, actor, None)
    gone = {"active": False, "removed_at": change.at}
    await _changed(session, change, row, "account.webhook_removed", gone)
    return change


async def rotate(
    session: Session, actor: Actor, webhook_id: UUID, wanted: WebhookRotation, expected: Expected, desk: Desk
) -> Change:
    """Another secret; the one before signs beside it for a while."""
    row = await find(session, actor, webhook_id, expected)
    change = await rules.start(session, actor, wanted.reason)
    secret, sealed = desk.sealed(row.id)
    overlaps = wanted.overlap_hours > 0
    values = {
        "sealed": sealed,
        "sealed_before": row.sealed if overlaps else None,
        "overlap_until": change.at + timedelta(hours=wanted.overlap_hours) if overlaps else None,
    }
    rotated = await _changed(session, change, row, "account.webhook_secret_changed", values)
    change.answer = WebhookIssued.of(rotated, secret=written(secret))
    return change


async def ping(session: Session, actor: Actor, webhook_id: UUID, why: WebhookPing) -> Change:
    """A message without meaning, to see whether it arrives."""
    row = await find(session, actor, webhook_id)
    await subscribers.require(session, row, actor.oversight)
    await require_room(session, row.id, 1)
    change = await rules.start(session, actor, why.reason)
    await _changed(session, change, row, "account.webhook_tested", {})
    waiting = delivery_row(row.id, (PING, "ping", row.id), change.at, identity=uuid7())
    change.inserts.append((WebhookDeliveryRow, waiting))
    change.answer = Delivery.of(waiting)
    return change
