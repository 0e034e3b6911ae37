"""Proofs and receipts for who may see an entry, and what the log publishes to everyone."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Header, Path, Query, Request, Response

from app.domain.errors import Invalid, NotFound
from app.domain.merkle import read_path
from app.routers.authentication import ReferenceReader
from app.routers.documents import NOT_MODIFIED, READS_ONE, documents
from app.routers.exchange import Reading
from app.schemas.proofs import LedgerProof, LedgerReceipt
from app.services import proofs

TEXT, OCTETS = "text/plain; charset=utf-8", "application/octet-stream"
UNCHANGING, REVALIDATED = "public, max-age=31536000, immutable", "no-cache"
STRING, BINARY = {"type": "string"}, {"type": "string", "format": "binary"}
AS_TEXT: dict[int | str, Any] = {
    200: {"content": {"text/plain": {"schema": STRING}}, "description": "As a signed text"}
}
AS_OCTETS: dict[int | str, Any] = {
    200: {"content": {OCTETS: {"schema": BINARY}}, "description": "Hashes or leaves"}
}
router = APIRouter(prefix="/ledger", tags=["Ledger"])
log = APIRouter(prefix="/ledger", tags=["For systems"], responses=documents(NotFound, Invalid))
Level = Annotated[int, Path(ge=0, le=63, description="Level of the tile")]
Place = Annotated[
    str, Path(description="Number of the tile, as `x001/234`; with `.p/5` its first five hashes")
]


@router.get(
    "/proofs/{entry_id}", operation_id="read_ledger_proof",
    summary="Read the proof that an entry is in the ledger",
    description="With `Accept: text/plain` as C2SP `tlog-proof@v1`, which tools for such logs check offline.",
    response_model=LedgerProof, responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def read_ledger_proof(
    read: Reading,
    actor: ReferenceReader,
    entry_id: UUID,
    since: Annotated[
        int | None, Query(ge=0, le=proofs.MOST_POSITION, description="Size of a tree you know: prove growth")
    ] = None,
    accept: Annotated[str | None, Header(include_in_schema=False)] = None,
) -> Response:
    if "text/plain" in (accept or ""):
        return await read.text(proofs.proof_text, actor, entry_id)
    return await read(proofs.proof, actor, entry_id, since)


@router.get(
    "/receipts/{position}", operation_id="read_ledger_receipt", summary="Read the receipt of an entry again",
    response_model=LedgerReceipt, responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def read_ledger_receipt(
    request: Request, read: Reading, actor: ReferenceReader, position: Annotated[int, Path(ge=0)]
) -> Response:
    return await read(proofs.receipt, actor, request.app.state.signer, position)


@log.get(
    "/checkpoint", operation_id="read_checkpoint", summary="Read the newest signed tree of the ledger",
    response_class=Response, responses=AS_TEXT,
)  # fmt: skip
async def read_checkpoint(request: Request) -> Response:
    note = await proofs.checkpoint(request.app.state.database)
    return Response(note, media_type=TEXT, headers={"Cache-Control": REVALIDATED})


@log.get(
    "/keys", operation_id="read_log_keys", summary="Read the keys that verify the ledger, newest first",
    response_class=Response, responses=AS_TEXT,
)  # fmt: skip
async def read_log_keys(request: Request) -> Response:
    keys = "".join(f"{each}\n" for each in request.app.state.signer.keys.published)
    return Response(keys, media_type=TEXT, headers={"Cache-Control": REVALIDATED})


@log.get(
    "/tile/entries/{place:path}", operation_id="read_entry_bundle",
    summary="Read leaves of the ledger's tree",
    description="Each after its length in two bytes (C2SP tlog-tiles); commitments only.",
    response_class=Response, responses=AS_OCTETS,
)  # fmt: skip
async def read_entry_bundle(request: Request, place: Place) -> Response:
    bundle = await proofs.entries(request.app.state.database, read_path(place))
    return Response(bundle, media_type=OCTETS, headers={"Cache-Control": UNCHANGING})


@log.get(
    "/tile/{level}/{place:path}", operation_id="read_tile", summary="Read a tile of the ledger's tree",
    description="Hashes of one level, up to 256 (C2SP tlog-tiles).",
    response_class=Response, responses=AS_OCTETS,
)  # fmt: skip
async def read_tile(request: Request, level: Level, place: Place) -> Response:
    hashes = await proofs.tile(request.app.state.database, level, read_path(place))
    return Response(hashes, media_type=OCTETS, headers={"Cache-Control": UNCHANGING})
