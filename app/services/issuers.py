"""Identity providers of agencies: which are configured, and what their tokens say once all is checked."""

import hashlib
import json
import time
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from app.domain.errors import InvalidToken
from app.domain.permissions import Permission, permissions_of
from app.formats import jwk, jws
from app.formats.jws import Jws
from app.schemas.health import IdentityProviderState, LedgerState, Readiness, RelayReadiness
from app.schemas.identities import LONGEST_SUBJECT
from app.schemas.witnesses import WitnessReadiness
from app.services.issuer_settings import AgencyClaim, Issuer, Issuers
from app.services.key_sets import KeySet, from_address, from_file
from app.services.tokens import HEADER_NAMES, MALFORMED, Claims, TokenIssuer, check_times

LONGEST = 8192  # providers say more than we do
MOST_CONFIGURED_BYTES = 1_048_576
# Of tokens that are not for calling an API, or only together with a proof that we do not ask for.
FOREIGN_TO_ACCESS = {"at_hash", "c_hash", "cnf", "events", "nonce"}
ACCESS_TYPES = {"Bearer", "at+jwt"}  # what Keycloak writes into `typ` of the claims


@dataclass(frozen=True, slots=True)
class ForeignClaims:
    """What a sound token of an agency's provider says; whom it makes of the caller, the database tells."""

    issuer: str
    key_id: str
    subject: str
    account: str | None  # the name of one of our accounts, where the provider tells it
    agency: str
    scopes: frozenset[str]
    expires_at: float


class IdentityProvider:
    """One configured issuer and its keys."""

    def __init__(self, told: Issuer, keys: KeySet) -> None:
        self.told = told
        self.keys = keys

    @property
    def agencies(self) -> frozenset[str]:
        """The agencies for whose people it speaks."""
        told = self.told.agency
        return frozenset(told.values.values() if isinstance(told, AgencyClaim) else [told])

    async def verify(self, token: str) -> ForeignClaims:
        """What the token says, or InvalidToken."""
        try:
            read = jws.read(token, LONGEST)
            claims = self._read(read)
        except MALFORMED:
            raise InvalidToken from None
        key = await self.keys.look_for(claims.key_id)
        if (
            key is None
            or key.algorithm != read.header["alg"]
            or not key.verifies(read.signed, read.signature)
        ):
            raise InvalidToken
        return claims

    def _read(self, read: Jws) -> ForeignClaims:
        """What it would say if its signature were sound; raises InvalidToken."""
        told, header, claims = self.told, read.header, read.claims
        if (
            header.keys() != HEADER_NAMES
            or header["typ"] not in told.types
            or header["alg"] not in told.algorithms
            or not jwk.is_key_id(header["kid"])
            or claims.get("iss") != told.issuer
            or not self._is_for_us(claims)
        ):
            raise InvalidToken
        check_times(claims, time.time(), told.leeway_seconds, told.longest_minutes * 60)
        return ForeignClaims(
            issuer=told.issuer,
            key_id=header["kid"],
            subject=_text(claims, told.subject),
            account=_text(claims, told.account) if told.account else None,
            agency=self._agency(claims),
            scopes=self._scopes(claims),
            expires_at=float(claims["exp"]),
        )

    def _is_for_us(self, claims: Mapping[str, Any]) -> bool:
        """Whether it is an access token, for this service, for a client that counts."""
        told = self.told
        if not FOREIGN_TO_ACCESS.isdisjoint(claims) or claims.get("typ", "Bearer") not in ACCESS_TYPES:
            return False
        if told.audience is not None and told.audience not in _texts(claims.get("aud")):
            return False
        return all(not accepted.isdisjoint(_texts(claims.get(name))) for name, accepted in self._required())

    def _required(self) -> list[tuple[str, frozenset[str]]]:
        return [(name, frozenset(values)) for name, values in self.told.require.items()]

    def _agency(self, claims: Mapping[str, Any]) -> str:
        told = self.told.agency
        if not isinstance(told, AgencyClaim):
            return told
        agency = told.values.get(_text(claims, told.claim))
        if agency is None:
            raise InvalidToken
        return agency

    def _scopes(self, claims: Mapping[str, Any]) -> frozenset[str]:
        """What the roles in the token allow; never more than the account's own, which are looked at later."""
        told = self.told.roles
        if told is None:
            return frozenset(Permission)
        named = _texts(_found(claims, told.claim))
        return frozenset(permissions_of(frozenset(told.values[each] for each in named & told.values.keys())))


def _found(claims: Mapping[str, Any], path: Sequence[str]) -> Any:
    value: Any = claims
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _text(claims: Mapping[str, Any], path: Sequence[str]) -> str:
    value = _found(claims, path)
    if not isinstance(value, str) or not value.isprintable() or not 0 < len(value) <= LONGEST_SUBJECT:
        raise InvalidToken
    return value


def _texts(value: Any) -> frozenset[str]:
    """One text, or those of a list."""
    values = value if isinstance(value, list) else [value]
    return frozenset(each for each in values if isinstance(each, str))


class Verifier:
    """Verifies our own tokens and those of the configured providers."""

    def __init__(self, own: TokenIssuer, providers: Sequence[IdentityProvider]) -> None:
        self._own = own
        self._providers = {each.told.issuer: each for each in providers}

    async def verify(self, token: str) -> Claims | ForeignClaims:
        """What the token says, or InvalidToken."""
        provider = self._providers.get(_issuer_of(token)) if self._providers else None
        return await provider.verify(token) if provider else self._own.verify(token)

    def holds(self, claims: Claims | ForeignClaims) -> bool:
        """Whether what was verified before still counts: in time, and under a key that is still published."""
        if claims.expires_at <= time.time():
            return False
        if isinstance(claims, Claims):
            return True
        return self._providers[claims.issuer].keys.find(claims.key_id) is not None


def readiness(
    providers: Sequence[IdentityProvider],
    ledger: LedgerState,
    witnesses: list[WitnessReadiness],
    relays: list[RelayReadiness],
) -> Readiness:
    """A partner's outage is told, as is an unsigned ledger; neither takes a worker out of service."""
    states = [IdentityProviderState(name=each.told.name, state=each.keys.state) for each in providers]
    is_whole = all(each.state == "ok" for each in states) and ledger.state != "refused"
    return Readiness(
        status="ok" if is_whole else "degraded",
        identity_providers=states,
        ledger=ledger,
        witnesses=witnesses,
        relays=relays,
    )


def _issuer_of(token: str) -> str:
    """The issuer that the token names, believed for nothing but to find who checks it."""
    try:
        return str(jws.read(token, LONGEST).claims.get("iss"))
    except MALFORMED:
        raise InvalidToken from None


def load(path: Path | None, own_issuer: str, data_dir: Path) -> list[IdentityProvider]:
    """The providers that the file configures; raises RuntimeError with every fault of it in words."""
    if path is None:
        return []
    told = read_file(path).issuer
    if own_issuer in {each.issuer for each in told}:
        raise RuntimeError(f"{path}: {own_issuer} is this service itself (SIAGA_PUBLIC_URL).")
    try:
        return [_provider(each, path.parent, data_dir) for each in told]
    except OSError as error:
        raise RuntimeError(f"{path}: {error}") from error


def read_file(path: Path) -> Issuers:
    """The file as it stands, TOML or JSON by its name."""
    try:
        content = path.read_text("utf-8")
        if len(content) > MOST_CONFIGURED_BYTES:
            raise ValueError(f"it is larger than {MOST_CONFIGURED_BYTES} characters")  # noqa: TRY301 - one way to fail
        parsed = json.loads(content) if path.suffix == ".json" else tomllib.loads(content)
        return Issuers.model_validate(parsed)
    except ValidationError as error:
        raise RuntimeError(
            "\n".join(f"{path}: {_place(each['loc'])}: {each['msg']}" for each in error.errors())
        ) from None
    except (OSError, ValueError, RecursionError) as error:
        raise RuntimeError(f"{path}: {error}") from error


def _place(location: Sequence[int | str]) -> str:
    return ".".join(str(each) for each in location) or "the file"


def _check_keys(place: Path) -> None:
    try:
        found = jwk.read_set(place.read_bytes())
    except (*MALFORMED, OSError) as error:
        raise RuntimeError(f"{place}: it is no set of keys ({error!r})") from None
    if not found:
        raise RuntimeError(f"{place}: there is no key in it that can verify.")


def _provider(told: Issuer, beside: Path, data_dir: Path) -> IdentityProvider:
    """One provider; files are named from where the settings file lies."""
    if told.keys_url is not None:
        fetch = from_address(told.keys_url, beside / told.ca_file if told.ca_file else None)
        digest = hashlib.sha256(f"{told.issuer} {told.keys_url}".encode()).hexdigest()[:16]
        kept = data_dir / "issuers" / f"{told.name}-{digest}.json"
    else:
        place = beside / (told.keys_file or "")
        _check_keys(place)
        fetch, kept = from_file(place), None
    keys = KeySet(told.name, fetch, kept, told.keep_keys_hours * 3600.0)
    keys.recall()
    return IdentityProvider(told, keys)
