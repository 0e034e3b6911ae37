"""Legal holds over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.routers.authentication import LegalHolder
from app.routers.documents import CREATES, NOT_MODIFIED, POSTS, READS
from app.routers.exchange import Posting, Reading
from app.routers.preconditions import IfMatchOptional
from app.schemas.legal_holds import LegalHold, LegalHoldCreate, LegalHoldLift, LegalHoldPage
from app.schemas.pages import Cursor, Limit
from app.services import legal_holds

router = APIRouter(prefix="/legal-holds", tags=["Personal data"])


@router.get(
    "", operation_id="list_legal_holds", summary="List legal holds", response_model=LegalHoldPage,
    responses=READS | NOT_MODIFIED,
)  # fmt: skip
async def list_legal_holds(
    read: Reading,
    actor: LegalHolder,
    record_id: Annotated[UUID | None, Query(description="Only of this record")] = None,
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> Response:
    return await read.page(legal_holds.search, actor, record_id, cursor, limit)


@router.post(
    "", operation_id="place_legal_hold", summary="Hold a record, so that nothing of it is erased",
    response_model=LegalHold, status_code=201, responses=CREATES,
)  # fmt: skip
async def place_legal_hold(write: Posting, actor: LegalHolder, new: LegalHoldCreate) -> Response:
    return await write(legal_holds.place, actor, new, status=201)


@router.post(
    "/{hold_id}/lifting", operation_id="lift_legal_hold", summary="Lift a legal hold of your agency",
    response_model=LegalHold, responses=POSTS,
)  # fmt: skip
async def lift_legal_hold(
    write: Posting, actor: LegalHolder, hold_id: UUID, why: LegalHoldLift, if_match: IfMatchOptional
) -> Response:
    return await write(legal_holds.lift, actor, hold_id, why, if_match)
