"""The witnesses of the ledger over HTTP, and the newest checkpoint that enough of them have cosigned."""

from fastapi import APIRouter, Request, Response

from app.domain.errors import NotFound
from app.routers.authentication import LedgerReader
from app.routers.documents import NOT_MODIFIED, READS, documents
from app.routers.exchange import Reading
from app.routers.proofs import AS_TEXT, REVALIDATED, TEXT
from app.schemas.witnesses import LedgerWitnesses
from app.services import witnesses

router = APIRouter(prefix="/ledger", tags=["Ledger"])
log = APIRouter(prefix="/ledger", tags=["For systems"], responses=documents(NotFound))


@router.get(
    "/witnesses", operation_id="list_ledger_witnesses",
    summary="List the witnesses of the ledger, and how each stands",
    description="A witness signs that the ledger only grew. Writing never waits for it.",
    response_model=LedgerWitnesses, responses=READS | NOT_MODIFIED,
)  # fmt: skip
async def list_ledger_witnesses(request: Request, read: Reading, actor: LedgerReader) -> Response:
    return await read(witnesses.states, actor, request.app.state.witnesses)


@log.get(
    "/cosigned", operation_id="read_cosigned_checkpoint",
    summary="Read the newest signed tree that enough witnesses have cosigned",
    response_class=Response, responses=AS_TEXT,
)  # fmt: skip
async def read_cosigned_checkpoint(request: Request) -> Response:
    state = request.app.state
    note = await witnesses.cosigned_note(state.database, state.witnesses)
    return Response(note, media_type=TEXT, headers={"Cache-Control": REVALIDATED})
