"""Probes for whoever runs the service."""

from fastapi import APIRouter, Request, Response

from app.domain.errors import Unavailable
from app.migrations import is_current
from app.routers.answers import JSON, render
from app.routers.documents import documents
from app.schemas.health import Health, Readiness
from app.services.issuers import readiness
from app.services.log import signer_state

router = APIRouter(tags=["For systems"])


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
    if not await is_current(request.app.state.database.engine):
        raise Unavailable("The database is not migrated; run `python -m app migrate`.")
    state = request.app.state
    return Response(render(readiness(state.identity_providers, signer_state(state.signer))), media_type=JSON)
