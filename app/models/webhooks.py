"""Webhooks: where an integration is told of changes, how far it was told, and each delivery."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel

from app.models.columns import Ledgered, code_column, json_column, ledgered


class WebhookRow(Ledgered, table=True):
    """A webhook of an integration; its secrets are sealed under a key of data/keys."""

    __tablename__ = "webhook"
    __table_args__ = ledgered()

    agency: str = code_column(index=True)
    account_id: UUID = Field(foreign_key="account.id", index=True)
    url: str = Field(max_length=500)
    types: list[str] | None = json_column(default=None)  # of records; null: all that the integration may read
    label: str = Field(max_length=100)
    active: bool = True
    gone_at: datetime | None = None  # when the receiver said that there is none any more (410)
    sealed: str = Field(max_length=255)
    sealed_before: str | None = Field(default=None, max_length=255)  # signs as well, until `overlap_until`
    overlap_until: datetime | None = None
    created_at: datetime
    removed_at: datetime | None = None


class WebhookProgressRow(SQLModel, table=True):
    """How far a webhook was told of the ledger, and how its receiver does."""

    __tablename__ = "webhook_progress"

    webhook_id: UUID = Field(primary_key=True, foreign_key="webhook.id")
    position: int = Field(sa_type=BigInteger)
    failures: int = 0  # in a row
    resumes_at: datetime | None = None


class WebhookDeliveryRow(SQLModel, table=True):
    """One message to one receiver, computed at each attempt; its id is the `webhook-id`."""

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        Index(None, "webhook_id", "state", "next_at"),
        Index("ix_webhook_delivery_order", "webhook_id", "record_id", "state", "position"),
    )

    id: UUID = Field(primary_key=True)
    webhook_id: UUID = Field(foreign_key="webhook.id")
    position: int = Field(sa_type=BigInteger)
    record_type: str = code_column()
    record_id: UUID
    state: str = code_column()
    replayed: bool = False
    attempts: int = 0
    refusals: int = 0  # those of the attempts that failed for the message's own sake
    status: int | None = None
    error: str | None = code_column(default=None)
    created_at: datetime
    attempted_at: datetime | None = None
    next_at: datetime
