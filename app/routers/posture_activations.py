"""What became of posture plans when a level came, over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Response

from app.domain.posture import ActivationStatus
from app.routers.authentication import PostureReader, PostureWriter
from app.routers.documents import NOT_MODIFIED, POSTS, READS, READS_ONE
from app.routers.exchange import Posting, Reading
from app.routers.preconditions import IfMatchOptional
from app.schemas.fields import Moment
from app.schemas.history import HistoryPage
from app.schemas.pages import Cursor, Limit
from app.schemas.posture_activations import DraftDecided, PostureActivation, PostureActivationPage
from app.schemas.posture_measures import MOST_MEASURES
from app.services import history, posture_activations

router = APIRouter(prefix="/posture-activations", tags=["Posture"])


@router.get(
    "", operation_id="list_posture_activations", summary="List what levels made of plans, newest first",
    response_model=PostureActivationPage, responses=READS | NOT_MODIFIED,
)  # fmt: skip
async def list_posture_activations(
    read: Reading,
    actor: PostureReader,
    status: ActivationStatus | None = None,
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> Response:
    return await read(posture_activations.search, actor, status, cursor, limit)


@router.get(
    "/{activation_id}", operation_id="read_posture_activation", summary="Read what a level made of a plan",
    response_model=PostureActivation, responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def read_posture_activation(
    read: Reading, actor: PostureReader, activation_id: UUID, as_of: Moment | None = None
) -> Response:
    activations = posture_activations
    return await read.at(as_of, activations.read, activations.read_then, actor, activation_id)


@router.post(
    "/{activation_id}/drafts/{number}/decision", operation_id="decide_posture_draft",
    summary="Carry out a draft, or drop it",
    description="What is carried out is made at once, by the same rules as any other. A deployment takes "
    "`deployments:write` besides, a request for assistance `assistance:write`, a patrol `patrols:write`; "
    "without it, 403. A notice stands in the inbox of those of your agency who hold `incidents:write`, for "
    "seven days.",
    response_model=PostureActivation, responses=POSTS,
)  # fmt: skip
async def decide_posture_draft(
    write: Posting,
    actor: PostureWriter,
    activation_id: UUID,
    number: Annotated[int, Path(ge=1, le=MOST_MEASURES)],
    wanted: DraftDecided,
    if_match: IfMatchOptional,
) -> Response:
    return await write(posture_activations.decide, actor, activation_id, number, wanted, if_match)


@router.get(
    "/{activation_id}/history", operation_id="list_posture_activation_history",
    summary="List the history of what a level made of a plan", response_model=HistoryPage,
    responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def list_posture_activation_history(
    read: Reading, actor: PostureReader, activation_id: UUID, cursor: Cursor | None = None, limit: Limit = 50
) -> Response:
    return await read(history.history, actor, "posture_activation", activation_id, cursor, limit)
