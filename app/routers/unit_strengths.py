"""The strength of units over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from app.routers.authentication import DeploymentReader, DeploymentWriter
from app.routers.documents import NOT_MODIFIED, READS, READS_ONE, STATES
from app.routers.exchange import Changing, Reading
from app.routers.preconditions import IfMatchOptional
from app.schemas.fields import AGENCY_PATTERN, Moment
from app.schemas.history import HistoryPage
from app.schemas.pages import Cursor, Limit
from app.schemas.unit_strengths import UnitStrength, UnitStrengthPage, UnitStrengthStatement
from app.services import unit_strengths

router = APIRouter(tags=["Deployments"])

UnitPath = Annotated[str, Path(pattern=AGENCY_PATTERN, examples=["polres-serang"])]


@router.get(
    "/unit-strengths", operation_id="list_unit_strengths", summary="List the strength of units",
    response_model=UnitStrengthPage, responses=READS | NOT_MODIFIED,
)  # fmt: skip
async def list_unit_strengths(
    read: Reading,
    actor: DeploymentReader,
    agency: Annotated[str | None, Query(pattern=AGENCY_PATTERN)] = None,
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> Response:
    return await read.page(unit_strengths.search, actor, agency, cursor, limit)


@router.get(
    "/units/{unit}/strength", operation_id="read_unit_strength", summary="Read the strength of a unit",
    response_model=UnitStrength, responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def read_unit_strength(
    read: Reading, actor: DeploymentReader, unit: UnitPath, as_of: Moment | None = None
) -> Response:
    return await read.at(as_of, unit_strengths.read, unit_strengths.read_then, actor, unit)


@router.put(
    "/units/{unit}/strength", operation_id="state_unit_strength", summary="State the strength of a unit",
    description="Of a unit of your own agency, in place of what was stated before; never less than is "
    "committed at one time.",
    response_model=UnitStrength, responses=STATES,
)  # fmt: skip
async def state_unit_strength(
    write: Changing,
    actor: DeploymentWriter,
    unit: UnitPath,
    statement: UnitStrengthStatement,
    if_match: IfMatchOptional,
) -> Response:
    return await write(unit_strengths.state, actor, unit, statement, if_match)


@router.get(
    "/units/{unit}/strength/history", operation_id="list_unit_strength_history",
    summary="List what was stated of the strength of a unit", response_model=HistoryPage,
    responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def list_unit_strength_history(
    read: Reading, actor: DeploymentReader, unit: UnitPath, cursor: Cursor | None = None, limit: Limit = 50
) -> Response:
    return await read(unit_strengths.history, actor, unit, cursor, limit)
