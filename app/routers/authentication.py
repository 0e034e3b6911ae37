"""Who calls: the bearer token, the account behind it as it stands now, the permission a route asks for."""

import hashlib
import time
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Request, Security
from fastapi.openapi.models import OAuth2 as OAuth2Model
from fastapi.openapi.models import OAuthFlowPassword, OAuthFlows
from fastapi.security.base import SecurityBase

from app.database import Database
from app.domain.actors import Actor
from app.domain.errors import Forbidden, InvalidToken, Unauthenticated
from app.domain.permissions import PERMISSION_TEXTS, Permission
from app.services import accounts
from app.services.tokens import Claims, TokenIssuer

FRESH_SECONDS = 1.0  # a revoked right ends within this time
CACHED_TOKENS = 10_000


@dataclass(slots=True)
class Known:
    """A token that was verified, and the actor as the database last told."""

    claims: Claims
    actor: Actor
    read_at: float


class Authenticator:
    """Verifies each token once, and asks for its account anew every second."""

    def __init__(self, database: Database, issuer: TokenIssuer, oversight: tuple[str, ...]) -> None:
        self._database = database
        self._issuer = issuer
        self._oversight = oversight
        self._known: dict[bytes, Known] = {}

    async def actor(self, request: Request) -> Actor:
        """The actor of a request; raises Unauthenticated."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Unauthenticated("Get a token at /oauth2/token and send it as `Authorization: Bearer …`.")
        digest = hashlib.sha256(token.encode("utf-8", "surrogateescape")).digest()
        known = self._known.get(digest)
        if (
            known
            and known.claims.expires_at > time.time()
            and known.read_at + FRESH_SECONDS > time.monotonic()
        ):
            return known.actor
        claims = (
            known.claims if known and known.claims.expires_at > time.time() else self._issuer.verify(token)
        )
        read_at = time.monotonic()
        async with self._database.session() as session:
            actor = await accounts.actor(session, claims.account_id, claims.scopes, self._oversight)
        if actor is None:
            self._known.pop(digest, None)
            raise InvalidToken
        if len(self._known) >= CACHED_TOKENS:
            self._known.clear()
        self._known[digest] = Known(claims, actor, read_at)
        return actor


class Bearer(SecurityBase):
    """What OpenAPI shows; `Route` has done the work before anything else of the request was read."""

    def __init__(self) -> None:
        scopes = {str(permission): text for permission, text in PERMISSION_TEXTS.items()}
        flow = OAuthFlowPassword(tokenUrl="/oauth2/token", scopes=scopes)
        self.model = OAuth2Model(flows=OAuthFlows(password=flow))
        self.scheme_name = "officer"

    async def __call__(self, request: Request) -> Actor:
        """The actor that `Route` found."""
        actor: Actor = request.state.actor
        return actor


bearer = Bearer()


def requires(permission: Permission) -> Any:
    """The actor, once it holds `permission`; OpenAPI shows it on the route."""
    return Security(bearer, scopes=[permission])


def require(actor: Actor, scopes: list[str]) -> None:
    """Raise Forbidden where the actor lacks one of the permissions."""
    for scope in scopes:
        if scope not in actor.permissions:
            raise Forbidden("This needs the permission {scope}.", scope=scope)


AccessLogReader = Annotated[Actor, requires(Permission.ACCESS_LOG_READ)]
BreakGlassOpener = Annotated[Actor, requires(Permission.BREAK_GLASS_OPEN)]
BreakGlassReader = Annotated[Actor, requires(Permission.BREAK_GLASS_READ)]
BreakGlassReviewer = Annotated[Actor, requires(Permission.BREAK_GLASS_REVIEW)]
DeploymentReader = Annotated[Actor, requires(Permission.DEPLOYMENTS_READ)]
DeploymentWriter = Annotated[Actor, requires(Permission.DEPLOYMENTS_WRITE)]
IncidentReader = Annotated[Actor, requires(Permission.INCIDENTS_READ)]
IncidentWriter = Annotated[Actor, requires(Permission.INCIDENTS_WRITE)]
InboxReader = Annotated[Actor, requires(Permission.INBOX_READ)]
LedgerReader = Annotated[Actor, requires(Permission.LEDGER_READ)]
PartyReader = Annotated[Actor, requires(Permission.PARTIES_READ)]
PartyWriter = Annotated[Actor, requires(Permission.PARTIES_WRITE)]
ReferenceReader = Annotated[Actor, requires(Permission.REFERENCE_READ)]
ThreatLevelApprover = Annotated[Actor, requires(Permission.THREAT_LEVELS_APPROVE)]
ThreatLevelReader = Annotated[Actor, requires(Permission.THREAT_LEVELS_READ)]
ThreatLevelWriter = Annotated[Actor, requires(Permission.THREAT_LEVELS_WRITE)]
