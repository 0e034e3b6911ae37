"""create_app(): where the parts meet."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager
from typing import Any
from weakref import WeakValueDictionary

from fastapi import APIRouter, FastAPI
from starlette.types import ASGIApp

from app import clock, openapi
from app.database import Database
from app.erasure_list import ErasureList
from app.lane import Lane
from app.routers import (
    access_log,
    accounts,
    acknowledgements,
    administration,
    agencies,
    assistance,
    attachments,
    breaches,
    break_glass,
    bulk,
    changes,
    check_ins,
    clocks,
    coverage,
    data_subject_requests,
    deployments,
    disclosures,
    docs,
    elections,
    enrolment,
    erasures,
    guard_patterns,
    health,
    identities,
    inbox,
    incident_parts,
    incidents,
    integrations,
    ledger,
    legal_holds,
    oauth,
    one_time_codes,
    patrol_coverage,
    patrol_plans,
    patrol_stops,
    patrols,
    posture_activations,
    posture_plans,
    proofs,
    readiness,
    red_memberships,
    reference,
    referrals,
    sign_in,
    sites,
    situation,
    strength_timelines,
    threat_level_proposals,
    threat_levels,
    unit_strengths,
    webhooks,
    witnesses,
)
from app.routers.answers import Pages
from app.routers.authentication import Authenticator
from app.routers.bundles import Places
from app.routers.edge import Edge
from app.routers.metering import Meters
from app.routers.streaming import Following
from app.services import incidents as incident_records
from app.services import issuers, keys
from app.services.authority import Authority
from app.services.changes import Feed
from app.services.delivering import Deliverer
from app.services.erasure_upkeep import Upkeep
from app.services.feed_cursors import Cursors
from app.services.issuers import Verifier
from app.services.news import News
from app.services.relaying import Relay
from app.services.sign_ins import Gate
from app.services.signed_messages import Signer as MessageSigner
from app.services.tokens import TokenIssuer
from app.services.webhook_posting import Posting
from app.services.webhook_targets import Targets
from app.services.webhooks import Desk
from app.services.witnesses import Witnesses
from app.settings import Settings
from app.storage import Store
from app.tree.memory import Memory
from app.tree.signer import Signer

log = logging.getLogger("siaga")
ROUTINE = "beside requests"  # the name of the tasks that nobody's request started

SUBJECTS = (  # under /api/v1, in the order of a watch, as the document shows them
    accounts,
    one_time_codes,
    inbox,
    situation,
    bulk,
    incidents,
    incident_parts,
    attachments,
    referrals,
    threat_level_proposals,
    acknowledgements,  # before the places, whose addresses would answer for these
    threat_levels,
    deployments,
    check_ins,
    strength_timelines,
    unit_strengths,
    assistance,
    sites,
    guard_patterns,
    coverage,
    patrol_plans,
    patrols,
    patrol_stops,
    patrol_coverage,
    elections,
    readiness,
    posture_plans,
    posture_activations,
    reference,
    clocks,
    changes,
    webhooks,
    data_subject_requests,
    erasures,
    legal_holds,
    breaches,
    ledger,
    proofs,
    witnesses,
    disclosures,
    administration,
    identities,
    enrolment,
    integrations,
    agencies,
    red_memberships,
    break_glass,
    access_log,
)


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
    for subject in SUBJECTS:
        api.include_router(subject.router)
    app.include_router(oauth.router)
    app.include_router(enrolment.door)
    app.include_router(api)
    app.include_router(proofs.log)
    app.include_router(witnesses.log)
    app.include_router(health.router)
    app.include_router(docs.router)
    app.include_router(sign_in.router)
    return app


def _open_doors(state: Any, settings: Settings) -> None:
    """What tells callers apart, by our own tokens or those of the agencies' identity providers."""
    state.token_keys = keys.token_keys(settings.data_dir)
    state.identity_key = keys.identity_key(settings.data_dir)
    state.token_issuer = TokenIssuer(state.token_keys, settings.public_url, settings.access_token_minutes)
    state.identity_providers = issuers.load(settings.issuers, settings.public_url, settings.data_dir)
    tokens = Verifier(state.token_issuer, state.identity_providers)
    state.authenticator = Authenticator(
        state.database, tokens, settings.oversight_agencies, Meters(settings.rate_limit_factor)
    )
    state.authority = Authority(
        issuer=state.token_issuer,
        gate=Gate(state.database, keys.network_key(settings.data_dir), settings.sign_in_tries),
        keys=keys.sign_in_keys(settings.data_dir),
        url=settings.public_url,
        clients=settings.clients,
        oversight=settings.oversight_agencies,
        takes_passwords=settings.takes_passwords,
        roles_with_codes=settings.roles_with_codes,
    )


def _open_webhooks(state: Any, settings: Settings) -> None:
    """What tells other systems of changes."""
    state.relay = Relay(state.database, state.feed.news, settings)
    secrets = keys.sign_in_keys(settings.data_dir)
    targets = Targets(settings.webhook_targets)
    state.webhook_desk = Desk(secrets, targets)
    state.deliverer = Deliverer(
        state.database, state.lane, MessageSigner(secrets), Posting(targets).to, settings.oversight_agencies
    )


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Open what a worker needs, and give it back in order: the lane writes what is waiting first."""
    settings: Settings = app.state.settings
    state: Any = app.state
    state.database = Database(settings.database)
    state.store = Store(settings.attachments, settings.max_attachment_bytes)
    state.feed = Feed(state.database, News(state.database), Cursors(keys.feed_key(settings.data_dir)))
    state.lane = Lane(state.database, committed=state.feed.news.tell)
    state.following = Following(state.feed)
    log_keys = keys.log_keys(settings.data_dir, settings.ledger_origin)
    state.signer = await Signer(state.database, log_keys, Memory(settings.signer_memory)).begun()
    state.witnesses = Witnesses(state.database, settings)
    _open_doors(state, settings)
    _open_webhooks(state, settings)
    state.pages = Pages()
    state.in_flight = {}
    state.places = Places()
    await asyncio.to_thread(state.store.sweep_drafts)
    state.lines = WeakValueDictionary()
    state.lane.start()
    state.database.access.start()
    state.upkeep = await _restored(state, settings)
    running = [asyncio.create_task(each, name=ROUTINE) for each in routines(state, settings)]
    for each in running:
        each.add_done_callback(_tell_of)
    _settle()
    try:
        yield
    finally:
        state.feed.news.end()
        for each in running:
            each.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        await state.lane.stop()
        state.webhook_desk.targets.close()
        await state.database.close()


def _tell_of(routine: "asyncio.Task[None]") -> None:
    """Nobody waits for a routine while the worker serves: what ends one must stand in the log at once."""
    if not routine.cancelled() and (error := routine.exception()):
        log.error("what runs beside requests has ended: %s", routine.get_coro(), exc_info=error)


def routines(state: Any, settings: Settings) -> Iterator[Coroutine[Any, Any, None]]:
    """What runs beside the requests for as long as the worker does."""
    yield state.following.run()
    yield state.signer.run()
    yield state.witnesses.run()
    yield state.deliverer.run()
    yield state.relay.run()
    yield clock.run(state.database, state.lane, settings, state.upkeep)
    yield from (each.keys.run() for each in state.identity_providers)


async def _restored(state: Any, settings: Settings) -> Upkeep:
    """What follows erasures; what a restored backup has brought back is erased before anybody is served."""
    forget = (state.pages.clear, incident_records.RENDERED.clear)
    upkeep = Upkeep(state.database, state.store, ErasureList(settings.erasures), forget)
    await upkeep.restore(state.lane)
    return upkeep


def _settle() -> None:
    """What was made at start stays: the collector need not walk it on every round."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
