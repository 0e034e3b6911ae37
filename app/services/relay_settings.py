"""The file that `SIAGA_NATS` names: to which account of a message server an agency's changes are relayed."""

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, model_validator

from app.schemas.fields import AccountName, AgencyCode, Incoming
from app.services import settings_files
from app.services.issuer_settings import is_here

MOST_SERVERS = 16


def _server(value: str) -> str:
    """A server: over TLS, or on this machine; who we are there is said in files."""
    parts = urlsplit(value)
    host = parts.hostname or ""
    _ = parts.port  # raises where it is none
    if not host or "@" in parts.netloc or parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError("write a server as tls://host:port, without a user")
    if parts.scheme != "tls" and not (parts.scheme == "nats" and is_here(host)):
        raise ValueError("the address must begin with tls://")
    return value


Server = Annotated[str, Field(max_length=500), AfterValidator(_server)]


class ConfiguredRelay(Incoming):
    """One agency: whose eyes it sees with, where its account is, and what proves that we may use it."""

    agency: AgencyCode
    account: AccountName = Field(description="An integration of the agency: it hears what this may read")
    servers: tuple[Server, ...] = Field(min_length=1, max_length=MOST_SERVERS)
    stream: str = Field(default="SIAGA", pattern=r"^[A-Za-z0-9_-]{1,64}$")
    credentials_file: Path | None = None
    user: str | None = Field(default=None, min_length=1, max_length=200)
    password_file: Path | None = None
    token_file: Path | None = None
    ca_file: Path | None = None

    @model_validator(mode="after")
    def _one_proof(self) -> Self:
        if (self.user is None) != (self.password_file is None):
            raise ValueError("`user` and `password_file` go together")
        if sum(each is not None for each in (self.credentials_file, self.user, self.token_file)) != 1:
            raise ValueError("give one of `credentials_file`, `user` with `password_file`, `token_file`")
        return self


class ConfiguredRelays(Incoming):
    """All of them, each with a proof of its own: no agency's account hears of another's."""

    agency: tuple[ConfiguredRelay, ...] = Field(min_length=1, max_length=200)

    @model_validator(mode="after")
    def _apart(self) -> Self:
        agencies = [each.agency for each in self.agency]
        if len({*agencies}) < len(agencies):
            raise ValueError("the same agency stands twice")
        proofs = [
            each.credentials_file or each.token_file or (each.servers, each.user) for each in self.agency
        ]
        if len({*proofs}) < len(proofs):
            raise ValueError("two agencies use the same account")
        return self


def read_file(path: Path) -> ConfiguredRelays:
    """The file; raises RuntimeError with every fault of it in words; files that it names must be there."""
    told = settings_files.read(path, ConfiguredRelays)
    if find_spec("nats") is None:
        raise RuntimeError("SIAGA_NATS needs the package nats-py: install requirements-nats.lock.")
    for each in told.agency:
        for name in (each.credentials_file, each.password_file, each.token_file, each.ca_file):
            if name is not None and not (path.parent / name).is_file():
                raise RuntimeError(f"{path}: {each.agency}: there is no file {path.parent / name}")
    return told
