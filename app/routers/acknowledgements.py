"""Acknowledgements of incidents and threat levels over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.models.incidents import IncidentRow
from app.models.threat_levels import ThreatLevelRow
from app.routers.authentication import (
    AcknowledgementReader,
    IncidentReader,
    IncidentWriter,
    ThreatLevelReader,
    ThreatLevelWriter,
)
from app.routers.documents import NOT_MODIFIED, POSTS, READS, READS_ONE
from app.routers.exchange import Posting, Reading
from app.schemas import acknowledgements as schemas
from app.schemas.fields import Time
from app.schemas.pages import Cursor, Limit
from app.services import acknowledgement_statistics
from app.services import acknowledgements as acks
from app.services.acknowledgement_statistics import Window

router = APIRouter(tags=["Acknowledgements"])

ASKING = (
    "Every agency named must see the record already. Who stays silent past the time is told on: first to "
    "its own commander, then to the owner's, in the inbox and the change feed."
)
GIVING = "For an agency that was asked, whatever its area. Late is better than never."


@router.post(
    "/incidents/{incident_id}/acknowledgement-requests", operation_id="require_incident_acknowledgement",
    summary="Ask agencies to acknowledge an incident", description=ASKING,
    response_model=schemas.AcknowledgementRequest, status_code=201, responses=POSTS,
)  # fmt: skip
async def require_incident_acknowledgement(
    write: Posting, actor: IncidentWriter, incident_id: UUID, asked: schemas.AcknowledgementRequestCreate
) -> Response:
    return await write(acks.require, actor, IncidentRow, incident_id, asked, status=201)


@router.get(
    "/incidents/{incident_id}/acknowledgements", operation_id="list_incident_acknowledgements",
    summary="List who has acknowledged an incident", response_model=schemas.AcknowledgementPage,
    responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def list_incident_acknowledgements(
    read: Reading, actor: IncidentReader, incident_id: UUID, cursor: Cursor | None = None, limit: Limit = 50
) -> Response:
    return await read(acks.listed, actor, IncidentRow, incident_id, cursor, limit)


@router.post(
    "/incidents/{incident_id}/acknowledgements", operation_id="acknowledge_incident",
    summary="Acknowledge an incident", description=GIVING, response_model=schemas.Acknowledgement,
    responses=POSTS,
)  # fmt: skip
async def acknowledge_incident(
    write: Posting, actor: IncidentWriter, incident_id: UUID, said: schemas.AcknowledgementCreate
) -> Response:
    return await write(acks.acknowledge, actor, IncidentRow, incident_id, said)


@router.post(
    "/threat-levels/{threat_level_id}/acknowledgement-requests",
    operation_id="require_threat_level_acknowledgement", summary="Ask agencies to acknowledge a threat level",
    description=ASKING, response_model=schemas.AcknowledgementRequest, status_code=201, responses=POSTS,
)  # fmt: skip
async def require_threat_level_acknowledgement(
    write: Posting,
    actor: ThreatLevelWriter,
    threat_level_id: UUID,
    asked: schemas.AcknowledgementRequestCreate,
) -> Response:
    return await write(acks.require, actor, ThreatLevelRow, threat_level_id, asked, status=201)


@router.get(
    "/threat-levels/{threat_level_id}/acknowledgements", operation_id="list_threat_level_acknowledgements",
    summary="List who has acknowledged a threat level", response_model=schemas.AcknowledgementPage,
    responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def list_threat_level_acknowledgements(
    read: Reading,
    actor: ThreatLevelReader,
    threat_level_id: UUID,
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> Response:
    return await read(acks.listed, actor, ThreatLevelRow, threat_level_id, cursor, limit)


@router.post(
    "/threat-levels/{threat_level_id}/acknowledgements", operation_id="acknowledge_threat_level",
    summary="Acknowledge a threat level", description=GIVING, response_model=schemas.Acknowledgement,
    responses=POSTS,
)  # fmt: skip
async def acknowledge_threat_level(
    write: Posting, actor: ThreatLevelWriter, threat_level_id: UUID, said: schemas.AcknowledgementCreate
) -> Response:
    return await write(acks.acknowledge, actor, ThreatLevelRow, threat_level_id, said)


@router.get(
    "/acknowledgements/statistics", operation_id="read_acknowledgement_statistics",
    summary="Read how long agencies take to acknowledge",
    description="Of the incidents and threat levels that you see, by when the agencies were asked.",
    response_model=schemas.AcknowledgementStatistics, responses=READS | NOT_MODIFIED,
)  # fmt: skip
async def read_acknowledgement_statistics(
    read: Reading,
    actor: AcknowledgementReader,
    since: Annotated[Time | None, Query(alias="from", description="Asked at this time or later")] = None,
    until: Annotated[Time | None, Query(alias="to", description="Asked before this time")] = None,
) -> Response:
    return await read(acknowledgement_statistics.statistics, actor, Window(since, until))
