"""Incidents over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.domain.lifecycle import IncidentStatus
from app.domain.vocabularies import Severity
from app.routers.authentication import IncidentReader, IncidentWriter
from app.routers.documents import CHANGES, CREATES, NOT_MODIFIED, POSTS, READS, READS_ONE
from app.routers.exchange import Changing, Posting, Reading
from app.routers.preconditions import IfMatch, IfMatchOptional
from app.schemas.externals import ExternalId, ExternalSource
from app.schemas.fields import REGION_PATTERN, AgencyCode, Moment, SearchText, Time
from app.schemas.history import HistoryPage
from app.schemas.incident_parts import AboutAgency, HandOver, IncidentStep
from app.schemas.incidents import (
    Incident,
    IncidentChange,
    IncidentCreate,
    IncidentGroup,
    IncidentKind,
    IncidentPage,
    IncidentSuggestions,
)
from app.schemas.pages import Cursor, Limit
from app.services import history, incident_steps, incidents, suggestions
from app.services.incidents import IncidentFilter

router = APIRouter(prefix="/incidents", tags=["Incidents"])


@router.get(
    "", operation_id="list_incidents", summary="List incidents, newest first", response_model=IncidentPage,
    responses=READS | NOT_MODIFIED,
)  # fmt: skip
async def list_incidents(
    read: Reading,
    actor: IncidentReader,
    region: Annotated[
        str | None, Query(pattern=REGION_PATTERN, description="This region and all within")
    ] = None,
    kind: IncidentKind | None = None,
    group: IncidentGroup | None = None,
    severity: Annotated[list[Severity] | None, Query(max_length=5)] = None,
    status: Annotated[list[IncidentStatus] | None, Query(max_length=8)] = None,
    occurred_from: Annotated[Time | None, Query()] = None,
    occurred_before: Annotated[Time | None, Query()] = None,
    text: Annotated[SearchText | None, Query(description="In title, description or site")] = None,
    reference: Annotated[str | None, Query(max_length=16, pattern=r"^[A-Z0-9-]+$")] = None,
    assigned_to_me: Annotated[bool, Query(description="Led by your agency, or assigned to it")] = False,  # noqa: FBT002 - a query parameter
    external_source: ExternalSource | None = None,
    external_id: ExternalId | None = None,
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> Response:
    wanted = IncidentFilter(
        region, kind, group, severity, status, occurred_from, occurred_before, text, reference,
        assigned_to_me, external_source, external_id,
    )  # fmt: skip
    return await read.page(incidents.search, actor, wanted, cursor, limit)


@router.post(
    "", operation_id="report_incident", summary="Report an incident", response_model=Incident,
    status_code=201, responses=CREATES,
)  # fmt: skip
async def report_incident(write: Posting, actor: IncidentWriter, new: IncidentCreate) -> Response:
    return await write(incidents.report, actor, new, status=201)


@router.get(
    "/{incident_id}", operation_id="read_incident", summary="Read an incident", response_model=Incident,
    responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def read_incident(
    read: Reading, actor: IncidentReader, incident_id: UUID, as_of: Moment | None = None
) -> Response:
    return await read.at(as_of, incidents.read, incidents.read_then, actor, incident_id)


@router.patch(
    "/{incident_id}", operation_id="change_incident", summary="Change an incident", response_model=Incident,
    description="A merge patch (RFC 7396): members that are left out stay as they are.", responses=CHANGES,
)  # fmt: skip
async def change_incident(
    write: Changing, actor: IncidentWriter, incident_id: UUID, wanted: IncidentChange, if_match: IfMatch
) -> Response:
    return await write(incidents.change, actor, incident_id, wanted, if_match)


@router.get(
    "/{incident_id}/suggestions", operation_id="read_incident_suggestions",
    summary="Read who might take part, and which records may tell of the same event",
    response_model=IncidentSuggestions, responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def read_incident_suggestions(read: Reading, actor: IncidentReader, incident_id: UUID) -> Response:
    return await read(suggestions.suggest, actor, incident_id)


@router.post(
    "/{incident_id}/steps", operation_id="step_incident", summary="Move an incident to its next status",
    response_model=Incident, responses=POSTS,
)  # fmt: skip
async def step_incident(
    write: Posting, actor: IncidentWriter, incident_id: UUID, wanted: IncidentStep, if_match: IfMatchOptional
) -> Response:
    return await write(incident_steps.step, actor, incident_id, wanted, if_match)


@router.post(
    "/{incident_id}/hand-over", operation_id="hand_over_incident",
    summary="Offer an incident to another agency, accept, decline or withdraw", response_model=Incident,
    responses=POSTS,
)  # fmt: skip
async def hand_over_incident(
    write: Posting, actor: IncidentWriter, incident_id: UUID, move: HandOver, if_match: IfMatchOptional
) -> Response:
    return await write(incident_steps.hand_over, actor, incident_id, move, if_match)


@router.post(
    "/{incident_id}/about-agencies", operation_id="accuse_agency",
    summary="Name an agency whose people's conduct is alleged", response_model=Incident, responses=POSTS,
)  # fmt: skip
async def accuse_agency(
    write: Posting, actor: IncidentWriter, incident_id: UUID, accused: AboutAgency, if_match: IfMatchOptional
) -> Response:
    return await write(incident_steps.name_accused, actor, incident_id, accused, if_match)


@router.delete(
    "/{incident_id}/about-agencies/{agency}", operation_id="clear_agency",
    summary="Take an agency off the list of those accused; oversight only", response_model=Incident,
    responses=CHANGES,
)  # fmt: skip
async def clear_agency(
    write: Changing, actor: IncidentWriter, incident_id: UUID, agency: AgencyCode, if_match: IfMatch
) -> Response:
    return await write(incident_steps.clear_accused, actor, incident_id, agency, if_match)


@router.get(
    "/{incident_id}/history", operation_id="list_incident_history", summary="List the history of an incident",
    response_model=HistoryPage, responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def list_incident_history(
    read: Reading, actor: IncidentReader, incident_id: UUID, cursor: Cursor | None = None, limit: Limit = 50
) -> Response:
    return await read(history.history, actor, "incident", incident_id, cursor, limit)
