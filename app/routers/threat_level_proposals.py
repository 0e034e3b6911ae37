"""Proposals of threat levels over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.domain.threat_levels import ProposalStatus, ThreatCategory
from app.routers.authentication import ThreatLevelApprover, ThreatLevelReader, ThreatLevelWriter
from app.routers.documents import NOT_MODIFIED, POSTS, READS, READS_ONE
from app.routers.exchange import Posting, Reading
from app.routers.preconditions import IfMatchOptional
from app.schemas.fields import REGION_PATTERN, AgencyCode, Moment
from app.schemas.history import HistoryPage
from app.schemas.pages import Cursor, Limit
from app.schemas.threat_level_proposals import (
    ThreatLevelDecision,
    ThreatLevelProposal,
    ThreatLevelProposalPage,
    ThreatLevelProposalWithdrawal,
)
from app.services import history, threat_level_proposals
from app.services.threat_level_proposals import ProposalFilter

router = APIRouter(prefix="/threat-levels/proposals", tags=["Threat levels"])


@router.get(
    "", operation_id="list_threat_level_proposals", summary="List proposed threat levels, newest first",
    response_model=ThreatLevelProposalPage, responses=READS | NOT_MODIFIED,
)  # fmt: skip
async def list_threat_level_proposals(
    read: Reading,
    actor: ThreatLevelReader,
    region: Annotated[
        str | None, Query(pattern=REGION_PATTERN, description="This region and all within")
    ] = None,
    category: Annotated[list[ThreatCategory] | None, Query(max_length=7)] = None,
    agency: Annotated[AgencyCode | None, Query(description="Whose level it would be")] = None,
    status: Annotated[list[ProposalStatus] | None, Query(max_length=5)] = None,
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> Response:
    wanted = ProposalFilter(region, category, agency, status)
    return await read(threat_level_proposals.search, actor, wanted, cursor, limit)


@router.get(
    "/{proposal_id}", operation_id="read_threat_level_proposal", summary="Read a proposed threat level",
    response_model=ThreatLevelProposal, responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def read_threat_level_proposal(
    read: Reading, actor: ThreatLevelReader, proposal_id: UUID, as_of: Moment | None = None
) -> Response:
    levels = threat_level_proposals
    return await read.at(as_of, levels.read, levels.read_then, actor, proposal_id)


@router.get(
    "/{proposal_id}/history", operation_id="list_threat_level_proposal_history",
    summary="List the history of a proposal", response_model=HistoryPage, responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def list_threat_level_proposal_history(
    read: Reading,
    actor: ThreatLevelReader,
    proposal_id: UUID,
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> Response:
    return await read(history.history, actor, "threat_level_proposal", proposal_id, cursor, limit)


@router.post(
    "/{proposal_id}/decision", operation_id="decide_threat_level_proposal",
    summary="Decide on a proposed threat level of your agency", response_model=ThreatLevelProposal,
    description="Any account of the issuing agency that may approve, except the one that proposed it.",
    responses=POSTS,
)  # fmt: skip
async def decide_threat_level_proposal(
    write: Posting,
    actor: ThreatLevelApprover,
    proposal_id: UUID,
    decision: ThreatLevelDecision,
    if_match: IfMatchOptional,
) -> Response:
    return await write(threat_level_proposals.decide, actor, proposal_id, decision, if_match)


@router.post(
    "/{proposal_id}/withdrawal", operation_id="withdraw_threat_level_proposal",
    summary="Take back what your account proposed", response_model=ThreatLevelProposal, responses=POSTS,
)  # fmt: skip
async def withdraw_threat_level_proposal(
    write: Posting,
    actor: ThreatLevelWriter,
    proposal_id: UUID,
    why: ThreatLevelProposalWithdrawal,
    if_match: IfMatchOptional,
) -> Response:
    return await write(threat_level_proposals.withdraw, actor, proposal_id, why, if_match)
