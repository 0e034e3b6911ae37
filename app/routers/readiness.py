"""Readiness orders over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.domain.readiness import ReadinessLevel, ReadinessStatus
from app.routers.authentication import ReadinessReader, ReadinessWriter
from app.routers.documents import CREATES, NOT_MODIFIED, POSTS, READS, READS_ONE
from app.routers.exchange import Posting, Reading
from app.routers.preconditions import IfMatchOptional
from app.schemas.fields import AGENCY_PATTERN, Moment, Time
from app.schemas.history import HistoryPage
from app.schemas.pages import Cursor, Limit
from app.schemas.readiness import (
    OrderNumber,
    ReadinessOrder,
    ReadinessOrderCreate,
    ReadinessOrderPage,
    ReadinessRevocation,
    UnitReadiness,
)
from app.services import history, readiness
from app.services.readiness import ReadinessFilter

router = APIRouter(tags=["Readiness"])


@router.get(
    "/readiness", operation_id="read_unit_readiness", summary="Read which order holds for a unit",
    description="The order that names the unit, else one of the units above it, else that of the whole "
    "agency; of two the one that took effect later. Of what you may see: null says nothing of the others.",
    response_model=UnitReadiness, responses=READS | NOT_MODIFIED,
)  # fmt: skip
async def read_unit_readiness(
    read: Reading,
    actor: ReadinessReader,
    unit: Annotated[str, Query(pattern=AGENCY_PATTERN, description="The code of the unit")],
    at: Annotated[Time | None, Query(description="The moment; now, if left out")] = None,
) -> Response:
    return await read(readiness.of_unit, actor, unit, at)


@router.get(
    "/readiness/orders", operation_id="list_readiness_orders", summary="List readiness orders, newest first",
    response_model=ReadinessOrderPage, responses=READS | NOT_MODIFIED,
)  # fmt: skip
async def list_readiness_orders(
    read: Reading,
    actor: ReadinessReader,
    agency: Annotated[str | None, Query(pattern=AGENCY_PATTERN)] = None,
    level: Annotated[list[ReadinessLevel] | None, Query(max_length=3)] = None,
    status: Annotated[list[ReadinessStatus] | None, Query(max_length=3)] = None,
    number: OrderNumber | None = None,
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> Response:
    wanted = ReadinessFilter(agency, level, status, number)
    return await read.page(readiness.search, actor, wanted, cursor, limit)


@router.post(
    "/readiness/orders", operation_id="issue_readiness_order", summary="Put units on a level of readiness",
    description="For units of your own agency. The order stays inside it unless its marking says else. "
    "Another order that it names in `supersedes` ends where it begins.",
    response_model=ReadinessOrder, status_code=201, responses=CREATES,
)  # fmt: skip
async def issue_readiness_order(
    write: Posting, actor: ReadinessWriter, new: ReadinessOrderCreate
) -> Response:
    return await write(readiness.issue, actor, new, status=201)


@router.get(
    "/readiness/orders/{order_id}", operation_id="read_readiness_order", summary="Read a readiness order",
    response_model=ReadinessOrder, responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def read_readiness_order(
    read: Reading, actor: ReadinessReader, order_id: UUID, as_of: Moment | None = None
) -> Response:
    return await read.at(as_of, readiness.read, readiness.read_then, actor, order_id)


@router.post(
    "/readiness/orders/{order_id}/revocation", operation_id="revoke_readiness_order",
    summary="Revoke a readiness order", description="It ends now, and no other takes its place.",
    response_model=ReadinessOrder, responses=POSTS,
)  # fmt: skip
async def revoke_readiness_order(
    write: Posting,
    actor: ReadinessWriter,
    order_id: UUID,
    asked: ReadinessRevocation,
    if_match: IfMatchOptional,
) -> Response:
    return await write(readiness.revoke, actor, order_id, asked, if_match)


@router.get(
    "/readiness/orders/{order_id}/history", operation_id="list_readiness_order_history",
    summary="List the history of a readiness order", response_model=HistoryPage,
    responses=READS_ONE | NOT_MODIFIED,
)  # fmt: skip
async def list_readiness_order_history(
    read: Reading, actor: ReadinessReader, order_id: UUID, cursor: Cursor | None = None, limit: Limit = 50
) -> Response:
    return await read(history.history, actor, "readiness_order", order_id, cursor, limit)
