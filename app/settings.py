"""Everything that differs between two deployments, read once from `SIAGA_*` variables."""

import re
from functools import cached_property
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, IPvAnyNetwork, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

LABEL = "[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?"
HOST = re.compile(rf"({LABEL}\.)*(?=[A-Za-z]){LABEL}\.?")  # not an address: its last part is no number


def _webhook_target(value: str) -> str:
    """A slip here would open nothing, or something else: it is told at start."""
    if not HOST.fullmatch(value):
        try:
            ip_network(value)
        except ValueError:
            raise ValueError(
                "write the name of a host, an address or a whole network: 10.20.0.0/16"
            ) from None
    return value


def _redirect_address(value: str) -> str:
    """Codes are sent over TLS, to this machine, or to an app by its own name (RFC 8252)."""
    parts = urlsplit(value)
    is_whole = {
        "http": parts.hostname in {"127.0.0.1", "::1", "localhost"},
        "https": bool(parts.hostname),
    }.get(parts.scheme, "." in parts.scheme)
    if not is_whole or not value.isascii() or not value.isprintable() or not {*"#@ "}.isdisjoint(value):
        raise ValueError("write a whole address without a fragment: https, this machine, or app.example:/")
    return value


# Names of accounts have a dot in them, so that no public client is called like an integration.
ClientId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")]
PersonRole = Literal["admin", "auditor", "commander", "liaison", "operator"]
RedirectAddress = Annotated[str, Field(max_length=500), AfterValidator(_redirect_address)]


class Settings(BaseSettings):
    """One field per variable; README has the same table, a test holds the two together."""

    model_config = SettingsConfigDict(env_prefix="SIAGA_", frozen=True, extra="forbid")

    host: str = Field(default="127.0.0.1", description="Address to listen on")
    port: int = Field(default=8000, ge=0, le=65535, description="Port to listen on")
    workers: int = Field(default=1, ge=1, le=64, description="Worker processes; SQLite allows one")
    data_dir: Path = Field(default=Path("data"), description="Directory for the embedded database and keys")
    database_url: str = Field(
        default="",
        description="`sqlite+aiosqlite:///…` or `postgresql+asyncpg://…`",
    )
    app_role: str = Field(
        default="",
        description="PostgreSQL role of the service; `migrate` gives it the rights it needs and no more",
    )
    production: bool = Field(
        default=False, description="No demo accounts, no migration at start, keys must already exist"
    )
    demo_password: SecretStr | None = Field(
        default=None, description="Password of all demo accounts; generated and printed once when absent"
    )
    public_url: str = Field(
        default="http://127.0.0.1:8000", description="How clients reach the service; the issuer of tokens"
    )
    issuers: Path | None = Field(
        default=None, description="File that says which identity providers of agencies count; TOML or JSON"
    )
    access_token_minutes: int = Field(default=15, ge=1, le=15, description="Lifetime of an access token")
    password_grant: bool | None = Field(
        default=None, description="Whether people may get a token by password; not in production, unless told"
    )
    totp_roles: tuple[PersonRole, ...] | None = Field(
        default=None, description="Roles that need a one-time code; in production admin and commander"
    )
    oauth_clients: dict[ClientId, tuple[RedirectAddress, ...]] = Field(
        default={}, description="Public clients by their id, each with its exact redirect addresses"
    )
    oversight_agencies: tuple[str, ...] = Field(
        default=("bawaslu-banten", "kpu-banten"),
        description="Who decides where an owner is accused: the first that is not accused itself",
    )
    trusted_proxies: tuple[IPvAnyNetwork, ...] = Field(
        default=(), description="Networks of proxies whose `X-Forwarded-For` tells who calls"
    )
    max_body_bytes: int = Field(
        default=1_048_576, ge=1024, le=67_108_864, description="Largest request body that is read"
    )
    max_bulk_bytes: int = Field(
        default=16_777_216,
        ge=1024,
        le=67_108_864,
        description="Largest body of many records that is read",
    )

    access_commit_seconds: float = Field(
        default=60.0,
        gt=0,
        le=86_400,
        description="How often the ledger is told of the access log",
    )
    approval_minutes: int = Field(
        default=60, ge=1, le=10_080, description="How long a proposed threat level waits for approval"
    )
    clock_seconds: float = Field(
        default=5.0, gt=0, le=3600, description="How often it is looked for what has come to its end"
    )
    sign_in_tries: int = Field(
        default=10,
        ge=3,
        le=100_000,
        description="Wrong secrets for an account from one network before a wait",
    )
    rate_limit_factor: float = Field(
        default=1.0, ge=0, le=1000, description="Scales every quota of requests; 0 switches them off"
    )
    ledger_origin: str = Field(
        default="siaga.invalid/ledger",
        pattern=r"^[a-z0-9.-]+(:[0-9]+)?(/[a-zA-Z0-9._~-]+)*$",
        description="Name of the log in what it signs: an address without a scheme",
    )
    signer_state: Path | None = Field(
        default=None, description="File in which the signer remembers what it signed last"
    )
    witnesses: Path | None = Field(
        default=None, description="File that says which agencies' witnesses cosign the ledger; TOML or JSON"
    )
    witness_seconds: float = Field(
        default=5.0, ge=1, le=3600, description="How often the witnesses are asked at most"
    )
    webhook_targets: tuple[Annotated[str, AfterValidator(_webhook_target)], ...] = Field(
        default=(), description="Hosts and networks that webhooks may reach besides public ones over https"
    )
    nats: Path | None = Field(
        default=None,
        description="File that says to which NATS accounts of agencies changes are relayed; TOML or JSON",
    )
    attachments_dir: Path | None = Field(
        default=None, description="Directory of attached files, the same for every worker and host"
    )
    max_attachment_bytes: int = Field(
        default=10_485_760, ge=1024, le=1_073_741_824, description="Largest file that can be attached"
    )

    erasure_list: Path | None = Field(
        default=None, description="File that lists what was erased; keep it apart from backups"
    )

    @model_validator(mode="before")
    @classmethod
    def _public_url_follows_port(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Whoever moves the port need not say it twice; a bad port is told of by its own field."""
        port = values.get("port", cls.model_fields["port"].default)
        return {"public_url": f"http://127.0.0.1:{port}", **values}

    @cached_property
    def erasures(self) -> Path:
        """The list of erasures with its default."""
        return self.erasure_list or self.data_dir / "erasures.jsonl"

    @cached_property
    def attachments(self) -> Path:
        """The directory of attached files with its default."""
        return self.attachments_dir or self.data_dir / "attachments"

    @cached_property
    def takes_passwords(self) -> bool:
        """Whether the token endpoint takes passwords."""
        return not self.production if self.password_grant is None else self.password_grant

    @cached_property
    def roles_with_codes(self) -> frozenset[str]:
        """Roles whose people need a one-time code to sign in."""
        default = ("admin", "commander") if self.production else ()
        return frozenset(default if self.totp_roles is None else self.totp_roles)

    @cached_property
    def clients(self) -> dict[str, tuple[str, ...]]:
        """Every public client with its redirect addresses; the documentation page is one."""
        origins = [self.public_url.rstrip("/")]
        if not self.production:
            origins += [f"http://{name}:{self.port}" for name in ("127.0.0.1", "localhost")]
        page = tuple(
            f"{origin}/docs/static/swagger/oauth2-redirect.html" for origin in dict.fromkeys(origins)
        )
        return {"swagger-ui": page, **self.oauth_clients}

    @cached_property
    def signer_memory(self) -> Path:
        """The file of the signer with its default."""
        return self.signer_state or self.data_dir / "signer.json"

    @cached_property
    def database(self) -> str:
        """The database URL with its default and with an async driver."""
        if not self.database_url:
            return f"sqlite+aiosqlite:///{self.data_dir.resolve() / 'siaga.db'}"
        scheme, _, rest = self.database_url.partition("://")
        drivers = {
            "postgresql": "postgresql+asyncpg",
            "postgres": "postgresql+asyncpg",
            "sqlite": "sqlite+aiosqlite",
        }
        return f"{drivers.get(scheme, scheme)}://{rest}"
