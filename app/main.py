"""create_app(): where the parts meet."""

import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from weakref import WeakValueDictionary

from fastapi import APIRouter, FastAPI, Response

from app import openapi
from app.database import Database
from app.lane import Lane
from app.routers import (
    accounts,
    deployments,
    docs,
    health,
    incident_parts,
    incidents,
    ledger,
    problems,
    reference,
    unit_strengths,
)
from app.routers.answers import JSON, Pages
from app.routers.authentication import Authenticator
from app.routers.edge import Edge
from app.services import keys
from app.services.tokens import TokenIssuer
from app.settings import Settings

log = logging.getLogger("siaga")


def create_app(settings: Settings) -> FastAPI:
    """The application for these settings; it opens the database when it starts."""
    app = FastAPI(
        title=openapi.TITLE, version=openapi.VERSION, lifespan=lifespan,
        openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False,
    )  # fmt: skip
    app.state.settings = settings
    app.openapi = lambda: openapi.document(app)  # type: ignore[method-assign]
    problems.install(app)
    api = APIRouter(prefix="/api/v1")
    subjects = (accounts, incidents, incident_parts, deployments, unit_strengths, reference, ledger)
    for subject in subjects:
        api.include_router(subject.router)
    app.include_router(accounts.tokens)
    app.include_router(api)
    app.include_router(health.router)
    app.include_router(docs.router)

    @app.get("/openapi.json", include_in_schema=False)
    async def read_openapi() -> Response:
        return Response(openapi.as_json(app), media_type=JSON, headers={"Cache-Control": "no-cache"})

    app.add_middleware(Edge, api=app)
    return app


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Open what a worker needs, and give it back in order: the lane writes what is waiting first."""
    settings: Settings = app.state.settings
    state: Any = app.state
    state.token_keys = keys.token_keys(settings.data_dir)
    state.identity_key = keys.identity_key(settings.data_dir)
    state.database = Database(settings.database)
    state.lane = Lane(state.database)
    state.token_issuer = TokenIssuer(state.token_keys, settings.public_url, settings.access_token_minutes)
    state.authenticator = Authenticator(state.database, state.token_issuer, settings.oversight_agencies)
    state.pages = Pages()
    state.in_flight = {}
    state.lines = WeakValueDictionary()
    state.lane.start()
    # What was made at start stays: the collector need not walk it on every round.
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    try:
        yield
    finally:
        await state.lane.stop()
        await state.database.close()
