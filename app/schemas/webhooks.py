"""Webhooks on the wire: where an integration is told of changes, and what became of each message."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field, model_validator

from app.domain.changes import RecordType
from app.domain.webhooks import (
    LONGEST_OVERLAP,
    MOST_REPLAYED,
    PING,
    DeliveryError,
    DeliveryState,
    is_sound_url,
)
from app.schemas.fields import Incoming, Line, Outgoing, Remark, distinct, unset
from app.schemas.pages import Page

OVERLAP_HOURS = int(LONGEST_OVERLAP.total_seconds()) // 3600
LARGEST_POSITION = 2**53 - 1


def _sound(value: str) -> str:
    if not is_sound_url(value):
        raise ValueError("write a whole address: https, without a name, a password or a fragment in it")
    return value


Target = Annotated[
    str,
    Field(max_length=500, examples=["https://siaga.kpu-banten.example/hook"]),
    AfterValidator(_sound),
]
Types = Annotated[list[RecordType], Field(min_length=1, max_length=10), AfterValidator(distinct)]
Label = Annotated[Line, Field(max_length=100)]
Position = Annotated[int, Field(ge=0, le=LARGEST_POSITION, strict=True)]
WHICH = "Types of records; null for all that the integration may read"


class WebhookCreate(Incoming):
    """Where an integration is to be told of changes; the secret that signs comes with the answer."""

    integration_id: UUID | None = Field(
        default=None, description="Whose rights decide what is told; an integration names itself or nobody"
    )
    url: Target
    types: Types | None = Field(default=None, description=WHICH)
    label: Label
    reason: Remark

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "url": "https://siaga.kpu-banten.example/hook",
                    "types": ["threat_level"],
                    "label": "Server sinkronisasi (fiktif)",
                    "reason": "Agar perubahan segera diambil (fiktif).",
                }
            ]
        }
    )


class WebhookChange(Incoming):
    """What shall be different; what is left out stays."""

    url: Target = Field(default_factory=unset)
    types: Types | None = Field(default_factory=unset, description=WHICH)
    label: Label = Field(default_factory=unset)
    active: bool = Field(default_factory=unset, description="False: nothing is sent until it is true again")
    reason: Remark

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"active": False, "reason": "Server penerima dipindah (fiktif)."}]}
    )


class WebhookRotation(Incoming):
    """Another secret; the one before signs beside it for a while."""

    overlap_hours: Annotated[int, Field(ge=0, le=OVERLAP_HOURS, strict=True)] = 24
    reason: Remark

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"overlap_hours": 24, "reason": "Rotasi berkala (fiktif)."}]}
    )


class WebhookPing(Incoming):
    """Why a message without meaning is sent."""

    reason: Remark

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"reason": "Menguji penerima yang baru (fiktif)."}]}
    )


class WebhookReplay(Incoming):
    """The positions of the ledger of which the receiver shall be told again, as they are to it now."""

    first: Position
    last: Position
    reason: Remark

    @model_validator(mode="after")
    def _is_range(self) -> Self:
        if not self.first <= self.last < self.first + MOST_REPLAYED:
            raise ValueError("last is at least first, and at most 1,000 positions are named")
        return self

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"first": 120, "last": 140, "reason": "Penerima kehilangan data sejak pagi (fiktif)."}
            ]
        }
    )


class Webhook(Outgoing):
    """Where an integration of your agency is told of changes."""

    id: UUID
    version: int
    agency: str
    integration_id: UUID
    url: str
    types: list[RecordType] | None = Field(description=WHICH)
    label: str
    active: bool
    gone_at: datetime | None = Field(description="When the receiver answered 410, which ended the sending")
    overlap_until: datetime | None = Field(description="Until when the secret before signs as well")
    created_at: datetime

    @classmethod
    def of(cls, row: Mapping[Any, Any], **more: Any) -> Self:
        """From the columns of a row."""
        return cls.model_validate({**row, "integration_id": row["account_id"], **more})


class WebhookIssued(Webhook):
    """A webhook with a new secret, which is shown this once."""

    secret: str = Field(description="`whsec_…`, as Standard Webhooks has it")


class WebhookPage(Page[Webhook]):
    """Webhooks, the oldest first."""


class WebhookReplayed(Outgoing):
    """How many messages wait to be sent anew."""

    webhook_id: UUID
    count: int


class Delivery(Outgoing):
    """A message to a receiver; what it is about is computed at each attempt, and told to nobody else."""

    id: UUID = Field(description="The `webhook-id` of the message")
    position: int | None = Field(description="Place of the entry in the ledger; null for a test")
    state: DeliveryState
    replayed: bool
    attempts: int
    status: int | None = Field(description="Of the last answer")
    error: DeliveryError | None = Field(description="Of the last attempt")
    created_at: datetime
    attempted_at: datetime | None
    next_at: datetime | None = Field(description="Not before; null once it is over")

    @classmethod
    def of(cls, row: Mapping[Any, Any]) -> Self:
        """From the columns of a row."""
        is_over = row["state"] != DeliveryState.WAITING
        position = None if row["position"] == PING else row["position"]
        return cls.model_validate(
            {**row, "position": position, "next_at": None if is_over else row["next_at"]}
        )


class DeliveryPage(Page[Delivery]):
    """Messages, the newest first."""
