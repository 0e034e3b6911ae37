"""Agencies that join and leave, and their first administrators, over HTTP: for the host."""

from fastapi import APIRouter, Response

from app.routers.authentication import AgencyWriter
from app.routers.documents import STATES
from app.routers.exchange import Changing
from app.routers.preconditions import IfMatchOptional
from app.routers.reference import AgencyPath
from app.schemas.agencies import (
    AdministratorAppointed,
    AdministratorAppointment,
    AgencyDeparture,
    AgencyJoin,
    AgencyReturn,
    Membership,
)
from app.services import agencies

router = APIRouter(prefix="/agencies", tags=["Administration"])


@router.post(
    "", operation_id="join_agency", summary="Have an agency join, with its sharing agreement",
    response_model=Membership, status_code=201, responses=STATES,
)  # fmt: skip
async def join_agency(write: Changing, actor: AgencyWriter, agency: AgencyJoin) -> Response:
    return await write(agencies.join, actor, agency, status=201)


@router.post(
    "/{agency}/departure", operation_id="leave_agency", summary="Have an agency leave",
    description="Its accounts stop to work within a second. Its records stay as they are.",
    response_model=Membership, responses=STATES,
)  # fmt: skip
async def leave_agency(
    write: Changing, actor: AgencyWriter, agency: AgencyPath, why: AgencyDeparture, if_match: IfMatchOptional
) -> Response:
    return await write(agencies.leave, actor, agency, why, if_match)


@router.post(
    "/{agency}/return", operation_id="return_agency",
    summary="Have an agency come back, with a new agreement",
    response_model=Membership, responses=STATES,
)  # fmt: skip
async def return_agency(
    write: Changing, actor: AgencyWriter, agency: AgencyPath, terms: AgencyReturn, if_match: IfMatchOptional
) -> Response:
    return await write(agencies.come_back, actor, agency, terms, if_match)


@router.post(
    "/{agency}/administrators", operation_id="appoint_administrator",
    summary="Make an agency's first administrator",
    description="The account works once the agency has confirmed it: an officer of the agency does, or, "
    "where it has none yet, the person by naming who appointed them.",
    response_model=AdministratorAppointed, status_code=201, responses=STATES,
)  # fmt: skip
async def appoint_administrator(
    write: Changing, actor: AgencyWriter, agency: AgencyPath, appointment: AdministratorAppointment
) -> Response:
    return await write(agencies.appoint, actor, agency, appointment, status=201)
