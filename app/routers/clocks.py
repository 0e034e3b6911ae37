"""The times that the service keeps, over HTTP."""

from fastapi import APIRouter, Response

from app.routers.authentication import ReferenceReader
from app.routers.documents import NOT_MODIFIED, READS
from app.routers.exchange import Reading
from app.schemas.clocks import Clocks
from app.services import clocks

router = APIRouter(tags=["Reference"])


@router.get(
    "/clocks", operation_id="read_clocks", summary="Read the times that the service keeps",
    description="Within what time agencies acknowledge, who is told if they do not, which clocks the law "
    "sets to referrals, and who is competent for which violation.",
    response_model=Clocks, responses=READS | NOT_MODIFIED,
)  # fmt: skip
async def read_clocks(read: Reading, actor: ReferenceReader) -> Response:
    return await read(clocks.kept, actor)
