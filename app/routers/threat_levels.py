"""Threat levels over HTTP."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from starlette.convertors import Convertor, register_url_convertor

from app.domain.threat_levels import ThreatCategory, ThreatStatus
from app.routers.authentication import ThreatLevelReader, ThreatLevelWriter
from app.routers.documents import CREATES, NOT_MODIFIED, POSTS, READS, READS_ONE
from app.routers.exchange import Changing, Posting, Reading
from app.routers.preconditions import IfMatchOptional
from app.schemas.externals import ExternalId, ExternalSource
from app.schemas.fields import REGION_PATTERN, AgencyCode, Moment
from app.schemas.history import HistoryPage
from app.schemas.pages import Cursor, Limit
from app.schemas.threat_levels import (
    EffectiveThreatLevel,
    ThreatLevel,
    ThreatLevelCreate,
    ThreatLevelOutcome,
    ThreatLevelPage,
    ThreatLevelSync,
    ThreatLevelWithdrawal,
)
from app.services import effective_levels, history, threat_levels
from app.services.threat_levels import ThreatLevelFilter


class PlaceConvertor(Convertor[str]):
    """Digits and dots: so that the address of a place never meets that of a statement or a proposal."""

    regex = "[0-9.]+"

    def convert(self, value: str) -> str:
        """As it stands; whether it is a code is told later."""
        return value

    def to_string(self, value: str) -> str:
        """As it stands."""
        return value


register_url_convertor("place", PlaceConvertor())
router = APIRouter(prefix="/threat-levels", tags=["Threat levels"])

Place = Annotated[str, Path(pattern=REGION_PATTERN, description="Kemendagri code with dots")]
OUTCOMES: dict[int | str, dict[str, Any]] = {
    200: {"description": "It stands so already, or waits so already: nothing was written"},
    201: {"description": "The new statement", "model": ThreatLevelOutcome},
    202: {"description": "A proposal that waits for another account", "model": ThreatLevelOutcome},
}
APPROVAL = (
    "Levels 4 and 5, and lowering from them, wait as a proposal (202) until another account of your agency "
    "approves. What stands or waits exactly so already is answered with 200, and nothing is written. "
    "The scale is the partners' own, never an official one."
)


async def approval_window(request: Request) -> float:
    """How many minutes a proposal waits."""
    minutes: float = request.app.state.settings.approval_minutes
    return minutes


Window = Annotated[float, Depends(approval_window)]


@router.get(
    "", operation_id="list_threat_levels", summary="List statements of threat levels, newest first",
    response_model=ThreatLevelPage, responses=READS | NOT_MODIFIED,
)  # fmt: skip
async def list_threat_levels(
    read: Reading,
    actor: ThreatLevelReader,
    region: Annotated[
        str | None, Query(pattern=REGION_PATTERN, description="This region and all within")
    ] = None,
    category: Annotated[list[ThreatCategory] | None, Query(max_length=7)] = None,
    agency: Annotated[AgencyCode | None, Query(description="Who issued it")] = None,
    status: Annotated[list[ThreatStatus] | None, Query(max_length=4)] = None,
    external_source: ExternalSource | None = None,
    external_id: ExternalId | None = None,
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> Response:
    wanted = ThreatLevelFilter(region, category, agency, status, external_source, external_id)
    return await read(threat_levels.search, actor, wanted, cursor, limit)


@router.post(
    "", operation_id="state_threat_level", summary="State a threat level", description=APPROVAL,
    response_model=ThreatLevelOutcome, responses=CREATES | OUTCOMES,
)  # fmt: skip
async def state_threat_level(
    write: Posting, actor: ThreatLevelWriter, new: ThreatLevelCreate, window: Window
) -> Response:
    return await write(threat_levels.state, actor, new, window)


@router.get(
    "/{threat_level_id}", operation_id="read_threat_level", summary="Read a statement of a threat level",
    response_model=ThreatLevel, responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def read_threat_level(
    read: Reading, actor: ThreatLevelReader, threat_level_id: UUID, as_of: Moment | None = None
) -> Response:
    return await read.at(as_of, threat_levels.read, threat_levels.read_then, actor, threat_level_id)


@router.get(
    "/{threat_level_id}/history", operation_id="list_threat_level_history",
    summary="List the history of a statement", response_model=HistoryPage, responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def list_threat_level_history(
    read: Reading,
    actor: ThreatLevelReader,
    threat_level_id: UUID,
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> Response:
    return await read(history.history, actor, "threat_level", threat_level_id, cursor, limit)


@router.post(
    "/{threat_level_id}/withdrawal", operation_id="withdraw_threat_level",
    summary="Withdraw a statement of your agency", response_model=ThreatLevelOutcome,
    description="From level 4 on, the withdrawal waits as a proposal (202) for another account.",
    responses=POSTS | {each: OUTCOMES[each] for each in (202,)},
)  # fmt: skip
async def withdraw_threat_level(
    write: Posting,
    actor: ThreatLevelWriter,
    threat_level_id: UUID,
    why: ThreatLevelWithdrawal,
    window: Window,
    if_match: IfMatchOptional,
) -> Response:
    return await write(threat_levels.withdraw, actor, threat_level_id, why, if_match, window)


@router.get(
    "/{region_code:place}/{category}", operation_id="read_effective_threat_level",
    summary="Read the effective threat level of a place", response_model=EffectiveThreatLevel,
    description="The highest level among the statements that you may see, for the place or a region above; "
    "the scale is the partners' own, never an official one.",
    responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def read_effective_threat_level(
    read: Reading,
    actor: ThreatLevelReader,
    region_code: Place,
    category: ThreatCategory,
    as_of: Moment | None = None,
) -> Response:
    return await read(effective_levels.effective, actor, region_code, category, as_of)


@router.put(
    "/{region_code:place}/{category}", operation_id="sync_threat_level",
    summary="Keep the threat level of your agency as it is wished", description=APPROVAL,
    response_model=ThreatLevelOutcome, responses=POSTS | OUTCOMES,
)  # fmt: skip
async def sync_threat_level(
    write: Changing,
    actor: ThreatLevelWriter,
    region_code: Place,
    category: ThreatCategory,
    wanted: ThreatLevelSync,
    window: Window,
) -> Response:
    return await write(threat_levels.sync, actor, region_code, category, wanted, window)
