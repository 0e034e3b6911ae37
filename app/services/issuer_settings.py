"""The file that `SIAGA_ISSUERS` names: which identity providers of agencies count, and for what."""

from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from app.domain.permissions import Role
from app.schemas.fields import AgencyCode, Incoming
from app.schemas.identities import LONGEST_ISSUER


def _as_tuple(value: Any) -> Any:
    """One text stands for a list of one."""
    return (value,) if isinstance(value, str) else value


def _address(value: str) -> str:
    """An address that is safe to ask: over TLS, or on this machine."""
    parts = urlsplit(value)
    host = parts.hostname or ""
    _ = parts.port  # raises where it is none
    if not host or parts.username is not None or parts.fragment:
        raise ValueError("write a whole address, without a user and without a fragment")
    if parts.scheme != "https" and not (parts.scheme == "http" and is_here(host)):
        raise ValueError("the address must begin with https://")
    return value


def is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


Word = Annotated[str, Field(min_length=1, max_length=LONGEST_ISSUER)]
Words = Annotated[tuple[Word, ...], BeforeValidator(_as_tuple), Field(min_length=1, max_length=100)]
Address = Annotated[str, Field(max_length=500), AfterValidator(_address)]
# The way to a claim: its name, or the names on the way down, as in ["realm_access", "roles"].
ClaimPath = Words


class AgencyClaim(Incoming):
    """The agency as a claim tells it; only the listed values count."""

    claim: ClaimPath
    values: dict[Word, AgencyCode] = Field(min_length=1, max_length=100)


class RolesClaim(Incoming):
    """The roles as a claim tells them; values that are not listed say nothing."""

    claim: ClaimPath
    values: dict[Word, Role] = Field(min_length=1, max_length=100)


class Issuer(Incoming):
    """One identity provider whose tokens count."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")
    issuer: Word
    keys_url: Address | None = None
    keys_file: Path | None = None
    ca_file: Path | None = None
    algorithms: Annotated[tuple[Literal["EdDSA", "ES256", "RS256"], ...], Field(min_length=1)]
    types: Annotated[tuple[Literal["JWT", "at+jwt", "application/at+jwt"], ...], Field(min_length=1)]
    audience: Word | None = None
    require: dict[Word, Words] = Field(default_factory=dict, max_length=20)
    agency: AgencyCode | AgencyClaim
    subject: ClaimPath = ("sub",)
    account: ClaimPath | None = None
    roles: RolesClaim | None = None
    leeway_seconds: int = Field(default=10, ge=0, le=60)
    longest_minutes: int = Field(default=90, ge=1, le=120)
    keep_keys_hours: int = Field(default=24, ge=1, le=168)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.keys_url is None) == (self.keys_file is None):
            raise ValueError("give either keys_url or keys_file")
        if self.ca_file and not self.keys_url:
            raise ValueError("ca_file goes with keys_url")
        if self.audience is None and not {"azp", "client_id"} & self.require.keys():
            raise ValueError(
                "give an audience, or require azp or client_id: other clients' tokens would count"
            )
        if "JWT" in self.types and not {"azp", "client_id", "scp", "typ"} & self.require.keys():
            raise ValueError(
                "with the type JWT, require a claim that ID tokens lack: azp, client_id, scp or typ"
            )
        return self


class Issuers(Incoming):
    """All of them."""

    issuer: list[Issuer] = Field(min_length=1, max_length=50)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        for named in ("name", "issuer"):
            values = [getattr(each, named) for each in self.issuer]
            if len(set(values)) != len(values):
                raise ValueError(f"the same {named} stands twice")
        return self
