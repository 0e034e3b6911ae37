"""Referrals of violations over HTTP."""

from uuid import UUID

from fastapi import APIRouter, Response

from app.routers.authentication import IncidentReader, IncidentWriter
from app.routers.documents import NOT_MODIFIED, POSTS, READS_ONE
from app.routers.exchange import Posting, Reading
from app.routers.preconditions import IfMatchOptional
from app.schemas.pages import Cursor, Limit
from app.schemas.referrals import Referral, ReferralCreate, ReferralPage, ReferralStep
from app.services import referrals

router = APIRouter(prefix="/incidents/{incident_id}/referrals", tags=["Referrals"])


@router.get(
    "", operation_id="list_referrals", summary="List the referrals of an incident",
    response_model=ReferralPage, responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def list_referrals(
    read: Reading, actor: IncidentReader, incident_id: UUID, cursor: Cursor | None = None, limit: Limit = 50
) -> Response:
    return await read(referrals.listed, actor, incident_id, cursor, limit)


@router.post(
    "", operation_id="refer_incident", summary="Refer a violation to the competent authority",
    description="Who that is follows from the kind of violation; an election crime goes to Sentra Gakkumdu.",
    response_model=Referral, status_code=201, responses=POSTS,
)  # fmt: skip
async def refer_incident(
    write: Posting, actor: IncidentWriter, incident_id: UUID, new: ReferralCreate
) -> Response:
    return await write(referrals.refer, actor, incident_id, new, status=201)


@router.get(
    "/{referral_id}", operation_id="read_referral", summary="Read a referral and the clock that runs",
    response_model=Referral, responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def read_referral(
    read: Reading, actor: IncidentReader, incident_id: UUID, referral_id: UUID
) -> Response:
    return await read(referrals.read, actor, incident_id, referral_id)


@router.post(
    "/{referral_id}/steps", operation_id="step_referral", summary="Move a referral to its next status",
    description="The clock of the status before stops, and that of the next one starts. By agencies that "
    "take part, and by those whom the running clock binds.",
    response_model=Referral, responses=POSTS,
)  # fmt: skip
async def step_referral(
    write: Posting,
    actor: IncidentWriter,
    incident_id: UUID,
    referral_id: UUID,
    wanted: ReferralStep,
    if_match: IfMatchOptional,
) -> Response:
    return await write(referrals.step, actor, incident_id, referral_id, wanted, if_match)
