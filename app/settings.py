"""Everything that differs between two deployments, read once from `SIAGA_*` variables."""

from functools import cached_property
from pathlib import Path

from pydantic import Field, IPvAnyNetwork, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


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
    attachments_dir: Path | None = Field(
        default=None, description="Directory of attached files, the same for every worker and host"
    )
    max_attachment_bytes: int = Field(
        default=10_485_760, ge=1024, le=1_073_741_824, description="Largest file that can be attached"
    )

    @cached_property
    def attachments(self) -> Path:
        """The directory of attached files with its default."""
        return self.attachments_dir or self.data_dir / "attachments"

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
