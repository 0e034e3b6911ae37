"""What the probes answer."""

from typing import Literal

from pydantic import Field

from app.domain.log import Refusal
from app.domain.relay import RelayState
from app.schemas.fields import Outgoing
from app.schemas.witnesses import WitnessReadiness


class Health(Outgoing):
    """The state of the service."""

    status: str


class IdentityProviderState(Outgoing):
    """Whether the keys of an agency's identity provider can be read."""

    name: str = Field(examples=["polda-banten"])
    state: Literal["ok", "cached", "no_keys"] = Field(
        description="`cached`: it cannot be asked, keys read before still count; `no_keys`: none count"
    )


class LedgerState(Outgoing):
    """How far the ledger is signed, and why not further."""

    state: Literal["signed", "behind", "refused"] = Field(
        description="`behind`: the newest entries wait for their signature; `refused`: nothing is signed"
    )
    reason: Refusal | None = Field(
        description="Why nothing is signed, null else; `no_memory`, `other_origin`, `other_root` and "
        "`smaller_tree` end by `python -m app ledger accept-restore`"
    )
    entries: int = Field(description="How many entries there are")
    signed: int = Field(description="How many of them the signed tree holds")


class RelayReadiness(Outgoing):
    """How the relay to an agency's message server stands; its outage takes no worker out of service."""

    agency: str = Field(examples=["polda-banten"])
    state: RelayState
    behind: int = Field(description="Entries of the ledger that the relay has not looked at yet")


class Readiness(Health):
    """Whether the service can work; degraded where the ledger is not signed or a provider cannot be asked."""

    status: Literal["ok", "degraded"]
    identity_providers: list[IdentityProviderState]
    ledger: LedgerState
    witnesses: list[WitnessReadiness] = Field(description="Information only: never a reason for `degraded`")
    relays: list[RelayReadiness] = Field(description="Information only: never a reason for `degraded`")
