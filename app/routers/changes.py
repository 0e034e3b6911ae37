"""The change feed over HTTP: pages, a stream, and the snapshot to begin with."""

from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Response

from app.domain.errors import SnapshotRequired
from app.routers.authentication import ChangeReader
from app.routers.documents import ALWAYS, READS, documents
from app.routers.following import FollowingReader
from app.schemas.changes import After, ChangeLimit, ChangePage, Types
from app.schemas.pages import CURSOR_LENGTH

router = APIRouter(tags=["Changes"])
FOLLOWS = documents(*ALWAYS, SnapshotRequired)
ALL_TYPES: Types = []


def _answers(media_type: str, description: str, example: str) -> dict[int | str, dict[str, Any]]:
    content = {media_type: {"schema": {"type": "string"}, "example": example}}
    return {200: {"description": description, "content": content}}


STREAM = _answers(
    "text/event-stream",
    "Events `changed`, `erased` and `gone` with a change as data and a cursor as id, then one `goodbye`",
    'event: gone\ndata: {"position":41,"change":"gone","record_type":"incident",'
    '"id":"01930000-0000-7000-8000-000000000000","version":null,"record":null}\nid: q83vASNFZ4mrze8B\n\n',
)
LINES = _answers(
    "application/x-ndjson",
    "A line that says the format and how many follow, a line for each record, and a last line with `next`; "
    "without it, ask again",
    '{"format":"siaga-snapshot/v1","at":"2024-11-27T05:00:00+00:00","types":["incident"],"count":0}\n'
    '{"end":true,"count":0,"next":"q83vASNFZ4mrze8B"}\n',
)
Type = Annotated[Types, Query(alias="type")]


@router.get(
    "/changes", operation_id="list_changes", summary="List what has changed since you last asked",
    description="In the order of the ledger, each record as it stands now. A part that was added or changed "
    "is a change of its record. Without `after` it begins with the first entry.",
    response_model=ChangePage, responses=FOLLOWS,
)  # fmt: skip
async def list_changes(
    follow: FollowingReader,
    actor: ChangeReader,
    types: Type = ALL_TYPES,
    after: After | None = None,
    limit: ChangeLimit = 200,
    prefer: Annotated[
        str | None,
        Header(description="`wait=20`: wait so many seconds, at most 30, where there is nothing yet"),
    ] = None,
) -> Response:
    return await follow.page(types, after, limit, prefer)


@router.get(
    "/snapshot", operation_id="read_snapshot", summary="Read everything that you may see, as it stands",
    description="All of one moment, as lines of JSON (NDJSON). Go on with `next` of the last line at the "
    "changes or the stream.",
    response_class=Response, responses=READS | LINES,
)  # fmt: skip
async def read_snapshot(follow: FollowingReader, actor: ChangeReader, types: Type = ALL_TYPES) -> Response:
    return await follow.snapshot(types)


@router.get(
    "/stream", operation_id="read_change_stream", summary="Follow changes as they are committed",
    description="Server-sent events, from now on or after `after` or `Last-Event-ID`. Ends with the token.",
    response_class=Response, responses=FOLLOWS | STREAM,
)  # fmt: skip
async def read_change_stream(
    follow: FollowingReader,
    actor: ChangeReader,
    types: Type = ALL_TYPES,
    after: After | None = None,
    last_event_id: Annotated[
        str | None,
        Header(max_length=CURSOR_LENGTH, description="The id of the last event that you have stored"),
    ] = None,
) -> Response:
    return await follow.stream(types, after, last_event_id)
