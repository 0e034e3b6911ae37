"""Elections over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.domain.elections import ElectionKind
from app.routers.authentication import ElectionWriter, ReferenceReader
from app.routers.documents import CHANGES, CREATES, NOT_MODIFIED, READS, READS_ONE
from app.routers.exchange import Changing, Posting, Reading
from app.routers.preconditions import IfMatch
from app.schemas.elections import CurrentElections, Election, ElectionChange, ElectionCreate, ElectionPage
from app.schemas.fields import REGION_PATTERN, Moment, Time
from app.schemas.history import HistoryPage
from app.schemas.pages import Cursor, Limit
from app.services import elections, history
from app.services.elections import ElectionFilter

router = APIRouter(tags=["Elections"])


@router.get(
    "/elections", operation_id="list_elections", summary="List elections and their rounds, newest first",
    response_model=ElectionPage, responses=READS | NOT_MODIFIED,
)  # fmt: skip
async def list_elections(
    read: Reading,
    actor: ReferenceReader,
    region: Annotated[
        str | None, Query(pattern=REGION_PATTERN, description="Held for this region, one above or one within")
    ] = None,
    kind: ElectionKind | None = None,
    year: Annotated[int | None, Query(ge=1955, le=2199)] = None,
    number: Annotated[int | None, Query(alias="round", ge=1, le=99, description="1: the first round")] = None,
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> Response:
    wanted = ElectionFilter(region, kind, year, number)
    return await read.page(elections.search, actor, wanted, cursor, limit)


@router.post(
    "/elections", operation_id="create_election", summary="Enter an election, or declare a re-vote",
    description="Of the election commission (KPU) only. A re-vote is a round of its own: it names the round "
    "that it follows, its kind and the decision, and counts from the day of that decision.",
    response_model=Election, status_code=201, responses=CREATES,
)  # fmt: skip
async def create_election(write: Posting, actor: ElectionWriter, new: ElectionCreate) -> Response:
    return await write(elections.enter, actor, new, status=201)


@router.get(
    "/elections/current", operation_id="read_current_elections",
    summary="Read which elections a place has ahead, and at which stage they are",
    description="A kelurahan inherits those of its kecamatan, regency or city, and province. Of each "
    "election one round counts: the newest that was decided, of two the one for the smaller region.",
    response_model=CurrentElections, responses=READS | NOT_MODIFIED,
)  # fmt: skip
async def read_current_elections(
    read: Reading,
    actor: ReferenceReader,
    region: Annotated[str, Query(pattern=REGION_PATTERN, description="Kemendagri code with dots")],
    at: Annotated[
        Time | None, Query(description="The moment, whose day in WIB counts; now, if left out")
    ] = None,
) -> Response:
    return await read(elections.current_for, actor, region, at)


@router.get(
    "/elections/{election_id}", operation_id="read_election", summary="Read a round of an election",
    response_model=Election, responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def read_election(
    read: Reading, actor: ReferenceReader, election_id: UUID, as_of: Moment | None = None
) -> Response:
    return await read.at(as_of, elections.read, elections.read_then, actor, election_id)


@router.patch(
    "/elections/{election_id}", operation_id="change_election",
    summary="Change a round of an election, or its stages",
    description="A merge patch (RFC 7396): members that are left out stay as they are. "
    "`stages` replaces all.",
    response_model=Election, responses=CHANGES,
)  # fmt: skip
async def change_election(
    write: Changing, actor: ElectionWriter, election_id: UUID, wanted: ElectionChange, if_match: IfMatch
) -> Response:
    return await write(elections.change, actor, election_id, wanted, if_match)


@router.get(
    "/elections/{election_id}/history", operation_id="list_election_history",
    summary="List the history of a round of an election", response_model=HistoryPage,
    responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def list_election_history(
    read: Reading, actor: ReferenceReader, election_id: UUID, cursor: Cursor | None = None, limit: Limit = 50
) -> Response:
    return await read(history.history, actor, "election", election_id, cursor, limit)
