"""The breach register over HTTP."""

from uuid import UUID

from fastapi import APIRouter, Response

from app.domain.data_protection import Told
from app.routers.authentication import PersonalDataReader, PersonalDataWriter
from app.routers.documents import CHANGES, CREATES, NOT_MODIFIED, POSTS, READS, READS_ONE
from app.routers.exchange import Changing, Posting, Reading
from app.routers.languages import LanguageAsked
from app.routers.preconditions import IfMatch, IfMatchOptional
from app.schemas import breaches as schemas
from app.schemas.fields import Moment
from app.schemas.history import HistoryPage
from app.schemas.pages import Cursor, Limit
from app.services import breaches, history

router = APIRouter(prefix="/personal-data/breaches", tags=["Personal data"])


@router.get(
    "", operation_id="list_breaches", summary="List the breach register of your agency",
    response_model=schemas.BreachPage, responses=READS | NOT_MODIFIED,
)  # fmt: skip
async def list_breaches(
    read: Reading, actor: PersonalDataReader, cursor: Cursor | None = None, limit: Limit = 50
) -> Response:
    return await read.page(breaches.search, actor, cursor, limit)


@router.post(
    "", operation_id="enter_breach", summary="Enter a breach into the register",
    description="The clock of 3 x 24 hours runs from `discovered_at`.",
    response_model=schemas.Breach, status_code=201, responses=CREATES,
)  # fmt: skip
async def enter_breach(write: Posting, actor: PersonalDataWriter, new: schemas.BreachCreate) -> Response:
    return await write(breaches.enter, actor, new, status=201)


@router.get(
    "/{breach_id}", operation_id="read_breach", summary="Read a breach", response_model=schemas.Breach,
    responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def read_breach(
    read: Reading, actor: PersonalDataReader, breach_id: UUID, as_of: Moment | None = None
) -> Response:
    return await read.at(as_of, breaches.read, breaches.read_then, actor, breach_id)


@router.patch(
    "/{breach_id}", operation_id="change_breach", summary="Say what is known of a breach by now",
    response_model=schemas.Breach, responses=CHANGES,
)  # fmt: skip
async def change_breach(
    write: Changing,
    actor: PersonalDataWriter,
    breach_id: UUID,
    wanted: schemas.BreachChange,
    if_match: IfMatch,
) -> Response:
    return await write(breaches.change, actor, breach_id, wanted, if_match)


@router.post(
    "/{breach_id}/notifications", operation_id="note_breach_notification",
    summary="Note that somebody was told of a breach", response_model=schemas.Breach, responses=POSTS,
)  # fmt: skip
async def note_breach_notification(
    write: Posting,
    actor: PersonalDataWriter,
    breach_id: UUID,
    told: schemas.BreachNotification,
    if_match: IfMatchOptional,
) -> Response:
    return await write(breaches.notify, actor, breach_id, told, if_match)


@router.post(
    "/{breach_id}/closing", operation_id="close_breach", summary="Close a breach of which all were told",
    response_model=schemas.Breach, responses=POSTS,
)  # fmt: skip
async def close_breach(
    write: Posting,
    actor: PersonalDataWriter,
    breach_id: UUID,
    why: schemas.BreachClosing,
    if_match: IfMatchOptional,
) -> Response:
    return await write(breaches.close, actor, breach_id, why, if_match)


@router.get(
    "/{breach_id}/notices/{to}", operation_id="read_breach_notice",
    summary="Read a draft of the written notice", response_model=schemas.BreachNotice,
    responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def read_breach_notice(
    read: Reading, actor: PersonalDataReader, breach_id: UUID, to: Told, language: LanguageAsked
) -> Response:
    return await read(breaches.notice, actor, breach_id, to, language)


@router.get(
    "/{breach_id}/history", operation_id="list_breach_history", summary="List the history of a breach",
    response_model=HistoryPage, responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def list_breach_history(
    read: Reading, actor: PersonalDataReader, breach_id: UUID, cursor: Cursor | None = None, limit: Limit = 50
) -> Response:
    return await read(history.history, actor, "breach", breach_id, cursor, limit)
