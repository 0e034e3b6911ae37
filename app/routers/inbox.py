"""The inbox over HTTP."""

from fastapi import APIRouter, Response

from app.routers.authentication import InboxReader
from app.routers.documents import NOT_MODIFIED, READS
from app.routers.exchange import Reading
from app.schemas.inbox import InboxPage
from app.schemas.pages import Cursor, Limit
from app.services import inbox

router = APIRouter(prefix="/inbox", tags=["Inbox"])


@router.get(
    "", operation_id="list_inbox", summary="List what waits for you, the longest waiting first",
    description="Derived from the ledger: what has been done, by whomever in your agency, is gone by itself.",
    response_model=InboxPage, responses=READS | NOT_MODIFIED,
)  # fmt: skip
async def list_inbox(
    read: Reading, actor: InboxReader, cursor: Cursor | None = None, limit: Limit = 50
) -> Response:
    return await read.page(inbox.inbox, actor, cursor, limit)
