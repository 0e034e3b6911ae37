"""Probes for whoever runs the service."""

from typing import Any

from fastapi import APIRouter, Request, Response

from app.domain.errors import Unavailable
from app.formats import metrics
from app.migrations import is_current
from app.routers.answers import JSON, render
from app.routers.documents import documents
from app.schemas.health import Health, Readiness
from app.services import witnesses
from app.services.issuers import readiness
from app.services.log import signer_state

router = APIRouter(tags=["For systems"])

AS_GAUGES: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/plain": {"schema": {"type": "string"}}}, "description": "Gauges"}
}


@router.get(
    "/livez", operation_id="read_liveness", summary="Tell that the process runs", response_model=Health
)
async def read_liveness() -> Response:
    return Response(render(Health(status="ok")), media_type=JSON)


@router.get(
    "/readyz", operation_id="read_readiness", summary="Tell whether the service can work",
    response_model=Readiness, responses=documents(Unavailable),
)  # fmt: skip
async def read_readiness(request: Request) -> Response:
    return Response(render(await _readiness(request.app.state)), media_type=JSON)


@router.get(
    "/metrics", operation_id="read_metrics", summary="Read the state of the service as gauges",
    description="In the text format of Prometheus: how far the ledger is signed and why not further, the "
    "state of identity providers, of witnesses and of relays.",
    response_class=Response, responses=AS_GAUGES | documents(Unavailable),
)  # fmt: skip
async def read_metrics(request: Request) -> Response:
    return Response(metrics.written(await _readiness(request.app.state)), media_type=metrics.MEDIA_TYPE)


async def _readiness(state: Any) -> Readiness:
    if not await is_current(state.database.engine):
        raise Unavailable("The database is not migrated; run `python -m app migrate`.")
    told = await witnesses.readiness(state.database, state.witnesses)
    log = signer_state(state.signer)
    return readiness(state.identity_providers, log, told, await state.relay.readiness(log.entries))
