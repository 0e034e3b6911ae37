"""The access log over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.domain.access_log import AccessKind
from app.routers.authentication import AccessLogReader
from app.routers.documents import NOT_MODIFIED, READS
from app.routers.exchange import Reading
from app.schemas.access_log import AccessPage
from app.schemas.fields import AccountName, Time
from app.schemas.pages import Cursor, Limit
from app.services import access_log
from app.services.access_log import AccessFilter

router = APIRouter(prefix="/access-log", tags=["Need-to-know"])


@router.get(
    "", operation_id="list_accesses", summary="List who read what is sensitive, or was refused, newest first",
    description="What your agency's accounts did, and what was done to your agency's records.",
    response_model=AccessPage, responses=READS | NOT_MODIFIED,
)  # fmt: skip
async def list_accesses(
    read: Reading,
    actor: AccessLogReader,
    kind: Annotated[list[AccessKind] | None, Query(max_length=9)] = None,
    account: Annotated[AccountName | None, Query(description="An account of your agency")] = None,
    record_id: Annotated[UUID | None, Query(description="Only about this record")] = None,
    since: Annotated[Time | None, Query()] = None,
    before: Annotated[Time | None, Query()] = None,
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> Response:
    wanted = AccessFilter(kind, account, record_id, since, before)
    return await read(access_log.search, actor, wanted, cursor, limit)
