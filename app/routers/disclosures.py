"""Disclosures of the ledger over HTTP."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.routers.authentication import LedgerDiscloser
from app.routers.documents import CREATES, NOT_MODIFIED, READS_ONE
from app.routers.exchange import Posting, Reading
from app.schemas.disclosures import Disclosure, DisclosureCreate, DisclosureFile
from app.services import disclosures

router = APIRouter(prefix="/ledger/disclosures", tags=["Ledger"])


@router.post(
    "", operation_id="order_disclosure", summary="Open the entries of a record on a lawful order",
    description="The order stands in the record's own history; the file is read after it.",
    response_model=Disclosure, status_code=201, responses=CREATES,
)  # fmt: skip
async def order_disclosure(write: Posting, actor: LedgerDiscloser, new: DisclosureCreate) -> Response:
    return await write(disclosures.order, actor, new, status=201)


@router.get(
    "/{disclosure_id}/file", operation_id="read_disclosure_file",
    summary="Read the entries that an order opens, with salts and proofs",
    response_model=DisclosureFile, responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def read_disclosure_file(
    request: Request, read: Reading, actor: LedgerDiscloser, disclosure_id: UUID
) -> Response:
    return await read(disclosures.file, actor, disclosure_id, request.app.state.settings.ledger_origin)
