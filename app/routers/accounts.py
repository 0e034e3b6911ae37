"""The caller's own account."""

from fastapi import APIRouter, Response

from app.routers.authentication import ReferenceReader
from app.routers.documents import NOT_MODIFIED, READS
from app.routers.exchange import Reading
from app.schemas.accounts import Me
from app.services import accounts

router = APIRouter(tags=["Account"])


@router.get(
    "/me", operation_id="read_me", summary="Read your own account and what it may do", response_model=Me,
    responses=READS | NOT_MODIFIED,
)  # fmt: skip
async def read_me(read: Reading, actor: ReferenceReader) -> Response:
    return await read(accounts.me, actor)
