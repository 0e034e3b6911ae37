"""Webhooks over HTTP: where integrations are told of changes, and what became of each message."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.domain.webhooks import DeliveryState
from app.routers.authentication import WebhookReader, WebhookWriter
from app.routers.documents import CHANGES, NOT_MODIFIED, READS, READS_ONE, STATES
from app.routers.exchange import Changing, Reading
from app.routers.preconditions import IfMatch, IfMatchOptional
from app.schemas.pages import Cursor, Limit
from app.schemas.webhooks import (
    Delivery,
    DeliveryPage,
    Webhook,
    WebhookChange,
    WebhookCreate,
    WebhookIssued,
    WebhookPage,
    WebhookPing,
    WebhookReplay,
    WebhookReplayed,
    WebhookRotation,
)
from app.services import webhook_deliveries, webhooks
from app.services.webhooks import Desk

router = APIRouter(prefix="/webhooks", tags=["Webhooks"])


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.webhook_desk
    return desk


@router.get(
    "", operation_id="list_webhooks", summary="List where you are told of changes",
    description="An integration sees its own, an administrator those of the agency.",
    response_model=WebhookPage, responses=READS | NOT_MODIFIED,
)  # fmt: skip
async def list_webhooks(
    read: Reading, actor: WebhookReader, cursor: Cursor | None = None, limit: Limit = 50
) -> Response:
    return await read(webhooks.search, actor, cursor, limit)


@router.post(
    "", operation_id="create_webhook", summary="Be told of changes at an address of yours",
    description="Signed as Standard Webhooks has it; the secret is shown this once. A message says that a "
    "record changed or went, not what it says: read it then.",
    response_model=WebhookIssued, status_code=201, responses=STATES,
)  # fmt: skip
async def create_webhook(
    request: Request, write: Changing, actor: WebhookWriter, webhook: WebhookCreate
) -> Response:
    return await write(webhooks.create, actor, webhook, _desk(request), status=201)


@router.get(
    "/{webhook_id}", operation_id="read_webhook", summary="Read a webhook",
    response_model=Webhook, responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def read_webhook(read: Reading, actor: WebhookReader, webhook_id: UUID) -> Response:
    return await read(webhooks.read, actor, webhook_id)


@router.patch(
    "/{webhook_id}", operation_id="change_webhook", summary="Change a webhook, or switch it off and on",
    description="Switched on again it tells what happened meanwhile.",
    response_model=Webhook, responses=CHANGES,
)  # fmt: skip
async def change_webhook(
    request: Request,
    write: Changing,
    actor: WebhookWriter,
    webhook_id: UUID,
    wanted: WebhookChange,
    if_match: IfMatch,
) -> Response:
    return await write(webhooks.change, actor, webhook_id, wanted, if_match, _desk(request))


@router.delete(
    "/{webhook_id}", operation_id="remove_webhook", summary="Remove a webhook",
    status_code=204, responses=CHANGES,
)  # fmt: skip
async def remove_webhook(
    write: Changing, actor: WebhookWriter, webhook_id: UUID, if_match: IfMatch
) -> Response:
    return await write(webhooks.remove, actor, webhook_id, if_match, status=204)


@router.post(
    "/{webhook_id}/secret", operation_id="change_webhook_secret", summary="Change the secret of a webhook",
    description="It is shown this once. For `overlap_hours` messages are signed with both.",
    response_model=WebhookIssued, responses=STATES,
)  # fmt: skip
async def change_webhook_secret(
    request: Request,
    write: Changing,
    actor: WebhookWriter,
    webhook_id: UUID,
    wanted: WebhookRotation,
    if_match: IfMatchOptional,
) -> Response:
    return await write(webhooks.rotate, actor, webhook_id, wanted, if_match, _desk(request))


@router.post(
    "/{webhook_id}/ping", operation_id="request_webhook_test", summary="Send a message without meaning",
    description="What became of it stands in the list of messages.",
    response_model=Delivery, status_code=201, responses=STATES,
)  # fmt: skip
async def request_webhook_test(
    write: Changing, actor: WebhookWriter, webhook_id: UUID, why: WebhookPing
) -> Response:
    return await write(webhooks.ping, actor, webhook_id, why, status=201)


@router.get(
    "/{webhook_id}/deliveries", operation_id="list_deliveries", summary="List the messages of a webhook",
    description="For thirty days after they are over.",
    response_model=DeliveryPage, responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def list_deliveries(
    read: Reading,
    actor: WebhookReader,
    webhook_id: UUID,
    state: Annotated[DeliveryState | None, Query()] = None,
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> Response:
    return await read(webhook_deliveries.search, actor, webhook_id, state, cursor, limit)


@router.post(
    "/{webhook_id}/replays", operation_id="request_webhook_replay", summary="Have messages sent anew",
    description="For each position that concerns the integration a new message, as it is now.",
    response_model=WebhookReplayed, status_code=201, responses=STATES,
)  # fmt: skip
async def request_webhook_replay(
    write: Changing, actor: WebhookWriter, webhook_id: UUID, wanted: WebhookReplay
) -> Response:
    return await write(webhook_deliveries.replay, actor, webhook_id, wanted, status=201)
