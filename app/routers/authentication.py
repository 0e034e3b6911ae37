"""Who calls: the bearer token, the account behind it as it stands now, the permission a route asks for."""

import hashlib
import time
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Request, Security
from fastapi.openapi.models import OAuth2 as OAuth2Model
from fastapi.openapi.models import OAuthFlowPassword, OAuthFlows
from fastapi.security.base import SecurityBase

from app.access import Access
from app.database import Database
from app.domain.access_log import AccessKind
from app.domain.actors import Actor
from app.domain.errors import InsufficientScope, InvalidToken, Unauthenticated, Unavailable
from app.domain.permissions import PERMISSION_TEXTS, Permission
from app.routers.metering import Meter, Meters
from app.services import accounts, identities
from app.services.issuers import ForeignClaims, Verifier
from app.services.tokens import Claims

FRESH_SECONDS = 1.0  # a right that was taken away ends within this time, on every worker
USED_SECONDS = 0.9  # how old a view may be when it is used; the rest is for the answer on its way
ASKED = 3  # times in a row, where each time the answer was too old when it came
CACHED_TOKENS = 10_000


@dataclass(slots=True)
class Known:
    """A token that was verified, its meter, and the actor as the database told it at `as_of`."""

    claims: Claims | ForeignClaims
    meter: Meter | None
    actor: Actor | None = None
    as_of: float = -FRESH_SECONDS


class Caller:
    """Who stands behind one request, for as long as it is worked on."""

    __slots__ = ("_authenticator", "_known", "_scopes", "meter")

    def __init__(self, authenticator: "Authenticator", known: Known, scopes: list[str]) -> None:
        self._authenticator = authenticator
        self._known = known
        self._scopes = scopes
        self.meter = known.meter

    @property
    def actor(self) -> Actor | None:
        """The actor as it was last looked at: to say who was refused, not to decide by."""
        return self._known.actor

    async def now(self, within: float = USED_SECONDS) -> Actor:
        """The actor with the rights it has now, all that the route asks for among them.

        A body can take minutes to arrive, a decision can wait for another: so this is asked again after each.
        """
        actor = await self._authenticator.view(self._known, within)
        for scope in self._scopes:
            if scope not in actor.permissions:
                raise InsufficientScope("This needs the permission {scope}.", scope=scope)
        return actor

    async def still(self, within: float) -> Actor:
        """The same for who stays for long: raises InvalidToken where the token has come to its end."""
        if not self._authenticator.holds(self._known):
            raise InvalidToken
        return await self.now(within)


class Authenticator:
    """Verifies each token once, and asks for its account anew every second."""

    def __init__(
        self, database: Database, tokens: Verifier, oversight: tuple[str, ...], meters: Meters
    ) -> None:
        self._database = database
        self._tokens = tokens
        self._oversight = oversight
        self._meters = meters
        self._known: dict[bytes, Known] = {}

    async def caller(self, request: Request, scopes: list[str]) -> Caller:
        """Who sends a request to a route that asks for these scopes; raises Unauthenticated."""
        scheme, _, token = ",".join(request.headers.getlist("authorization")).partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Unauthenticated("Get a token at /oauth2/token and send it as `Authorization: Bearer …`.")
        digest = hashlib.sha256(token.encode("utf-8", "surrogateescape")).digest()
        known = self._known.get(digest)
        if known is None or not self._tokens.holds(known.claims):
            known = Known(await self._tokens.verify(token), None)
            actor = await self.view(known)
            known.meter = self._meters.of(actor)
            if isinstance(known.claims, ForeignClaims):  # the others signed in at our own token endpoint
                self._database.access.note([Access.of(AccessKind.SIGN_IN, actor, known.claims.issuer[:200])])
            if len(self._known) >= CACHED_TOKENS:
                self._known.clear()
            known = self._known.setdefault(digest, known)  # another request may have been faster
        else:
            await self.view(known)
        return Caller(self, known, scopes)

    def holds(self, known: Known) -> bool:
        """Whether a token that was verified still counts."""
        return self._tokens.holds(known.claims)

    async def view(self, known: Known, within: float = USED_SECONDS) -> Actor:
        """The actor as it stands: by the last word of the database, or a new one where that is too old."""
        for _ in range(ASKED):
            if known.actor is not None and known.as_of + within > time.monotonic():
                return known.actor
            async with self._database.session() as session:
                standing = await identities.standing(session, known.claims)
            if standing is None:
                known.actor = None
                raise InvalidToken
            if standing.as_of > known.as_of:
                known.as_of = standing.as_of
                known.actor = accounts.actor(standing, known.claims.scopes, self._oversight)
        raise Unavailable("The database does not answer; try again.")


class Bearer(SecurityBase):
    """What OpenAPI shows; `Endpoint` has found the caller before anything else of the request was read."""

    def __init__(self) -> None:
        scopes = {str(permission): text for permission, text in PERMISSION_TEXTS.items()}
        flow = OAuthFlowPassword(tokenUrl="/oauth2/token", scopes=scopes)
        self.model = OAuth2Model(flows=OAuthFlows(password=flow))
        self.scheme_name = "officer"

    async def __call__(self, request: Request) -> Actor:
        """The actor as it stands after the request was read."""
        return await caller_of(request).now()


def caller_of(request: Request) -> Caller:
    """The caller that `Endpoint` found."""
    caller: Caller = request.scope["siaga.caller"]
    return caller


bearer = Bearer()


def requires(*permissions: Permission) -> Any:
    """The actor, once it holds all of these; OpenAPI shows them on the route."""
    return Security(bearer, scopes=list(permissions))


AccessLogReader = Annotated[Actor, requires(Permission.ACCESS_LOG_READ)]
AccountConfirmer = Annotated[Actor, requires(Permission.ACCOUNTS_CONFIRM)]
AccountReader = Annotated[Actor, requires(Permission.ACCOUNTS_READ)]
AccountWriter = Annotated[Actor, requires(Permission.ACCOUNTS_WRITE)]
AcknowledgementReader = Annotated[Actor, requires(Permission.INCIDENTS_READ, Permission.THREAT_LEVELS_READ)]
AgencyWriter = Annotated[Actor, requires(Permission.AGENCIES_WRITE)]
AssistanceReader = Annotated[Actor, requires(Permission.ASSISTANCE_READ)]
AssistanceWriter = Annotated[Actor, requires(Permission.ASSISTANCE_WRITE)]
BreakGlassOpener = Annotated[Actor, requires(Permission.BREAK_GLASS_OPEN)]
BreakGlassReader = Annotated[Actor, requires(Permission.BREAK_GLASS_READ)]
BreakGlassReviewer = Annotated[Actor, requires(Permission.BREAK_GLASS_REVIEW)]
ChangeReader = Annotated[Actor, requires(Permission.CHANGES_READ)]
CoverageReader = Annotated[Actor, requires(Permission.DEPLOYMENTS_READ, Permission.SITES_READ)]
DeploymentReader = Annotated[Actor, requires(Permission.DEPLOYMENTS_READ)]
DeploymentWriter = Annotated[Actor, requires(Permission.DEPLOYMENTS_WRITE)]
ElectionWriter = Annotated[Actor, requires(Permission.ELECTIONS_WRITE)]
IncidentReader = Annotated[Actor, requires(Permission.INCIDENTS_READ)]
IncidentWriter = Annotated[Actor, requires(Permission.INCIDENTS_WRITE)]
InboxReader = Annotated[Actor, requires(Permission.INBOX_READ)]
LegalHolder = Annotated[Actor, requires(Permission.LEGAL_HOLDS_WRITE)]
LedgerDiscloser = Annotated[Actor, requires(Permission.LEDGER_DISCLOSE)]
LedgerReader = Annotated[Actor, requires(Permission.LEDGER_READ)]
PartyReader = Annotated[Actor, requires(Permission.PARTIES_READ)]
PartyWriter = Annotated[Actor, requires(Permission.PARTIES_WRITE)]
PersonalDataEraser = Annotated[Actor, requires(Permission.PERSONAL_DATA_ERASE)]
PersonalDataReader = Annotated[Actor, requires(Permission.PERSONAL_DATA_READ)]
PersonalDataWriter = Annotated[Actor, requires(Permission.PERSONAL_DATA_WRITE)]
PostureReader = Annotated[Actor, requires(Permission.POSTURE_READ)]
PostureWriter = Annotated[Actor, requires(Permission.POSTURE_WRITE)]
ReadinessReader = Annotated[Actor, requires(Permission.READINESS_READ)]
ReadinessWriter = Annotated[Actor, requires(Permission.READINESS_WRITE)]
ReferenceReader = Annotated[Actor, requires(Permission.REFERENCE_READ)]
PatrolReader = Annotated[Actor, requires(Permission.PATROLS_READ)]
PatrolWriter = Annotated[Actor, requires(Permission.PATROLS_WRITE)]
PatrolCoverageReader = Annotated[Actor, requires(Permission.PATROLS_READ, Permission.SITES_READ)]
SiteReader = Annotated[Actor, requires(Permission.SITES_READ)]
SiteWriter = Annotated[Actor, requires(Permission.SITES_WRITE)]
ThreatLevelApprover = Annotated[Actor, requires(Permission.THREAT_LEVELS_APPROVE)]
ThreatLevelReader = Annotated[Actor, requires(Permission.THREAT_LEVELS_READ)]
ThreatLevelWriter = Annotated[Actor, requires(Permission.THREAT_LEVELS_WRITE)]
WebhookReader = Annotated[Actor, requires(Permission.WEBHOOKS_READ)]
WebhookWriter = Annotated[Actor, requires(Permission.WEBHOOKS_WRITE)]
