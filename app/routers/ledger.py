"""The ledger over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.routers.authentication import LedgerReader, ReferenceReader
from app.routers.documents import NOT_MODIFIED, READS
from app.routers.exchange import Reading
from app.schemas.ledger import LedgerEntryPage, LedgerHead
from app.schemas.pages import Cursor, Limit
from app.services import ledger

router = APIRouter(prefix="/ledger", tags=["Ledger"])


@router.get(
    "/head", operation_id="read_ledger_head", summary="Read how many entries the ledger holds",
    response_model=LedgerHead, responses=READS | NOT_MODIFIED,
)  # fmt: skip
async def read_ledger_head(read: Reading, actor: ReferenceReader) -> Response:
    return await read(ledger.head, actor)


@router.get(
    "/entries", operation_id="list_ledger_entries", summary="List entries of the ledger, oldest first",
    description="What you may see, and the metadata of every entry of your own agency.",
    response_model=LedgerEntryPage, responses=READS | NOT_MODIFIED,
)  # fmt: skip
async def list_ledger_entries(
    read: Reading,
    actor: LedgerReader,
    record_id: Annotated[UUID | None, Query(description="Only entries about this record")] = None,
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> Response:
    return await read(ledger.entries, actor, record_id, cursor, limit)
