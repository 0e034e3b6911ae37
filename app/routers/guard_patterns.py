"""Guard patterns over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.routers.authentication import DeploymentReader, DeploymentWriter, ReferenceReader
from app.routers.documents import CHANGES, CREATES, NOT_MODIFIED, READS, READS_ONE
from app.routers.exchange import Changing, Posting, Reading
from app.routers.preconditions import IfMatch
from app.schemas.fields import REGION_PATTERN, Moment
from app.schemas.guard_patterns import (
    GuardPattern,
    GuardPatternChange,
    GuardPatternCreate,
    GuardPatternPage,
    KnownGuardPatterns,
    Operation,
)
from app.schemas.history import HistoryPage
from app.schemas.pages import Cursor, Limit
from app.services import guard_patterns, history

router = APIRouter(tags=["Sites"])


@router.get(
    "/guard-patterns", operation_id="list_guard_patterns", summary="List guard patterns, newest first",
    response_model=GuardPatternPage, responses=READS | NOT_MODIFIED,
)  # fmt: skip
async def list_guard_patterns(
    read: Reading,
    actor: DeploymentReader,
    operation: Operation | None = None,
    region: Annotated[
        str | None, Query(pattern=REGION_PATTERN, description="Those that hold at this place")
    ] = None,
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> Response:
    return await read.page(guard_patterns.search, actor, operation, region, cursor, limit)


@router.post(
    "/guard-patterns", operation_id="create_guard_pattern", summary="Set how many guard sites of a category",
    response_model=GuardPattern, status_code=201, responses=CREATES,
)  # fmt: skip
async def create_guard_pattern(write: Posting, actor: DeploymentWriter, new: GuardPatternCreate) -> Response:
    return await write(guard_patterns.set_pattern, actor, new, status=201)


@router.get(
    "/guard-patterns/known", operation_id="read_known_guard_patterns",
    summary="Read the guard patterns of past elections",
    description="As orders and reports told them, each with its source: a start for your own.",
    response_model=KnownGuardPatterns, responses=READS | NOT_MODIFIED,
)  # fmt: skip
async def read_known_guard_patterns(read: Reading, actor: ReferenceReader) -> Response:
    return await read(guard_patterns.known, actor)


@router.get(
    "/guard-patterns/{pattern_id}", operation_id="read_guard_pattern", summary="Read a guard pattern",
    response_model=GuardPattern, responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def read_guard_pattern(
    read: Reading, actor: DeploymentReader, pattern_id: UUID, as_of: Moment | None = None
) -> Response:
    return await read.at(as_of, guard_patterns.read, guard_patterns.read_then, actor, pattern_id)


@router.patch(
    "/guard-patterns/{pattern_id}", operation_id="change_guard_pattern", summary="Change a guard pattern",
    description="A merge patch (RFC 7396): members that are left out stay as they are.",
    response_model=GuardPattern, responses=CHANGES,
)  # fmt: skip
async def change_guard_pattern(
    write: Changing,
    actor: DeploymentWriter,
    pattern_id: UUID,
    wanted: GuardPatternChange,
    if_match: IfMatch,
) -> Response:
    return await write(guard_patterns.change, actor, pattern_id, wanted, if_match)


@router.get(
    "/guard-patterns/{pattern_id}/history", operation_id="list_guard_pattern_history",
    summary="List the history of a guard pattern", response_model=HistoryPage,
    responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def list_guard_pattern_history(
    read: Reading,
    actor: DeploymentReader,
    pattern_id: UUID,
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> Response:
    return await read(history.history, actor, "guard_pattern", pattern_id, cursor, limit)
