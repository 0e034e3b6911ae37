"""create_app(): where the parts meet."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from weakref import WeakValueDictionary

from fastapi import APIRouter, FastAPI
from starlette.types import ASGIApp

from app import clock, openapi
from app.database import Database
from app.lane import Lane
from app.routers import (
    accounts,
    administration,
    agencies,
    attachments,
    bulk,
    deployments,
    docs,
    enrolment,
    health,
    inbox,
    incident_parts,
    incidents,
    integrations,
    ledger,
    red_memberships,
    reference,
    threat_level_proposals,
    threat_levels,
    unit_strengths,
)
from app.routers.answers import Pages
from app.routers.authentication import Authenticator
from app.routers.bundles import Places
from app.routers.edge import Edge
from app.routers.metering import Meters
from app.services import issuers, keys
from app.services.issuers import Verifier
from app.services.sign_ins import Gate
from app.services.tokens import TokenIssuer
from app.settings import Settings
from app.storage import Store

log = logging.getLogger("siaga")


class Api(FastAPI):
    """FastAPI for what routes declare and what OpenAPI shows of it; requests come in at the edge."""

    def build_middleware_stack(self) -> ASGIApp:
        """Nothing stands before the edge."""
        return Edge(self)


def create_app(settings: Settings) -> FastAPI:
    """The application for these settings; it opens the database when it starts."""
    app = Api(
        title=openapi.TITLE, version=openapi.VERSION, lifespan=lifespan,
        openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False,
    )  # fmt: skip
    app.state.settings = settings
    app.state.documents = {}
    app.openapi = lambda: openapi.document(app)  # type: ignore[method-assign]
    api = APIRouter(prefix="/api/v1")
    for subject in (
        accounts,
        inbox,
        bulk,
        incidents,
        incident_parts,
        attachments,
        threat_level_proposals,
        threat_levels,
        deployments,
        unit_strengths,
        reference,
        ledger,
        administration,
        enrolment,
        integrations,
        agencies,
        red_memberships,
    ):
        api.include_router(subject.router)
    app.include_router(accounts.tokens)
    app.include_router(enrolment.door)
    app.include_router(api)
    app.include_router(health.router)
    app.include_router(docs.router)
    return app


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Open what a worker needs, and give it back in order: the lane writes what is waiting first."""
    settings: Settings = app.state.settings
    state: Any = app.state
    state.token_keys = keys.token_keys(settings.data_dir)
    state.identity_key = keys.identity_key(settings.data_dir)
    state.database = Database(settings.database)
    state.store = Store(settings.attachments, settings.max_attachment_bytes)
    state.lane = Lane(state.database)
    state.token_issuer = TokenIssuer(state.token_keys, settings.public_url, settings.access_token_minutes)
    state.identity_providers = issuers.load(settings.issuers, settings.public_url, settings.data_dir)
    tokens = Verifier(state.token_issuer, state.identity_providers)
    state.authenticator = Authenticator(
        state.database, tokens, settings.oversight_agencies, Meters(settings.rate_limit_factor)
    )
    state.gate = Gate(state.database, keys.network_key(settings.data_dir), settings.sign_in_tries)
    state.pages = Pages()
    state.in_flight = {}
    state.places = Places()
    await asyncio.to_thread(state.store.sweep_drafts)
    state.lines = WeakValueDictionary()
    state.lane.start()
    running = [
        asyncio.create_task(clock.run(state.database, state.lane, settings.clock_seconds)),
        *(asyncio.create_task(each.keys.run()) for each in state.identity_providers),
    ]
    # What was made at start stays: the collector need not walk it on every round.
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    try:
        yield
    finally:
        for each in running:
            each.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        await state.lane.stop()
        await state.database.close()
