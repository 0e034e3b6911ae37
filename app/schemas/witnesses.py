"""The witnesses of the ledger on the wire."""

from datetime import datetime

from pydantic import Field

from app.domain.witnesses import WitnessReason, WitnessState
from app.schemas.fields import Outgoing


class Witness(Outgoing):
    """How a partner's witness stands; it signs that the ledger only grew."""

    name: str = Field(examples=["saksi.bawaslu-banten.example/siaga"])
    agency: str = Field(description="The agency that runs it", examples=["bawaslu-banten"])
    key: str = Field(description="Its verifier key, as tools for such logs take it")
    state: WitnessState = Field(description="What came of it when it was asked last")
    reason: WitnessReason | None = Field(description="Why it did not cosign")
    size: int = Field(description="How many entries it has cosigned")
    lag: int = Field(description="How many signed entries it has not cosigned yet")
    asked_at: datetime | None
    cosigned_at: datetime | None = Field(description="The time in its newest cosignature")
    contradicted_at: datetime | None = Field(description="When it last contradicted the ledger")
    contradiction: WitnessReason | None = Field(description="How it contradicted the ledger then")


class LedgerWitnesses(Outgoing):
    """The witnesses of the ledger, and how far enough agencies have cosigned it."""

    quorum: int = Field(description="How many agencies other than the operator must have cosigned")
    size: int = Field(description="How many entries are signed")
    cosigned_size: int = Field(description="How many of them enough agencies have cosigned")
    witnesses: list[Witness]


class WitnessReadiness(Outgoing):
    """How a witness stands; its outage takes no worker out of service."""

    name: str
    state: WitnessState
