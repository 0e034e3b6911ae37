"""Erasures of personal data over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.routers.authentication import PersonalDataEraser, PersonalDataReader
from app.routers.documents import CREATES, NOT_MODIFIED, READS
from app.routers.exchange import Posting, Reading
from app.schemas.erasures import Erasure, ErasureCreate, ErasurePage
from app.schemas.pages import Cursor, Limit
from app.services import erasures

router = APIRouter(prefix="/personal-data/erasures", tags=["Personal data"])


@router.get(
    "", operation_id="list_erasures", summary="List what was erased, and why", response_model=ErasurePage,
    responses=READS | NOT_MODIFIED,
)  # fmt: skip
async def list_erasures(
    read: Reading,
    actor: PersonalDataReader,
    record_id: Annotated[UUID | None, Query(description="Only of this record")] = None,
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> Response:
    return await read.page(erasures.search, actor, record_id, cursor, limit)


@router.post(
    "", operation_id="erase_personal_data", summary="Erase personal data",
    description="From the record as it stands and from all that it ever was; the entries stay and say that "
    "something was erased. A file goes with its name, its hash and its bytes. There is no way back.",
    response_model=Erasure, status_code=201, responses=CREATES,
)  # fmt: skip
async def erase_personal_data(write: Posting, actor: PersonalDataEraser, new: ErasureCreate) -> Response:
    return await write(erasures.erase, actor, new, status=201)
