"""What the probes answer."""

from typing import Literal

from pydantic import Field

from app.schemas.fields import Outgoing


class Health(Outgoing):
    """The state of the service."""

    status: str


class IdentityProviderState(Outgoing):
    """Whether the keys of an agency's identity provider can be read."""

    name: str = Field(examples=["polda-banten"])
    state: Literal["ok", "cached", "no_keys"] = Field(
        description="`cached`: it cannot be asked, keys read before still count; `no_keys`: none count"
    )


class Readiness(Health):
    """Whether the service can work; degraded where an agency's identity provider cannot be asked."""

    status: Literal["ok", "degraded"]
    identity_providers: list[IdentityProviderState]
